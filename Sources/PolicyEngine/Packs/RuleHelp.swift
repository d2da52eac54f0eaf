import YAMLTree

/// The page of a shipped rule, from `policies/rules.help.yaml`.
struct RuleHelp: Sendable {
    var what: String
    var why: String
    /// The language of the examples, as Markdown names it.
    var language: String
    var example: String
    var instead: String
    var references: [String]

    /// nil for rules that no pack has.
    static func of(_ rule: String) -> RuleHelp? { all[rule] }

    static let all: [String: RuleHelp] = {
        guard let bytes = Packs.embedded("rules.help.yaml"), let root = YAMLStream(bytes).documents.first else {
            return [:]
        }
        var pages: [String: RuleHelp] = [:]
        for entry in root.mapping ?? [] {
            guard let id = entry.key.string, let what = entry.value["what"]?.string,
                let why = entry.value["why"]?.string, let language = entry.value["language"]?.string,
                let example = entry.value["example"]?.string, let instead = entry.value["instead"]?.string
            else { continue }
            pages[id] = RuleHelp(
                what: what, why: why, language: language, example: example, instead: instead,
                references: (entry.value["references"]?.sequence ?? []).compactMap(\.string))
        }
        return pages
    }()

    var markdown: String {
        var text = """
            ## What it does

            \(what)

            ## Why is this bad?

            \(why)

            ## Example

            ```\(language)
            \(example)```

            ## Use instead

            ```\(language)
            \(instead)```

            """
        if !references.isEmpty {
            text += "\n## References\n\n" + references.map { "- <\($0)>\n" }.joined()
        }
        return text
    }
}
