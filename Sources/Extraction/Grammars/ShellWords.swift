import ListenerModel

/// Commands and words of shell text (POSIX.1-2017, Shell Command Language): quotes, escapes, variables, lists and
/// pipelines. What runs is not decided: both sides of `&&`, `||` and every branch count.
public struct ShellWords {
    /// A simple command: words with the assignments before it.
    public struct Command: Sendable {
        public var assignments: [Assignment]
        /// Without redirections; empty for assignments alone.
        public var words: [CommandWord]
    }

    public struct Assignment: Sendable {
        public var name: String
        public var value: CommandWord
    }

    /// The simple commands of a script, also those in lists, pipelines, groups and branches.
    public static func commands(in text: PlacedText) -> [Command] {
        var reader = ShellWords(text, syntax: .shell)
        return reader.commands()
    }

    /// The words of a command that no shell will see: quotes and escapes are removed, `$` and operators are text
    /// (compose's string form, by github.com/mattn/go-shellwords; a Procfile is shell text).
    public static func words(in text: PlacedText) -> [CommandWord] {
        var reader = ShellWords(text, syntax: .words)
        var words: [CommandWord] = []
        while let token = reader.next() {
            if case .word(let word) = token { words.append(word.word) }
        }
        return words
    }

    private enum Syntax { case shell, words }

    private enum Token {
        case word(Word)
        /// Ends a simple command.
        case separator
        /// The next word is a file.
        case redirection
    }

    struct Word {
        var word: CommandWord
        /// The name of `NAME=…`, if the word starts like that outside quotes, and its value.
        var assignment: Assignment?
        var isQuoted: Bool
    }

    let text: PlacedText
    private let syntax: Syntax
    var position = 0
    /// The unknown part that each mark in the text stands for, by its offset.
    private let unknowns: [Int: Unknown]
    static let depthLimit = 40

    private init(_ text: PlacedText, syntax: Syntax) {
        self.text = text
        self.syntax = syntax
        let marks = text.unknowns.isEmpty ? [] : SymbolicText.marks(in: text.bytes[...])
        unknowns = Dictionary(uniqueKeysWithValues: zip(marks, text.unknowns))
    }

    var bytes: [UInt8] { text.bytes }

    // MARK: Commands

    /// Words that are syntax where a command may start.
    private static let reserved: Set<String> = [
        "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "{", "}", "!", "esac", "time",
    ]

    private mutating func commands() -> [Command] {
        var commands: [Command] = []
        var current = Command(assignments: [], words: [])
        func flush() {
            if !current.words.isEmpty || !current.assignments.isEmpty { commands.append(current) }
            current = Command(assignments: [], words: [])
        }
        var afterRedirection = false
        while let token = next() {
            switch token {
            case .separator:
                flush()
                afterRedirection = false
            case .redirection:
                // `2>` and the like: the number is part of the redirection.
                if let last = current.words.last?.text.known, last.count == 1, last.utf8.allSatisfy(\.isDigit),
                    position >= 2, current.words.last!.location.range.upperBound == redirectionStart
                {
                    current.words.removeLast()
                }
                afterRedirection = true
            case .word(let word):
                if afterRedirection {
                    afterRedirection = false
                } else if current.words.isEmpty, let assignment = word.assignment {
                    current.assignments.append(assignment)
                } else if current.words.isEmpty, !word.isQuoted, let known = word.word.text.known,
                    Self.reserved.contains(known)
                {
                    continue
                } else {
                    current.words.append(word.word)
                }
            }
        }
        flush()
        return commands
    }

    /// Where in the file the last redirection operator stands.
    private var redirectionStart = 0

