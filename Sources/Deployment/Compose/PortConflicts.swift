import Dialects
public import ListenerModel

/// Sockets of one network namespace that cannot all be bound.
public enum PortConflicts {
    /// For each group of sockets, such as a listener's, the first earlier group with a socket that collides
    /// (`Socket.collides`); groups without one are absent. The sockets must be of one namespace and one project.
    public static func collisions(among groups: [[Socket]]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        var seen: [Place: [(group: Int, socket: Socket)]] = [:]
        for (group, sockets) in groups.enumerated() {
            for socket in sockets where mayCollide(socket) {
                for slot in slots(socket) {
                    for meeting in meetings(socket) {
                        let place = Place(transport: socket.transport, slot: slot, meeting: meeting)
                        let other = seen[place]?.first { $0.group != group && socket.collides(with: $0.socket) }
                        if let other { found[group] = min(found[group] ?? other.group, other.group) }
                    }
                    for standing in standings(socket) {
                        let place = Place(transport: socket.transport, slot: slot, meeting: standing)
                        seen[place, default: []].append((group, socket))
                    }
                }
            }
        }
        return found
    }

    /// Sockets are kept by 64th of the port space and by address, so that each is held against the few that it can
    /// meet.
    private struct Place: Hashable {
        var transport: Transport
        var slot: Int
        var meeting: Meeting
    }

    private enum Meeting: Hashable {
        case path(String)
        case address(IPAddress)
        case wildcard(isIPv4: Bool)
        case anything(isIPv4: Bool)
    }

    /// Not where the system or the engine picks the port: it picks a free one.
    private static func mayCollide(_ socket: Socket) -> Bool {
        guard let port = socket.port else { return true }
        return !port.isEphemeral && !(socket.oneOf && port.count > 1)
    }

    private static func slots(_ socket: Socket) -> ClosedRange<Int> {
        guard let port = socket.port else { return 0...0 }
        return Int(port.first) / 64...Int(port.last) / 64
    }

    private static func families(_ socket: Socket, _ address: IPAddress) -> [Bool] {
        socket.dualStack && !address.isIPv4 ? [true, false] : [address.isIPv4]
    }

    /// Where the sockets are that this one may collide with.
    private static func meetings(_ socket: Socket) -> [Meeting] {
        switch socket.address {
        case .unix(let path): return [.path(path)]
        case .ip(let address, _):
            let seen = address.seenThroughMapping
            let families = families(socket, seen)
            return families.map { .wildcard(isIPv4: $0) }
                + (seen.isUnspecified ? families.map { .anything(isIPv4: $0) } : [.address(seen)])
        }
    }

    /// Where others find this one.
    private static func standings(_ socket: Socket) -> [Meeting] {
        switch socket.address {
        case .unix(let path): return [.path(path)]
        case .ip(let address, _):
            let seen = address.seenThroughMapping
            let families = families(socket, seen)
            return families.map { .anything(isIPv4: $0) }
                + (seen.isUnspecified ? families.map { .wildcard(isIPv4: $0) } : [.address(seen)])
        }
    }
}

extension PortConflicts {
    /// Marks published ports that the engine cannot open beside others of the project. Within one service none of
    /// its ports is opened then, for the container does not start; of two services the one whose name comes first
    /// is taken to start first. Services whose profiles are never on together do not meet.
    static func mark(_ services: inout [ComposeService]) {
        markWithin(&services)
        let mappings = services.indices.flatMap { service in
            services[service].ports.indices.map { (service: service, port: $0) }
        }
        let sockets = mappings.map { services[$0.service].ports[$0.port].binding.sockets }
        let collisions = collisions(among: sockets)
        for (later, earlier) in collisions.sorted(by: { $0.key < $1.key }) {
            let (first, second) = (mappings[earlier], mappings[later])
            guard first.service != second.service else { continue }
            let other = services[first.service].ports[first.port]
            guard other.state == .open else { continue }
            services[second.service].ports[second.port].conflict = other.location
            services[first.service].ports[first.port].conflict =
                services[second.service].ports[second.port].location
            close(&services[second.service], "the port is already allocated to \(services[first.service].name)")
        }
        for index in services.indices where (services[index].replicas ?? 1) > 1 {
            for port in services[index].ports.indices {
                let mapping = services[index].ports[port]
                guard mapping.state == .open, mapping.binding.port?.isEphemeral == false,
                    !mapping.binding.sockets.contains(where: \.oneOf)
                else { continue }
                services[index].ports[port].conflict = mapping.location
                services[index].ports[port].stateReason =
                    "only one of \(services[index].replicas ?? 1) containers can have it"
            }
        }
    }

    private static func markWithin(_ services: inout [ComposeService]) {
        for index in services.indices {
            let collisions = collisions(among: services[index].ports.map(\.binding.sockets))
            guard !collisions.isEmpty else { continue }
            for (later, earlier) in collisions {
                services[index].ports[later].conflict = services[index].ports[earlier].location
                services[index].ports[earlier].conflict = services[index].ports[later].location
            }
            close(&services[index], "the engine cannot open two of its ports together")
        }
    }

    private static func close(_ service: inout ComposeService, _ reason: String) {
        for port in service.ports.indices where service.ports[port].state == .open {
            service.ports[port].close(.refused, reason)
        }
    }
}
