extension Invocation {
    /// What is printed for an invocation that reads no file of the repository; nil for any other.
    var information: String? {
        switch self {
        case .help(let command): command.map(HelpText.of) ?? HelpText.overview()
        case .version(let json): json ? Version.json : Version.text
        case .completions(let shell): Completions.script(for: shell)
        case .manual: ManualPage.roff()
        case .check, .list, .explain, .rules, .policy, .baseline: nil
        }
    }
}
