import ListenerModel

extension Policy {
    /// The policy in effect as YAML, each value with where it comes from. With a path: what each rule's level is for
    /// a file there.
    public func text(for path: String? = nil) -> String {
        path.map(levels) ?? everything
    }

    // MARK: For a path

    private func levels(for path: String) -> String {
        var text = "# \(path), by \(sources.joined(separator: ", "))\n"
        let facts = PathFacts(path: path, repository: repository)
        let width = rules.map { $0.id.utf8.count }.max() ?? 0
        for rule in rules.sorted(by: { $0.id < $1.id }) {
            let padding = String(repeating: " ", count: width - rule.id.utf8.count)
            text += "\(rule.id)\(padding)  \(level(of: rule, facts).rawValue)"
            let notes = overrideNotes(rule, facts)
            text += notes.isEmpty ? "\n" : "  # " + notes.joined(separator: "; ") + "\n"
        }
        for placed in allowances
        where placed.allowance.when.evaluate({ facts.truth(of: $0, in: placed.environment) }) != .no {
            let ids = placed.allowance.rules.map(\.value).joined(separator: ", ")
            text += "# \(placed.allowance.place.origin) may except \(ids): \(placed.allowance.when.yaml)\n"
        }
        return text
    }

    private func overrideNotes(_ rule: Rule, _ facts: PathFacts) -> [String] {
        overrides.compactMap { placed in
            let override = placed.override
            if let seal = rule.seal, placed.layer > seal.layer { return nil }
            let named = override.levels.last { $0.value.rule == rule.id }?.value.level
            guard let level = named ?? override.max else { return nil }
            let words = named == nil ? "at most \(level.rawValue)" : level.rawValue
            switch override.when.evaluate({ facts.truth(of: $0, in: placed.environment) }) {
            case .yes: return "\(words) by \(override.place.origin)"
            case .unknown: return "\(words) by \(override.place.origin) where \(override.when.yaml)"
            case .no: return nil
            }
        }
    }

    // MARK: As a whole

    private var everything: String {
        var lines = Lines()
        lines.add("# \(sources.joined(separator: ", "))")
        lines.add("version: 1")
        addSets(&lines)
        lines.add("rules:")
        for rule in rules { add(rule, &lines) }
        if !overrides.isEmpty { lines.add("overrides:") }
        for placed in overrides {
            lines.add("  - when: \(placed.override.when.yaml)", placed.override.place.origin)
            if !placed.override.levels.isEmpty {
                let levels = placed.override.levels.map { "\($0.value.rule): \($0.value.level.rawValue)" }
                lines.add("    levels: { \(levels.joined(separator: ", ")) }")
            }
            if let max = placed.override.max { lines.add("    max: \(max.rawValue)") }
        }
        if !allowances.isEmpty { lines.add("allow:") }
        for placed in allowances { add(placed.allowance, &lines) }
        addTerms(&lines)
        if let baseline { lines.add("baseline: \(YAMLText.scalar(baseline))") }
        return lines.text
    }

    private func addSets(_ lines: inout Lines) {
        func origin(_ name: String, _ places: (PolicyDocument) -> [Sourced<String>]) -> String? {
            documents.last { places($0).contains { $0.value == name } }
                .flatMap { places($0).first { $0.value == name }?.place.origin }
        }
        if !environment.ports.isEmpty { lines.add("ports:") }
        for (name, set) in environment.ports.sorted(by: { $0.key < $1.key }) {
            // Members of shipped sets may be of one transport, which the language has no word for: they are numbers here.
            var terms: [String] = []
            for member in set.members where !terms.contains(member.ports.description) {
                terms.append(member.ports.description)
            }
            lines.add("  \(name): \(YAMLText.list(terms))", origin(name) { $0.ports.map(\.name) })
        }
        if !environment.addresses.isEmpty { lines.add("addresses:") }
        for (name, terms) in environment.addresses.sorted(by: { $0.key < $1.key }) {
            lines.add(
                "  \(name): \(YAMLText.list(terms.map(\.description)))", origin(name) { $0.addresses.map(\.name) })
        }
        if !environment.contexts.isEmpty { lines.add("contexts:") }
        for context in environment.contexts {
            lines.add(
                "  - { path: \(YAMLText.oneOrMore(context.paths.map(\.pattern))), context: \(context.context.rawValue) }",
                context.place.origin)
        }
        if !projects.isEmpty { lines.add("projects:") }
        for project in projects {
            var fields = ["files: \(YAMLText.list(project.files))"]
            if !project.profiles.isEmpty { fields.append("profiles: \(YAMLText.list(project.profiles))") }
            if !project.environmentFiles.isEmpty {
                fields.append("env-file: \(YAMLText.list(project.environmentFiles))")
            }
            lines.add("  - { \(fields.joined(separator: ", ")) }")
        }
    }

