import ListenerModel

/// Tokens of ECMAScript 2025 with TypeScript and JSX, in one pass (ECMA-262 chapter 12, the JSX specification).
///
/// Whether `/` divides or starts a regular expression, and `<` compares or starts an element, follows from the token
/// before and from what opened the bracket before it. Brackets, template pieces and elements know their partners, so
/// that a parser looks ahead and skips in constant time.
struct JavaScriptLexer {
    struct Problem: Equatable {
        var message: String
        var range: Range<Int>
    }

    let bytes: [UInt8]
    private(set) var tokens: [JavaScriptToken] = []
    /// In order, each from its mark to its end.
    private(set) var comments: [Range<Int>] = []
    /// The first thing that is not ECMAScript; what follows it may have been misread.
    private(set) var problem: Problem?

    var position = 0
    private var lineBreak = false
    private let elements: Bool
    var open: [Opening] = []
    /// The bracket closed last was the head of a statement or a block.
    private var statementClosed = false
    var exclamationEndsOperand = false

    struct Opening {
        enum Kind { case parenthesis, bracket, brace, template, tag, children }
        var kind: Kind
        var token: Int
        /// Of a parenthesis: a statement follows it. Of a brace: it opens a block.
        var statement = false
    }

    /// `elements`: whether `<` may start a JSX element.
    static func lex(_ bytes: [UInt8], elements: Bool) -> JavaScriptLexer {
        var lexer = JavaScriptLexer(bytes, elements: elements)
        lexer.run()
        guard elements, lexer.problem != nil else { return lexer }
        // Flow's and TypeScript's `<T>(x) => …` can look like an element.
        var plain = JavaScriptLexer(bytes, elements: false)
        plain.run()
        return plain.problem == nil ? plain : lexer
    }

    private init(_ bytes: [UInt8], elements: Bool) {
        self.bytes = bytes
        self.elements = elements
        tokens.reserveCapacity(bytes.count / 5)
    }

    private mutating func run() {
        if bytes.starts(with: [0x23, 0x21]) { skipLine() }
        while position < bytes.count {
            switch open.last?.kind {
            case .tag: tag()
            case .children: children()
            default: token()
            }
        }
        if let unclosed = open.last {
            let token = tokens[unclosed.token]
            switch unclosed.kind {
            case .template: fail("unterminated template literal", token.range)
            case .tag, .children: fail("unterminated JSX element", token.range)
            case .parenthesis, .bracket, .brace: fail("unclosed bracket", token.range)
            }
        }
        add(.end, from: bytes.count)
    }

    mutating func fail(_ message: String, _ range: Range<Int>) {
        if problem == nil { problem = Problem(message: message, range: range) }
    }

    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    mutating func add(_ kind: JavaScriptToken.Kind, from start: Int) {
        tokens.append(JavaScriptToken(kind: kind, lineBreakBefore: lineBreak, range: start..<position))
        lineBreak = false
    }

    mutating func add(_ kind: JavaScriptToken.Kind, length: Int) {
        let start = position
        position = min(position + length, bytes.count)
        add(kind, from: start)
    }

    mutating func pair(_ opening: Int, _ closing: Int) {
        tokens[opening].partner = closing
        tokens[closing].partner = opening
    }

    // MARK: Tokens outside JSX text

