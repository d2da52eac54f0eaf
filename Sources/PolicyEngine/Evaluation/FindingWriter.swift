import ListenerModel

/// Puts breaches into words: those of one rule at one place become one finding that names the services.
struct FindingWriter {
    private let policy: Policy

    init(_ policy: Policy) { self.policy = policy }

    private struct RuleAndPlace: Hashable {
        var rule: String
        var location: Location
    }

    func findings(_ breaches: [Breach]) -> [Finding] {
        var order: [RuleAndPlace] = []
        var groups: [RuleAndPlace: [Breach]] = [:]
        for breach in breaches {
            let key = RuleAndPlace(rule: breach.rule.id, location: breach.listener.location)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(breach)
        }
        return order.map { finding(groups[$0]!) }
    }

    private func finding(_ breaches: [Breach]) -> Finding {
        let worst = breaches.max { $0.level < $1.level }!
        let listener = worst.listener
        let services = Array(Set(breaches.compactMap(\.listener.service))).sorted()
        let rule = worst.rule
        func fill(_ text: String) -> String {
            Placeholders.fill(text) { Self.value(of: $0, worst, services, environment(of: rule)) }
        }
        var related: [TraceStep] = []
        for step in breaches.flatMap(\.listener.related) where !related.contains(step) { related.append(step) }
        if let conflict = listener.conflict, !related.contains(where: { $0.location == conflict }) {
            related.append(TraceStep(conflict, "the other listener"))
        }
        var finding = Finding(
            rule: rule.id, level: worst.level, message: fill(rule.text("message") ?? Self.genericMessage(rule)),
            why: rule.text("why").map(fill), fix: rule.text("fix").map(fill), location: listener.location,
            related: related, trace: listener.trace, listener: listener, services: services)
        finding.edit = SafeEdit.of(listener, by: policy)
        return finding
    }

    private func environment(of rule: Rule) -> PolicyEnvironment { rule.seal?.environment ?? policy.environment }

    private static func genericMessage(_ rule: Rule) -> String {
        "{subject} listens on {host} port {port}, against the rule \(rule.id)"
    }

    private static func value(
        of placeholder: Placeholders, _ breach: Breach, _ services: [String], _ environment: PolicyEnvironment
    ) -> String {
        let listener = breach.listener
        switch placeholder {
        case .service: return services.isEmpty ? "no service" : list(services)
        case .host: return listener.host ?? "an unknown address"
        case .port:
            if listener.transport == .unix { return "none" }
            guard let port = listener.port else { return "an unknown port" }
            return port.isEphemeral ? "a random port" : port.description
        case .text: return listener.text
        case .path: return listener.location.path
        case .image: return listener.image ?? "no image"
        case .purpose:
            let purposes = purposes(of: breach, environment)
            return purposes.isEmpty ? "unknown" : list(purposes)
        case .subject:
            switch services.count {
            case 0: return RepositoryPath.name(listener.location.path)
            case 1: return "service \(services[0])"
            default: return "services \(list(services))"
            }
        }
    }

    /// With those that the policy's own sets give.
    private static func purposes(of breach: Breach, _ environment: PolicyEnvironment) -> [String] {
        var names = Set(breach.listener.purpose.map(\.rawValue))
        for part in breach.parts {
            for case .range(let ports) in [part.endpoint.port, part.endpoint.target] where !ports.isEphemeral {
                for (name, set) in environment.ports where set.contains(ports, part.endpoint.transport) {
                    names.insert(name)
                }
            }
        }
        return names.sorted()
    }

    private static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}
