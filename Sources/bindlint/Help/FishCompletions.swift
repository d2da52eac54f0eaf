extension Completions {
    static func fish() -> String {
        let commands = Command.shown.map(\.rawValue).joined(separator: " ")
        var script = "# fish completion of bindlint\n\n"
        for command in Command.shown {
            script +=
                "complete -c bindlint -n \(quoted("not __fish_seen_subcommand_from \(commands)"))"
                + " -a \(command.rawValue) -d \(quoted(command.summary))\n"
            let condition =
                command == .check
                ? "not __fish_seen_subcommand_from \(commands); or __fish_seen_subcommand_from check"
                : "__fish_seen_subcommand_from \(command.rawValue)"
            for option in command.options {
                script += "complete -c bindlint -n \(quoted(condition)) -l \(option.rawValue)"
                if let short = option.row.short { script += " -s \(short)" }
                switch option.row.argument {
                case .none: break
                case .text: script += " -x"
                case .file: script += " -r -F"
                case .oneOf, .listOf:
                    script += " -x -a \(quoted(option.words(with: command).joined(separator: " ")))"
                }
                script += " -d \(quoted(option.row.help))\n"
            }
            for (word, summary) in words(command) {
                script += "complete -c bindlint -n \(quoted(condition)) -f -a \(word) -d \(quoted(summary))\n"
            }
        }
        return script
    }
}
