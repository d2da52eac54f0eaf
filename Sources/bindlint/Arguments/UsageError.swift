internal import ListenerModel

/// A command line that asks for nothing we can do: exit status 2.
enum UsageError: Error, Hashable {
    case unknownOption(String)
    case missingValue(Option)
    /// A value behind `=` for an option that takes none.
    case unexpectedValue(Option)
    case badValue(Option, String, expected: String, known: [String] = [])
    case optionOfOtherCommands(Option, Command)
    case missingOperand(Command)
    case unexpectedOperand(Command, String)
    /// A word that is not one of those the command knows.
    case unknownWord(Command, String)
    /// Neither a command nor a file.
    case noSuchPathOrCommand(String, meant: Command)
    /// Neither a rule nor an address.
    case nothingToExplain(String, rules: [String])
    case needs(Option, String)
    case standardInputAmongPaths
    /// PATH `-` without --stdin-filename.
    case standardInputUnnamed
}

extension UsageError: CustomStringConvertible {
    /// One or two sentences, without the name of the program.
    var description: String {
        switch self {
        case .unknownOption(let written):
            return "there is no option \(written)" + Self.didYouMean(written, Option.allCases.map(\.name))
        case .missingValue(let option):
            return "\(option.name) needs a value: \(option.name) \(option.row.argument.name ?? "")"
        case .unexpectedValue(let option):
            return "\(option.name) takes no value"
        case .badValue(let option, let value, let expected, let known):
            return "\(option.name) cannot be '\(value)': expected \(expected)" + Self.didYouMean(value, known)
        case .optionOfOtherCommands(let option, let command):
            let commands = Command.shown.filter(option.row.commands.contains).map { "`\($0.rawValue)`" }
            return "\(option.name) is not an option of `\(command.rawValue)`, but of "
                + commands.joined(separator: ", ")
        case .missingOperand(let command):
            return "`\(command.rawValue)` needs \(command.operands)"
        case .unexpectedOperand(let command, let operand):
            return "`\(command.rawValue)` does not take '\(operand)'"
        case .unknownWord(let command, let word):
            let known = command.words.isEmpty ? Command.shown.map(\.rawValue) : command.words.map(\.word)
            return "`\(command.rawValue)` does not know '\(word)', but " + known.joined(separator: ", ")
                + Self.didYouMean(word, known)
        case .noSuchPathOrCommand(let word, let meant):
            return "there is no file, folder or command '\(word)'; did you mean the command '\(meant.rawValue)'?"
        case .nothingToExplain(let subject, let rules):
            return "'\(subject)' is neither a rule in effect nor a listen address" + Self.didYouMean(subject, rules)
        case .needs(let option, let other):
            return "\(option.name) needs \(other)"
        case .standardInputAmongPaths:
            return "standard input (-) cannot be read together with other paths"
        case .standardInputUnnamed:
            return "standard input (-) needs --stdin-filename PATH: the name says what kind of file it is"
        }
    }

    private static func didYouMean(_ word: String, _ known: [String]) -> String {
        Suggestion.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
    }
}
