import ListenerModel
import YAMLTree

/// Walks a document along the shapes and reports every departure. The readers of the typed policy come after it
/// and may ignore what it has refused.
struct ShapeCheck {
    let file: PolicyFile
    var problems: Problems

    mutating func check(_ node: YAMLNode, _ shape: Shape, key: String) {
        if problems.isFull { return }
        switch shape {
        case .scalar(let grammar): scalar(node, grammar, key)
        case .oneOrMore(let element):
            guard let items = node.sequence else { return check(node, element, key: key) }
            notEmpty(items.isEmpty, node, key)
            for item in items { check(item, element, key: key) }
        case .list(let element): list(node, element, key, filled: false)
        case .filledList(let element): list(node, element, key, filled: true)
        case .dictionary(let grammar, let value):
            guard let entries = node.mapping else { return wrongType(node, key, "a mapping") }
            var seen: [String: YAMLNode] = [:]
            for entry in entries {
                scalar(entry.key, grammar, key)
                duplicate(entry.key, &seen)
                check(entry.value, value, key: entry.key.scalar?.text ?? key)
            }
        case .object(let name): object(node, name, key)
        }
    }

    private mutating func list(_ node: YAMLNode, _ element: Shape, _ key: String, filled: Bool) {
        guard let items = node.sequence else {
            let hint = node.isNull ? nil : "put it into a list: '- ' before it, or [ ] around it"
            return wrongType(node, key, "a list", hint: hint)
        }
        if filled { notEmpty(items.isEmpty, node, key) }
        for item in items { check(item, element, key: key) }
    }

    private mutating func object(_ node: YAMLNode, _ name: ObjectName, _ key: String) {
        guard let entries = node.mapping else {
            return wrongType(node, key, "\(name.noun), which is a mapping")
        }
        let keys = name.keys
        var seen: [String: YAMLNode] = [:]
        for entry in entries {
            guard let word = entry.key.scalar?.text else {
                problems.error(.wrongType, "a key of \(name.noun) is a word", at: place(entry.key))
                continue
            }
            duplicate(entry.key, &seen)
            guard let known = keys.first(where: { $0.name == word }) else {
                problems.error(
                    .unknownKey, "\(name.noun) has no key '\(word)'", hint: unknownKeyHint(word, name, keys),
                    at: place(entry.key))
                continue
            }
            check(entry.value, known.shape, key: word)
        }
        for required in keys where required.required && seen[required.name] == nil {
            problems.error(
                .missingKey, "\(name.noun) needs the key '\(required.name)'", hint: required.explanation,
                at: start(node))
        }
        for rule in name.keyRules { check(rule, seen, node, name) }
    }

    private mutating func check(_ rule: KeyRule, _ seen: [String: YAMLNode], _ node: YAMLNode, _ name: ObjectName) {
        switch rule {
        case .notEmpty:
            if seen.isEmpty {
                problems.error(.empty, "\(name.noun) cannot be empty", hint: emptyHint(name), at: place(node))
            }
        case .atLeastOne(let keys):
            if !keys.contains(where: { seen[$0] != nil }) {
                problems.error(.missingKey, "\(name.noun) needs \(alternatives(keys))", at: start(node))
            }
        case .needs(let key, let other):
            if let node = seen[key], seen[other] == nil {
                problems.error(.missingKey, "\(name.noun) with '\(key)' needs '\(other)'", at: place(node))
            }
        case .atMostOne(let keys):
            let present = keys.filter { seen[$0] != nil }
            if present.count > 1, let second = present.last, let node = seen[second] {
                problems.error(
                    .duplicateKey, "\(name.noun) has both '\(present[0])' and '\(second)'",
                    hint: "keep one of them", at: place(node))
            }
        }
    }

    private mutating func scalar(_ node: YAMLNode, _ grammar: ScalarGrammar, _ key: String) {
        do throws(ScalarProblem) {
            _ = try grammar.text(of: node)
        } catch {
            let isType = node.scalar == nil || node.isNull
            problems.error(
                isType ? .wrongType : .badValue, "\(key): \(error.message)", hint: error.hint, at: place(node))
        }
    }

    private mutating func wrongType(_ node: YAMLNode, _ key: String, _ expected: String, hint: String? = nil) {
        problems.error(
            .wrongType, "\(key): expected \(expected), found \(node.kindName)", hint: hint, at: place(node))
    }

    private mutating func notEmpty(_ isEmpty: Bool, _ node: YAMLNode, _ key: String) {
        if isEmpty { problems.error(.empty, "\(key): nothing in it", hint: "leave the key out", at: place(node)) }
    }

    private mutating func duplicate(_ key: YAMLNode, _ seen: inout [String: YAMLNode]) {
        guard let word = key.scalar?.text else { return }
        if let first = seen[word] {
            if problems.isFull { return }
            let line = place(first).location.start.line
            problems.error(
                .duplicateKey, "the key '\(word)' stands here twice", hint: "first on line \(line)", at: place(key))
        } else {
            seen[word] = key
        }
    }

    private func unknownKeyHint(_ word: String, _ name: ObjectName, _ keys: [Key]) -> String? {
        if word == "<<" { return "policies have no merge keys; 'extends' and sets say the same" }
        if name == .rule, PredicateName(rawValue: word) != nil {
            return "predicates stand under 'when', 'deny' or 'require'"
        }
        if let nearest = Suggestion.closest(to: word, among: keys.map(\.name)) { return "did you mean '\(nearest)'?" }
        return "its keys: \(keys.map(\.name).joined(separator: ", "))"
    }

    private func emptyHint(_ name: ObjectName) -> String? {
        name == .match ? "it would be true of everything; name what it is about" : nil
    }

    private func alternatives(_ keys: [String]) -> String {
        "one of " + keys.map { "'\($0)'" }.joined(separator: ", ")
    }

    private func place(_ node: YAMLNode) -> Place { Place(file: file, range: node.range) }

    /// Where an object starts: all of it would underline half a file.
    private func start(_ node: YAMLNode) -> Place {
        Place(file: file, range: node.mapping?.first?.key.range ?? node.range)
    }
}
