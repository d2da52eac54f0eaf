// Declarations that are statements: variables, functions, classes, enumerations, and the types that are read past.

extension JavaScriptParser {
    /// A declaration that starts here: nil if none does, with a nil statement where it says nothing that matters.
    mutating func declaration() -> (statement: Statement?, Void)? {
        let start = current.range.lowerBound
        let next = peek()
        let nextIsName = next.kind == .word && !next.lineBreakBefore
        switch word {
        case .const where next.word == .enum:
            advance()
            return (enumeration(start), ())
        case .const, .var: return (variables(start), ())
        case .let, .using:
            guard next.kind == .word || (word == .let && (next.kind == .leftBrace || next.kind == .leftBracket))
            else { return nil }
            if next.word == .of || next.word == .in || next.word == .instanceof { return nil }
            return (variables(start), ())
        case .await where next.word == .using:
            advance()
            return (variables(start), ())
        case .function:
            return (function(start), ())
        case .async where next.word == .function && !next.lineBreakBefore:
            advance()
            return (function(start), ())
        case .class: return (classDeclaration(start), ())
        case .abstract where next.word == .class:
            advance()
            return (classDeclaration(start), ())
        case .enum where nextIsName: return (enumeration(start), ())
        case .interface where nextIsName:
            advance()
            while kind != .leftBrace, kind != .end, kind != .semicolon { kind == .less ? skipAngles() : advance() }
            if kind == .leftBrace { skipBalanced() }
            return (nil, ())
        case .type where nextIsName && (peek(2).kind == .assign || peek(2).kind == .less):
            advance()
            advance()
            if kind == .less { skipAngles() }
            if take(.assign) { _ = type() }
            return (nil, ())
        case .namespace where nextIsName, .module where nextIsName || next.kind == .string:
            guard !next.lineBreakBefore else { return nil }
            advance()
            while kind == .word || kind == .dot || kind == .string { advance() }
            guard kind == .leftBrace else { return (nil, ()) }
            let body = inside { parser, end in parser.nested { $0.statements(until: end) } ?? [] }
            return (Statement(.block(body), start..<end), ())
        case .global where next.kind == .leftBrace && index > 0 && tokens[index - 1].word == .declare:
            advance()
            skipBalanced()
            return (nil, ())
        case .declare where nextIsName:
            advance()
            return declaration() ?? (nil, ())
        default: return nil
        }
    }

    private mutating func variables(_ start: Int) -> Statement {
        let constant = word != .let && word != .var
        advance()
        var declarations: [VariableDeclaration] = []
        repeat {
            let before = index
            let pattern = pattern()
            _ = take(.exclamation)
            let type = take(.colon) ? type() : nil
            let values = take(.assign) ? [assignment()] : []
            declarations.append(
                VariableDeclaration(
                    constant ? .constant : .variable, patterns: [pattern], type: type, values: values))
            if index == before { break }
        } while take(.comma)
        _ = take(.semicolon)
        let range = start..<max(end, start)
        if declarations.count == 1 { return Statement(.variables(declarations[0]), range) }
        // `const a = 1, b = 2` is one declaration of two patterns where each has its value, else one after another.
        if declarations.allSatisfy({ $0.values.count == 1 }) {
            return Statement(
                .variables(
                    VariableDeclaration(
                        declarations[0].mutability, patterns: declarations.flatMap(\.patterns),
                        values: declarations.flatMap(\.values))), range)
        }
        hoisted += declarations.dropLast().map { Statement(.variables($0), range) }
        return Statement(.variables(declarations[declarations.count - 1]), range)
    }

    private mutating func function(_ start: Int) -> Statement? {
        advance()
        _ = take(.star)
        let name = kind == .word ? current : nil
        if name != nil { advance() }
        guard let function = functionRest(named: name) else { return nil }
        return Statement(.function(function), start..<end)
    }

