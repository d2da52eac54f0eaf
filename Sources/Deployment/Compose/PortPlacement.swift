import Dialects
import ListenerModel

/// Turns the entries of `ports:` into mappings: what the engine opens for them in the service's network.
struct PortPlacement {
    let world: World
    let networks: [String: ComposeNetwork]
    let projectRefusal: String?

    func place(_ entries: [PortReader.Entry], of service: ComposeService) -> [PortMapping] {
        let network = engineNetwork(of: service)
        let dialect = EngineDialect(network: network)
        let blocked = state(of: service)
        let ownRefusal = entries.lazy.filter { !$0.stopsProject }.compactMap(\.refusal).first
        return entries.flatMap { entry -> [PortMapping] in
            guard let published = entry.published else { return [refused(entry, dialect)] }
            return Self.pieces(published, replaced: entry.replaced).map { piece, isReplaced in
                var mapping = PortMapping(
                    location: entry.location, text: entry.text, binding: dialect.binding(of: piece, in: world),
                    target: piece.target.value, mode: entry.mode, state: .open, certainty: entry.certainty,
                    trace: entry.trace)
                if entry.failOpen { mapping.binding.surprise = .failOpen }
                if network.hostBinding.isUnknown && piece.hostIP == .absent { mapping.certainty = .unknown }
                if isReplaced {
                    mapping.close(.inactive, entry.replacedBy.map { "replaced by \($0.place)" } ?? "replaced")
                    mapping.binding.surprise = .replaced
                } else if let blocked {
                    mapping.close(blocked.state, blocked.reason)
                    if blocked.isIgnored { mapping.binding.surprise = .portsIgnored }
                } else if let refusal = mapping.binding.refusal {
                    mapping.close(.refused, refusal)
                } else if let refusal = projectRefusal {
                    mapping.close(.refused, "docker compose refuses the project: \(refusal)")
                } else if let refusal = ownRefusal {
                    mapping.close(.refused, "the engine refuses another port of \(service.name): \(refusal)")
                }
                return mapping
            }
        }
    }

    /// What compose refuses is shown with what of it can be read.
    private func refused(_ entry: PortReader.Entry, _ dialect: EngineDialect) -> PortMapping {
        var binding = Binding(transport: .tcp, host: nil, port: nil, scope: .unknown)
        if let fields = entry.fields { binding = dialect.binding(of: fields, in: world) }
        binding.refusal = entry.refusal
        binding.surprise = nil
        var mapping = PortMapping(
            location: entry.location, text: entry.text, binding: binding, target: entry.fields?.target.value,
            mode: entry.mode, state: .open, certainty: binding.port == nil ? .unknown : entry.certainty,
            trace: entry.trace)
        mapping.close(.refused, entry.refusal ?? "")
        return mapping
    }

    /// The parts of a mapping that a later one replaces, and those it does not.
    private static func pieces(_ published: PublishedPort, replaced: PortSet) -> [(PublishedPort, isReplaced: Bool)] {
        guard !replaced.isEmpty else { return [(published, false)] }
        guard let target = published.target.value else { return [(published, true)] }
        return replaced.split(target).map { run, isReplaced in
            var piece = published
            piece.target = .known(run)
            if case .ports(let ports) = published.hostPort {
                let first = ports.first + (run.first - target.first)
                piece.hostPort = .ports(PortRange(first, first + (run.last - run.first)))
            }
            return (piece, isReplaced)
        }
    }

    // MARK: network

    private struct Block {
        var state: ListenerState
        var reason: String
        /// Compose accepts the entry and does nothing with it.
        var isIgnored = false
    }

    /// Why no port of the service is opened.
    private func state(of service: ComposeService) -> Block? {
        if let reason = service.inactive { return Block(state: .inactive, reason: reason) }
        switch service.networkMode {
        case .host:
            return Block(
                state: .inactive, reason: "network_mode: host discards published ports", isIgnored: true)
        case .none:
            return Block(state: .inactive, reason: "network_mode: none has no network", isIgnored: true)
        case .service(let name):
            return Block(state: .refused, reason: "ports cannot be published with network_mode: service:\(name)")
        case .container(let name):
            return Block(state: .refused, reason: "ports cannot be published with network_mode: container:\(name)")
        case .networks, .bridge, .other: break
        }
        guard case .networks = service.networkMode, let network = gateway(of: service) else { return nil }
        if network.isInternal {
            return Block(state: .inactive, reason: "network \(network.name) is internal", isIgnored: true)
        }
        if network.isRouted {
            return Block(
                state: .inactive, reason: "network \(network.name) is routed: the engine opens no port on the host",
                isIgnored: true)
        }
        if let driver = network.driver, ["macvlan", "ipvlan"].contains(driver) {
            return Block(
                state: .inactive, reason: "driver \(driver) of network \(network.name) publishes nothing",
                isIgnored: true)
        }
        return nil
    }

    /// The network whose options decide: the first one with a way out, by `gw_priority` and then by name; an
    /// internal one only if there is no other.
    private func gateway(of service: ComposeService) -> ComposeNetwork? {
        let own = service.networks.compactMap { networks[$0] }
        return own.filter { !$0.isInternal }.max { left, right in
            let priorities = (service.gatewayPriority[left.name] ?? 0, service.gatewayPriority[right.name] ?? 0)
            return priorities.0 == priorities.1 ? left.name > right.name : priorities.0 < priorities.1
        } ?? own.first
    }

    private func engineNetwork(of service: ComposeService) -> EngineDialect.Network {
        guard case .networks = service.networkMode, let network = gateway(of: service) else { return .init() }
        var hostBinding = PortField<IPAddress>.absent
        if let text = network.hostBinding?.value {
            if let known = text.known {
                if let address = IPAddress(known) { hostBinding = .known(address) }
            } else {
                hostBinding = .unknown(text)
            }
        }
        return .init(hostBinding: hostBinding, hasIPv6: network.enableIPv6)
    }
}

extension PortMapping {
    mutating func close(_ state: ListenerState, _ reason: String) {
        self.state = state
        stateReason = reason
        binding.sockets = []
    }
}

extension Location {
    /// `path:line` for a sentence.
    var place: String { "\(path):\(start.line)" }
}
