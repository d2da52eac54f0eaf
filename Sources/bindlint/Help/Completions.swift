/// Completion scripts, made from the tables of commands and options.
enum Completions {
    static func script(for shell: Shell) -> String {
        switch shell {
        case .bash: bash()
        case .zsh: zsh()
        case .fish: fish()
        }
    }

    /// The words that may stand behind a command, besides paths.
    static func words(_ command: Command) -> [(word: String, summary: String)] {
        command == .help ? Command.shown.map { ($0.rawValue, $0.summary) } : command.words
    }

    /// In single quotes, as all three shells read them.
    static func quoted(_ text: String) -> String { "'" + text.substituting(["'": #"'\''"#]) + "'" }
}

extension String {
    /// Each of these characters replaced by a text.
    func substituting(_ replacements: [Character: String]) -> String {
        reduce(into: "") { $0 += replacements[$1] ?? String($1) }
    }
}
