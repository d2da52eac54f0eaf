internal import ListenerModel

extension [Listener] {
    /// For each single-family wildcard: whether the other family is covered on that port in the same namespace.
    mutating func findCounterparts() {
        var wildcards: [NetworkNamespace: [Socket]] = [:]
        for listener in self {
            for socket in listener.sockets where socket.scope == .wildcard {
                wildcards[listener.namespace, default: []].append(socket)
            }
        }
        for index in indices {
            let families = Set(self[index].sockets.filter { $0.scope == .wildcard }.map(\.family))
            guard families.count == 1, let family = families.first,
                let socket = self[index].sockets.first(where: { $0.scope == .wildcard }), !socket.dualStack,
                let port = socket.port
            else { continue }
            let covered = (wildcards[self[index].namespace] ?? []).contains { other in
                guard other.transport == socket.transport, let otherPort = other.port, otherPort.overlaps(port) else {
                    return false
                }
                return other.dualStack || other.family != family
            }
            self[index].counterpart = covered ? (family == .ipv4 ? .ipv6 : .ipv4) : Counterpart.none
        }
    }
}
