/// A program of ECMAScript, TypeScript or both with JSX, as the light syntax tree (ECMA-262 chapters 13 to 16).
///
/// Types are read past, except for the names that say what a variable holds. What is written shorter in the language
/// than in the tree is written out: an enumeration becomes an object, a parameter property a field with its
/// assignment, a class expression a class before its statement, a decorator a call before its class. Never fails:
/// what is not understood becomes `opaque`, brackets are left by their partners.
struct JavaScriptParser {
    let bytes: [UInt8]
    let tokens: [JavaScriptToken]
    var index = 0
    /// Where the bracket that is being read ends: as the end of the file to all that is inside. Without it one that
    /// is not closed would be read to the end of the file, and what follows again by each of the brackets around it.
    private(set) var bound: Int
    /// Levels of brackets, statements and operators that are open.
    var depth = 0
    /// Classes and decorators that were met inside of the statement being read and go before it.
    var hoisted: [Statement] = []
    /// Conditions `a ? …` whose colon is still to come.
    var thenBranches = 0
    /// The file nests deeper than `maximumDepth`; what is deeper was skipped.
    private(set) var tooDeep: Range<Int>?

    /// Real programs stay below 60; each level takes some frames of the stack.
    static let maximumDepth = 120
    /// Links of one chain `a.b().c()…` and operands of one operator chain, which nest to the left in the tree.
    static let maximumChain = 400

    static func parse(_ lexer: JavaScriptLexer) -> (statements: [Statement], tooDeep: Range<Int>?) {
        var parser = JavaScriptParser(bytes: lexer.bytes, tokens: lexer.tokens)
        let statements = parser.statements(until: lexer.tokens.count - 1)
        return (statements, parser.tooDeep)
    }

    private init(bytes: [UInt8], tokens: [JavaScriptToken]) {
        self.bytes = bytes
        self.tokens = tokens
        bound = tokens.count - 1
    }

    // MARK: Moving over tokens

    var current: JavaScriptToken { peek(0) }
    var kind: JavaScriptToken.Kind { index < bound ? tokens[index].kind : .end }
    var word: JavaScriptWord { index < bound ? tokens[index].word : .other }

    func peek(_ distance: Int = 1) -> JavaScriptToken {
        if index + distance < bound { return tokens[index + distance] }
        let start = tokens[bound].range.lowerBound
        return JavaScriptToken(kind: .end, range: start..<start)
    }

