// TypeScript's types are read past, but for the names by which a declaration says what it holds.

extension JavaScriptParser {
    /// Past a type. Its first name as an expression, with its type arguments as `index`: `http.Server | null`,
    /// `Promise<Server>`.
    mutating func type() -> Expression? {
        nested { $0.unionType() } ?? nil
    }

    private mutating func unionType() -> Expression? {
        if kind == .bar || kind == .ampersand { advance() }
        var result = primaryType()
        while true {
            if kind == .bar || kind == .ampersand {
                advance()
                let other = primaryType()
                result = result ?? other
            } else if word == .extends, kind == .word {
                advance()
                _ = primaryType()
                if take(.question) {
                    _ = type()
                    if take(.colon) { _ = type() }
                    return result
                }
            } else if word == .is, !current.lineBreakBefore {
                advance()
                _ = type()
            } else {
                return result
            }
        }
    }

    private mutating func primaryType() -> Expression? {
        var result: Expression?
        while [.keyof, .typeof, .readonly, .unique, .infer, .abstract, .new, .assert].contains(word)
            || kind == .minus || (kind == .word && text(current) == "asserts" && peek().kind == .word)
        {
            let next = peek().kind
            // `{ type: readonly }`: a type of that name.
            guard
                next == .word || next == .leftBracket || next == .leftBrace || next == .leftParenthesis
                    || next == .number || next == .less || next == .string
            else { break }
            advance()
        }
        switch kind {
        case .word:
            let token = current
            advance()
            if token.word == .import, kind == .leftParenthesis { skipBalanced() }
            result = Expression(token.word == .undefined ? .undefined : .name(text(token)), token.range)
            if token.word == .null || token.word == .undefined || token.word == .void { result = nil }
            while kind == .dot, peek().kind == .word {
                advance()
                if let object = result {
                    result = Expression(
                        .member(object, name: text(current), nameRange: current.range),
                        object.range.lowerBound..<current.range.upperBound)
                }
                advance()
            }
        case .string, .number, .template, .star: advance()
        case .question:  // Flow's `?T`
            advance()
            return primaryType()
        case .templateHead:
            while kind != .templateTail, kind != .end { index = max(partner(index), index + 1) }
            advance()
        case .less:
            skipAngles()
            return primaryType()
        case .leftParenthesis:
            let opening = index
            skipBalanced()
            if take(.arrow) {
                _ = type()
                return nil
            }
            // `(Server | null)[]` and the like: the name inside.
            let after = index
            index = opening + 1
            result = after > opening + 2 ? type() : nil
            index = after
        case .leftBrace, .leftBracket: skipBalanced()
        default: return nil
        }
        while true {
            if kind == .less, !current.lineBreakBefore {
                let arguments = angles()
                if let base = result, let argument = arguments {
                    result = Expression(.index(base, argument), base.range.lowerBound..<end)
                }
            } else if kind == .leftBracket, !current.lineBreakBefore {
                skipBalanced()
            } else {
                return result
            }
        }
    }

    /// Past `<…>`; the first argument.
    private mutating func angles() -> Expression? {
        guard let after = endOfAngles(index) else {
            advance()
            return nil
        }
        advance()
        let first = kind == .word ? type() : nil
        index = after
        return first
    }

    mutating func skipAngles() {
        index = endOfAngles(index) ?? min(index + 1, bound)
    }

    /// The index after the `>` that closes the `<` at `start`; nil if no list of types or type parameters stands
    /// there. Looks at no more than `limit` tokens, so that a chain of comparisons is not read over and over.
    func endOfAngles(_ start: Int, limit: Int = 400) -> Int? {
        var depth = 0
        var position = start
        let last = min(start + limit, bound)
        while position < last {
            switch tokens[position].kind {
            case .less: depth += 1
            case .shiftLeft: depth += 2
            case .greater:
                depth -= 1
                if depth == 0 { return position + 1 }
            case .leftParenthesis, .leftBracket, .leftBrace: position = max(partner(position), position)
            case .templateHead, .templateMiddle:
                position = max(partner(position), position + 1)
                continue
            case .word, .string, .number, .template, .templateTail, .comma, .dot, .bar, .ampersand, .question, .colon,
                .arrow, .assign, .ellipsis, .minus, .at, .star:
                break
            default: return nil
            }
            position += 1
        }
        return nil
    }
}
