import ListenerModel
import YAMLTree

/// Reads a file into a typed document and reports everything that is wrong with it by itself; what depends on
/// other files (sets, ids, locks) is for `Precedence/`.
struct DocumentReader {
    private let file: PolicyFile

    static func read(_ file: PolicyFile, _ problems: inout Problems) -> PolicyDocument? {
        guard let root = PolicyYAML.document(file, &problems) else { return nil }
        if !file.isShipped {
            var check = ShapeCheck(file: file, problems: problems)
            check.check(root, .object(.policy), key: "policy")
            problems = check.problems
        }
        return DocumentReader(file: file).document(root, &problems)
    }

    private func document(_ root: YAMLNode, _ problems: inout Problems) -> PolicyDocument {
        var document = PolicyDocument(file: file)
        document.extends = texts(root["extends"])
        document.ports = sets(root["ports"]) { text in try? PortTerm(text) }
        document.addresses = sets(root["addresses"]) { text in try? AddressTerm(text) }
        document.contexts = root["contexts"]?.sequence?.compactMap(context)
        document.projects = root["projects"]?.sequence?.map(project)
        document.rules = (root["rules"]?.sequence ?? []).compactMap { node in
            var statement = rule(node)
            statement?.isBroken = problems.touch(place(node))
            return statement
        }
        document.overrides = (root["overrides"]?.sequence ?? []).compactMap(override)
        document.allowances = (root["allow"]?.sequence ?? []).compactMap(allowance)
        document.terms = root["exceptions"].flatMap(terms)
        document.baseline = text(root["baseline"])
        document.tests = root["tests"]?.sequence ?? []
        if let from = root["exceptions"]?["from"], let words = from.sequence, words.count > 1,
            words.contains(where: { $0.string == "none" })
        {
            problems.error(.badValue, "from: 'none' stands alone", at: place(from))
        }
        if !file.isShipped {
            checkNames(document, &problems)
            checkMeaning(document, &problems)
        }
        // What stands there twice is an error already, and is not merged with itself.
        var seen: Set<String> = []
        document.rules.removeAll { !seen.insert($0.id.value).inserted }
        return document
    }

    /// Names that one file may give only once, and names that mean something already.
    private func checkNames(_ document: PolicyDocument, _ problems: inout Problems) {
        var ids: [String: Place] = [:]
        for rule in document.rules where !problems.isFull {
            if let first = ids[rule.id.value] {
                problems.error(
                    .duplicateName, "the rule '\(rule.id.value)' stands here twice",
                    hint: "first on line \(first.location.start.line)", at: rule.id.place)
            } else {
                ids[rule.id.value] = rule.id.place
            }
        }
        for set in document.ports where ["ephemeral", "unknown"].contains(set.name.value) {
            problems.error(.badValue, "'\(set.name.value)' is a word of its own, not a set", at: set.name.place)
        }
        for set in document.addresses where Scope(rawValue: set.name.value) != nil {
            problems.error(.badValue, "'\(set.name.value)' is a scope, not a set", at: set.name.place)
        }
    }

    private func checkMeaning(_ document: PolicyDocument, _ problems: inout Problems) {
        for rule in document.rules {
            for key in ["message", "why", "fix"] {
                if let text = rule.texts[key] { Placeholders.check(text, &problems) }
            }
        }
        for allowance in document.allowances where allowance.when.isUniversal {
            problems.error(
                .badValue, "this allowance is for every file",
                hint: "name a folder, a service or a port; to switch a rule off set its level", at: allowance.place)
        }
        for set in document.ports {
            for term in set.terms where term.value == .unknown || term.value == .ephemeral {
                problems.error(.badValue, "a set holds port numbers and other sets", at: term.place)
            }
        }
        for set in document.addresses {
            for term in set.terms where term.value == .unknown || term.value == .scope(.unknown) {
                problems.error(.badValue, "a set holds addresses; 'unknown' stands beside it", at: term.place)
            }
        }
    }

    // MARK: Parts

    private func rule(_ node: YAMLNode) -> RuleStatement? {
        guard let id = text(node["id"]) else { return nil }
        var rule = RuleStatement(id: id)
        rule.level = word(node["level"])
        rule.when = match(node["when"])
        rule.deny = match(node["deny"])
        rule.require = match(node["require"])
        rule.unknown = word(node["unknown"])
        rule.lock = flag(node["lock"])
        rule.noExceptions = text(node["exceptions"]).map { Sourced(value: true, place: $0.place) }
        rule.suppressible = flag(node["suppressible"])
        for key in RuleStatement.textKeys { rule.texts[key] = text(node[key]) }
        for key in RuleStatement.listKeys {
            guard let value = node[key] else { continue }
            rule.lists[key] = Sourced(value: texts(value).map(\.value), place: place(value))
        }
        return rule
    }