    func text(_ token: JavaScriptToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    /// Where the last token read ends.
    var end: Int { index > 0 ? tokens[index - 1].range.upperBound : 0 }

    mutating func advance() { index = min(index + 1, bound) }

    mutating func take(_ kind: JavaScriptToken.Kind) -> Bool {
        guard self.kind == kind else { return false }
        advance()
        return true
    }

    mutating func take(_ word: JavaScriptWord) -> Bool {
        guard self.word == word else { return false }
        advance()
        return true
    }

    /// The index of the token that closes the bracket at `opening`; of the end where none does.
    func partner(_ opening: Int) -> Int { min(tokens[opening].partner ?? bound, bound) }

    /// Past the bracket that is open here with all that is inside.
    mutating func skipBalanced() { index = min(max(partner(index), index) + 1, bound) }

    /// Reads the inside of the bracket here with `body`, which is given the index of its end, and leaves it.
    mutating func inside<Result>(_ body: (inout Self, Int) -> Result) -> Result {
        let closing = max(partner(index), index)
        let outer = thenBranches
        thenBranches = 0
        advance()
        let result = bounded(by: closing) { body(&$0, closing) }
        thenBranches = outer
        index = min(closing + 1, bound)
        return result
    }

    /// Reads with what stands at `closing` as the end of the file.
    mutating func bounded<Result>(by closing: Int, _ body: (inout Self) -> Result) -> Result {
        let outer = bound
        bound = closing
        defer { bound = outer }
        return body(&self)
    }

    /// One level down; nil, with the rest of the level skipped, where the file nests too deep.
    mutating func nested<Result>(_ body: (inout Self) -> Result) -> Result? {
        guard depth < Self.maximumDepth else {
            tooDeep = tooDeep ?? current.range
            skipToBoundary()
            return nil
        }
        depth += 1
        defer { depth -= 1 }
        return body(&self)
    }

    /// To the comma, semicolon or closing bracket that ends what is here.
    private mutating func skipToBoundary() {
        while true {
            switch kind {
            case .comma, .semicolon, .rightParenthesis, .rightBracket, .rightBrace, .templateMiddle, .templateTail,
                .elementEnd, .end:
                return
            case .leftParenthesis, .leftBracket, .leftBrace, .templateHead, .elementStart: skipBalanced()
            default: advance()
            }
        }
    }

    // MARK: Statements

    mutating func statements(until end: Int) -> [Statement] {
        var result: [Statement] = []
        while index < end {
            let before = index
            let outer = hoisted
            hoisted = []
            let statement = statement()
            result += hoisted
            hoisted = outer
            if let statement { result.append(statement) }
            // A token that starts no statement.
            if index == before { advance() }
        }
        return result
    }

    private mutating func block() -> [Statement] {
        guard kind == .leftBrace else { return [] }
        return inside { parser, end in parser.nested { $0.statements(until: end) } ?? [] }
    }

    /// A statement as a body: `if (x) statement`.
    private mutating func body() -> [Statement] {
        if kind == .leftBrace { return block() }
        let outer = hoisted
        hoisted = []
        let statement = nested { $0.statement() } ?? nil
        // Before an `else`.
        _ = take(.semicolon)
        let result = hoisted + (statement.map { [$0] } ?? [])
        hoisted = outer
        return result
    }

    /// nil for what declares and does nothing that matters here: types, empty statements.
    private mutating func statement() -> Statement? {
        let start = current.range.lowerBound
        func made(_ kind: Statement.Kind, _ parser: Self) -> Statement {
            Statement(kind, start..<max(parser.end, start))
        }
        switch kind {
        case .semicolon:
            advance()
            return nil
        case .leftBrace: return made(.block(block()), self)
        case .at:
            decorators()
            return nil
        case .word: break
        default: return expressionStatement(start)
        }
        switch word {
        case .if: return branch()
        case .for:
            advance()
            _ = take(.await)
            let head = kind == .leftParenthesis ? inside { $0.loopHead(until: $1) } : []
            let body = body()
            return made(.loop(head: head, body), self)
        case .while, .with:
            advance()
            let condition = parenthesized()
            let body = body()
            return made(.loop(head: [Statement(.expression(condition), condition.range)], body), self)
        case .do:
            advance()
            var body = body()
            if take(.while) {
                let condition = parenthesized()
                body.append(Statement(.expression(condition), condition.range))
            }
            return made(.loop(head: [], body), self)
        case .switch:
            advance()
            let subject = parenthesized()
            let cases = kind == .leftBrace ? inside { $0.cases(until: $1) } : []
            return made(.choice(subject: subject, cases), self)
        case .try:
            advance()
            let body = block()
            var handlers: [Statement] = []
            while word == .catch || word == .finally {
                advance()
                if kind == .leftParenthesis { skipBalanced() }
                handlers += block()
            }
            return made(.attempt(body, handlers: handlers), self)
        case .return:
            advance()
            if current.lineBreakBefore || endsStatement { return made(.return([]), self) }
            let value = expression()
            return made(.return([value]), self)
        case .throw:
            advance()
            let value = expression()
            return made(.expression(value), self)
        case .break, .continue:
            advance()
            if kind == .word, !current.lineBreakBefore, word == .other { advance() }
            return made(.jump, self)
        case .debugger:
            advance()
            return nil
        case .import where peek().kind != .leftParenthesis && peek().kind != .dot: return importDeclaration()
        case .export: return exportDeclaration()
        default: break
        }
        if let declaration = declaration() { return declaration.statement }
        // A label.
        if peek().kind == .colon, word == .other {
            index += 2
            return nested { $0.statement() } ?? nil
        }
        return expressionStatement(start)
    }

    /// `if … else if … else …`: read in a loop, so that a long chain is not deep.
    private mutating func branch() -> Statement {
        var arms: [(start: Int, condition: Expression, then: [Statement])] = []
        var otherwise: [Statement] = []
        repeat {
            let start = current.range.lowerBound
            guard take(.if) else {
                otherwise = body()
                break
            }
            let condition = parenthesized()
            arms.append((start, condition, body()))
        } while take(.else)
        for arm in arms.prefix(Self.maximumChain).reversed() {
            let kind = Statement.Kind.branch(
                initial: [], condition: arm.condition, then: arm.then, otherwise: otherwise)
            otherwise = [Statement(kind, arm.start..<max(end, arm.start))]
        }
        return otherwise[0]
    }

    var endsStatement: Bool { kind == .semicolon || kind == .rightBrace || kind == .end }

    private mutating func expressionStatement(_ start: Int) -> Statement? {
        let value = expression()
        if value.range.isEmpty { return nil }
        let range = start..<max(end, start)
        if case .assignment(let target, let operation, let assigned) = value.kind {
            return Statement(.assignment([target], operation, [assigned]), range)
        }
        return Statement(.expression(value), range)
    }

    private mutating func parenthesized() -> Expression {
        guard kind == .leftParenthesis else {
            return Expression(.opaque([]), current.range.lowerBound..<current.range.lowerBound)
        }
        return inside { parser, _ in parser.expression() }
    }

    private mutating func cases(until end: Int) -> [Statement.Case] {
        var result: [Statement.Case] = []
        while index < end {
            var values: [Expression] = []
            if take(.case) {
                values = [expression()]
            } else if !take(.default) {
                advance()
                continue
            }
            _ = take(.colon)
            var next = index
            while next < end,
                tokens[next].word != .case && tokens[next].word != .default
                    || isMemberOrKey(next)
            {
                switch tokens[next].kind {
                case .leftParenthesis, .leftBracket, .leftBrace, .templateHead, .elementStart:
                    next = max(partner(next), next) + 1
                default: next += 1
                }
            }
            result.append(Statement.Case(values: values, body: statements(until: min(next, end))))
        }
        return result
    }

    /// `x.default`, and `default` as the name of an import.
    private func isMemberOrKey(_ index: Int) -> Bool {
        index > 0 && (tokens[index - 1].kind == .dot || tokens[index - 1].kind == .questionDot)
    }

    /// `for (const x of xs)` as a declaration of `x` by `xs`: the variable is some element of it.
    private mutating func loopHead(until end: Int) -> [Statement] {
        var separator = index
        while separator < end, tokens[separator].kind != .semicolon {
            switch tokens[separator].kind {
            case .leftParenthesis, .leftBracket, .leftBrace, .templateHead, .elementStart:
                separator = max(partner(separator), separator) + 1
            default: separator += 1
            }
        }
        if separator < end { return statements(until: end) }
        let start = current.range.lowerBound
        if [.const, .let, .var, .using].contains(word) { advance() }
        let pattern = pattern()
        let overElements = word == .of
        guard overElements || word == .in else { return [] }
        advance()
        let collection = expression()
        let range = start..<max(self.end, start)
        let elements = overElements ? collection : Expression(.opaque([collection]), collection.range)
        return [Statement(.variables(VariableDeclaration(.variable, patterns: [pattern], values: [elements])), range)]
    }
}
