extension Completions {
    static func zsh() -> String {
        var script = "#compdef bindlint\n\n_bindlint() {\n    local context state state_descr line\n"
        script += "    typeset -A opt_args\n    local -a commands\n    commands=(\n"
        for command in Command.shown {
            script += "        \(quoted("\(command.rawValue):\(command.summary)"))\n"
        }
        script += """
                )
                local command=check word
                for word in "${words[@]:1:$((CURRENT-2))}"; do
                    if (( ${commands[(I)$word:*]} )); then command=$word; break; fi
                done
                case $command in

            """
        for command in Command.shown {
            script += "    \(command.rawValue))\n        _arguments -s -S \\\n"
            for option in command.options { script += "            \(zshSpecification(option, command)) \\\n" }
            let words = words(command).map(\.word)
            let rest = words.isEmpty ? "_files" : "(\(words.joined(separator: " ")))"
            let first = command == .check ? "->first" : "(\(command.rawValue))"
            script += "            \(quoted("1: :\(first)")) \\\n            \(quoted("*: :\(rest)"))\n        ;;\n"
        }
        script += """
                esac
                if [[ $state == first ]]; then
                    _describe command commands
                    _files
                fi
            }

            if [[ $funcstack[1] == _bindlint ]]; then _bindlint "$@"; else compdef _bindlint bindlint; fi

            """
        return script
    }

    private static func zshSpecification(_ option: Option, _ command: Command) -> String {
        let row = option.row
        let help = row.help.substituting(["[": "(", "]": ")", ":": "\\:"])
        let names = row.short.map { "{-\($0),\(option.name)}" } ?? option.name
        let separator = row.argument.name == nil ? "" : "="
        var tail = "[\(help)]"
        switch row.argument {
        case .none: break
        case .text(let name): tail += ":\(name): "
        case .file(let name): tail += ":\(name):_files"
        case .oneOf: tail += ":word:(\(option.words(with: command).joined(separator: " ")))"
        case .listOf(_, let name):
            tail += ":\(name):_values -s , \(name) \(option.words(with: command).joined(separator: " "))"
        }
        let repeated = row.isRepeatable ? "\\*" : ""
        return repeated + (row.short == nil ? names + separator : names) + quoted(tail)
    }
}
