internal import ListenerModel

/// Evaluates expressions of a program as far as its text says, on demand and without running it.
///
/// Each answer is a small set of alternatives with unknown parts kept. Work and depth are capped and cycles end in
/// an unknown, so that it always ends.
public final class Evaluator {
    static let depthLimit = 48
    static let callLimit = 14
    /// Expressions evaluated for one question.
    static let workLimit = 6000

    public let language: any Language
    private var depth = 0
    private var work = 0
    /// What is being asked, so that a cycle is seen.
    var active: Set<Key> = []
    private var calls: [LexicalScope] = []
    /// How often an answer was given up because of a cycle or a limit. What was found without any holds everywhere.
    public private(set) var cuts = 0

    struct Key: Hashable {
        var binding: ObjectIdentifier
        var path: [String]
        var offset: Int
        var frame: ObjectIdentifier?
    }

    public init(_ language: any Language) { self.language = language }

    /// The values of an expression at its place.
    public func value(_ expression: Expression, in scope: LexicalScope, frame: Frame? = nil) -> Alternatives {
        let site = EvaluationSite(expression, in: scope, frame: frame)
        if depth == 0 { work = 0 }
        work += 1
        guard depth < Self.depthLimit, work < Self.workLimit else {
            cut()
            return .unknown(site.written)
        }
        depth += 1
        defer { depth -= 1 }
        return evaluate(site)
    }

    /// Notes that an answer is not complete.
    public func cut() { cuts += 1 }

    private func evaluate(_ site: EvaluationSite) -> Alternatives {
        let (scope, frame) = (site.scope, site.frame)
        switch site.expression.kind {
        case .string(let text): return .text(text)
        case .number(let literal):
            return language.number(literal).map { Alternatives(.number(SymbolicText($0))) } ?? .unknown(site.written)
        case .bool(let bool): return Alternatives(.bool(bool))
        case .null: return Alternatives(.null)
        case .undefined: return Alternatives(.undefined)
        case .name(let name):
            return pinned(name, in: scope) ?? remaining(self.name(name, [], site), of: name, in: scope)
        case .member(let object, let name, _):
            if let (root, path) = ScopeBuilder.path(site.expression),
                scope.lookup(root)?.definitions.contains(where: { !$0.path.isEmpty && path.starts(with: $0.path) })
                    == true
            {
                return language.completed(self.name(root, path, site), field: name, in: site, self)
            }
            return member(name, of: value(object, in: scope, frame: frame), site)
        case .index(let base, let index): return self.index(base, index, site)
        case .slice(let base, let from, let to): return slice(base, from, to, site)
        case .call(let call): return self.call(call, site)
        case .unary(let operation, let operand): return unary(operation, operand, site)
        case .binary(let operation, let left, let right): return binary(operation, left, right, site)
        case .conditional(let condition, let then, let otherwise):
            return choose(
                condition, in: scope, frame, then: { self.value(then, in: scope, frame: frame) },
                otherwise: { self.value(otherwise, in: scope, frame: frame) })
        case .template(let parts):
            return parts.reduce(.text("")) { result, part in
                switch part {
                case .text(let text): concatenate(result, .text(text))
                case .expression(let inner): concatenate(result, value(inner, in: scope, frame: frame))
                }
            }
        case .object(let object):
            return Alternatives(.object(ObjectValue(.literal(object), scope: scope, frame: frame, at: site.location)))
        case .array(_, let elements):
            return Alternatives(.list(elements.prefix(64).map { value($0, in: scope, frame: frame) }))
        case .function(let function):
            return Alternatives(.function(FunctionValue(function, in: scope, frame: frame)))
        case .assignment(_, _, let assigned): return value(assigned, in: scope, frame: frame)
        case .spread(let inner): return value(inner, in: scope, frame: frame)
        case .type, .structure, .opaque: return .unknown(site.written)
        }
    }

    // MARK: Members and elements

    public func member(_ name: String, of object: Alternatives, _ site: EvaluationSite) -> Alternatives {
        object.map { outcome in
            if case .object(let object) = outcome.value, let field = self.field(name, of: object) {
                return self.language.completed(field, field: name, in: site, self)
            }
            if let value = self.language.member(name, of: outcome, in: site, self) {
                return self.language.completed(value, field: name, in: site, self)
            }
            switch outcome.value {
            case .symbol(let symbol): return Alternatives(.symbol(symbol.appending(name)))
            case .object, .text, .number, .bool, .null, .undefined, .list, .function, .instance, .type, .unknown:
                return self.language.completed(.unknown(site.written), field: name, in: site, self)
            }
        }
    }

