/// The manual page in the macros of man(7).
enum ManualPage {
    static func roff() -> String {
        var page = #".TH BINDLINT 1 "" "bindlint \#(Version.number)" "User Commands""# + "\n.nh\n.ad l\n"
        page += section("NAME") + "bindlint \\- who can connect to what this repository will start?\n"
        page += section("SYNOPSIS")
        for command in Command.shown { page += ".br\n" + escaped(HelpText.synopsis(command)) + "\n" }
        page += section("DESCRIPTION")
        page += escaped(
            "bindlint reads the configuration files and the source code of a repository, works out which sockets its "
                + "programs and containers will open and who can connect to them, and reports what breaks a policy.")
        page += "\n" + section("COMMANDS")
        for command in Command.shown {
            page += item(command.operands.isEmpty ? command.rawValue : "\(command.rawValue) \(command.operands)")
            page += escaped(([command.summary + "."] + command.description).joined(separator: " ")) + "\n"
            for word in command.words { page += ".br\n" + escaped("\(word.word): \(word.summary)") + "\n" }
        }
        page += section("OPTIONS")
        for group in Option.Group.allCases {
            page += ".SS " + escaped(group.rawValue) + "\n"
            for option in Option.allCases where option.row.group == group {
                page += item(option.spellings) + text(option)
            }
        }
        page += section("EXIT STATUS")
        for (status, meaning) in HelpText.exitStatuses { page += item(status) + escaped(meaning) + "\n" }
        page += section("ENVIRONMENT")
        for (name, meaning) in environment { page += item(name) + escaped(meaning) + "\n" }
        page += section("FILES")
        for (name, meaning) in files { page += item(name) + escaped(meaning) + "\n" }
        page += section("EXAMPLES")
        for command in Command.shown {
            for example in command.examples {
                page += item("\(command.commandLine) \(example.arguments)") + escaped(example.says) + "\n"
            }
        }
        return page
    }

    private static let environment = [
        ("NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM", "Whether --color auto colours."),
        ("SOURCE_DATE_EPOCH", "The day by which exceptions expire, in seconds since 1970, if --today is not given."),
    ]

    private static let files = [
        (
            "bindlint.yaml, .bindlint.yaml",
            "The policy, looked for from the current folder upward to the repository root."
        ),
        (".gitignore, .ignore, .bindlintignore", "What is not read; in the format of gitignore(5)."),
        (".bindlint-baseline.json", "The baseline, unless the policy or --baseline names another."),
    ]

    private static func text(_ option: Option) -> String {
        let all = Set(Command.shown)
        let commands = option.row.commands.intersection(all)
        var text = option.explanation(with: .check)
        if commands != all {
            let names = Command.shown.filter(commands.contains).map(\.rawValue)
            text += " (\(names.joined(separator: ", ")))"
        }
        return escaped(text) + "\n"
    }

    private static func section(_ title: String) -> String { ".SH \(title)\n" }

    private static func item(_ head: String) -> String { ".TP\n.B " + escaped(head) + "\n" }

    /// Text in which nothing is a request or an escape of roff. `-` is what a shell takes, not a hyphen.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "\"": result += "\\(dq"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.hasPrefix(".") ? "\\&" + result : result
    }
}
