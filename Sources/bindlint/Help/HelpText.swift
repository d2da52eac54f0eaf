internal import Reporting

/// The texts of `--help`, 80 columns wide.
enum HelpText {
    static let width = 80
    /// Where the explanation of an option or a command starts.
    private static let column = 26

    static func overview() -> String {
        var text = "bindlint: who can connect to what this repository will start?\n\n"
        text += "usage: bindlint [check] [OPTIONS] [PATH...]\n       bindlint COMMAND [OPTIONS] ...\n\ncommands\n"
        for command in Command.shown { text += row(command.rawValue, command.summary) }
        text +=
            "\n"
            + paragraph("`bindlint COMMAND --help` prints the options of a command; the most used ones of `check`:")
        text += "\n"
        for option in frequent { text += row(option, .check) }
        text += "\n" + exitStatus
        text += "\nexamples\n" + examples([Command.check, .list, .explain])
        return text
    }

    private static let frequent: [Option] = [.policy, .format, .output, .failOn, .exclude, .statistics, .version]

    static func of(_ command: Command) -> String {
        var text = "\(command.summary)\n\nusage: \(synopsis(command))\n"
        for part in command.description { text += "\n" + paragraph(part) }
        if !command.words.isEmpty {
            text += "\n"
            for word in command.words { text += row(word.word, word.summary) }
        }
        for group in Option.Group.allCases {
            let options = command.options.filter { $0.row.group == group }
            if options.isEmpty { continue }
            text += "\n\(group.rawValue.lowercased())\n" + options.map { row($0, command) }.joined()
        }
        if command == .check { text += "\n" + exitStatus }
        if !command.examples.isEmpty { text += "\nexamples\n" + examples([command]) }
        return text
    }

    static func synopsis(_ command: Command) -> String {
        ["bindlint", command == .check ? "[check]" : command.rawValue, "[OPTIONS]", command.operands]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    static let exitStatuses = [
        ("0", "checked; nothing at or above --fail-on"),
        ("1", "findings at or above --fail-on"),
        ("2", "not a trustworthy run: bad usage or policy, or a file that could not be read; wins over 1"),
    ]

    private static var exitStatus: String {
        "exit status\n" + exitStatuses.map { row($0.0, $0.1, column: 5) }.joined()
    }

    private static func examples(_ commands: [Command]) -> String {
        let lines = commands.flatMap { command in
            command.examples.map { ("\(command.commandLine) \($0.arguments)", $0.says) }
        }
        return lines.map { row($0.0, $0.1, column: 48) }.joined()
    }

    private static func row(_ option: Option, _ command: Command) -> String {
        row(option.spellings, option.explanation(with: command))
    }

    private static func row(_ head: String, _ text: String, column: Int = column) -> String {
        let lines = text.wrapped(to: width - column)
        let indent = String(repeating: " ", count: column)
        let start = "  " + head
        if start.displayWidth + 2 > column {
            return ([start] + lines.map { indent + $0 }).joined(separator: "\n") + "\n"
        }
        return ([start.padded(to: column) + lines[0]] + lines.dropFirst().map { indent + $0 }).joined(separator: "\n")
            + "\n"
    }

    private static func paragraph(_ text: String) -> String {
        text.wrapped(to: width).joined(separator: "\n") + "\n"
    }
}

extension Command {
    /// In the order of the table.
    var options: [Option] { Option.allCases.filter { $0.row.commands.contains(self) } }

    /// How the command is called.
    var commandLine: String { self == .check ? "bindlint" : "bindlint \(rawValue)" }
}

extension Option {
    /// Its help, with the values that its spelling does not show.
    func explanation(with command: Command) -> String {
        let words = words(with: command)
        if words.isEmpty || row.argument.name?.contains("|") == true { return row.help }
        return row.help + " One of " + words.joined(separator: ", ") + "."
    }

    /// `-j, --jobs N`
    var spellings: String {
        let row = row
        return (row.short.map { "-\($0), " } ?? "") + name + (row.argument.name.map { " \($0)" } ?? "")
    }
}