    /// A field that the object itself has.
    public func field(_ name: String, of object: ObjectValue) -> Alternatives? {
        if let (binding, path, site) = object.alias {
            let full = path + [name]
            if binding.definitions.contains(where: { $0.path.count > path.count && full.starts(with: $0.path) }) {
                return value(of: binding, full, at: site)
            }
        }
        switch object.origin {
        case .fields(let fields): return fields[name]
        case .merged(let sources): return field(name, merged: sources, object)
        case .constructed: return nil
        case .literal(let literal): return object.scope.flatMap { field(name, of: literal, object, in: $0) }
        }
    }

    private func field(
        _ name: String, of literal: ObjectLiteral, _ object: ObjectValue, in scope: LexicalScope
    ) -> Alternatives? {
        // Something that is not known stands behind, and may have the field too.
        var isDefault = false
        func found(_ field: ObjectLiteral.Field) -> Alternatives {
            var result = value(field.value, in: scope, frame: object.frame)
            if case .function(let function) = result.first.value, function.function.role == .getter {
                result = apply(function, []) ?? .unknown(scope.file?.written(field.value.range) ?? "")
            }
            result = result.traced(step(field.value.range, in: scope, "\(name) is set here"))
            return isDefault ? result.asDefaults : result
        }
        for field in literal.fields.reversed() {
            switch field.key {
            case .name(name) where !field.isSetter: return found(field)
            case .computed(let key):
                if value(key, in: scope, frame: object.frame).first.value.text?.known == name { return found(field) }
            case .spread:
                for outcome in value(field.value, in: scope, frame: object.frame).outcomes {
                    if case .object(let inner) = outcome.value {
                        if let found = self.field(name, of: inner) { return isDefault ? found.asDefaults : found }
                        continue
                    }
                    // What a package gives may have the field: `{ ...process.env }`, `{ ...program.opts() }`.
                    let site = EvaluationSite(field.value, in: scope, frame: object.frame)
                    if let found = language.member(name, of: outcome, in: site, self), found.first.value.text != nil,
                        !found.first.value.isUnknown
                    {
                        return found
                    }
                    isDefault = true
                }
            case .name, .position: continue
            }
        }
        return nil
    }

    private func index(_ base: Expression, _ index: Expression, _ site: EvaluationSite) -> Alternatives {
        let key = value(index, in: site.scope, frame: site.frame).first.value
        return value(base, in: site.scope, frame: site.frame).map { outcome in
            switch (outcome.value, key) {
            case (.list(let elements), .number(let position)):
                guard let position = position.known.flatMap({ Int($0) }), elements.indices.contains(position) else {
                    return .unknown(site.written)
                }
                return elements[position]
            case (.function, _), (.type, _): return Alternatives(outcome.value)  // type arguments
            case (_, .text(let name)):
                guard let name = name.known else { return .unknown(site.written) }
                return self.member(name, of: Alternatives(outcome.value), site)
            default: return .unknown(site.written)
            }
        }
    }

    /// `text[from:to]` by bytes, and the same of a list; what is known by fallbacks only is cut as it is expected.
    private func slice(_ base: Expression, _ from: Expression?, _ to: Expression?, _ site: EvaluationSite)
        -> Alternatives
    {
        func bound(_ expression: Expression?, _ otherwise: Int) -> Int? {
            guard let expression else { return otherwise }
            guard case .number(let number) = value(expression, in: site.scope, frame: site.frame).first.value else {
                return nil
            }
            return number.known.flatMap { Int($0) }
        }
        return value(base, in: site.scope, frame: site.frame).map { outcome in
            if case .list(let elements) = outcome.value {
                guard let from = bound(from, 0), let to = bound(to, elements.count), 0 <= from, from <= to,
                    to <= elements.count
                else { return .unknown(site.written) }
                return Alternatives(.list(Array(elements[from..<to])))
            }
            guard let text = outcome.value.text?.expected.map({ Array($0.utf8) }), let from = bound(from, 0),
                let to = bound(to, text.count), 0 <= from, from <= to, to <= text.count
            else { return .unknown(site.written) }
            let cut = Value.text(SymbolicText(String(decoding: text[from..<to], as: UTF8.self)))
            return Alternatives([Outcome(cut, isDefault: outcome.value.text?.known == nil)])
        }
    }