    private func add(_ rule: Rule, _ lines: inout Lines) {
        func origin<Value>(_ key: (RuleStatement) -> Sourced<Value>?) -> String? {
            rule.statements.last { key($0) != nil }.flatMap { key($0)?.place.origin }
        }
        lines.add("  - id: \(rule.id)", rule.isBuiltIn ? "built in" : rule.place?.origin)
        lines.add("    level: \(rule.level.rawValue)", origin(\.level))
        if let when = rule.when { lines.add("    when: \(when.yaml)", origin(\.when)) }
        switch rule.breach {
        case .deny(let match): lines.add("    deny: \(match.yaml)", origin(\.deny))
        case .require(let match): lines.add("    require: \(match.yaml)", origin(\.require))
        case nil: break
        }
        if rule.unknown != .pass { lines.add("    unknown: \(rule.unknown.rawValue)", origin(\.unknown)) }
        if let seal = rule.seal {
            lines.add(seal.explicit ? "    lock: true" : "    # locked: given with --policy", seal.place.origin)
        }
        if let place = rule.noExceptions { lines.add("    exceptions: none", place.origin) }
        if !rule.suppressible { lines.add("    suppressible: false", origin(\.suppressible)) }
        for key in RuleStatement.textKeys where key != "help" {
            guard let text = rule.texts[key] else { continue }
            lines.add("    \(key): \(YAMLText.scalar(text))", origin { $0.texts[key] })
        }
        for key in RuleStatement.listKeys {
            guard let list = rule.lists[key] else { continue }
            lines.add("    \(key): \(YAMLText.list(list))", origin { $0.lists[key] })
        }
    }

    private func add(_ allowance: Allowance, _ lines: inout Lines) {
        lines.add("  - rule: \(YAMLText.oneOrMore(allowance.rules.map(\.value)))", allowance.place.origin)
        lines.add("    when: \(allowance.when.yaml)")
        lines.add("    reason: \(YAMLText.scalar(allowance.reason))")
        if let owner = allowance.owner { lines.add("    owner: \(YAMLText.scalar(owner))") }
        if let until = allowance.until {
            lines.add("    until: \(until.value)", until.value < today ? "expired" : nil)
        }
    }

    private func addTerms(_ lines: inout Lines) {
        guard !terms.isEmpty else { return }
        lines.add("exceptions:")
        let all = terms.map(\.value)
        func origin(_ has: (ExceptionTerms) -> Bool) -> String? { terms.last { has($0.value) }?.place.origin }
        if all.contains(where: \.ownerRequired) { lines.add("  owner: required", origin(\.ownerRequired)) }
        if all.contains(where: \.untilRequired) { lines.add("  until: required", origin(\.untilRequired)) }
        if let days = all.compactMap(\.maximumDays).min() {
            lines.add("  max-days: \(days)", origin { $0.maximumDays == days })
        }
        let from = all.reduce(Set(ExceptionTerms.Origin.allCases)) { $0.intersection($1.from) }
        if from.count < ExceptionTerms.Origin.allCases.count {
            let words = from.isEmpty ? ["none"] : from.map(\.rawValue).sorted()
            lines.add("  from: \(YAMLText.oneOrMore(words))", origin { $0.from == from })
        }
    }

    /// Lines with their origins in one column.
    private struct Lines {
        private var lines: [(text: String, origin: String?)] = []

        mutating func add(_ text: String, _ origin: String? = nil) { lines.append((text, origin)) }

        var text: String {
            // Beyond this column a long line keeps its origin beside it.
            let column = min(60, lines.filter { $0.origin != nil }.map { $0.text.utf8.count }.max() ?? 0)
            return lines.map { text, origin in
                guard let origin else { return text + "\n" }
                return text + String(repeating: " ", count: max(0, column - text.utf8.count)) + "  # \(origin)\n"
            }.joined()
        }
    }
}

/// All that is known of a listener is its file.
private struct PathFacts: FactSource {
    let path: String
    let repository: String?

    var address: AddressFact { .open }
    var port: PortFact { .open }
    var target: PortFact { .open }
    var transport: Transport? { nil }

    func word(_ predicate: PredicateName) -> WordFact { .open }

    func texts(_ predicate: PredicateName) -> [String]? {
        if predicate == .path { return [path] }
        return predicate == .repository ? repository.map { [$0] } : nil
    }

    func hasPurpose(_ name: String, in environment: PolicyEnvironment) -> Truth { .unknown }
    func addressComes(fromVariable name: String) -> Truth { .unknown }
}
