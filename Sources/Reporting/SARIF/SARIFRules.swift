import ListenerModel

/// The rules of a run as SARIF describes them, in a stable order, with their indices.
struct SARIFRules {
    let rules: [SARIF.Rule]
    let overrides: [SARIF.Override]
    private let indices: [String: Int]

    /// A rule that has findings is described even if the policy's list lacks it.
    init(_ report: Report) {
        let known = Set(report.rules.map(\.id))
        let others = Set((report.findings + report.suppressed).map(\.rule)).subtracting(known).map { id in
            RuleDescription(id: id, title: id, level: .warning, defaultLevel: .warning)
        }
        let all = (report.rules + others).sorted { $0.id < $1.id }
        rules = all.map { Self.rule($0, report.tool) }
        let indices = Dictionary(all.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        self.indices = indices
        overrides = all.filter { $0.level != $0.defaultLevel }.map { rule in
            SARIF.Override(
                ruleID: rule.id, ruleIndex: indices[rule.id]!, level: rule.level.sarif, enabled: rule.level != .off)
        }
    }

    func index(of rule: String) -> Int { indices[rule]! }

    private static func rule(_ rule: RuleDescription, _ tool: Report.Tool) -> SARIF.Rule {
        let title = rule.title.asSentence
        let why = rule.why.map { $0.oneLine.asSentence }
        let fix = rule.fix.map { "Use instead: " + $0.oneLine.asSentence }
        let text = [title, why, fix].compactMap(\.self)
        let isSecurity = rule.securitySeverity != nil
        return SARIF.Rule(
            id: rule.id, name: pascalCase(rule.id), short: title,
            full: (why ?? title).truncatedAtEnd(toUTF16: 1024),
            help: text.joined(separator: "\n"),
            helpMarkdown: rule.help ?? text.map(MarkdownReport.escaped).joined(separator: "\n\n"),
            helpURI: tool.helpURI(rule.id) ?? rule.references.first(where: \.isWebAddress) ?? tool.informationURI,
            // SARIF has no level for a rule that is off but by its `enabled`.
            level: rule.defaultLevel == .off ? .warning : rule.defaultLevel.sarif,
            enabled: rule.defaultLevel != .off,
            tags: tags(rule, isSecurity: isSecurity),
            precision: rule.precision ?? "medium",
            problemSeverity: problemSeverity(rule.defaultLevel),
            securitySeverity: rule.securitySeverity)
    }

    /// GitHub takes `security-severity` only from a rule tagged `security`, and at most 10 tags.
    private static func tags(_ rule: RuleDescription, isSecurity: Bool) -> [String] {
        var tags = isSecurity ? ["security"] : []
        if let cwe = rule.cwe { tags.append("external/cwe/" + cwe.lowercased()) }
        for tag in rule.tags where !tags.contains(tag) { tags.append(tag) }
        return Array(tags.prefix(10))
    }

    /// `public-database` → `PublicDatabase`; never the id itself.
    private static func pascalCase(_ id: String) -> String {
        let words = id.split { !$0.isLetter && !$0.isNumber }
        let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return name == id || name.first?.isUppercase != true ? "Rule" + name : name
    }

    private static func problemSeverity(_ level: Finding.Level) -> String {
        switch level {
        case .error: "error"
        case .warning, .off: "warning"
        case .note: "recommendation"
        }
    }
}

extension Finding.Level {
    var sarif: SARIF.Level {
        switch self {
        case .off: .none
        case .note: .note
        case .warning: .warning
        case .error: .error
        }
    }
}

extension Diagnostic.Level {
    var sarif: SARIF.Level {
        switch self {
        case .note: .note
        case .warning: .warning
        case .error: .error
        }
    }
}

extension String {
    var isWebAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }

    var oneLine: String { split { $0 == "\n" || $0 == " " }.joined(separator: " ") }

    /// With an end. The first word stays as it is: it may be a name from the file.
    var asSentence: String {
        guard let last else { return self }
        return ".!?".contains(last) ? self : self + "."
    }

    func truncatedAtEnd(toUTF16 limit: Int) -> String {
        guard utf16.count > limit else { return self }
        var text = self
        while text.utf16.count > limit - 1 { text.unicodeScalars.removeLast() }
        return text + "…"
    }
}