    // MARK: Calls

    private func call(_ call: CallExpression, _ site: EvaluationSite) -> Alternatives {
        value(call.callee, in: site.scope, frame: site.frame).map { callee in
            if let known = self.language.call(callee, call, in: site, self) { return known }
            switch callee.value {
            case .function(let function):
                return self.apply(function, self.arguments(call, site)) ?? .unknown(site.written)
            case .symbol(let symbol):
                var receiver: Alternatives?
                if case .member(let object, _, _) = call.callee.kind {
                    let value = self.value(object, in: site.scope, frame: site.frame)
                    if case .instance = value.first.value { receiver = value }
                }
                return Alternatives(
                    .instance(
                        Instance(
                            symbol, arguments: self.arguments(call, site), receiver: receiver, at: site.location)))
            case .type(let type, let scope):
                return Alternatives(
                    .object(
                        ObjectValue(
                            .constructed(type, arguments: self.arguments(call, site)), scope: scope, frame: site.frame,
                            at: site.location)))
            case .text, .number, .bool, .null, .undefined, .object, .list, .instance, .unknown:
                return .unknown(site.written)
            }
        }
    }

    public func arguments(_ call: CallExpression, _ site: EvaluationSite) -> [Alternatives] {
        var result: [Alternatives] = []
        for argument in call.arguments.prefix(32) {
            let value = value(argument, in: site.scope, frame: site.frame)
            guard case .spread = argument.kind else {
                result.append(value)
                continue
            }
            // `f(...list)`: how many there are is not known where the list is not.
            guard case .list(let elements) = value.first.value else { return result + [value] }
            result += elements
        }
        return result
    }

    /// Notes that a function runs with these arguments; nil where it runs already or too many do. Who gets a frame
    /// takes the note away again.
    private func enter(_ scope: LexicalScope, _ value: FunctionValue, _ arguments: [Alternatives]) -> Frame? {
        guard calls.count < Self.callLimit, !calls.contains(where: { $0 === scope }) else {
            cut()
            return nil
        }
        calls.append(scope)
        return Frame(scope, arguments: arguments, receiver: value.receiver, parent: value.frame)
    }

    /// What a function of the tree returns for these arguments; nil where that is not known.
    public func apply(_ value: FunctionValue, _ arguments: [Alternatives]) -> Alternatives? {
        guard let scope = value.scope.file?.functionScopes[value.function.nameRange.lowerBound] else { return nil }
        guard let frame = enter(scope, value, arguments) else { return nil }
        defer { calls.removeLast() }
        var results = scope.results.filter { result in
            if case .value(let expression) = result.source {
                return !language.isFailure(expression, of: value.function)
            }
            return true
        }
        if results.isEmpty { results = scope.results }
        if !value.function.namedResults.isEmpty, let last = results.last, case .zero = last.source {
            let named = value.function.namedResults.map { name in
                self.name(name, [], EvaluationSite(Expression(.name(name), last.range), in: last.scope, frame: frame))
            }
            return named.count == 1 ? named[0] : Alternatives(.list(named))
        }
        // The first `return` that is reached wins, so the last one is what the earlier ones override.
        return fold(results.reversed()[...], 0, nil, [], frame, leaving: false)
    }

    /// What stands behind the pointer that is this argument after a function of the tree has run; nil where it puts
    /// nothing there.
    public func written(by value: FunctionValue, _ arguments: [Alternatives], through parameter: Int) -> Alternatives? {
        guard parameter < value.function.parameters.count,
            let name = value.function.parameters[parameter].pattern.name, let file = value.scope.file,
            let scope = file.functionScopes[value.function.nameRange.lowerBound],
            let binding = scope.bindings[name], binding.definitions.count > 1
        else { return nil }
        guard let frame = enter(scope, value, arguments) else { return nil }
        defer { calls.removeLast() }
        let end = file.text.bytes.count
        return self.value(of: binding, at: EvaluationSite(Expression(.name(name), end..<end), in: scope, frame: frame))
    }

    func step(_ range: Range<Int>, in scope: LexicalScope, _ note: String) -> TraceStep? {
        scope.file.map { TraceStep($0.location(range), note) }
    }
}