    private func override(_ node: YAMLNode) -> Override? {
        guard let when = node["when"] else { return nil }
        let levels = (node["levels"]?.mapping ?? []).compactMap {
            entry -> Sourced<(rule: String, level: Finding.Level)>? in
            guard let rule = entry.key.scalar?.text, let level: Sourced<Finding.Level> = word(entry.value) else {
                return nil
            }
            return Sourced(value: (rule, level.value), place: place(entry.key))
        }
        return Override(
            when: Match(when, in: file), levels: levels, max: word(node["max"])?.value, place: start(node))
    }

    private func allowance(_ node: YAMLNode) -> Allowance? {
        guard let when = node["when"], let reason = text(node["reason"]) else { return nil }
        return Allowance(
            rules: texts(node["rule"]), when: Match(when, in: file), reason: reason.value,
            owner: text(node["owner"])?.value,
            until: text(node["until"]).flatMap { text in
                CalendarDate(text.value).map { Sourced(value: $0, place: text.place) }
            },
            place: start(node))
    }

    private func terms(_ node: YAMLNode) -> Sourced<ExceptionTerms>? {
        var terms = ExceptionTerms()
        terms.ownerRequired = node["owner"] != nil
        terms.untilRequired = node["until"] != nil
        terms.maximumDays = text(node["max-days"]).flatMap { Int($0.value) }
        if let from = node["from"] {
            terms.from = Set(texts(from).compactMap { ExceptionTerms.Origin(rawValue: $0.value) })
        }
        return Sourced(value: terms, place: start(node))
    }

    private func context(_ node: YAMLNode) -> ContextDeclaration? {
        guard let word = node["context"]?.string, let context = NetworkNamespace.Context(rawValue: word) else {
            return nil
        }
        return ContextDeclaration(
            paths: texts(node["path"]).compactMap { try? Glob.inPolicy($0.value) }, context: context, place: start(node)
        )
    }

    private func project(_ node: YAMLNode) -> ProjectDeclaration {
        ProjectDeclaration(
            files: texts(node["files"]).map(\.value), profiles: texts(node["profiles"]).map(\.value),
            environmentFiles: texts(node["env-file"]).map(\.value))
    }

    private func sets<Term: Sendable>(
        _ node: YAMLNode?, _ term: (String) -> Term?
    ) -> [(name: Sourced<String>, terms: [Sourced<Term>])] {
        (node?.mapping ?? []).compactMap { entry in
            guard let name = text(entry.key) else { return nil }
            let terms = texts(entry.value).compactMap { text in
                term(text.value).map { Sourced(value: $0, place: text.place) }
            }
            return (name, terms)
        }
    }

    // MARK: Values

    private func place(_ node: YAMLNode) -> Place { Place(file: file, range: node.range) }
    private func start(_ node: YAMLNode) -> Place {
        Place(file: file, range: node.mapping?.first?.key.range ?? node.range)
    }

    private func match(_ node: YAMLNode?) -> Sourced<Match>? {
        node.map { Sourced(value: Match($0, in: file), place: place($0)) }
    }

    private func text(_ node: YAMLNode?) -> Sourced<String>? {
        guard let node, let text = node.scalar?.text, !text.isEmpty else { return nil }
        return Sourced(value: text, place: place(node))
    }

    private func texts(_ node: YAMLNode?) -> [Sourced<String>] {
        guard let node else { return [] }
        return (node.sequence ?? [node]).compactMap { text($0) }
    }

    private func word<Word: RawRepresentable<String>>(_ node: YAMLNode?) -> Sourced<Word>? {
        text(node).flatMap { text in Word(rawValue: text.value).map { Sourced(value: $0, place: text.place) } }
    }

    private func flag(_ node: YAMLNode?) -> Sourced<Bool>? {
        node.flatMap { node in node.bool.map { Sourced(value: $0, place: place(node)) } }
    }
}

extension RuleStatement {
    static let textKeys = ["title", "message", "why", "fix", "help", "precision", "security-severity", "cwe"]
    static let listKeys = ["tags", "references"]
}
