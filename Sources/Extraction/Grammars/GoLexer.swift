/// Go's lexical grammar with automatic semicolons, as exact as go/scanner about strings, runes, comments and
/// numbers; a byte that starts no token is skipped and recorded.
struct GoLexer {
    struct Output {
        /// The last one is `end`.
        var tokens: [GoToken] = []
        var comments: [Range<Int>] = []
        var problems: [Problem] = []
    }

    struct Problem: Equatable {
        var message: String
        var range: Range<Int>
    }

    private let bytes: [UInt8]
    private var position: Int
    private var output = Output()
    /// The last token could end a statement: a line break after it is a semicolon.
    private var endsStatement = false
    /// Stop at the first token that cannot be part of the package clause and imports.
    private let headerOnly: Bool

    static func tokens(of bytes: [UInt8], headerOnly: Bool = false) -> Output {
        var lexer = GoLexer(bytes: bytes, headerOnly: headerOnly)
        lexer.run()
        return lexer.output
    }

    private init(bytes: [UInt8], headerOnly: Bool) {
        self.bytes = bytes
        self.headerOnly = headerOnly
        position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    private func peek(_ ahead: Int = 0) -> UInt8 {
        position + ahead < bytes.count ? bytes[position + ahead] : 0
    }

    private mutating func run() {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                insertSemicolon()
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/") || peek(1) == UInt8(ascii: "*"):
                comment()
            case UInt8(ascii: "\""):
                quoted(byte, .string)
            case UInt8(ascii: "'"):
                quoted(byte, .rune)
            case UInt8(ascii: "`"):
                rawString()
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number()
            case UInt8(ascii: ".") where Self.isDigit(peek(1)):
                number()
            case _ where Self.startsName(byte):
                if name() { return finish() }
            default:
                symbol()
            }
        }
        finish()
    }

    private mutating func finish() {
        insertSemicolon()
        output.tokens.append(GoToken(kind: .end, symbol: .none, start: position, end: position))
    }

    private mutating func add(_ kind: GoToken.Kind, from start: Int, symbol: GoSymbol = .none) {
        output.tokens.append(GoToken(kind: kind, symbol: symbol, start: start, end: position))
    }

    private mutating func insertSemicolon() {
        guard endsStatement else { return }
        endsStatement = false
        output.tokens.append(GoToken(kind: .semicolon, symbol: ";", start: position, end: position))
    }

    private mutating func comment() {
        let start = position
        let general = peek(1) == UInt8(ascii: "*")
        position += 2
        var spansLines = false
        while position < bytes.count {
            if general {
                if bytes[position] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") { break }
                if bytes[position] == UInt8(ascii: "\n") { spansLines = true }
            } else if bytes[position] == UInt8(ascii: "\n") {
                break
            }
            position += 1
        }
        if general {
            if position < bytes.count {
                position += 2
            } else {
                output.problems.append(Problem(message: "comment is not closed", range: start..<start + 2))
            }
        }
        output.comments.append(start..<position)
        // "A general comment containing one or more newlines acts like a newline."
        if spansLines { insertSemicolon() }
    }

    private mutating func quoted(_ quote: UInt8, _ kind: GoToken.Kind) {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != quote, bytes[position] != UInt8(ascii: "\n") {
            position += bytes[position] == UInt8(ascii: "\\") && peek(1) != UInt8(ascii: "\n") ? 2 : 1
        }
        position = min(position, bytes.count)
        if position < bytes.count && bytes[position] == quote {
            position += 1
        } else {
            output.problems.append(
                Problem(message: kind == .rune ? "rune is not closed" : "string is not closed", range: start..<position)
            )
        }
        add(kind, from: start)
        endsStatement = true
    }

    private mutating func rawString() {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "`") { position += 1 }
        if position < bytes.count {
            position += 1
        } else {
            output.problems.append(Problem(message: "raw string is not closed", range: start..<start + 1))
        }
        add(.rawString, from: start)
        endsStatement = true
    }

    private mutating func number() {
        let start = position
        let hexadecimal = bytes[position] == UInt8(ascii: "0") && (peek(1) | 0x20) == UInt8(ascii: "x")
        while position < bytes.count {
            let byte = bytes[position]
            let exponent = hexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
            if (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")), position > start,
                bytes[position - 1] | 0x20 == exponent
            {
                position += 1
            } else if Self.continuesName(byte) || byte == UInt8(ascii: ".") {
                position += 1
            } else {
                break
            }
        }
        add(.number, from: start)
        endsStatement = true
    }

    /// True if the header is over.
    private mutating func name() -> Bool {
        let start = position
        while position < bytes.count, Self.continuesName(bytes[position]) { position += 1 }
        guard let keyword = Self.keyword(bytes[start..<position]) else {
            add(.name, from: start)
            endsStatement = true
            return false
        }
        if headerOnly, keyword != "package", keyword != "import" {
            position = start
            return true
        }
        add(.keyword, from: start, symbol: keyword)
        endsStatement = keyword == "break" || keyword == "continue" || keyword == "fallthrough" || keyword == "return"
        return false
    }

    private mutating func symbol() {
        let start = position
        let length = symbolLength
        position += max(length, 1)
        guard length > 0 else {
            return output.problems.append(Problem(message: "this character is not Go", range: start..<position))
        }
        let symbol = GoSymbol(bytes: bytes[start..<position])
        if symbol == ";" {
            add(.semicolon, from: start, symbol: symbol)
            endsStatement = false
        } else {
            add(.symbol, from: start, symbol: symbol)
            endsStatement = symbol == ")" || symbol == "]" || symbol == "}" || symbol == "++" || symbol == "--"
        }
    }

    /// Of the longest operator or punctuation here (spec, "Operators and punctuation"); 0 if none starts here.
    private var symbolLength: Int {
        let first = bytes[position]
        let (second, third) = (peek(1), peek(2))
        let equals = UInt8(ascii: "=")
        switch first {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
            UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "~"):
            return 1
        case UInt8(ascii: "."):
            return second == first && third == first ? 3 : 1
        case UInt8(ascii: ":"), equals, UInt8(ascii: "!"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"),
            UInt8(ascii: "^"):
            return second == equals ? 2 : 1
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "|"):
            return second == first || second == equals ? 2 : 1
        case UInt8(ascii: "&"):
            if second == UInt8(ascii: "^") { return third == equals ? 3 : 2 }
            return second == first || second == equals ? 2 : 1
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            if second == first { return third == equals ? 3 : 2 }
            let isArrow = first == UInt8(ascii: "<") && second == UInt8(ascii: "-")
            return isArrow || second == equals ? 2 : 1
        default: return 0
        }
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// Letters, `_` and every byte of a character beyond ASCII.
    static func startsName(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a) || byte == 0x5f || byte >= 0x80
    }

    static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

    private static func keyword(_ word: ArraySlice<UInt8>) -> GoSymbol? {
        guard word.count >= 2, word.count <= 11, let first = word.first, first >= 0x61, first <= 0x7a else {
            return nil
        }
        let candidates = keywords[Int(first - 0x61)]
        if candidates.isEmpty { return nil }
        let symbol = GoSymbol(bytes: word)
        return candidates.contains(symbol) ? symbol : nil
    }

    /// By their first letter.
    private static let keywords: [[GoSymbol]] = {
        let all = [
            "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func",
            "go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct",
            "switch", "type", "var",
        ]
        return (0..<26).map { letter in
            all.filter { $0.utf8.first == 0x61 + UInt8(letter) }.map { GoSymbol(bytes: $0.utf8) }
        }
    }()
}
