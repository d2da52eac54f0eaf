/// The words of a command line, sorted into command, options and operands by the table of options; what they mean
/// together is for `Invocation` to say.
struct ParsedArguments: Equatable {
    var command: Command = .check
    /// The command was written, not implied.
    var namesCommand = false
    var values: [Option: [String]] = [:]
    var flags: Set<Option> = []
    var operands: [String] = []

    /// `arguments` without the program's name. `--opt value` and `--opt=value` are the same, `--` ends the options,
    /// one-letter options may share a dash and have their value attached (`-qj4`).
    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            if optionsEnded || word == "-" || !word.hasPrefix("-") {
                operands.append(word)
                if !optionsEnded && operands.count == 1 && !namesCommand, let command = Command(rawValue: word) {
                    self.command = command
                    namesCommand = true
                    operands = []
                }
            } else if word == "--" {
                optionsEnded = true
            } else if word.hasPrefix("--") {
                try long(word, &rest)
            } else {
                try short(word, &rest)
            }
        }
        for option in Option.allCases where values[option] != nil || flags.contains(option) {
            if !option.row.commands.contains(command) { throw .optionOfOtherCommands(option, command) }
        }
    }

    private mutating func long(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let option = Option.named(parts[0]) else { throw .unknownOption("--" + parts[0]) }
        try add(option, attached: parts.count == 2 ? String(parts[1]) : nil, &rest)
    }

    private mutating func short(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            guard let option = Option.short(letter) else { throw .unknownOption("-\(letter)") }
            if option.row.argument.name == nil {
                flags.insert(option)
                continue
            }
            if letters.first == "=" { letters.removeFirst() }
            try add(option, attached: letters.isEmpty ? nil : String(letters), &rest)
            return
        }
    }

    private mutating func add(
        _ option: Option, attached: String?, _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        if option.row.argument.name == nil {
            if attached != nil { throw .unexpectedValue(option) }
            flags.insert(option)
            return
        }
        guard let value = attached ?? rest.popFirst() else { throw .missingValue(option) }
        values[option, default: []].append(value)
    }

    /// The value that counts.
    func last(_ option: Option) -> String? { values[option]?.last }
    func all(_ option: Option) -> [String] { values[option] ?? [] }
    func has(_ option: Option) -> Bool { flags.contains(option) }
}
