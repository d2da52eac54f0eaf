// Expressions (ECMA-262 chapter 13), with TypeScript's assertions and type arguments.

extension JavaScriptParser {
    func unread() -> Expression { Expression(.opaque([]), current.range.lowerBound..<current.range.lowerBound) }

    /// With the comma operator.
    mutating func expression() -> Expression {
        var left = assignment()
        var links = 0
        while kind == .comma {
            advance()
            let right = assignment()
            links += 1
            if links < Self.maximumChain {
                left = Expression(.binary(",", left, right), left.range.lowerBound..<max(end, left.range.lowerBound))
            }
        }
        return left
    }

    mutating func assignment() -> Expression {
        nested { $0.assignmentInside() } ?? unread()
    }

    private mutating func assignmentInside() -> Expression {
        if let arrow = arrowFunction() { return arrow }
        let start = current.range.lowerBound
        let left = conditional()
        guard kind == .assign || kind == .compoundAssign else { return left }
        let operation = text(current)
        advance()
        let right = assignment()
        return Expression(.assignment(left, operation, right), start..<max(end, start))
    }

    private mutating func conditional() -> Expression {
        let condition = binary(above: 0)
        guard kind == .question else { return condition }
        advance()
        thenBranches += 1
        let then = assignment()
        thenBranches -= 1
        let otherwise = take(.colon) ? assignment() : unread()
        return Expression(
            .conditional(condition, then: then, otherwise: otherwise),
            condition.range.lowerBound..<max(end, condition.range.lowerBound))
    }

    // MARK: Arrow functions

    /// `x => …`, `(…) => …`, `async …`, `<T>(…) => …`; nil where none starts here.
    private mutating func arrowFunction() -> Expression? {
        let start = current.range.lowerBound
        let outset = index
        if word == .async, !peek().lineBreakBefore,
            peek().kind == .leftParenthesis || peek().kind == .less || (peek().kind == .word && peek(2).kind == .arrow)
        {
            advance()
        }
        if kind == .word, peek().kind == .arrow {
            let parameter = Function.Parameter(.name(text(current), current.range))
            index += 2
            return arrowBody(start, [parameter], [], results: [])
        }
        if kind == .less, let after = endOfAngles(index), tokens[after].kind == .leftParenthesis { index = after }
        guard kind == .leftParenthesis, let closing = current.partner, let results = arrowAfter(closing) else {
            index = outset
            return nil
        }
        let (parameters, properties) = inside { $0.parameters(until: $1) }
        index = results.arrow + 1
        return arrowBody(start, parameters, properties, results: results.type.map { [$0] } ?? [])
    }

    /// The arrow after the parenthesis that closes at `closing`, with the type between; nil if there is none.
    private mutating func arrowAfter(_ closing: Int) -> (arrow: Int, type: Expression?)? {
        guard closing + 1 < bound else { return nil }
        let next = tokens[closing + 1]
        if next.kind == .arrow { return (closing + 1, nil) }
        guard next.kind == .colon else { return nil }
        // In `a ? (b) : c => d` the colon belongs to the condition, unless what is in the parenthesis can only be
        // parameters.
        if thenBranches > 0, closing > index + 1,
            !(index + 2..<max(closing, index + 2)).contains(where: { tokens[$0].kind == .colon })
        {
            return nil
        }
        let outset = index
        defer { index = outset }
        index = closing + 2
        let type = type()
        if kind == .arrow && index > closing + 2 { return (index, type) }
        // `(a): ((b: T) => U) => …`: the arrow after a type in parentheses is not part of it.
        let opening = closing + 2
        guard opening < tokens.count, tokens[opening].kind == .leftParenthesis, partner(opening) > opening,
            tokens[min(partner(opening) + 1, bound)].kind == .arrow
        else { return nil }
        return (partner(opening) + 1, nil)
    }