    private mutating func token() {
        let start = position
        let first = bytes[start]
        switch first {
        case 0x20, 0x09, 0x0b, 0x0c: position += 1
        case 0x0a, 0x0d:
            position += 1
            lineBreak = true
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string(first)
        case UInt8(ascii: "`"): template(.template, .templateHead)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
        case UInt8(ascii: "#"):
            position += 1
            skipWord()
            add(.privateName, from: start)
        case UInt8(ascii: "/"): slash()
        case UInt8(ascii: "<") where elements && startsElement():
            open.append(Opening(kind: .tag, token: tokens.count))
            add(.elementStart, length: 1)
        case UInt8(ascii: "("):
            let statement = tokens.last.map { $0.word.headsParenthesis && !isMemberName(tokens.count - 1) } ?? false
            open.append(Opening(kind: .parenthesis, token: tokens.count, statement: statement))
            add(.leftParenthesis, length: 1)
        case UInt8(ascii: "["):
            open.append(Opening(kind: .bracket, token: tokens.count))
            add(.leftBracket, length: 1)
        case UInt8(ascii: "{"):
            open.append(Opening(kind: .brace, token: tokens.count, statement: braceOpensBlock()))
            add(.leftBrace, length: 1)
        case UInt8(ascii: ")"): close(.parenthesis, .rightParenthesis)
        case UInt8(ascii: "]"): close(.bracket, .rightBracket)
        case UInt8(ascii: "}"):
            if let opening = open.last, opening.kind == .template {
                open.removeLast()
                template(.templateTail, .templateMiddle, after: opening.token)
            } else {
                close(.brace, .rightBrace)
            }
        case 0xe2 where byte(start + 1) == 0x80 && byte(start + 2) & 0xfe == 0xa8:  // U+2028, U+2029
            position += 3
            lineBreak = true
        case 0xc2 where byte(start + 1) == 0xa0: position += 2  // U+00A0
        case 0xef where byte(start + 1) == 0xbb && byte(start + 2) == 0xbf: position += 3  // byte order mark
        case _ where Self.isWord(first):
            skipWord()
            add(.word, from: start)
            tokens[tokens.count - 1].word = JavaScriptWord(bytes[start..<position])
        default: punctuator(first)
        }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "\\"), 0x80...:
            true
        default: false
        }
    }

    private mutating func skipWord() {
        while position < bytes.count, Self.isWord(bytes[position]) {
            // `\u{61}` in a name.
            if bytes[position] == UInt8(ascii: "\\"), byte(position + 2) == UInt8(ascii: "{") {
                while position < bytes.count, bytes[position] != UInt8(ascii: "}") { position += 1 }
            }
            position = min(position + 1, bytes.count)
        }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != 0x0a, bytes[position] != 0x0d { position += 1 }
    }

    private mutating func string(_ quote: UInt8) {
        let start = position
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case quote:
                position += 1
                return add(.string, from: start)
            case UInt8(ascii: "\\"):
                position += byte(position + 1) == 0x0d && byte(position + 2) == 0x0a ? 3 : 2
            case 0x0a, 0x0d:
                fail("unterminated string", start..<position)
                return add(.string, from: start)
            default: position += 1
            }
        }
        position = bytes.count
        fail("unterminated string", start..<position)
        add(.string, from: start)
    }

    /// One piece of a template: to the closing backtick (`last`) or to `${` (`more`).
    private mutating func template(
        _ last: JavaScriptToken.Kind, _ more: JavaScriptToken.Kind, after previous: Int? = nil
    ) {
        let start = position
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "`"):
                position += 1
                add(last, from: start)
                if let previous { tokens[previous].partner = tokens.count - 1 }
                return
            case UInt8(ascii: "$") where byte(position + 1) == UInt8(ascii: "{"):
                position += 2
                add(more, from: start)
                if let previous { tokens[previous].partner = tokens.count - 1 }
                open.append(Opening(kind: .template, token: tokens.count - 1))
                return
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        position = bytes.count
        fail("unterminated template literal", start..<min(start + 1, position))
        add(last, from: start)
    }

    mutating func number() {
        let start = position
        let radix = bytes[start] == UInt8(ascii: "0") && [0x78, 0x62, 0x6f].contains(byte(start + 1) | 0x20)
        while position < bytes.count {
            let current = bytes[position]
            if Self.isWord(current) || (current == UInt8(ascii: ".") && !radix) {
                position += 1
                if !radix, current | 0x20 == UInt8(ascii: "e"), byte(position) == 0x2b || byte(position) == 0x2d {
                    position += 1
                }
            } else {
                break
            }
        }
        add(.number, from: start)
    }

    // MARK: What a token means by what stands before it

    /// Whether the token at `index` is a property's name: `x.if`, `x?.return`.
    private func isMemberName(_ index: Int) -> Bool {
        index > 0 && (tokens[index - 1].kind == .dot || tokens[index - 1].kind == .questionDot)
    }

    /// Whether an operand, not an operator, comes next.
    var operandFollows: Bool {
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .word: return last.word.comesBeforeOperand && !isMemberName(tokens.count - 1)
        case .number, .string, .template, .templateTail, .regularExpression, .privateName, .rightBracket, .elementEnd,
            .increment, .decrement:
            return false
        case .rightParenthesis, .rightBrace: return statementClosed
        // TypeScript's `x!` ends an operand.
        case .exclamation: return !exclamationEndsOperand
        default: return true
        }
    }

    private mutating func close(_ kind: Opening.Kind, _ token: JavaScriptToken.Kind) {
        // What was opened inside and never closed is given up; a stray closing bracket is left alone. Looking a few
        // levels out is enough and keeps this linear.
        let match = open.indices.suffix(Self.recoveryDepth).last { open[$0].kind == kind }
        guard let match else {
            fail("no opening bracket for this one", position..<position + 1)
            return add(token, length: 1)
        }
        if match != open.count - 1 { fail("unclosed bracket", tokens[open[open.count - 1].token].range) }
        open.removeSubrange((match + 1)...)
        let opening = open.removeLast()
        statementClosed = opening.statement
        add(token, length: 1)
        pair(opening.token, tokens.count - 1)
    }

    private static let recoveryDepth = 64

    /// Whether a `{` here opens a block (a statement follows its `}`) or an object.
    private func braceOpensBlock() -> Bool {
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .rightParenthesis, .semicolon, .leftBrace, .rightBrace, .arrow: return true
        case .colon:
            // `case 1: {`, a label; but a property's value inside of an object.
            guard let outer = open.last else { return true }
            return outer.kind == .brace && outer.statement
        case .word:
            if isMemberName(tokens.count - 1) { return true }
            return !last.word.comesBeforeOperand || last.word == .else || last.word == .do
        default: return false
        }
    }

    // MARK: Comments, regular expressions

    private mutating func slash() {
        let start = position
        switch byte(start + 1) {
        case UInt8(ascii: "/"):
            skipLine()
            comments.append(start..<position)
        case UInt8(ascii: "*"):
            comment(blockFrom: start)
        default:
            if operandFollows, let end = regularExpressionEnd() {
                position = end
                add(.regularExpression, from: start)
            } else if byte(start + 1) == UInt8(ascii: "=") {
                add(.compoundAssign, length: 2)
            } else {
                add(.slash, length: 1)
            }
        }
    }

    mutating func comment(blockFrom start: Int) {
        position = start + 2
        while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && byte(position + 1) == 0x2f) {
            if bytes[position] == 0x0a || bytes[position] == 0x0d { lineBreak = true }
            position += 1
        }
        if position >= bytes.count { fail("unterminated comment", start..<start + 2) }
        position = min(position + 2, bytes.count)
        comments.append(start..<position)
    }

    /// After the flags; nil where the line ends first, so that the slash must divide after all.
    private func regularExpressionEnd() -> Int? {
        var end = position + 1
        var inClass = false
        while end < bytes.count {
            switch bytes[end] {
            case 0x0a, 0x0d: return nil
            case UInt8(ascii: "\\"): end += 1
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "/") where !inClass:
                end += 1
                while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
                return end
            default: break
            }
            end += 1
        }
        return nil
    }
}
