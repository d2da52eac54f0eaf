/// The commands, as they are written on the command line.
enum Command: String, CaseIterable, Sendable {
    case check, list, explain, rules, policy, baseline, completions, help
    /// Prints the manual page; for packages, so not in the help.
    case manual

    var isHidden: Bool { self == .manual }

    static let shown = allCases.filter { !$0.isHidden }

    /// One line of the help.
    var summary: String {
        switch self {
        case .check: "Lint files and folders (the default command)"
        case .list: "Print every listener that the files declare, as `ss -tulpn` would"
        case .explain: "Explain a rule, or a listen address in any spelling"
        case .rules: "Print the rules in effect, their level and where each comes from"
        case .policy: "Test, show, describe or start a policy file"
        case .baseline: "Record today's findings, so that only new or wider ones fail"
        case .completions: "Print the completion script of a shell"
        case .help: "Print the help of a command"
        case .manual: "Print the manual page"
        }
    }

    /// What comes behind the options, as in a synopsis.
    var operands: String {
        switch self {
        case .check, .list: "[PATH...]"
        case .explain: "WHAT"
        case .rules, .manual: ""
        case .policy: "test|show|schema|init [PATH...]"
        case .baseline: "write|prune [PATH...]"
        case .completions: "bash|zsh|fish"
        case .help: "[COMMAND]"
        }
    }

    /// The first operand of commands that have commands of their own.
    var words: [(word: String, summary: String)] {
        switch self {
        case .policy:
            [
                ("test", "Run the tests of the policy, or of the policy files PATH"),
                ("show", "Print the policy in effect, merged, with the place each part comes from"),
                ("schema", "Print the JSON schema of policy files, for editors"),
                ("init", "Write a first bindlint.yaml, or PATH"),
            ]
        case .baseline:
            [
                ("write", "Record the findings in the baseline"),
                ("prune", "Remove what is no longer found from the baseline"),
            ]
        case .completions:
            Shell.allCases.map { ($0.rawValue, "The script for \($0.rawValue)") }
        case .check, .list, .explain, .rules, .help, .manual:
            []
        }
    }

    /// Paragraphs of the command's help.
    var description: [String] {
        switch self {
        case .check:
            [
                "Reads the files below each PATH, works out which sockets they open and who can connect, and reports what "
                    + "breaks the policy. PATH is a file or a folder; without one it is the current folder. `-` is standard "
                    + "input, as if it were the file of --stdin-filename."
            ]
        case .list: ["Prints every listener below each PATH, the most exposed ones first. No policy judges them."]
        case .explain:
            [
                "WHAT is the id of a rule, or a listen address as it is written in a configuration or in code. For an "
                    + "address: what each server software makes of it, who can connect, what `ss` and `netstat` print, and "
                    + "what to write instead."
            ]
        case .rules: []
        case .policy:
            ["The policy is the one that `check` would use, or those of --policy."]
        case .baseline:
            [
                "The baseline is the file of --baseline, else the one the policy names, else .bindlint-baseline.json. "
                    + "`check` then reports only what is not recorded, or wider than recorded."
            ]
        case .completions: ["Source the script, or put it where the shell looks for completions."]
        case .help, .manual: []
        }
    }

    var examples: [(arguments: String, says: String)] {
        switch self {
        case .check:
            [
                ("./deploy", "lint a folder"),
                ("--output sarif=bindlint.sarif", "text on the terminal and SARIF in a file"),
                ("--policy org.yaml --fail-on error", "with an organisation's policy"),
            ]
        case .list: [("--format json", "for scripts")]
        case .explain:
            [
                ("':::22'", "an address as netstat prints it"),
                ("--source go ':8080'", "as Go reads it"),
                ("public-database", "a rule"),
            ]
        case .rules: [("--policy strict", "the rules of the pack strict")]
        case .policy: [("test", "run the tests of bindlint.yaml")]
        case .baseline: [("write", "record today's findings")]
        case .completions: [("bash > /etc/bash_completion.d/bindlint", "install them for bash")]
        case .help, .manual: []
        }
    }
}

enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }
