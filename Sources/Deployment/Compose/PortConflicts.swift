import Dialects
public import ListenerModel

/// Sockets of one network namespace that cannot all be bound.
public enum PortConflicts {
    /// For each group of sockets, such as a listener's, the first earlier group with a socket that collides
    /// (`Socket.collides`); groups without one are absent. The sockets must be of one namespace and one project.
    public static func collisions(among groups: [[Socket]]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        for bucket in buckets(groups).values {
            for (position, (group, socket)) in bucket.enumerated() {
                // A bucket holds the sockets of one port and transport: no more can coexist than a host has addresses.
                for (other, earlier) in bucket[..<position] where other != group && socket.collides(with: earlier) {
                    found[group] = min(found[group] ?? other, other)
                    break
                }
            }
        }
        return found
    }

    /// Sockets by transport and each 64th of the port space that they touch, or by path.
    private static func buckets(_ groups: [[Socket]]) -> [String: [(group: Int, socket: Socket)]] {
        var buckets: [String: [(group: Int, socket: Socket)]] = [:]
        for (group, sockets) in groups.enumerated() {
            for socket in sockets {
                switch socket.address {
                case .unix(let path):
                    buckets["unix \(path)", default: []].append((group, socket))
                case .ip(_, let port):
                    if port.isEphemeral { continue }
                    for slot in Int(port.first) / 64...Int(port.last) / 64 {
                        buckets["\(socket.transport) \(slot)", default: []].append((group, socket))
                    }
                }
            }
        }
        return buckets
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