    private mutating func arrowBody(
        _ start: Int, _ parameters: [Function.Parameter], _ properties: [Statement], results: [Expression]
    ) -> Expression {
        let outer = thenBranches
        thenBranches = 0
        defer { thenBranches = outer }
        var body: [Statement]
        if kind == .leftBrace {
            body = functionBody()
        } else {
            let value = assignment()
            body = [Statement(.return([value]), value.range)]
        }
        body = properties + body
        return Expression(
            .function(Function(nameRange: start..<start, parameters: parameters, results: results, body: body)),
            start..<max(end, start))
    }

    // MARK: Operators

    /// The operator here with its precedence and the number of its tokens.
    private var binaryOperator: (precedence: Int, tokens: Int)? {
        switch kind {
        case .nullish, .or: return (1, 1)
        case .and: return (2, 1)
        case .bar: return (3, 1)
        case .caret: return (4, 1)
        case .ampersand: return (5, 1)
        case .equality: return (6, 1)
        case .less, .lessEqual: return (7, 1)
        case .greater:
            // `>`, `>=`, `>>`, `>>>` and their assignments come as single tokens.
            var count = 1
            while tokens[index + count].range.lowerBound == tokens[index + count - 1].range.upperBound,
                tokens[index + count].kind == .greater
            { count += 1 }
            let equals = tokens[index + count]
            let isEqual =
                equals.range.lowerBound == tokens[index + count - 1].range.upperBound
                && (equals.kind == .assign || (equals.kind == .equality && count == 1))
            return isEqual && count == 1 ? (7, 2) : (count == 1 ? 7 : 8, count)
        case .shiftLeft: return (8, 1)
        case .plus, .minus: return (9, 1)
        case .star, .slash, .percent: return (10, 1)
        case .power: return (11, 1)
        case .word:
            switch word {
            case .instanceof, .in: return (7, 1)
            case .as, .satisfies: return current.lineBreakBefore ? nil : (7, 1)
            default: return nil
            }
        default: return nil
        }
    }

    private mutating func binary(above minimum: Int) -> Expression {
        var left = unary()
        var links = 0
        while let (precedence, count) = binaryOperator, precedence > minimum {
            let start = left.range.lowerBound
            let name = String(
                decoding: bytes[current.range.lowerBound..<tokens[index + count - 1].range.upperBound], as: UTF8.self)
            let isAssertion = word == .as || word == .satisfies
            index = min(index + count, bound)
            if isAssertion {
                if word == .const { advance() } else { _ = type() }
                left.range = start..<max(end, start)
                continue
            }
            let right = nested { $0.binary(above: precedence == 11 ? 10 : precedence) } ?? unread()
            links += 1
            if links < Self.maximumChain {
                left = Expression(.binary(name, left, right), start..<max(end, start))
            }
        }
        return left
    }

    private mutating func unary() -> Expression {
        let start = current.range.lowerBound
        switch kind {
        case .exclamation, .tilde, .plus, .minus, .increment, .decrement: break
        case .word:
            switch word {
            case .typeof, .void, .delete: break
            case .await, .yield:
                // A name where no operand follows.
                switch peek().kind {
                case .word, .leftParenthesis, .leftBracket, .leftBrace, .string, .number, .template, .templateHead,
                    .privateName, .regularExpression, .elementStart, .star, .exclamation, .less:
                    if peek().word == .in || peek().word == .of || peek().word == .instanceof { return postfix() }
                default: return postfix()
                }
            default: return postfix()
            }
        case .less:
            // `<T>x`, an assertion.
            guard let after = endOfAngles(index) else { return postfix() }
            index = after
            return nested { $0.unary() } ?? unread()
        default: return postfix()
        }
        let name = text(current)
        let isYield = word == .yield
        advance()
        if isYield { _ = take(.star) }
        let operand = nested { isYield ? $0.assignment() : $0.unary() } ?? unread()
        return Expression(.unary(name, operand), start..<max(end, start))
    }

    // MARK: Members and calls

