internal import Extraction
internal import ListenerModel

/// The arguments of one listen call, wherever its row says that they stand.
struct GoArguments {
    let match: GoCallReader.Match
    let call: CallExpression
    let scope: LexicalScope
    let evaluator: Evaluator

    /// An argument as found: nothing is written in the call where `range` is nil.
    struct Argument {
        var values: Alternatives
        var range: Range<Int>?
    }

    /// Nil where nothing is given.
    subscript(source: GoListenCall.Argument) -> Argument? {
        switch source {
        case .position(let index):
            guard index < call.arguments.count else { return nil }
            let expression = call.arguments[index]
            var values = evaluator.value(expression, in: scope)
            if case .spread = expression.kind { values = values.map { first(of: $0) } }
            return Argument(values: values, range: expression.range)
        case .each: return nil
        case .receiverField(let field):
            guard let receiver = match.receiver else { return nil }
            return Argument(values: evaluator.value(member([field], of: receiver, at: match.name), in: scope))
        case .field(let index, let path):
            guard index < call.arguments.count else { return nil }
            let expression = call.arguments[index]
            guard let values = values(of: path, of: expression, at: expression.range) else { return nil }
            return Argument(values: values, range: written(path, in: expression) ?? expression.range)
        case .constructed(let index, let path):
            guard let receiver = match.receiver,
                case .instance(let instance) = evaluator.value(receiver, in: scope).first.value,
                index < instance.arguments.count
            else { return nil }
            let values = path.reduce(instance.arguments[index]) { values, name in
                values.map { outcome in
                    guard case .object(let object) = outcome.value else { return .text("") }
                    return evaluator.field(name, of: object) ?? .text("")
                }
            }
            return Argument(values: values)
        case .packageVariable(let path):
            guard let package = match.package else { return nil }
            let values = evaluator.value(member(path, of: package, at: match.name), in: scope)
            return values.first.trace.isEmpty ? nil : Argument(values: values)
        }
    }

    private func first(of outcome: Outcome) -> Alternatives {
        guard case .list(let elements) = outcome.value, let first = elements.first else {
            return Alternatives(outcome.value)
        }
        return first
    }

    /// `object.a.b` as it is where the call stands.
    private func member(_ path: [String], of object: Expression, at range: Range<Int>) -> Expression {
        path.reduce(Self.stripped(object)) { Expression(.member($0, name: $1, nameRange: range), range) }
    }

    private static func stripped(_ object: Expression) -> Expression {
        var object = object
        while case .unary(_, let inner) = object.kind { object = inner }
        return object
    }

    /// A field of an object that the library defines; nil where nothing is put into it.
    private func values(of path: [String], of object: Expression, at range: Range<Int>) -> Alternatives? {
        var current = evaluator.value(object, in: scope)
        switch current.first.value {
        case .object:
            for name in path {
                guard case .object(let inner) = current.first.value else { break }
                guard let field = evaluator.field(name, of: inner) else { return nil }
                current = field
            }
        // What the library made: nothing is known of it but what is put into it since.
        case .instance, .symbol:
            guard case .name(let name) = Self.stripped(object).kind,
                scope.lookup(name)?.definitions.contains(where: { !$0.path.isEmpty && path.starts(with: $0.path) })
                    == true
            else { return nil }
        case .text, .number, .bool, .null, .undefined, .list, .function, .type, .unknown: break
        }
        return evaluator.value(member(path, of: object, at: range), in: scope)
    }

    /// Where the field, or what it is a part of, stands in a literal that is the argument itself.
    private func written(_ path: [String], in expression: Expression) -> Range<Int>? {
        var current = Self.stripped(expression)
        var found: Range<Int>?
        for name in path {
            guard case .object(let object) = current.kind, let value = object[name] else { break }
            current = Self.stripped(value)
            found = current.range
        }
        return found
    }
}
