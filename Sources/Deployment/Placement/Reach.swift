internal import ListenerModel

/// Who can connect to an address, before containers and published ports are accounted for.
enum Reach {
    /// For a socket on the host. "Public" means every network the host is on: the firewall is not in the tree.
    static func onHost(_ scope: Scope) -> Exposure {
        switch scope {
        case .wildcard, .global: .public
        case .private, .shared, .linkLocal, .multicast, .reserved: .private
        case .loopback, .unix: .host
        case .name, .unknown, .none: .unknown
        }
    }

    /// For a process in a container, widened later by the publishes that reach it.
    static func inContainer(_ scope: Scope) -> Exposure {
        switch scope {
        case .loopback, .unix: .isolated
        case .wildcard, .global, .private, .shared, .linkLocal, .multicast, .reserved, .name: .network
        case .unknown, .none: .unknown
        }
    }

    /// Where it is not known whether the process runs on the host or in a container.
    static func anywhere(_ scope: Scope) -> Exposure {
        switch scope {
        case .loopback, .unix: .host
        case .wildcard, .global, .private, .shared, .linkLocal, .multicast, .reserved, .name, .unknown, .none: .unknown
        }
    }
}
