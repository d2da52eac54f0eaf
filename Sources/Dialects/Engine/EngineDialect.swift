public import ListenerModel

/// The sockets that a Docker-compatible engine opens on the host for a published port.
///
/// Observed with dockerd 20.10 under seven daemon configurations (`testdata/conformance/docker.jsonl`); moby's
/// portmapper and its allocator (`bridge/port_mapping_linux.go`, `portallocator/osallocator_linux.go`) say the same
/// of later versions.
public struct EngineDialect: Hashable, Sendable {
    /// What of a network decides the sockets of ports published through it.
    public struct Network: Hashable, Sendable {
        /// Stands in where a mapping gives no address: the network's `host_binding_ipv4`, for the default bridge
        /// the daemon's `ip`. An unspecified IPv4 address is the same as none (docker-default-hostbinding).
        public var hostBinding: PortField<IPAddress>
        /// Containers on it have IPv6 addresses.
        public var hasIPv6: Bool

        public init(hostBinding: PortField<IPAddress> = .absent, hasIPv6: Bool = false) {
            self.hostBinding = hostBinding
            self.hasIPv6 = hasIPv6
        }
    }

    public var network: Network
    /// The host can listen on `[::1]`; if not, the engine leaves `[::]` out (docker-no6-pair).
    public var hostHasIPv6: Bool

    public init(network: Network = Network(), hostHasIPv6: Bool = true) {
        self.network = network
        self.hostHasIPv6 = hostHasIPv6
    }

    public func binding(of published: PublishedPort, in world: World) -> Binding {
        let transport = published.transport.value ?? .tcp
        var binding = Binding(
            transport: transport, host: nil, port: port(published.hostPort), scope: .unknown,
            spelling: spelling(of: published))
        switch published.hostIP == .absent ? defaultAddress : published.hostIP {
        case .unknown: break
        case .known(let address):
            let seen = address.seenThroughMapping
            binding.host = seen.description
            binding.scope = seen.scope
            if !seen.isIPv4 && !hostHasIPv6 {
                binding.refusal = "cannot assign requested address \(seen): the host has no IPv6"
            } else if seen.isIPv4 || carriesIPv6(world) {
                binding.sockets = sockets([seen], published, transport)
            }
        case .absent:
            binding.host = IPv4Address.unspecified.description
            binding.scope = .wildcard
            let both: [IPAddress] = [.v4(.unspecified), .v6(.unspecified)]
            binding.sockets = sockets(
                hostHasIPv6 && carriesIPv6(world) ? both : [both[0]], published, transport)
        }
        if published.hostPort == .enginePicks { binding.surprise = .randomPort }
        return binding
    }

    private var defaultAddress: PortField<IPAddress> {
        network.hostBinding == .known(.v4(.unspecified)) ? .absent : network.hostBinding
    }

    /// Without its proxy the engine maps IPv6 only to containers that have an IPv6 address
    /// (docker-noproxy-pair, docker-noproxy-v6lo, docker-noproxy-ipv6-net).
    private func carriesIPv6(_ world: World) -> Bool { world.userlandProxy || network.hasIPv6 }

    private func port(_ hostPort: HostPort) -> PortRange? {
        switch hostPort {
        case .enginePicks: .ephemeral
        case .ports(let range), .oneOf(let range): range
        case .unknown: nil
        }
    }

    /// SO_REUSEADDR is set for TCP alone (moby `osallocator_linux.go`).
    private func sockets(_ addresses: [IPAddress], _ published: PublishedPort, _ transport: Transport) -> [Socket] {
        guard let port = port(published.hostPort), !published.transport.isUnknown else { return [] }
        let oneOf = if case .oneOf = published.hostPort { true } else { false }
        return addresses.map {
            Socket(transport, $0, port, oneOf: oneOf, sharing: transport == .tcp ? .reuseAddress : .exclusive)
        }
    }

    private func spelling(of published: PublishedPort) -> Spelling {
        switch (published.hostIP, published.hostPort) {
        case (.known, _), (.unknown, _): .explicit
        case (.absent, .enginePicks): .implied
        case (.absent, .ports), (.absent, .oneOf), (.absent, .unknown): .shorthand
        }
    }
}
