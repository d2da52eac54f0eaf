import ListenerModel

/// A rule in effect: what the files say of it, merged.
struct Rule: Sendable {
    enum Breach: Sendable {
        case deny(Match)
        case require(Match)
    }

    /// What keeps files below from changing it.
    struct Seal: Sendable {
        /// `lock: true`: nothing may touch it. Otherwise it came with `--policy` and may be tightened.
        var explicit: Bool
        /// Overrides of documents up to this one count.
        var layer: Int
        var environment: PolicyEnvironment
        var place: Place
    }

    var id: String
    /// Where it was defined; nil for the built-in rules.
    var place: Place?
    var level: Finding.Level
    var defaultLevel: Finding.Level
    var when: Match?
    /// nil for the built-in rules, which are about exceptions and not about listeners.
    var breach: Breach?
    var unknown = RuleStatement.Unknown.pass
    var noExceptions: Place?
    var suppressible = true
    var texts: [String: String] = [:]
    var lists: [String: [String]] = [:]
    var seal: Seal?
    /// Every statement that had a part in it, in order.
    var statements: [RuleStatement] = []

    var isBuiltIn: Bool { breach == nil }

    func text(_ key: String) -> String? { texts[key] }

    /// From the id where there is none: `public-database` → "Public database".
    var title: String {
        if let title = texts["title"] { return title }
        let words = id.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Both parts as one: true where the rule is broken, the subject aside.
    var brokenMatch: Match? {
        switch breach {
        case .deny(let match): .all([when, match].compactMap { $0 })
        case .require(let match): .all([when, .not(match)].compactMap { $0 })
        case nil: nil
        }
    }

    func names(_ predicate: PredicateName) -> Bool {
        brokenMatch?.names(predicate) ?? false
    }
}

extension Rule {
    /// A new rule; nil if the statement does not say what it tests.
    init?(_ statement: RuleStatement) {
        guard statement.deny != nil || statement.require != nil else { return nil }
        self.init(
            id: statement.id.value, place: statement.id.place, level: .warning,
            defaultLevel: statement.level?.value ?? .warning)
        apply(statement)
    }

    /// Takes over the keys that a statement has.
    mutating func apply(_ statement: RuleStatement) {
        if let level = statement.level { self.level = level.value }
        if let when = statement.when { self.when = when.value }
        if let deny = statement.deny { breach = .deny(deny.value) }
        if let require = statement.require { breach = .require(require.value) }
        if let unknown = statement.unknown { self.unknown = unknown.value }
        if let noExceptions = statement.noExceptions { self.noExceptions = noExceptions.place }
        if let suppressible = statement.suppressible { self.suppressible = suppressible.value }
        for (key, text) in statement.texts { texts[key] = text.value }
        for (key, list) in statement.lists { lists[key] = list.value }
        statements.append(statement)
    }

    /// Whether a statement makes the rule stricter and changes nothing else about it.
    func isTightened(by statement: RuleStatement) -> Bool {
        if statement.when != nil || statement.deny != nil || statement.require != nil { return false }
        if !statement.texts.isEmpty || !statement.lists.isEmpty { return false }
        if let level = statement.level, level.value < self.level { return false }
        if let unknown = statement.unknown, unknown.value.strictness < self.unknown.strictness { return false }
        if let suppressible = statement.suppressible, suppressible.value && !self.suppressible { return false }
        if let lock = statement.lock, !lock.value { return false }
        return true
    }
}

extension RuleStatement.Unknown {
    fileprivate var strictness: Int {
        switch self {
        case .pass: 0
        case .note: 1
        case .deny: 2
        }
    }
}
