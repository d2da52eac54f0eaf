extension Completions {
    static func bash() -> String {
        var script = """
            # bash completion of bindlint

            _bindlint() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=check word
                COMPREPLY=()
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case $word in
                    \(Command.shown.map(\.rawValue).joined(separator: "|"))) command=$word; break ;;
                    esac
                done
                case $previous in

            """
        for option in Option.allCases where option.row.argument.name != nil {
            let spellings = ([option.name] + (option.row.short.map { ["-\($0)"] } ?? [])).joined(separator: "|")
            let reply =
                switch option.row.argument {
                case .none, .text: ":"
                case .file: #"compopt -o default"#
                case .oneOf(let words), .listOf(let words, _):
                    #"COMPREPLY=($(compgen -W "\#(words.joined(separator: " "))" -- "$current"))"#
                }
            script += "    \(spellings)) \(reply); return ;;\n"
        }
        script += """
                esac
                if [[ $current == -* ]]; then
                    case $command in

            """
        for command in Command.shown {
            let names = command.options.map(\.name).joined(separator: " ")
            script += #"        \#(command.rawValue)) COMPREPLY=($(compgen -W "\#(names)" -- "$current")) ;;"# + "\n"
        }
        script += """
                    esac
                    return
                fi
                case $command in

            """
        for command in Command.shown where !words(command).isEmpty {
            let words = words(command).map(\.word).joined(separator: " ")
            script += #"    \#(command.rawValue)) COMPREPLY=($(compgen -W "\#(words)" -- "$current")) ;;"# + "\n"
        }
        let commands = Command.shown.map(\.rawValue).joined(separator: " ")
        script += """
                esac
                if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W "\(commands)" -- "$current")); fi
                compopt -o default
            }
            complete -F _bindlint bindlint

            """
        return script
    }
}
