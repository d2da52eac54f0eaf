internal import ListenerModel

/// Go's grammar into the light syntax tree (specification, "Declarations and scope" to "Statements").
///
/// Tolerant: what it does not know is skipped to the end of the statement with a recorded problem, and everything
/// after it is still read.
struct GoParser {
    /// Brackets, blocks and operators in one another beyond this are skipped: no Go that people write is so deep.
    static let depthLimit = 120
    /// Links in one chain `a.b().c()` or `a + b + c`.
    static let chainLimit = 400

    let bytes: [UInt8]
    let tokens: [GoToken]
    var index = 0
    var depth = 0
    /// Below zero in the head of `if`, `for` and `switch`, where `T {` starts a block (go/parser's `exprLev`).
    var level = 0
    var problems: [GoLexer.Problem]

    init(bytes: [UInt8], lexed: GoLexer.Output) {
        self.bytes = bytes
        tokens = lexed.tokens
        problems = lexed.problems
    }

    // MARK: The cursor

    var token: GoToken { tokens[index] }
    func peek(_ ahead: Int = 1) -> GoToken { tokens[min(index + ahead, tokens.count - 1)] }
    /// Where the last consumed token ends.
    var lastEnd: Int { index > 0 ? tokens[index - 1].end : 0 }

    func text(_ token: GoToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }
    func at(_ symbol: GoSymbol) -> Bool { token.symbol == symbol }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    mutating func accept(_ symbol: GoSymbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: GoSymbol) {
        if !accept(symbol) { problem("expected \(symbol.text)") }
    }

    /// One problem a place: what follows from it is not reported again.
    mutating func problem(_ message: String) {
        if problems.last?.range.lowerBound != token.start {
            problems.append(.init(message: message, range: token.range))
        }
    }

    /// Past the token, or past the bracket that closes it.
    mutating func skipBalanced() {
        var open = 0
        repeat {
            if at("(") || at("[") || at("{") {
                open += 1
            } else if at(")") || at("]") || at("}") {
                open -= 1
            }
            advance()
        } while open > 0 && token.kind != .end
    }

    /// To the end of the statement: a semicolon, or the bracket that closes what it stands in.
    mutating func skipStatement() {
        while token.kind != .end, token.kind != .semicolon, !at("}"), !at(")"), !at("]") { skipBalanced() }
    }

    func canNest() -> Bool { depth < Self.depthLimit }

    mutating func tooDeep() -> Expression {
        let start = token.start
        problem("nested too deeply")
        skipBalanced()
        // At the end of the file nothing is skipped.
        return Expression(.opaque([]), start..<max(start, lastEnd))
    }

    // MARK: Declarations

    /// The package's name, or nil if there is no package clause.
    mutating func packageClause() -> String? {
        while token.kind == .semicolon { advance() }
        guard accept("package"), token.kind == .name else { return nil }
        let name = text(token)
        advance()
        return name
    }

    mutating func topLevel() -> [Statement] {
        var statements: [Statement] = []
        while token.kind != .end {
            if token.kind == .semicolon {
                advance()
                continue
            }
            let start = index
            if at("func") {
                if let function = functionDeclaration() { statements.append(function) }
            } else if at("import") || at("var") || at("const") || at("type") {
                statements += declaration()
            } else {
                problem("expected a declaration")
                advance()
            }
            if token.kind != .semicolon && token.kind != .end {
                problem("expected the end of the declaration")
                resynchronise()
            }
            if index == start { advance() }
        }
        return statements
    }

    /// To the next line that starts with a declaration.
    private mutating func resynchronise() {
        while token.kind != .end {
            if at("func") || at("import") || at("var") || at("const") || at("type"),
                token.start == 0 || bytes[token.start - 1] == UInt8(ascii: "\n")
            {
                return
            }
            advance()
        }
    }

    /// `import`, `var`, `const` or `type`, one or a group in parentheses.
    mutating func declaration() -> [Statement] {
        let keyword = token.symbol
        advance()
        var statements: [Statement] = []
        func one(_ parser: inout GoParser) {
            let start = parser.token.start
            let kind: Statement.Kind? =
                switch keyword {
                case "import": parser.importSpecification()
                case "type": parser.typeSpecification()
                default: parser.valueSpecification(keyword == "const" ? .constant : .variable)
                }
            if let kind { statements.append(Statement(kind, start..<parser.lastEnd)) }
        }
        guard accept("(") else {
            one(&self)
            return statements
        }
        while !at(")"), token.kind != .end {
            if token.kind == .semicolon {
                advance()
                continue
            }
            let start = index
            one(&self)
            if token.kind != .semicolon && !at(")") {
                problem("expected the end of the line")
                skipStatement()
            }
            if index == start { advance() }
        }
        expect(")")
        return statements
    }

    private mutating func importSpecification() -> Statement.Kind? {
        var local: String?
        if token.kind == .name || at(".") {
            local = text(token)
            advance()
        }
        guard token.kind == .string || token.kind == .rawString else {
            problem("expected an import path")
            return nil
        }
        let range = token.range
        let source = GoLiterals.string(bytes[range])
        advance()
        return .imports(
            ImportDeclaration(source: source, sourceRange: range, names: [.init(.whole, local: local)]))
    }

    private mutating func valueSpecification(_ mutability: VariableDeclaration.Mutability) -> Statement.Kind? {
        var patterns: [Pattern] = []
        repeat {
            guard token.kind == .name else {
                problem("expected a name")
                return nil
            }
            patterns.append(pattern(token))
            advance()
        } while accept(",")
        var type: Expression?
        if !at("="), token.kind != .semicolon, !at(")") { type = self.type() }
        let values = accept("=") ? expressionList() : []
        return .variables(VariableDeclaration(mutability, patterns: patterns, type: type, values: values))
    }

    func pattern(_ token: GoToken) -> Pattern {
        let name = text(token)
        return name == "_" ? .ignored : .name(name, token.range)
    }

    private mutating func typeSpecification() -> Statement.Kind? {
        guard token.kind == .name else {
            problem("expected a name")
            return nil
        }
        let name = token
        advance()
        if at("["), peek().kind == .name, peek(2).symbol != "]" { skipBalanced() }  // type parameters
        _ = accept("=")
        let base = type()
        if case .structure(let fields) = base.kind {
            return .type(TypeDeclaration(name: text(name), nameRange: name.range, fields: fields))
        }
        return .type(TypeDeclaration(name: text(name), nameRange: name.range, base: base))
    }

    private mutating func functionDeclaration() -> Statement? {
        let start = token.start
        expect("func")
        var receiver: Function.Parameter?
        if at("(") { receiver = parameters().first }
        guard token.kind == .name else {
            problem("expected a function's name")
            return nil
        }
        let name = token
        advance()
        if at("[") { skipBalanced() }
        var function = signature(start: start)
        function.name = text(name)
        function.nameRange = name.range
        function.receiver = receiver
        if at("{") { function.body = block() }
        return Statement(.function(function), start..<lastEnd)
    }
}
