internal import Dialects
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

/// Typed values of options and operands.
extension ParsedArguments {
    /// The value of an option whose words are the cases of an enumeration; nil if it is not given.
    func choice<Choice: RawRepresentable<String>>(_ option: Option) throws(UsageError) -> Choice? {
        guard let word = last(option) else { return nil }
        guard let choice = Choice(rawValue: word) else { throw unknownWord(option, word) }
        return choice
    }

    func format() throws(UsageError) -> ReportFormat {
        guard let word = last(.format) else { return .text }
        return try format(named: word, for: .format)
    }

    func outputs() throws(UsageError) -> [OutputFile] {
        var outputs: [OutputFile] = []
        for value in all(.output) {
            let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else {
                throw .badValue(.output, value, expected: "FORMAT=PATH, such as sarif=bindlint.sarif")
            }
            outputs.append(
                OutputFile(format: try format(named: String(parts[0]), for: .output), path: String(parts[1])))
        }
        return outputs
    }

    private func format(named word: String, for option: Option) throws(UsageError) -> ReportFormat {
        let known = ReportFormat.known(to: command)
        guard let format = ReportFormat(rawValue: word), known.contains(format) else {
            throw .badValue(
                option, word, expected: known.map(\.rawValue).joined(separator: ", "), known: known.map(\.rawValue))
        }
        return format
    }

    /// nil if `--source` is not given.
    func sources() throws(UsageError) -> Set<Source>? {
        var sources: Set<Source> = []
        for word in all(.source).flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            guard let source = Source(rawValue: String(word)) else { throw unknownWord(.source, String(word)) }
            sources.insert(source)
        }
        return sources.isEmpty ? nil : sources
    }

    /// Those of `--source`, else `Dialects.all`.
    func dialects() throws(UsageError) -> [any Dialect] {
        var dialects: [any Dialect] = []
        for word in all(.source).flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            guard let dialect = Dialects.named(String(word)) else {
                throw .badValue(
                    .source, String(word), expected: Dialects.names.joined(separator: ", "), known: Dialects.names)
            }
            dialects.append(dialect)
        }
        return dialects.isEmpty ? Dialects.all : dialects
    }

    func globs(_ option: Option) throws(UsageError) -> [Glob] {
        var globs: [Glob] = []
        for pattern in all(option) {
            do throws(Glob.Malformation) {
                globs.append(try Glob(pattern))
            } catch {
                throw .badValue(option, pattern, expected: "a glob; \(error)")
            }
        }
        return globs
    }

    func day(_ option: Option) throws(UsageError) -> CalendarDate? {
        guard let text = last(option) else { return nil }
        guard let day = CalendarDate(text) else { throw .badValue(option, text, expected: "a day as YYYY-MM-DD") }
        return day
    }

    private func unknownWord(_ option: Option, _ word: String) -> UsageError {
        let known = option.row.argument.words
        return .badValue(option, word, expected: known.joined(separator: ", "), known: known)
    }

    // MARK: - Operands

    /// The first operand as a word of the command.
    func word<Word>(_ word: (String) -> Word?) throws(UsageError) -> Word {
        guard let operand = operands.first else { throw .missingOperand(command) }
        guard let result = word(operand) else { throw .unknownWord(command, operand) }
        return result
    }

    func onlyOperand() throws(UsageError) -> String {
        guard let operand = operands.first else { throw .missingOperand(command) }
        if operands.count > 1 { throw .unexpectedOperand(command, operands[1]) }
        return operand
    }

    func refuseOperands() throws(UsageError) {
        if let operand = operands.first { throw .unexpectedOperand(command, operand) }
    }
}
