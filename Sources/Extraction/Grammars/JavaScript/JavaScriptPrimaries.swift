// Operands: literals, names, parentheses, objects, arrays, templates, functions (ECMA-262 13.2).

extension JavaScriptParser {
    mutating func primary() -> Expression {
        let token = current
        func simple(_ kind: Expression.Kind) -> Expression { Expression(kind, token.range) }
        switch token.kind {
        case .word: return wordOperand()
        case .string:
            advance()
            return simple(.string(JavaScriptLiteral.decode(bytes[token.range].dropFirst().dropLast())))
        case .number:
            advance()
            return simple(.number(text(token)))
        case .template, .templateHead: return template()
        case .regularExpression:
            advance()
            return simple(.opaque([]))
        case .privateName:
            advance()
            return simple(.name(text(token)))
        case .leftParenthesis:
            let value = inside { parser, end in parser.index < end ? parser.expression() : parser.unread() }
            return Expression(value.kind, token.range.lowerBound..<end)
        case .leftBracket:
            let elements = inside { $0.list(until: $1) }
            return Expression(.array(type: nil, elements), token.range.lowerBound..<end)
        case .leftBrace:
            let fields = inside { $0.fields(until: $1) }
            return Expression(.object(ObjectLiteral(fields: fields)), token.range.lowerBound..<end)
        case .elementStart:
            skipBalanced()
            return Expression(.opaque([]), token.range.lowerBound..<end)
        case .at:
            decorators()
            return word == .class ? primary() : unread()
        default: return unread()
        }
    }

    private mutating func wordOperand() -> Expression {
        let token = current
        func simple(_ kind: Expression.Kind) -> Expression { Expression(kind, token.range) }
        switch token.word {
        case .true, .false:
            advance()
            return simple(.bool(token.word == .true))
        case .null:
            advance()
            return simple(.null)
        case .undefined:
            advance()
            return simple(.undefined)
        case .new: return construct()
        case .async where peek().word == .function && !peek().lineBreakBefore:
            advance()
            return functionLiteral(token.range.lowerBound)
        case .function: return functionLiteral(token.range.lowerBound)
        case .class: return classLiteral()
        // A keyword that ends what came before it: what precedes is incomplete.
        case .case, .default, .else, .in, .instanceof, .return, .if, .for, .while, .switch, .throw, .try, .catch,
            .finally, .var, .const, .extends, .break, .continue, .do:
            return unread()
        default:
            advance()
            return simple(.name(text(token)))
        }
    }

    private mutating func functionLiteral(_ start: Int) -> Expression {
        advance()
        _ = take(.star)
        let name = kind == .word ? current : nil
        if name != nil { advance() }
        guard let function = functionRest(named: name) else { return Expression(.opaque([]), start..<end) }
        return Expression(.function(function), start..<end)
    }

    // MARK: Objects

    private mutating func fields(until end: Int) -> [ObjectLiteral.Field] {
        var result: [ObjectLiteral.Field] = []
        while index < end {
            let before = index
            if let field = field(until: end) { result.append(field) }
            if index < end, !take(.comma), index == before { advance() }
        }
        return result
    }

    private mutating func field(until end: Int) -> ObjectLiteral.Field? {
        if take(.ellipsis) {
            let value = assignment()
            return ObjectLiteral.Field(key: .spread, value: value, keyRange: value.range)
        }
        // `get x() {}`, `async x() {}`, `*x() {}`: the value is the function.
        var role = Function.Role.call
        while word == .get || word == .set || word == .async || kind == .star {
            let next = peek()
            let isModifier =
                kind == .star || next.kind == .word || next.kind == .string || next.kind == .leftBracket
                || next.kind == .number || next.kind == .star
            guard isModifier, !next.lineBreakBefore else { break }
            role = word == .get ? .getter : word == .set ? .setter : role
            advance()
        }
        let token = current
        let key: ObjectLiteral.Field.Key
        switch kind {
        case .word, .string, .number:
            key = .name(propertyName(token))
            advance()
        case .leftBracket:
            key = .computed(inside { parser, _ in parser.expression() })
        default: return nil
        }
        let keyRange = token.range.lowerBound..<self.end
        switch kind {
        case .colon:
            advance()
            return ObjectLiteral.Field(key: key, value: assignment(), keyRange: keyRange)
        case .leftParenthesis, .less:
            guard var function = functionRest(named: token, nameText: propertyName(token)) else { return nil }
            function.role = role
            let value = Expression(.function(function), token.range.lowerBound..<self.end)
            return ObjectLiteral.Field(key: key, value: value, keyRange: keyRange)
        default:
            guard case .name(let name) = key, token.kind == .word else { return nil }
            // `{ x = 1 }` is a pattern's default.
            if take(.assign) { _ = assignment() }
            return ObjectLiteral.Field(key: key, value: Expression(.name(name), token.range), keyRange: keyRange)
        }
    }

    // MARK: Templates

    mutating func template() -> Expression {
        let start = current.range.lowerBound
        var parts: [Expression.TemplatePart] = []
        func piece(_ token: JavaScriptToken, _ parser: Self) -> Expression.TemplatePart {
            let trailing = token.kind == .templateHead || token.kind == .templateMiddle ? 2 : 1
            return .text(JavaScriptLiteral.decode(parser.bytes[token.range].dropFirst().dropLast(trailing)))
        }
        parts.append(piece(current, self))
        var opening = index
        advance()
        while tokens[opening].kind == .templateHead || tokens[opening].kind == .templateMiddle {
            let closing = max(partner(opening), opening)
            let value = bounded(by: closing) { $0.expression() }
            parts.append(.expression(value))
            index = closing
            guard closing > opening, kind == .templateMiddle || kind == .templateTail else { break }
            parts.append(piece(current, self))
            opening = closing
            advance()
        }
        if parts.count == 1, case .text(let text) = parts[0] { return Expression(.string(text), start..<end) }
        return Expression(.template(parts), start..<end)
    }
}
