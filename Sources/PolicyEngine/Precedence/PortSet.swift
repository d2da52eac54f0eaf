import ListenerModel

/// The ports that a set's name stands for. Members of shipped sets are of one transport; a number written in a
/// policy is a port of any.
struct PortSet: Sendable, Equatable {
    struct Member: Sendable, Hashable {
        var ports: PortRange
        var transport: Transport?

        func covers(_ other: PortRange, _ otherTransport: Transport) -> Bool {
            ports.overlaps(other) && (transport == nil || transport == otherTransport)
        }
    }

    var members: [Member]

    func contains(_ ports: PortRange, _ transport: Transport) -> Bool {
        members.contains { $0.covers(ports, transport) }
    }

    static func shipped(_ name: String) -> PortSet? {
        PortSets.members(of: Purpose(rawValue: name)).map { members in
            PortSet(members: members.map { Member(ports: $0.ports, transport: $0.transport) })
        }
    }

    static let shippedNames = PortSets.all.map(\.name.rawValue)
}
