import ListenerModel

/// A suppression comment, read: `bindlint: ignore[id, id] -- reason (until 2027-01-31)`.
struct Directive: Sendable, Equatable {
    enum Extent: Sendable { case declaration, file }

    var extent: Extent
    var rules: [String]
    var reason: String
    var until: CalendarDate?

    struct Problem: Error, Equatable {
        var message: String
    }

    /// `text` starts with `bindlint:`, as `SuppressionComment` has it.
    init(_ text: String) throws(Problem) {
        var rest = text.dropFirst("bindlint:".count)[...]
        Self.skipBlanks(&rest)
        let word = rest.prefix { $0.isLetter || $0 == "-" }
        rest = rest[word.endIndex...]
        switch word {
        case "ignore": extent = .declaration
        case "ignore-file": extent = .file
        case "": throw Problem(message: "'ignore[RULE]' or 'ignore-file[RULE]' is missing")
        default:
            let hint = Suggestion.closest(to: String(word), among: ["ignore", "ignore-file"])
            throw Problem(
                message: "there is no directive '\(word)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
        }
        Self.skipBlanks(&rest)
        guard rest.first == "[" else { throw Problem(message: "the rules are missing: \(word)[RULE]") }
        guard let close = rest.firstIndex(of: "]") else {
            throw Problem(message: "the list of rules is not closed with ]")
        }
        rules = rest[rest.index(after: rest.startIndex)..<close].split(separator: ",", omittingEmptySubsequences: false)
            .map(Self.trimmed)
        if let bad = rules.first(where: { !ScalarGrammar.isName($0) }) {
            throw Problem(message: bad.isEmpty ? "a rule is missing in the list" : "'\(bad)' is not a rule's id")
        }
        rest = rest[rest.index(after: close)...]
        Self.skipBlanks(&rest)
        guard rest.hasPrefix("--") else { throw Problem(message: "the reason is missing: -- REASON") }
        (reason, until) = try Self.reason(Self.trimmed(rest.drop { $0 == "-" }))
        if reason.isEmpty { throw Problem(message: "the reason is missing after --") }
    }

    /// Splits `(until DATE)` off the end.
    private static func reason(_ text: String) throws(Problem) -> (String, CalendarDate?) {
        var text = text
        if text.hasSuffix("*/") { text = trimmed(text.dropLast(2)) }
        guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return (text, nil) }
        let inside = text[text.index(after: open)...].dropLast()
        guard inside.hasPrefix("until") else { return (text, nil) }
        let date = trimmed(inside.dropFirst("until".count))
        guard let until = CalendarDate(date) else {
            throw Problem(message: "'\(date)' is not a date: (until YYYY-MM-DD)")
        }
        return (trimmed(text[..<open]), until)
    }

    private static func skipBlanks(_ text: inout Substring) {
        text = text.drop { $0 == " " || $0 == "\t" }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character.isNewline }
        var text = Substring(text).drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }
}
