/// Expressions (specification, "Expressions").
extension GoParser {
    mutating func expressionList() -> [Expression] {
        var list = [expression()]
        while accept(",") { list.append(expression()) }
        return list
    }

    mutating func expression() -> Expression { binary(minimum: 1) }

    private static let precedence: [GoSymbol: Int] = [
        "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "|": 4, "^": 4,
        "*": 5, "/": 5, "%": 5, "<<": 5, ">>": 5, "&": 5, "&^": 5,
    ]

    private mutating func binary(minimum: Int) -> Expression {
        guard canNest() else { return tooDeep() }
        depth += 1
        defer { depth -= 1 }
        var left = unary()
        var links = 0
        while let precedence = Self.precedence[token.symbol], precedence >= minimum {
            let operation = token.symbol
            advance()
            let right = binary(minimum: precedence + 1)
            links += 1
            let range = left.range.lowerBound..<right.range.upperBound
            left = Expression(links < Self.chainLimit ? .binary(operation.text, left, right) : .opaque([]), range)
        }
        return left
    }

    private mutating func unary() -> Expression {
        let start = token.start
        switch token.symbol {
        case "<-" where peek().symbol == "chan":
            return type()
        case "+", "-", "!", "^", "*", "&", "<-", "~":
            guard canNest() else { return tooDeep() }
            depth += 1
            defer { depth -= 1 }
            let operation = token.symbol
            advance()
            let operand = unary()
            return Expression(.unary(operation.text, operand), start..<operand.range.upperBound)
        default:
            return postfix(operand())
        }
    }

    private mutating func operand() -> Expression {
        let token = token
        switch token.kind {
        case .string, .rawString:
            advance()
            return Expression(.string(GoLiterals.string(bytes[token.range])), token.range)
        case .number, .rune:
            advance()
            return Expression(.number(text(token)), token.range)
        case .name:
            advance()
            let name = text(token)
            switch name {
            case "nil": return Expression(.null, token.range)
            case "true": return Expression(.bool(true), token.range)
            case "false": return Expression(.bool(false), token.range)
            default: return Expression(.name(name), token.range)
            }
        case .keyword, .symbol, .semicolon, .end:
            return bracketed()
        }
    }

    /// An operand that starts with a keyword or bracket.
    private mutating func bracketed() -> Expression {
        let start = token.start
        switch token.symbol {
        case "(":
            guard canNest() else { return tooDeep() }
            depth += 1
            defer { depth -= 1 }
            advance()
            let outer = level
            level = 0
            var inner = expression()
            level = outer
            expect(")")
            inner.range = start..<lastEnd
            return inner
        case "func":
            advance()
            var function = signature(start: start)
            guard at("{") else {
                return Expression(.type(.function, elements: function.results), start..<lastEnd)
            }
            function.body = block()
            return Expression(.function(function), start..<lastEnd)
        case "[", "map", "chan", "struct", "interface":
            return type()
        default:
            problem("expected an expression")
            return Expression(.opaque([]), start..<start)
        }
    }

    private mutating func postfix(_ operand: Expression) -> Expression {
        var result = operand
        let start = operand.range.lowerBound
        var links = 0
        while true {
            links += 1
            if links > Self.chainLimit { result = Expression(.opaque([]), result.range) }
            switch token.symbol {
            case ".":
                advance()
                if token.kind == .name {
                    let name = token
                    advance()
                    result = Expression(.member(result, name: text(name), nameRange: name.range), start..<name.end)
                } else if at("(") {
                    // A type assertion has the value of what it asserts.
                    skipBalanced()
                    result.range = start..<lastEnd
                } else {
                    problem("expected a name")
                    return result
                }
            case "(":
                result = call(result)
            case "[":
                result = index(result)
            case "{" where startsComposite(result):
                result = composite(result)
            default:
                return result
            }
        }
    }

    private func startsComposite(_ type: Expression) -> Bool {
        switch type.kind {
        case .name: level >= 0
        case .member(let package, _, _): if case .name = package.kind { level >= 0 } else { false }
        case .index(let base, _): level >= 0 && startsComposite(base)
        case .type(.slice, _), .type(.map, _), .structure: true
        default: false
        }
    }

    private mutating func call(_ callee: Expression) -> Expression {
        let open = token.start
        guard canNest() else { return tooDeep() }
        depth += 1
        let outer = level
        level = 0
        defer {
            depth -= 1
            level = outer
        }
        advance()
        var arguments: [Expression] = []
        while !at(")"), token.kind != .end {
            let start = index
            var argument = expression()
            if accept("...") {
                argument = Expression(.spread(argument), argument.range.lowerBound..<lastEnd)
            }
            arguments.append(argument)
            if !accept(","), !at(")") {
                problem("expected , or )")
                skipStatement()
                break
            }
            if index == start { advance() }
        }
        expect(")")
        return Expression(
            .call(CallExpression(callee: callee, arguments: arguments, argumentsRange: open..<lastEnd)),
            callee.range.lowerBound..<max(lastEnd, callee.range.upperBound))
    }

    /// An index, a slice of a value, or type arguments.
    private mutating func index(_ base: Expression) -> Expression {
        guard canNest() else { return tooDeep() }
        depth += 1
        let outer = level
        level = 0
        defer {
            depth -= 1
            level = outer
        }
        advance()
        var inside: [Expression] = []
        /// How many values stand before each colon.
        var colons: [Int] = []
        while !at("]"), token.kind != .end {
            let start = index
            if accept(":") {
                colons.append(inside.count)
            } else if !accept(",") {
                inside.append(expression())
            }
            if index == start { skipBalanced() }
        }
        expect("]")
        let range = base.range.lowerBound..<max(lastEnd, base.range.upperBound)
        if colons.count == 1 {
            let (from, to) = (inside.prefix(colons[0]), inside.dropFirst(colons[0]))
            return Expression(.slice(base, from: from.first, to: to.first), range)
        }
        guard colons.isEmpty, let first = inside.first else { return Expression(.opaque([base] + inside), range) }
        return Expression(.index(base, first), range)
    }

    /// The braces of a composite literal of this type.
    private mutating func composite(_ type: Expression?) -> Expression {
        guard canNest() else { return tooDeep() }
        depth += 1
        let outer = level
        level = 0
        defer {
            depth -= 1
            level = outer
        }
        let start = type?.range.lowerBound ?? token.start
        expect("{")
        var elementType: Expression?
        var keyType: Expression?
        var isList = false
        if case .type(let form, let elements) = type?.kind {
            elementType = elements.last
            keyType = form == .map ? elements.first : nil
            isList = form == .slice
        }
        var fields: [ObjectLiteral.Field] = []
        while !at("}"), token.kind != .end {
            let before = index
            var value = at("{") ? composite(keyType ?? elementType) : expression()
            var key = ObjectLiteral.Field.Key.position(fields.count)
            var keyRange = value.range
            if accept(":") {
                if case .name(let name) = value.kind {
                    key = .name(name)
                } else {
                    key = .computed(value)
                }
                value = at("{") ? composite(elementType) : expression()
            }
            if case .position = key { keyRange = value.range }
            fields.append(.init(key: key, value: value, keyRange: keyRange))
            if !accept(","), !at("}") {
                problem("expected , or }")
                while token.kind != .end, !at(","), !at("}") { skipBalanced() }
            }
            if index == before { advance() }
        }
        expect("}")
        let range = start..<max(start, lastEnd)
        if isList { return Expression(.array(type: type, fields.map(\.value)), range) }
        return Expression(.object(ObjectLiteral(type: type, fields: fields)), range)
    }
}
