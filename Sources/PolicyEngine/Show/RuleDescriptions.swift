public import ListenerModel

extension Policy {
    /// Every rule in effect, sorted by id. With `help` the pages are read too, which an ordinary run need not.
    public func descriptions(help: Bool = false) -> [RuleDescription] {
        rules.map { describe($0, help: help) }.sorted { $0.id < $1.id }
    }

    /// One rule with its page; nil if the policy has none of that id.
    public func description(of id: String) -> RuleDescription? {
        rule(id).map { describe($0, help: true) }
    }

    /// The nearest ids to one that does not exist: `did you mean 'public-cache'?`
    public func suggestion(for id: String) -> String? {
        if let pack = PackRules.pack(of: id) { return "the pack '\(pack)' has it, which this policy does not extend" }
        return Suggestion.hint(for: id, among: rules.map(\.id))
    }

    private func describe(_ rule: Rule, help: Bool) -> RuleDescription {
        let page = help ? RuleHelp.of(rule.id) : nil
        return RuleDescription(
            id: rule.id, title: rule.title, level: levelEverywhere(rule), defaultLevel: rule.defaultLevel,
            why: rule.text("why"), fix: rule.text("fix"), help: rule.text("help") ?? page?.markdown,
            tags: rule.lists["tags"] ?? [], precision: rule.text("precision"),
            securitySeverity: rule.text("security-severity").map(Self.withDecimal), cwe: rule.text("cwe"),
            references: rule.lists["references"] ?? page?.references ?? [],
            origins: rule.isBuiltIn && rule.statements.isEmpty ? ["built in"] : rule.statements.map(\.id.place.origin))
    }

    /// After the overrides that are about every file.
    private func levelEverywhere(_ rule: Rule) -> Finding.Level {
        var level = rule.level
        var cap = Finding.Level.error
        for placed in overrides where placed.override.when.isUniversal {
            if let seal = rule.seal, placed.layer > seal.layer { continue }
            for named in placed.override.levels where named.value.rule == rule.id { level = named.value.level }
            if let maximum = placed.override.max { cap = min(cap, maximum) }
        }
        return min(level, cap)
    }

    /// SARIF's readers want `9.0`, people write `9`.
    private static func withDecimal(_ severity: String) -> String {
        severity.contains(".") ? severity : severity + ".0"
    }
}

extension RuleDescription {
    /// The rule's page of the manual, in Markdown.
    public var page: String {
        var text = "# \(id)\n\n\(title). Level: \(defaultLevel.rawValue)."
        if let cwe { text += " \(cwe)." }
        if let securitySeverity { text += " Security severity \(securitySeverity)." }
        if let precision { text += " Precision \(precision)." }
        text += "\n\n"
        if let help { return text + help }
        if let why { text += "## Why is this bad?\n\n\(why)\n\n" }
        if let fix { text += "## Use instead\n\n\(fix)\n" }
        return text
    }
}

extension Packs {
    /// Every rule that is shipped, sorted by id. Rules that several packs have are described as the first of
    /// recommended, strict, containers and admin-ports has them.
    public static func descriptions(today: CalendarDate) -> [RuleDescription] {
        var found: [String: RuleDescription] = [:]
        for pack in ["recommended", "strict", "containers", "admin-ports"] {
            let loaded = Policy.load(PolicyRequest(files: [pack], today: today)) { _ in .missing }
            for rule in loaded.policy?.descriptions(help: true) ?? [] where found[rule.id] == nil {
                found[rule.id] = rule
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }
}

/// The pages of the rules that are shipped, as `docs/rules/` holds them.
public enum RulePages {
    /// By file name (`public-database.md`), sorted.
    public static func all(today: CalendarDate) -> [(name: String, text: String)] {
        Packs.descriptions(today: today).map { ($0.id + ".md", $0.page) }
    }
}
