import ListenerModel
import YAMLTree

/// The forms of single values. Each is given twice, as a test here and as JSON Schema in `Schema/`; a test proves
/// on a list of documents that both accept the same.
enum ScalarGrammar: Sendable, Equatable {
    /// A closed list; `true` and `false` among them are YAML's booleans.
    case words([String])
    /// Any text that is not empty.
    case text
    /// Letters, digits and hyphens: ids of rules, names of sets, purposes.
    case name
    case number(ClosedRange<Int>)
    /// `0.0` to `10.0`
    case severity
    /// `CWE-1327`
    case weakness
    /// `YYYY-MM-DD`
    case date
    case port
    case address
    /// `*`, `?`, `[…]`, and `**` across slashes.
    case glob
}

/// Why a text is not of a grammar, and what would be.
struct ScalarProblem: Error {
    var message: String
    var hint: String?
}

extension ScalarGrammar {
    /// The scalar's text if it is of this grammar. What it refers to (sets, ids) is checked later.
    func text(of node: YAMLNode) throws(ScalarProblem) -> String {
        guard let scalar = node.scalar else {
            throw ScalarProblem(message: "expected \(noun), found \(node.kindName)")
        }
        let plain = scalar.style == .plain
        if node.isNull || scalar.text.isEmpty {
            throw ScalarProblem(message: "expected \(noun), found nothing", hint: emptyHint)
        }
        // A tag such as `!!int` would change what other readers see.
        if let tag = node.tag { throw ScalarProblem(message: "the tag \(tag) has no meaning here") }
        switch self {
        case .words(let words):
            let text = node.bool.map { $0 ? "true" : "false" } ?? scalar.text
            let isBoolean = text == "true" || text == "false"
            if words.contains(text) && (!isBoolean || plain) { return text }
            if isBoolean && words.contains(text) {
                throw ScalarProblem(message: "expected \(noun), found a text", hint: "take the quotes away")
            }
            throw ScalarProblem(message: "'\(text)' is not one of its words", hint: wordHint(text, words))
        case .text:
            return scalar.text
        case .glob:
            _ = try Glob.inPolicy(scalar.text)
            return scalar.text
        case .name where node.bool != nil, .port where node.bool != nil, .address where node.bool != nil:
            throw ScalarProblem(message: "expected \(noun), found true or false")
        case .name:
            if Self.isName(scalar.text) { return scalar.text }
            throw ScalarProblem(
                message: "'\(scalar.text)' is not a name",
                hint: "small letters, digits and single hyphens, such as '\(Self.asName(scalar.text))'")
        case .number(let range):
            if plain, let number = Self.decimal(scalar.text), range.contains(number) { return scalar.text }
            throw ScalarProblem(
                message: "expected \(noun), found '\(scalar.text)'", hint: plain ? nil : "take the quotes away")
        case .severity:
            if Self.isSeverity(scalar.text) { return scalar.text }
            throw ScalarProblem(message: "'\(scalar.text)' is not a severity", hint: "a number from 0.0 to 10.0")
        case .weakness:
            if scalar.text.hasPrefix("CWE-"), let number = Self.decimal(scalar.text.dropFirst(4)), number > 0 {
                return scalar.text
            }
            throw ScalarProblem(message: "'\(scalar.text)' is not a CWE id", hint: "such as CWE-1327")
        case .date:
            if CalendarDate(scalar.text) != nil { return scalar.text }
            throw ScalarProblem(message: "'\(scalar.text)' is not a date", hint: "YYYY-MM-DD, such as 2027-01-31")
        case .port:
            _ = try PortTerm(scalar.text)
            return scalar.text
        case .address:
            _ = try AddressTerm(scalar.text)
            return scalar.text
        }
    }

    var noun: String {
        switch self {
        case .words(let words):
            Set(words) == ["true", "false"] ? "true or false" : "one of \(words.joined(separator: ", "))"
        case .text: "a text"
        case .name: "a name"
        case .number(let range):
            range.lowerBound == range.upperBound
                ? "\(range.lowerBound)" : "a number from \(range.lowerBound) to \(range.upperBound)"
        case .severity: "a number from 0.0 to 10.0"
        case .weakness: "a CWE id"
        case .date: "a date"
        case .port: "a port, a range, or the name of a set"
        case .address: "an address, a block, a scope, or the name of a set"
        case .glob: "a glob"
        }
    }

    private var emptyHint: String? {
        switch self {
        case .glob, .text: "a value that starts with * & ! | > % @ or # needs quotes"
        case .words, .name, .number, .severity, .weakness, .date, .port, .address: nil
        }
    }

    private func wordHint(_ word: String, _ words: [String]) -> String? {
        Suggestion.hint(for: word, among: words)
    }

    /// `[a-z][a-z0-9]*(-[a-z0-9]+)*`
    static func isName(_ text: String) -> Bool {
        var previous = UInt8(ascii: "-")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if previous == UInt8(ascii: "-") && text.utf8.first == byte { return false }
            case UInt8(ascii: "-"): if previous == byte { return false }
            default: return false
            }
            previous = byte
        }
        return !text.isEmpty && previous != UInt8(ascii: "-")
            && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.utf8.first!)
    }

    /// The nearest name to a text that is none: `Admin_Port` → `admin-port`.
    private static func asName(_ text: String) -> String {
        var name = ""
        for character in text.lowercased().prefix(60) {
            if character.isASCII, character.isLetter || character.isNumber {
                name.append(character)
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        while name.last == "-" { name.removeLast() }
        return isName(name) ? name : "admin-port"
    }

    /// Digits without a leading zero.
    static func decimal(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        if text.utf8.count > 1 && text.utf8.first == 0x30 { return nil }
        return Int(text)
    }

    private static func isSeverity(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = decimal(parts[0]) else { return false }
        guard parts.count == 2 else { return whole <= 10 }
        guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return whole < 10 || (whole == 10 && parts[1].utf8.allSatisfy { $0 == 0x30 })
    }
}

extension YAMLNode {
    /// For messages: what was found instead.
    var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .alias: "an alias"
        }
    }
}
