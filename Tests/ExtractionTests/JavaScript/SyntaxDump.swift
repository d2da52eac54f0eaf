@testable import Extraction

/// A syntax tree in one line, for tables of tests.
enum SyntaxDump {
    static func of(_ source: String, elements: Bool = false) -> String {
        let lexer = JavaScriptLexer.lex(Array(source.utf8), elements: elements)
        return statements(JavaScriptParser.parse(lexer).statements)
    }

    static func statements(_ statements: [Statement]) -> String {
        statements.map(statement).joined(separator: " ")
    }

    static func statement(_ statement: Statement) -> String {
        switch statement.kind {
        case .variables(let declaration):
            let word = declaration.mutability == .constant ? "const" : "let"
            let type = declaration.type.map { ":" + expression($0) } ?? ""
            return "(\(word) \(declaration.patterns.map(pattern).joined(separator: " "))\(type) = "
                + "\(list(declaration.values)))"
        case .assignment(let targets, let operation, let values):
            return "(\(operation) \(list(targets)) \(list(values)))"
        case .expression(let value): return expression(value)
        case .branch(_, let condition, let then, let otherwise):
            let end = otherwise.isEmpty ? "" : " else \(statements(otherwise))"
            return "(if \(expression(condition)) \(statements(then))\(end))"
        case .return(let values): return "(return\(values.isEmpty ? "" : " ")\(list(values)))"
        case .block(let inner): return "{\(statements(inner))}"
        case .loop(let head, let body): return "(loop [\(statements(head))] \(statements(body)))"
        case .choice(let subject, let cases):
            let arms = cases.map { "(\(list($0.values)): \(statements($0.body)))" }.joined(separator: " ")
            return "(switch \(subject.map(expression) ?? "") \(arms))"
        case .attempt(let body, let handlers): return "(try \(statements(body)) catch \(statements(handlers)))"
        case .function(let inner): return function(inner)
        case .type(let type): return self.type(type)
        case .imports(let declaration):
            let names = declaration.names.map { name in
                let from =
                    switch name.imported {
                    case .whole: "*"
                    case .default: "default"
                    case .named(let name): name
                    }
                return "\(from) as \(name.local ?? "")"
            }
            return "(import \(names.joined(separator: ", ")) from \(declaration.source))"
        case .exports(let declaration): return "(export \(export(declaration)))"
        case .jump: return "(jump)"
        }
    }

    private static func export(_ declaration: ExportDeclaration) -> String {
        switch declaration {
        case .declaration(let inner): return statement(inner)
        case .default(let value): return "default \(expression(value))"
        case .names(let names, let source):
            return names.map { "\($0.local) as \($0.exported)" }.joined(separator: ", ")
                + (source.map { " from \($0)" } ?? "")
        case .all(let source, let name): return "*\(name.map { " as \($0)" } ?? "") from \(source)"
        }
    }

    private static func type(_ type: TypeDeclaration) -> String {
        let fields = type.fields.map { field in
            let mark = field.embedded ? "static " : ""
            let type = field.type.map { ":" + expression($0) } ?? ""
            return "\(mark)\(field.name)\(type)\(field.initial.map { " = " + expression($0) } ?? "")"
        }
        let methods = type.methods.map(function)
        let base = type.base.map { " extends \(expression($0))" } ?? ""
        return "(class \(type.name)\(base) {\((fields + methods).joined(separator: "; "))})"
    }

    private static func function(_ function: Function) -> String {
        let parameters = function.parameters.map { parameter in
            (parameter.variadic ? "..." : "") + pattern(parameter.pattern)
                + (parameter.type.map { ":" + expression($0) } ?? "")
                + (parameter.initial.map { "=" + expression($0) } ?? "")
        }
        return "(fn \(function.name)(\(parameters.joined(separator: " "))) \(statements(function.body)))"
    }

    private static func pattern(_ pattern: Pattern) -> String {
        switch pattern {
        case .name(let name, _): return name
        case .ignored: return "_"
        case .object(let parts, let rest):
            let inside = parts.map {
                "\($0.key):\(self.pattern($0.pattern))\($0.initial.map { "=" + expression($0) } ?? "")"
            }
            return "{\((inside + (rest.map { ["...\($0)"] } ?? [])).joined(separator: " "))}"
        case .array(let parts):
            return "["
                + parts.map { self.pattern($0.pattern) + ($0.initial.map { "=" + expression($0) } ?? "") }
                .joined(separator: " ") + "]"
        }
    }

    private static func list(_ expressions: [Extraction.Expression]) -> String {
        expressions.map(expression).joined(separator: " ")
    }

    static func expression(_ expression: Extraction.Expression) -> String {
        func inner(_ expression: Extraction.Expression) -> String { self.expression(expression) }
        switch expression.kind {
        case .string(let text): return "'\(text)'"
        case .number(let text): return text
        case .bool(let bool): return "\(bool)"
        case .null: return "null"
        case .undefined: return "undefined"
        case .name(let name): return name
        case .member(let object, let name, _): return "\(inner(object)).\(name)"
        case .index(let base, let index): return "\(inner(base))[\(inner(index))]"
        case .slice(let base, let from, let to):
            return "\(inner(base))[\(from.map(inner) ?? ""):\(to.map(inner) ?? "")]"
        case .call(let call):
            return "\(call.constructs ? "new " : "")\(inner(call.callee))(\(list(call.arguments)))"
        case .unary(let operation, let operand): return "(\(operation) \(inner(operand)))"
        case .binary(let operation, let left, let right): return "(\(operation) \(inner(left)) \(inner(right)))"
        case .conditional(let condition, let then, let otherwise):
            return "(? \(inner(condition)) \(inner(then)) \(inner(otherwise)))"
        case .template(let parts):
            return "`"
                + parts.map { part in
                    switch part {
                    case .text(let text): text
                    case .expression(let value): "${\(inner(value))}"
                    }
                }.joined() + "`"
        case .object(let object):
            return "{"
                + object.fields.map { field in
                    switch field.key {
                    case .name(let name): "\(name): \(inner(field.value))"
                    case .computed(let key): "[\(inner(key))]: \(inner(field.value))"
                    case .spread: "...\(inner(field.value))"
                    case .position: inner(field.value)
                    }
                }.joined(separator: " ") + "}"
        case .array(_, let elements): return "[\(list(elements))]"
        case .function(let value): return function(value)
        case .assignment(let target, let operation, let value): return "(\(operation) \(inner(target)) \(inner(value)))"
        case .spread(let value): return "...\(inner(value))"
        case .type(_, let elements), .opaque(let elements): return "<\(list(elements))>"
        case .structure: return "struct"
        }
    }
}
