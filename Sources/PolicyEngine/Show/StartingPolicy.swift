public import ListenerModel

/// What `policy init` writes: a policy that today's tree passes, with an allowance for each wide listener that
/// somebody has to justify or close before it ends.
public enum StartingPolicy {
    /// How long the allowances hold.
    private static let days = 90

    /// Findings that a comment suppresses already need no allowance.
    public static func text(
        listeners: [Listener], suppressions: [SuppressionComment] = [], today: CalendarDate
    ) -> String {
        let until = today.advanced(byDays: days)
        var text = """
            # Written by `bindlint policy init` from what was there on \(today).
            version: 1
            extends: recommended

            rules:
              - id: wide-listener
                when: { context: [host, unknown] }
                deny: { scope: [wildcard, global] }
                message: "{subject} is open on {host} port {port}, and nobody has said why"
                fix: bind it to 127.0.0.1, or allow it here with a reason

            """
        let loaded = Policy.load(PolicyRequest(repositoryFile: "bindlint.yaml", today: today)) { _ in
            .bytes(Array(text.utf8))
        }
        guard let policy = loaded.policy else { return text }
        let result = policy.check(CheckInput(listeners: listeners, suppressions: suppressions, isWholeTree: false))
        var rules: [Place: [String]] = [:]
        for finding in result.findings {
            guard let listener = finding.listener, finding.level >= .warning else { continue }
            let services = finding.services.isEmpty ? [nil] : finding.services.map(Optional.some)
            for service in services {
                rules[Place(listener, service: service), default: []].append(finding.rule)
            }
        }
        if rules.isEmpty { return text }
        text +=
            "\n# Each of these is to be justified: say why in its reason and who answers for it, or close the port.\nallow:\n"
        for (place, ids) in rules.sorted(by: { $0.key < $1.key }) {
            let ids = Array(Set(ids)).sorted()
            text += """
                  - rule: \(YAMLText.oneOrMore(ids))
                    when: \(place.yaml)
                    reason: not justified yet
                    until: \(until)

                """
        }
        return text
    }

    /// What tells a listener from others and survives a change of lines.
    private struct Place: Hashable, Comparable {
        var path: String
        var service: String?
        var port: String
        var transport: Transport

        init(_ listener: Listener, service: String?) {
            path = listener.location.path
            self.service = service
            port = listener.port.map { $0.isEphemeral ? "ephemeral" : $0.description } ?? "unknown"
            transport = listener.transport
        }

        var yaml: String {
            // A path is a glob here: what is special in one stands for any character.
            let pattern = String(path.map { "*?[]{}\\".contains($0) ? "?" : $0 })
            var fields = ["path: \(YAMLText.scalar(pattern.contains("/") ? pattern : "/" + pattern))"]
            if let service { fields.append("service: \(YAMLText.scalar(service))") }
            switch transport {
            case .tcp: fields.append("port: \(port)")
            case .udp, .sctp: fields += ["port: \(port)", "transport: \(transport.rawValue)"]
            case .unix: fields.append("transport: unix")
            }
            return "{ \(fields.joined(separator: ", ")) }"
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.path, left.service ?? "", left.port, left.transport)
                < (right.path, right.service ?? "", right.port, right.transport)
        }
    }
}
