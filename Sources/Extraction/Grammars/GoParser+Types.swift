/// Types and signatures (specification, "Types").
extension GoParser {
    mutating func type() -> Expression {
        guard canNest() else { return tooDeep() }
        depth += 1
        defer { depth -= 1 }
        let start = token.start
        func whole(_ kind: Expression.Kind) -> Expression { Expression(kind, start..<max(start, lastEnd)) }
        if token.kind == .name { return typeName() }
        switch token.symbol {
        case "*":
            advance()
            let pointee = type()
            return whole(.type(.pointer, elements: [pointee]))
        case "(":
            advance()
            let inner = type()
            expect(")")
            return inner
        case "[":
            advance()
            if !at("]"), !accept("...") {
                level += 1
                _ = expression()
                level -= 1
            }
            expect("]")
            let element = type()
            return whole(.type(.slice, elements: [element]))
        case "map":
            advance()
            expect("[")
            let key = type()
            expect("]")
            let value = type()
            return whole(.type(.map, elements: [key, value]))
        case "chan", "<-":
            advance()
            _ = accept("chan")
            _ = accept("<-")
            let element = type()
            return whole(.type(.channel, elements: [element]))
        case "func":
            advance()
            let function = signature(start: start)
            return whole(.type(.function, elements: function.results))
        case "struct":
            advance()
            let fields = structureFields()
            return whole(.structure(fields))
        case "interface":
            advance()
            if at("{") { skipBalanced() }
            return whole(.type(.interface, elements: []))
        default:
            problem("expected a type")
            return whole(.opaque([]))
        }
    }

    /// `T`, `pkg.T`, `pkg.T[A, B]`
    private mutating func typeName() -> Expression {
        var result = Expression(.name(text(token)), token.range)
        advance()
        if at("."), peek().kind == .name {
            advance()
            result = Expression(
                .member(result, name: text(token), nameRange: token.range), result.range.lowerBound..<token.end)
            advance()
        }
        if at("["), peek().symbol != "]" {
            advance()
            var arguments: [Expression] = []
            repeat {
                if at("]") { break }
                arguments.append(type())
            } while accept(",")
            expect("]")
            let index = arguments.first ?? result
            result = Expression(.index(result, index), result.range.lowerBound..<lastEnd)
        }
        return result
    }

    private mutating func structureFields() -> [TypeDeclaration.Field] {
        var fields: [TypeDeclaration.Field] = []
        expect("{")
        while !at("}"), token.kind != .end {
            if token.kind == .semicolon {
                advance()
                continue
            }
            let start = index
            fields += fieldLine()
            if token.kind != .semicolon && !at("}") {
                problem("expected the end of the field")
                skipStatement()
            }
            if index == start { advance() }
        }
        expect("}")
        return fields
    }

    private mutating func fieldLine() -> [TypeDeclaration.Field] {
        var names: [GoToken] = []
        var type: Expression
        let next = peek()
        let embedded =
            token.kind != .name || next.symbol == "." || next.kind == .semicolon || next.symbol == "}"
            || next.kind == .string || next.kind == .rawString
        if embedded {
            type = self.type()
        } else {
            repeat {
                guard token.kind == .name else { break }
                names.append(token)
                advance()
            } while accept(",")
            type = self.type()
        }
        var tag: (text: String, range: Range<Int>)?
        if token.kind == .string || token.kind == .rawString {
            tag = (GoLiterals.string(bytes[token.range]), token.range)
            advance()
        }
        if embedded {
            return [.init(name: Self.lastName(type), nameRange: type.range, type: type, tag: tag, embedded: true)]
        }
        return names.map { .init(name: text($0), nameRange: $0.range, type: type, tag: tag) }
    }

    /// The name under which an embedded type is a field.
    private static func lastName(_ type: Expression) -> String {
        switch type.kind {
        case .name(let name), .member(_, let name, _): name
        case .index(let base, _): lastName(base)
        case .type(.pointer, let elements): elements.first.map(lastName) ?? ""
        default: ""
        }
    }

    /// Parameters and results, from `(` on; the body is left empty.
    mutating func signature(start: Int) -> Function {
        let parameters = self.parameters()
        var results: [Expression] = []
        var named: [String] = []
        if at("(") {
            for parameter in self.parameters() {
                if let type = parameter.type { results.append(type) }
                if let name = parameter.pattern.name { named.append(name) }
            }
        } else if startsType() {
            results = [type()]
        }
        return Function(
            nameRange: start..<start, parameters: parameters, results: results, namedResults: named, body: [])
    }

    private func startsType() -> Bool {
        token.kind == .name
            || ["*", "[", "map", "chan", "<-", "func", "struct", "interface"].contains(token.symbol)
    }

    /// `(a, b int, rest ...string)` or `(int, string)`.
    mutating func parameters() -> [Function.Parameter] {
        struct Entry {
            var name: GoToken?
            var type: Expression
            var variadic: Bool
        }
        var entries: [Entry] = []
        expect("(")
        while !at(")"), token.kind != .end {
            let start = index
            let first = token
            var variadic = accept("...")
            // `name Type`: a name followed by neither `,` nor `)` nor the rest of a type name.
            let next = peek()
            if !variadic, token.kind == .name, next.symbol != ",", next.symbol != ")", next.symbol != ".",
                !(next.symbol == "[" && isInstantiation())
            {
                advance()
                variadic = accept("...")
                entries.append(Entry(name: first, type: type(), variadic: variadic))
            } else {
                entries.append(Entry(name: nil, type: type(), variadic: variadic))
            }
            if !accept(",") && !at(")") {
                problem("expected , or )")
                skipStatement()
                if token.kind == .semicolon { break }
            }
            if index == start { advance() }
        }
        expect(")")
        guard entries.contains(where: { $0.name != nil }) else {
            return entries.map { Function.Parameter(.ignored, type: $0.type, variadic: $0.variadic) }
        }
        // Names without a type have that of the next one that has it.
        var type: Expression?
        var result: [Function.Parameter] = []
        for entry in entries.reversed() {
            if let name = entry.name {
                type = entry.type
                result.append(.init(pattern(name), type: entry.type, variadic: entry.variadic))
            } else if case .name(let name) = entry.type.kind {
                result.append(.init(name == "_" ? .ignored : .name(name, entry.type.range), type: type))
            }
        }
        return result.reversed()
    }

    /// At `Name[`: whether the brackets hold type arguments of an unnamed parameter's type (`List[int]`), not the
    /// slice or array type of a named one (`list []int`, `list [4]int`).
    private func isInstantiation() -> Bool {
        guard peek(2).kind == .name else { return false }
        var ahead = 3
        while peek(ahead).kind == .name || peek(ahead).symbol == "." || peek(ahead).symbol == "," { ahead += 1 }
        return peek(ahead).symbol == "]" && (peek(ahead + 1).symbol == "," || peek(ahead + 1).symbol == ")")
    }
}
