/// Statements (specification, "Statements").
extension GoParser {
    mutating func block() -> [Statement] {
        guard canNest() else {
            _ = tooDeep()
            return []
        }
        depth += 1
        let outer = level
        level = 0
        defer {
            depth -= 1
            level = outer
        }
        expect("{")
        let statements = statementList()
        expect("}")
        return statements
    }

    /// Up to `}`, `case` or `default`.
    private mutating func statementList() -> [Statement] {
        var statements: [Statement] = []
        while !at("}"), !at("case"), !at("default"), token.kind != .end {
            if token.kind == .semicolon {
                advance()
                continue
            }
            let start = index
            statements += statement()
            if token.kind != .semicolon, !at("}"), token.kind != .end {
                problem("expected the end of the statement")
                skipStatement()
                if at(")") || at("]") { advance() }
            }
            if index == start { skipBalanced() }
        }
        return statements
    }

    private mutating func statement() -> [Statement] {
        while token.kind == .name, peek().symbol == ":" {  // labels
            advance()
            advance()
        }
        let start = token.start
        func one(_ kind: Statement.Kind) -> [Statement] { [Statement(kind, start..<max(start, lastEnd))] }
        switch token.symbol {
        case "}": return []
        case "var", "const", "type":
            return declaration()
        case "{":
            let body = block()
            return one(.block(body))
        case "if":
            return [branch()]
        case "for":
            return [loop()]
        case "switch", "select":
            return [choice()]
        case "return":
            advance()
            let values = token.kind == .semicolon || at("}") ? [] : expressionList()
            return one(.return(values))
        case "go", "defer":
            advance()
            let call = expression()
            return one(.expression(call))
        case "break", "continue", "goto", "fallthrough":
            advance()
            if token.kind == .name { advance() }
            return one(.jump)
        default:
            return token.kind == .semicolon ? [] : simple()
        }
    }

    private static let assignments: Set<GoSymbol> = [
        "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "&^=",
    ]

    /// An expression, assignment, short variable declaration, send or increment.
    private mutating func simple() -> [Statement] {
        let start = token.start
        let left = expressionList()
        func one(_ kind: Statement.Kind) -> [Statement] { [Statement(kind, start..<max(start, lastEnd))] }
        if accept(":=") {
            _ = accept("range")
            let values = expressionList()
            let patterns = left.map { expression -> Pattern in
                guard case .name(let name) = expression.kind, name != "_" else { return .ignored }
                return .name(name, expression.range)
            }
            return one(.variables(VariableDeclaration(.variable, patterns: patterns, values: values)))
        }
        if Self.assignments.contains(token.symbol) {
            let operation = token.symbol.text
            advance()
            _ = accept("range")
            let values = expressionList()
            return one(.assignment(left, operation, values))
        }
        if accept("++") || accept("--") {
            return one(.assignment(left, "+=", [Expression(.opaque([]), lastEnd..<lastEnd)]))
        }
        if accept("<-") {
            let value = expression()
            return one(.expression(Expression(.opaque(left + [value]), start..<lastEnd)))
        }
        return left.count == 1
            ? one(.expression(left[0])) : one(.expression(Expression(.opaque(left), start..<lastEnd)))
    }

    /// The part of a head between keyword and `{`: statements separated by semicolons.
    private mutating func head() -> [[Statement]] {
        let outer = level
        level = -1
        defer { level = outer }
        var parts: [[Statement]] = [[]]
        while !at("{"), token.kind != .end {
            if token.kind == .semicolon {
                parts.append([])
                advance()
                continue
            }
            let start = index
            if accept("range") {
                let subject = expression()
                parts[parts.count - 1] = [Statement(.expression(subject), subject.range)]
            } else {
                parts[parts.count - 1] += simple()
            }
            if !at("{"), token.kind != .semicolon {
                problem("expected {")
                while token.kind != .end, token.kind != .semicolon, !at("{"), !at("}") { advance() }
                if at("}") { break }
            }
            if index == start { break }
        }
        return parts
    }

    private mutating func branch() -> Statement {
        guard canNest() else {
            let skipped = tooDeep()
            return Statement(.expression(skipped), skipped.range)
        }
        depth += 1
        defer { depth -= 1 }
        let start = token.start
        advance()
        let parts = head()
        var condition = Expression(.opaque([]), token.start..<token.start)
        if let last = parts.last?.first, case .expression(let expression) = last.kind { condition = expression }
        let then = block()
        var otherwise: [Statement] = []
        if accept("else") { otherwise = at("if") ? [branch()] : block() }
        return Statement(
            .branch(
                initial: parts.dropLast().flatMap(\.self), condition: condition, then: then, otherwise: otherwise),
            start..<max(start, lastEnd))
    }

    private mutating func loop() -> Statement {
        let start = token.start
        advance()
        let parts = head()
        let body = block()
        return Statement(.loop(head: parts.flatMap(\.self), body), start..<max(start, lastEnd))
    }

    private mutating func choice() -> Statement {
        let start = token.start
        let isSelect = at("select")
        advance()
        let parts = isSelect ? [] : head()
        var initial = parts.flatMap(\.self)
        var subject: Expression?
        if let last = initial.last, case .expression(let expression) = last.kind {
            subject = expression
            initial.removeLast()
        }
        guard canNest() else {
            let skipped = tooDeep()
            return Statement(.expression(skipped), skipped.range)
        }
        depth += 1
        let outer = level
        level = 0
        defer {
            depth -= 1
            level = outer
        }
        expect("{")
        var cases: [Statement.Case] = []
        while at("case") || at("default") {
            var values: [Expression] = []
            var head: [Statement] = []
            if accept("default") {
            } else {
                advance()
                if isSelect {
                    head = simple()
                } else {
                    values = expressionList()
                }
            }
            expect(":")
            let body = statementList()
            cases.append(.init(values: values, body: head + body))
        }
        expect("}")
        let kind = Statement.Kind.choice(subject: subject, cases)
        let range = start..<max(start, lastEnd)
        if initial.isEmpty { return Statement(kind, range) }
        return Statement(.block(initial + [Statement(kind, range)]), range)
    }
}
