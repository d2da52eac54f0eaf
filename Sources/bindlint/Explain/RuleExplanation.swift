internal import ListenerModel
internal import Reporting

/// What `explain` says about a rule, 80 columns wide.
struct RuleExplanation {
    let rule: RuleDescription
    /// Headings in bold.
    var bold = false

    private static let width = 80

    func rendered() -> String {
        var page = styled(rule.id) + "\n" + wrapped(rule.title.sanitised)
        let changed = rule.level == rule.defaultLevel ? "" : " (\(rule.defaultLevel) where it was defined)"
        page += wrapped("level \(rule.level)\(changed), from \(rule.origins.joined(separator: ", then ").sanitised)")
        if let why = rule.why { page += part("why it matters", why) }
        if let fix = rule.fix { page += part("what to write instead", fix) }
        if let help = rule.help { page += part("more", help) }
        page += part("to keep it", "# bindlint: ignore[\(rule.id)] -- REASON (until YYYY-MM-DD)")
        if !rule.references.isEmpty { page += part("references", rule.references.joined(separator: "\n")) }
        return page
    }

    private func part(_ title: String, _ text: String) -> String {
        "\n" + styled(title) + "\n" + wrapped(text.sanitisedLines)
    }

    private func wrapped(_ text: String) -> String {
        text.wrapped(to: Self.width - 2).map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    }

    private func styled(_ text: String) -> String { bold ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
}
