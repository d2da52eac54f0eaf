// Imports and exports (ECMA-262 16.2), with TypeScript's `import x = require()` and `export =`.

extension JavaScriptParser {
    mutating func importDeclaration() -> Statement? {
        let start = current.range.lowerBound
        advance()
        // Types are read too: they name what a variable holds.
        if word == .type,
            peek().kind == .leftBrace || peek().kind == .star
                || (peek().kind == .word && (peek().word != .from || peek(2).word == .from))
        {
            advance()
        }
        var names: [ImportDeclaration.Name] = []
        if kind == .word, word != .from || peek().word == .from || peek().kind == .comma {
            let local = text(current)
            advance()
            if take(.assign) { return importAssignment(start, local) }
            names.append(ImportDeclaration.Name(.default, local: local))
            _ = take(.comma)
        }
        if take(.star) {
            _ = take(.as)
            if kind == .word {
                names.append(ImportDeclaration.Name(.whole, local: text(current)))
                advance()
            }
        } else if kind == .leftBrace {
            names += specifiers().map { .init($0.first == "default" ? .default : .named($0.first), local: $0.second) }
        }
        _ = take(.from)
        guard kind == .string else { return nil }
        let source = current
        advance()
        if word == .with || word == .assert, peek().kind == .leftBrace {
            advance()
            skipBalanced()
        }
        _ = take(.semicolon)
        return Statement(
            .imports(ImportDeclaration(source: propertyName(source), sourceRange: source.range, names: names)),
            start..<end)
    }

    /// `import x = require("y")`, `import x = A.B`
    private mutating func importAssignment(_ start: Int, _ local: String) -> Statement {
        let value = assignment()
        _ = take(.semicolon)
        return Statement(
            .variables(
                VariableDeclaration(.constant, patterns: [.name(local, start..<start)], values: [value])), start..<end)
    }

    /// `{ a, b as c, type D }` as pairs of the name before and after `as`.
    private mutating func specifiers() -> [(first: String, second: String)] {
        inside { parser, end in
            var result: [(String, String)] = []
            while parser.index < end {
                if parser.word == .type, parser.peek().kind == .word, parser.peek().word != .as { parser.advance() }
                let first = parser.propertyName(parser.current)
                parser.advance()
                var second = first
                if parser.take(.as), parser.index < end {
                    second = parser.propertyName(parser.current)
                    parser.advance()
                }
                result.append((first, second))
                while parser.index < end, !parser.take(.comma) { parser.advance() }
            }
            return result
        }
    }

    mutating func exportDeclaration() -> Statement? {
        let start = current.range.lowerBound
        advance()
        func made(_ declaration: ExportDeclaration, _ parser: Self) -> Statement {
            Statement(.exports(declaration), start..<max(parser.end, start))
        }
        decorators()
        if take(.default) { return exportDefault(start) }
        if take(.assign) {
            let value = assignment()
            let module = Expression(.name("module"), start..<start)
            let target = Expression(.member(module, name: "exports", nameRange: start..<start), start..<start)
            return Statement(.assignment([target], "=", [value]), start..<max(end, start))
        }
        if word == .as, peek().word == .namespace {  // export as namespace X
            index = min(index + 3, bound)
            return nil
        }
        if word == .type, peek().kind == .leftBrace || peek().kind == .star { advance() }
        if take(.star) {
            let name = take(.as) ? text(current) : nil
            if name != nil { advance() }
            guard take(.from), kind == .string else { return nil }
            let source = propertyName(current)
            advance()
            return made(.all(source: source, as: name), self)
        }
        if kind == .leftBrace {
            let names = specifiers().map { (local: $0.first, exported: $0.second) }
            var source: String?
            if take(.from), kind == .string {
                source = propertyName(current)
                advance()
            }
            return made(.names(names, source: source), self)
        }
        if word == .import { return importDeclaration() }
        guard let declaration = declaration() else { return nil }
        let declared = declaration.statement
        // `export const a = 1, b = 2` may have become several.
        hoisted = hoisted.map { statement in
            guard case .variables = statement.kind, statement.range.lowerBound > start else { return statement }
            return Statement(.exports(.declaration(statement)), statement.range)
        }
        return declared.map { made(.declaration($0), self) }
    }

    private mutating func exportDefault(_ start: Int) -> Statement? {
        let isDeclaration =
            word == .function || word == .class || (word == .abstract && peek().word == .class)
            || (word == .async && peek().word == .function)
        guard isDeclaration else {
            let value = assignment()
            _ = take(.semicolon)
            return Statement(.exports(.default(value)), start..<max(end, start))
        }
        if word == .abstract || word == .async { advance() }
        let value = word == .class ? classLiteral() : primary()
        if case .function(let function) = value.kind, !function.name.isEmpty {
            // Its name is declared in the module as well.
            hoisted.append(Statement(.function(function), value.range))
            return Statement(.exports(.default(Expression(.name(function.name), function.nameRange))), value.range)
        }
        return Statement(.exports(.default(value)), start..<max(end, start))
    }
}