    /// From the type parameters or parenthesis to the end of the body; nil where there is no body (an overload, an
    /// abstract method).
    mutating func functionRest(named name: JavaScriptToken?, nameText: String? = nil) -> Function? {
        let nameRange = name?.range ?? current.range.lowerBound..<current.range.lowerBound
        if kind == .less { skipAngles() }
        guard kind == .leftParenthesis else { return nil }
        let (parameters, properties) = inside { $0.parameters(until: $1) }
        let results = take(.colon) ? [type()].compactMap { $0 } : []
        guard kind == .leftBrace else {
            _ = take(.semicolon)
            return nil
        }
        let body = functionBody()
        return Function(
            name: nameText ?? name.map { text($0) } ?? "", nameRange: nameRange, parameters: parameters,
            results: results, body: properties + body)
    }

    mutating func functionBody() -> [Statement] {
        inside { parser, end in parser.nested { $0.statements(until: end) } ?? [] }
    }

    /// The parameters up to the token at `end`, and the assignments `this.x = x` that parameter properties stand for
    /// (TypeScript handbook, "Parameter Properties").
    mutating func parameters(until end: Int) -> ([Function.Parameter], [Statement]) {
        var result: [Function.Parameter] = []
        var properties: [Statement] = []
        while index < end {
            let before = index
            while kind == .at { decorator() }
            var isProperty = false
            while [.public, .private, .protected, .readonly, .override].contains(word),
                peek().kind == .word
                    || peek().kind == .leftBrace || peek().kind == .leftBracket
            {
                isProperty = true
                advance()
            }
            let variadic = take(.ellipsis)
            let pattern = pattern()
            _ = take(.question)
            let type = take(.colon) ? type() : nil
            let initial = take(.assign) ? assignment() : nil
            // `this: Type` is no parameter.
            if pattern.name != "this" {
                result.append(Function.Parameter(pattern, type: type, initial: initial, variadic: variadic))
            }
            if isProperty, case .name(let name, let range) = pattern {
                let this = Expression(.name("this"), range)
                let member = Expression(.member(this, name: name, nameRange: range), range)
                properties.append(
                    Statement(.assignment([member], "=", [Expression(.name(name), range)]), range))
            }
            if !take(.comma), index == before || index < end { advance() }
        }
        return (result, properties)
    }

    /// A name or a destructuring pattern (ECMA-262 14.3.3).
    mutating func pattern() -> Pattern {
        switch kind {
        case .word:
            let token = current
            advance()
            return .name(text(token), token.range)
        case .leftBrace:
            return nested { $0.inside { $0.objectPattern(until: $1) } } ?? .ignored
        case .leftBracket:
            return nested { $0.inside { $0.arrayPattern(until: $1) } } ?? .ignored
        default: return .ignored
        }
    }

    private mutating func objectPattern(until end: Int) -> Pattern {
        var parts: [(key: String, pattern: Pattern, initial: Expression?)] = []
        var rest: String?
        while index < end {
            if take(.ellipsis) {
                rest = pattern().name
            } else if kind == .leftBracket {
                skipBalanced()
                if take(.colon) { _ = pattern() }
                if take(.assign) { _ = assignment() }
            } else {
                let token = current
                let key = propertyName(token)
                advance()
                let pattern = take(.colon) ? pattern() : .name(key, token.range)
                let initial = take(.assign) ? assignment() : nil
                parts.append((key, pattern, initial))
            }
            if !take(.comma), index < end { advance() }
        }
        return .object(parts, rest: rest)
    }

    private mutating func arrayPattern(until end: Int) -> Pattern {
        var parts: [(pattern: Pattern, initial: Expression?)] = []
        while index < end {
            if take(.comma) {
                parts.append((.ignored, nil))
                continue
            }
            if take(.ellipsis) {
                _ = pattern()
                continue
            }
            let before = index
            let pattern = pattern()
            let initial = take(.assign) ? assignment() : nil
            parts.append((pattern, initial))
            if !take(.comma), index == before { advance() }
        }
        return .array(parts)
    }

    /// The name that a property's token stands for: a word, a string or a number.
    func propertyName(_ token: JavaScriptToken) -> String {
        token.kind == .string ? JavaScriptLiteral.decode(bytes[token.range].dropFirst().dropLast()) : text(token)
    }
}
