internal import ListenerModel

extension ExplainArguments {
    /// The page about a rule of this policy or else about an address; throws if `subject` is neither.
    func page(rules: [RuleDescription], bold: Bool) throws(UsageError) -> String {
        if let rule = rules.first(where: { $0.id == subject }) {
            return RuleExplanation(rule: rule, bold: bold).rendered()
        }
        if var explanation = AddressExplanation(of: subject, dialects: dialects) {
            explanation.bold = bold
            return explanation.rendered()
        }
        throw .nothingToExplain(subject, rules: rules.map(\.id))
    }
}
