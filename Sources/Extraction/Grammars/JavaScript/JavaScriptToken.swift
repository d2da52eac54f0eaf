/// A token of ECMAScript, TypeScript or JSX, by its bytes in the file.
struct JavaScriptToken: Equatable {
    enum Kind: UInt8 {
        case word, privateName, number, string, regularExpression
        /// `` `a` ``, `` `a${ ``, `` }b${ ``, `` }c` ``
        case template, templateHead, templateMiddle, templateTail
        /// The `<` that starts a JSX element and the `>` that ends its last tag. Between them stand only the
        /// tokens of its embedded expressions.
        case elementStart, elementEnd
        case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
        case comma, semicolon, colon, dot, questionDot, ellipsis, arrow, at
        case question, nullish, or, and
        case assign, compoundAssign
        case plus, minus, star, slash, percent, power
        /// `<` and each `>`: whether two `>` are a shift or close two type argument lists is for the parser.
        case less, greater, lessEqual, shiftLeft, equality
        case bar, ampersand, caret, exclamation, tilde
        case increment, decrement
        case other
        case end
    }

    var kind: Kind
    var word: JavaScriptWord = .other
    /// A line break stands between the token before and this one: semicolons may be inserted (ECMA-262 12.10).
    var lineBreakBefore = false
    var range: Range<Int>
    /// The index of the bracket, template piece or element mark that belongs to this one; nil where it is missing.
    var partner: Int?
}

/// The reserved and contextual words that the grammar asks for.
enum JavaScriptWord: String, CaseIterable {
    case other
    case abstract, accessor, `as`, assert, async, await, `break`, `case`, `catch`, `class`, const, `continue`, debugger
    case declare, `default`, delete, `do`, `else`, `enum`, export, extends, `false`, finally, `for`, from, function
    case get, global, `if`, implements, `import`, `in`, infer, instanceof, interface, `is`, keyof, `let`, module
    case namespace, new, null, of, `override`, `private`, `protected`, `public`, readonly, `return`, satisfies, set
    case `static`, `super`, `switch`, this, `throw`, `true`, `try`, type, typeof, undefined, unique, using, `var`
    case void, `while`, with, yield

    private static let byText = Dictionary(uniqueKeysWithValues: allCases.dropFirst().map { ($0.rawValue, $0) })

    init(_ bytes: ArraySlice<UInt8>) {
        self = .other
        guard (2...10).contains(bytes.count), let first = bytes.first, (0x61...0x79).contains(first) else { return }
        self = Self.byText[String(decoding: bytes, as: UTF8.self)] ?? .other
    }

    /// After these an operand follows, so that `/` starts a regular expression and `<` an element.
    var comesBeforeOperand: Bool {
        switch self {
        case .return, .typeof, .instanceof, .in, .new, .delete, .void, .throw, .case, .do, .else, .yield, .await,
            .default, .extends:
            true
        default: false
        }
    }

    /// Before a parenthesis that a statement follows: `if (…) /x/.test(y)`.
    var headsParenthesis: Bool { self == .if || self == .while || self == .for || self == .with }
}