    private mutating func postfix() -> Expression {
        let start = current.range.lowerBound
        var value = primary()
        var links = 0
        func made(_ kind: Expression.Kind, _ parser: Self) -> Expression {
            Expression(kind, start..<max(parser.end, start))
        }
        while true {
            links += 1
            let kept = links < Self.maximumChain
            switch kind {
            case .dot, .questionDot:
                let optional = kind == .questionDot
                switch peek().kind {
                case .word, .privateName:
                    advance()
                    let name = current
                    advance()
                    if kept { value = made(.member(value, name: text(name), nameRange: name.range), self) }
                case .leftParenthesis where optional, .leftBracket where optional, .less where optional: advance()
                default:
                    advance()
                    return value
                }
            case .leftBracket:
                let inner = inside { parser, _ in parser.expression() }
                if kept { value = made(.index(value, inner), self) }
            case .leftParenthesis:
                let opening = current.range.lowerBound
                let arguments = inside { $0.list(until: $1) }
                if kept {
                    value = made(
                        .call(CallExpression(callee: value, arguments: arguments, argumentsRange: opening..<end)), self)
                }
            case .template, .templateHead:
                let template = template()
                if kept { value = made(.opaque([value, template]), self) }
            case .exclamation where !current.lineBreakBefore:
                advance()
                value.range = start..<end
            case .increment where !current.lineBreakBefore, .decrement where !current.lineBreakBefore:
                advance()
                return made(.opaque([value]), self)
            case .less:
                // Type arguments, if what follows could not be the operand of a comparison.
                guard let after = endOfAngles(index), tokens[after].followsTypeArguments else { return value }
                index = after
            default: return value
            }
        }
    }

    /// Expressions between commas, up to the token at `end`.
    mutating func list(until end: Int) -> [Expression] {
        var result: [Expression] = []
        while index < end {
            let before = index
            if kind == .comma {
                result.append(Expression(.undefined, current.range.lowerBound..<current.range.lowerBound))
                advance()
                continue
            }
            let start = current.range.lowerBound
            if take(.ellipsis) {
                let value = assignment()
                result.append(Expression(.spread(value), start..<max(self.end, start)))
            } else {
                result.append(assignment())
            }
            if index < end, !take(.comma), index == before { advance() }
        }
        return result
    }

    mutating func construct() -> Expression {
        let start = current.range.lowerBound
        advance()
        if kind == .dot {  // new.target
            index = min(index + 2, bound)
            return Expression(.opaque([]), start..<end)
        }
        var callee = nested { $0.word == .new ? $0.construct() : $0.primary() } ?? unread()
        var links = 0
        while links < Self.maximumChain {
            links += 1
            if kind == .dot, peek().kind == .word || peek().kind == .privateName {
                advance()
                let name = current
                advance()
                callee = Expression(
                    .member(callee, name: text(name), nameRange: name.range), callee.range.lowerBound..<end)
            } else if kind == .leftBracket {
                let inner = inside { parser, _ in parser.expression() }
                callee = Expression(.index(callee, inner), callee.range.lowerBound..<end)
            } else {
                break
            }
        }
        if kind == .less, let after = endOfAngles(index) { index = after }
        let opening = end
        guard kind == .leftParenthesis else {
            return Expression(
                .call(
                    CallExpression(callee: callee, arguments: [], constructs: true, argumentsRange: opening..<opening)),
                start..<end)
        }
        let parenthesis = current.range.lowerBound
        let arguments = inside { $0.list(until: $1) }
        return Expression(
            .call(
                CallExpression(
                    callee: callee, arguments: arguments, constructs: true, argumentsRange: parenthesis..<end)),
            start..<end)
    }
}

extension JavaScriptToken {
    fileprivate var followsTypeArguments: Bool {
        switch kind {
        case .leftParenthesis, .template, .templateHead, .leftBrace, .rightParenthesis, .rightBracket, .rightBrace,
            .comma, .semicolon, .colon, .dot, .assign, .question, .end:
            true
        case .word: word == .implements
        default: false
        }
    }
}
