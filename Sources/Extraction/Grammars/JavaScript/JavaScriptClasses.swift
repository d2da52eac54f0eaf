// Classes, decorators and enumerations (ECMA-262 15.7, TypeScript handbook "Enums", "Decorators").

extension JavaScriptParser {
    /// Decorators are calls that run when the class is made: they become statements before it.
    mutating func decorators() {
        while kind == .at { decorator() }
    }

    mutating func decorator() {
        let start = current.range.lowerBound
        advance()
        guard let call = nested({ $0.decoratorCall() }), !call.range.isEmpty else { return }
        hoisted.append(Statement(.expression(call), start..<max(end, start)))
    }

    /// A name with members and one list of arguments, or a parenthesis: more would swallow `@x [key]() {}`.
    private mutating func decoratorCall() -> Expression {
        let start = current.range.lowerBound
        var value = primary()
        while kind == .dot, peek().kind == .word {
            advance()
            let name = current
            advance()
            value = Expression(.member(value, name: text(name), nameRange: name.range), start..<end)
        }
        if kind == .less, let after = endOfAngles(index), tokens[after].kind == .leftParenthesis { index = after }
        guard kind == .leftParenthesis else { return value }
        let opening = current.range.lowerBound
        let arguments = inside { $0.list(until: $1) }
        return Expression(
            .call(CallExpression(callee: value, arguments: arguments, argumentsRange: opening..<end)), start..<end)
    }

    mutating func classDeclaration(_ start: Int) -> Statement? {
        let type = classBody()
        return Statement(.type(type), start..<max(end, start))
    }

    /// A class as an operand: declared before the statement, and its name stands here. One without a name gets one
    /// that no program can use.
    mutating func classLiteral() -> Expression {
        let start = current.range.lowerBound
        guard var type = nested({ $0.classBody() }) else { return unread() }
        if type.name.isEmpty { type.name = "class \(start)" }
        hoisted.append(Statement(.type(type), start..<max(end, start)))
        return Expression(.name(type.name), start..<max(end, start))
    }

    private mutating func classBody() -> TypeDeclaration {
        advance()
        var result = TypeDeclaration(name: "", nameRange: current.range)
        if kind == .word, word != .extends, word != .implements {
            result.name = text(current)
            advance()
        }
        if kind == .less { skipAngles() }
        if take(.extends) {
            result.base = assignment()
            if kind == .less { skipAngles() }
        }
        while kind != .leftBrace, kind != .end, kind != .semicolon { kind == .less ? skipAngles() : advance() }
        guard kind == .leftBrace else { return result }
        inside { parser, end in
            while parser.index < end {
                let before = parser.index
                parser.classMember(&result, until: end)
                if parser.index == before { parser.advance() }
            }
        }
        return result
    }

    private mutating func classMember(_ type: inout TypeDeclaration, until end: Int) {
        decorators()
        var isStatic = false
        var role = Function.Role.call
        while kind == .star || Self.modifiers.contains(word) {
            let next = peek()
            let isModifier =
                kind == .star || next.kind == .word || next.kind == .string || next.kind == .number
                || next.kind == .leftBracket || next.kind == .privateName || next.kind == .star
            if word == .static, next.kind == .leftBrace {
                advance()
                type.methods.append(Function(nameRange: current.range, parameters: [], body: functionBody()))
                return
            }
            guard isModifier else { break }
            if word == .static { isStatic = true }
            role = word == .get ? .getter : word == .set ? .setter : role
            advance()
        }
        guard index < end else { return }
        let name = current
        var computed: Expression?
        switch kind {
        case .word, .string, .number, .privateName: advance()
        case .leftBracket: computed = inside { parser, _ in parser.expression() }
        default:
            advance()
            return
        }
        let nameText = computed == nil ? propertyName(name) : ""
        _ = kind == .question ? take(.question) : take(.exclamation)
        if kind == .leftParenthesis || kind == .less {
            if var method = functionRest(named: name, nameText: nameText) {
                method.role = role
                if nameText == "constructor" { type.fields += Self.parameterProperties(of: method) }
                type.methods.append(method)
            }
            return
        }
        let annotation = take(.colon) ? self.type() : nil
        let initial = take(.assign) ? assignment() : nil
        _ = take(.semicolon)
        type.fields.append(
            TypeDeclaration.Field(
                name: nameText, nameRange: name.range, type: annotation, initial: initial, embedded: isStatic))
    }

    private static let modifiers: Set<JavaScriptWord> = [
        .static, .async, .get, .set, .public, .private, .protected, .readonly, .abstract, .override, .declare,
        .accessor,
    ]

    /// `constructor(private readonly server: Server)` declares the field `server`: its assignment stands in the
    /// body with the place of the parameter.
    private static func parameterProperties(of constructor: Function) -> [TypeDeclaration.Field] {
        constructor.parameters.compactMap { parameter in
            guard case .name(let name, let range) = parameter.pattern,
                constructor.body.prefix(constructor.parameters.count).contains(where: { $0.range == range })
            else { return nil }
            return TypeDeclaration.Field(name: name, nameRange: range, type: parameter.type)
        }
    }

    /// An object of its members; those without a value count up from the one before.
    mutating func enumeration(_ start: Int) -> Statement? {
        advance()
        guard kind == .word else { return nil }
        let name = current
        advance()
        guard kind == .leftBrace else { return nil }
        let opening = current.range.lowerBound
        let fields = inside { parser, end in
            var fields: [ObjectLiteral.Field] = []
            var next: Int? = 0
            while parser.index < end {
                let token = parser.current
                guard token.kind == .word || token.kind == .string else {
                    parser.advance()
                    continue
                }
                parser.advance()
                var value = Expression(next.map { .number(String($0)) } ?? .opaque([]), token.range)
                if parser.take(.assign) {
                    value = parser.assignment()
                    next = nil
                    if case .number(let text) = value.kind { next = Int(text) }
                }
                next = next.map { $0 < Int.max ? $0 + 1 : $0 }
                fields.append(
                    ObjectLiteral.Field(key: .name(parser.propertyName(token)), value: value, keyRange: token.range))
                _ = parser.take(.comma)
            }
            return fields
        }
        let object = Expression(.object(ObjectLiteral(fields: fields)), opening..<end)
        return Statement(
            .variables(
                VariableDeclaration(.constant, patterns: [.name(text(name), name.range)], values: [object])),
            start..<end)
    }
}