    private mutating func next() -> Token? {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x20, 0x09, 0x0d:
                position += 1
            case UInt8(ascii: "\\") where position + 1 < bytes.count && bytes[position + 1] == 0x0a:
                position += 2
            case 0x0a:
                position += 1
                if syntax == .shell { return .separator }
            case UInt8(ascii: "#") where syntax == .shell:
                while position < bytes.count, bytes[position] != 0x0a { position += 1 }
            case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"):
                guard syntax == .shell else { return .word(word()) }
                if byte == UInt8(ascii: "&"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") {
                    redirect()
                    return .redirection
                }
                position += 1
                return .separator
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                guard syntax == .shell else { return .word(word()) }
                redirect()
                return .redirection
            default:
                return .word(word())
            }
        }
        return nil
    }

    private mutating func redirect() {
        redirectionStart = text.fileRange(position..<position + 1).lowerBound
        while position < bytes.count, [0x3c, 0x3e, 0x26, 0x7c, 0x2d].contains(bytes[position]) { position += 1 }
    }

    // MARK: Words

    private mutating func word() -> Word {
        let start = position
        var result = SymbolicText()
        var literal: [UInt8] = []
        var isQuoted = false
        /// Just after the first `=` outside quotes, with the length of the text before it.
        var assigned: Int?
        func flush() {
            if !literal.isEmpty { result.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        loop: while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case 0x20, 0x09, 0x0a, 0x0d: break loop
            case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "<"), UInt8(ascii: ">"):
                if syntax == .shell { break loop }
                literal.append(byte)
                position += 1
            case UInt8(ascii: "'"):
                isQuoted = true
                position += 1
                while position < bytes.count, bytes[position] != UInt8(ascii: "'") {
                    if let unknown = unknownAtMark() {
                        flush()
                        result.append(.unknown(unknown))
                    } else {
                        literal.append(bytes[position])
                        position += 1
                    }
                }
                position = min(position + 1, bytes.count)
            case UInt8(ascii: "\""):
                isQuoted = true
                position += 1
                flush()
                result.append(doubleQuoted(depth: 0))
            case UInt8(ascii: "\\"):
                if position + 1 < bytes.count, bytes[position + 1] != 0x0a { literal.append(bytes[position + 1]) }
                position = min(position + 2, bytes.count)
            case UInt8(ascii: "$") where syntax == .shell:
                flush()
                result.append(dollar(depth: 0))
            case UInt8(ascii: "`") where syntax == .shell:
                flush()
                result.append(.unknown(backquoted()))
            default:
                if let unknown = unknownAtMark() {
                    flush()
                    result.append(.unknown(unknown))
                    continue
                }
                if byte == UInt8(ascii: "="), assigned == nil { assigned = position + 1 }
                literal.append(byte)
                position += 1
            }
        }
        flush()
        return finish(result, start..<position, assigned: assigned, isQuoted: isQuoted)
    }

    private func finish(_ value: SymbolicText, _ range: Range<Int>, assigned: Int?, isQuoted: Bool) -> Word {
        var word = CommandWord(value, at: text.location(withoutQuotes(range)))
        guard let assigned else { return Word(word: word, assignment: nil, isQuoted: isQuoted) }
        let place = text.location(withoutQuotes(assigned..<range.upperBound))
        word.assignedLocation = place
        var assignment: Assignment?
        let name = bytes[range.lowerBound..<assigned - 1]
        if name.allSatisfy(\.isNameByte), let first = name.first, !first.isDigit {
            let length = assigned - range.lowerBound
            let rest = Substring(value.marked.utf8.dropFirst(length))
            assignment = Assignment(
                name: String(decoding: name, as: UTF8.self), value: CommandWord(value.slice(rest), at: place))
        }
        return Word(word: word, assignment: assignment, isQuoted: isQuoted)
    }

    /// A range without the quotes that enclose all of it.
    private func withoutQuotes(_ range: Range<Int>) -> Range<Int> {
        guard range.count >= 2, let quote = bytes[range].first, quote == 0x22 || quote == 0x27,
            bytes[range].last == quote, !bytes[range].dropFirst().dropLast().contains(quote)
        else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }

    mutating func unknownAtMark() -> Unknown? {
        guard let unknown = unknowns[position] else { return nil }
        position += SymbolicText.markBytes.count
        return unknown
    }

    /// Behind the opening quote, to behind the closing one.
    mutating func doubleQuoted(depth: Int) -> SymbolicText {
        var result = SymbolicText()
        var literal: [UInt8] = []
        func flush() {
            if !literal.isEmpty { result.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
                let next = bytes[position + 1]
                if next != 0x0a {
                    // Elsewhere in double quotes a backslash is text.
                    if ![0x22, 0x24, 0x5c, 0x60].contains(next) { literal.append(byte) }
                    literal.append(next)
                }
                position += 2
            } else if byte == UInt8(ascii: "$"), syntax == .shell {
                flush()
                result.append(dollar(depth: depth))
            } else if byte == UInt8(ascii: "`"), syntax == .shell {
                flush()
                result.append(.unknown(backquoted()))
            } else if let unknown = unknownAtMark() {
                flush()
                result.append(.unknown(unknown))
            } else {
                literal.append(byte)
                position += 1
            }
        }
        position = min(position + 1, bytes.count)
        flush()
        return result
    }
}

extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }
}
