internal import ListenerModel

extension [Listener] {
    /// For each single-family wildcard: whether the other family is covered on that port in the same namespace.
    mutating func findCounterparts() {
        let wildcards = WildcardPorts(self)
        for index in indices {
            let sockets = self[index].sockets.filter { $0.scope == .wildcard }
            let families = Set(sockets.map(\.family))
            guard families.count == 1, let family = families.first, let socket = sockets.first, !socket.dualStack,
                let port = socket.port
            else { continue }
            let other: Counterpart = family == .ipv4 ? .ipv6 : .ipv4
            let otherFamily: Socket.Family = family == .ipv4 ? .ipv6 : .ipv4
            let isCovered = wildcards.cover(port, of: otherFamily, socket.transport, in: self[index].namespace)
            self[index].counterpart = isCovered ? other : Counterpart.none
        }
    }
}

/// The ports on which every address of a family is open, by namespace.
private struct WildcardPorts {
    private struct Key: Hashable {
        var namespace: NetworkNamespace
        var transport: Transport
        var family: Socket.Family
    }

    private let ports: [Key: MergedRanges]

    init(_ listeners: [Listener]) {
        var ranges: [Key: [Range<Int>]] = [:]
        for listener in listeners {
            for socket in listener.sockets where socket.scope == .wildcard {
                guard let port = socket.port else { continue }
                let families: Set<Socket.Family> = socket.dualStack ? [.ipv4, .ipv6] : [socket.family]
                for family in families {
                    let key = Key(namespace: listener.namespace, transport: socket.transport, family: family)
                    ranges[key, default: []].append(port.positions)
                }
            }
        }
        ports = ranges.mapValues { MergedRanges($0) }
    }

    func cover(
        _ port: PortRange, of family: Socket.Family, _ transport: Transport, in namespace: NetworkNamespace
    ) -> Bool {
        ports[Key(namespace: namespace, transport: transport, family: family)]?.overlap(port.positions) ?? false
    }
}

extension PortRange {
    fileprivate var positions: Range<Int> { Int(first)..<Int(last) + 1 }
}
