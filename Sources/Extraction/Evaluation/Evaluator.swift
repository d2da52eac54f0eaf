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
    private var active: Set<Key> = []
    private var calls: [LexicalScope] = []

    private struct Key: Hashable {
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
        guard depth < Self.depthLimit, work < Self.workLimit else { return .unknown(site.written) }
        depth += 1
        defer { depth -= 1 }
        return evaluate(site)
    }

    private func evaluate(_ site: EvaluationSite) -> Alternatives {
        let (scope, frame) = (site.scope, site.frame)
        switch site.expression.kind {
        case .string(let text): return .text(text)
        case .number(let literal):
            return language.number(literal).map { Alternatives(.number(SymbolicText($0))) } ?? .unknown(site.written)
        case .bool(let bool): return Alternatives(.bool(bool))
        case .null: return Alternatives(.null)
        case .undefined: return Alternatives(.undefined)
        case .name(let name): return self.name(name, [], site)
        case .member(let object, let name, _):
            if let (root, path) = ScopeBuilder.path(site.expression),
                scope.lookup(root)?.definitions.contains(where: { !$0.path.isEmpty && path.starts(with: $0.path) })
                    == true
            {
                return self.name(root, path, site)
            }
            return member(name, of: value(object, in: scope, frame: frame), site)
        case .index(let base, let index): return self.index(base, index, site)
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
            if case .object(let object) = outcome.value, let field = self.field(name, of: object) { return field }
            if let value = self.language.member(name, of: outcome, in: site, self) { return value }
            switch outcome.value {
            case .symbol(let symbol): return Alternatives(.symbol(symbol.appending(name)))
            case .object, .text, .number, .bool, .null, .undefined, .list, .function, .instance, .type, .unknown:
                return .unknown(site.written)
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
        case .constructed: return nil
        case .literal(let literal):
            guard let scope = object.scope else { return nil }
            for field in literal.fields.reversed() {
                switch field.key {
                case .name(name):
                    return value(field.value, in: scope, frame: object.frame)
                        .traced(step(field.value.range, in: scope, "\(name) is set here"))
                case .computed(let key):
                    if value(key, in: scope, frame: object.frame).first.value.text?.known == name {
                        return value(field.value, in: scope, frame: object.frame)
                            .traced(step(field.value.range, in: scope, "\(name) is set here"))
                    }
                case .spread:
                    for case .object(let inner) in value(field.value, in: scope, frame: object.frame).outcomes.map(
                        \.value)
                    {
                        if let found = self.field(name, of: inner) { return found }
                    }
                case .name, .position: continue
                }
            }
            return nil
        }
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
        call.arguments.prefix(32).map { value($0, in: site.scope, frame: site.frame) }
    }

    /// What a function of the tree returns for these arguments; nil where that is not known.
    public func apply(_ value: FunctionValue, _ arguments: [Alternatives]) -> Alternatives? {
        guard let scope = value.scope.file?.functionScopes[value.function.nameRange.lowerBound],
            calls.count < Self.callLimit, !calls.contains(where: { $0 === scope })
        else { return nil }
        calls.append(scope)
        defer { calls.removeLast() }
        let frame = Frame(scope, arguments: arguments, receiver: value.receiver, parent: value.frame)
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

    // MARK: Names

    private func name(_ name: String, _ path: [String], _ site: EvaluationSite) -> Alternatives {
        guard let binding = site.scope.lookup(name) else {
            let value = language.unbound(name, in: site.scope, self) ?? .unknown(name)
            return path.reduce(value) { member($1, of: $0, site) }
        }
        return value(of: binding, path, at: site)
    }

    /// The values of a name, or of a field below it, as seen from `site`.
    public func value(of binding: NameBinding, _ path: [String] = [], at site: EvaluationSite) -> Alternatives {
        let function = site.scope.functionScope
        let home = binding.scope.functionScope
        let offset = site.expression.range.lowerBound
        let key = Key(
            binding: ObjectIdentifier(binding), path: path, offset: function === home ? offset : -1,
            frame: site.frame.map(ObjectIdentifier.init))
        guard active.insert(key).inserted else { return .unknown(site.written) }
        defer { active.remove(key) }

        let relevant = binding.definitions.filter { path.starts(with: $0.path) }
        guard !relevant.isEmpty else {
            return language.unbound(binding.name, in: site.scope, self) ?? .unknown(site.written)
        }
        var own: [Definition] = []
        var here: [Definition] = []
        var elsewhere: [(scope: LexicalScope, definitions: [Definition])] = []
        for definition in relevant {
            let place = definition.scope.functionScope
            if place === home || (home.kind == .package && place.kind == .file) {
                if home !== function || definition.offset <= offset { own.append(definition) }
            } else if place === function {
                if definition.offset <= offset { here.append(definition) }
            } else if let index = elsewhere.firstIndex(where: { $0.scope === place }) {
                elsewhere[index].definitions.append(definition)
            } else {
                elsewhere.append((place, [definition]))
            }
        }
        let use = function === home ? site.scope.steps : []
        var current = fold(own[...], 0, nil, path, site.frame, seenFrom: use)
        let isSet = own.contains { if case .zero = $0.source { false } else { true } }
        for group in elsewhere {
            guard let value = fold(group.definitions[...], 0, current, path, site.frame) else { continue }
            current =
                isSet || group.scope !== elsewhere[0].scope ? current?.joined(with: value).asDefaults ?? value : value
        }
        let result = fold(here[...], 0, current, path, site.frame, seenFrom: site.scope.steps)
        return result.map { aliased($0, binding, path, site) } ?? .unknown(site.written)
    }

    /// Objects of a name whose fields are assigned to remember the name, so that they have these fields elsewhere.
    private func aliased(
        _ values: Alternatives, _ binding: NameBinding, _ path: [String], _ site: EvaluationSite
    ) -> Alternatives {
        guard binding.definitions.contains(where: { $0.path.count > path.count && $0.path.starts(with: path) })
        else { return values }
        return Alternatives(
            values.outcomes.map { outcome in
                guard case .object(var object) = outcome.value, object.alias == nil else { return outcome }
                object.alias = (binding, path, site)
                var outcome = outcome
                outcome.value = .object(object)
                return outcome
            })
    }

    /// Goes through definitions in order: later ones replace earlier ones, those in branches add to them.
    ///
    /// `level` is how many enclosing branches have been entered; `seenFrom` the branches in which the use stands;
    /// with `leaving` an arm that ends the function counts (its `return` is what is asked for).
    private func fold(
        _ definitions: ArraySlice<Definition>, _ level: Int, _ initial: Alternatives?, _ path: [String],
        _ frame: Frame?,
        seenFrom use: [BranchStep] = [], leaving: Bool = true
    ) -> Alternatives? {
        var current = initial
        var rest = definitions
        while let definition = rest.first {
            guard definition.steps.count > level else {
                current = value(of: definition, path, current, frame)
                rest = rest.dropFirst()
                continue
            }
            let branch = definition.steps[level].branch
            let group = rest.prefix { $0.steps.count > level && $0.steps[level].branch === branch }
            rest = rest.dropFirst(group.count)
            if use.count > level, use[level].branch === branch {
                // The use stands in one arm: the others are not on its way.
                let arm = use[level].arm
                let same = group.filter { $0.steps[level].arm == arm }
                current = fold(same[...], level + 1, current, path, frame, seenFrom: use, leaving: leaving)
                continue
            }
            let before = current
            func arm(_ index: Int) -> Alternatives? {
                let inside = group.filter { $0.steps[level].arm == index }
                if inside.isEmpty || (leaving && branch.leaving.contains(index)) { return nil }
                return fold(inside[...], level + 1, before, path, frame, leaving: leaving)
            }
            current = join(branch, before, frame, arm)
        }
        return current
    }

    /// The value after a branch whose arms set it to something, or to nothing.
    private func join(
        _ branch: Branch, _ before: Alternatives?, _ frame: Frame?, _ arm: (Int) -> Alternatives?
    ) -> Alternatives? {
        switch branch.kind {
        case .maybe:
            guard let inside = arm(0) else { return before }
            return before.map { $0.joined(with: inside) } ?? inside
        case .condition(let condition):
            let (then, otherwise) = (arm(0) ?? before, arm(1) ?? before)
            guard let then else { return otherwise }
            guard let otherwise else { return then }
            return choose(condition, in: branch.scope, frame, then: { then }, otherwise: { otherwise })
        case .choice(let subject, let cases):
            let chosen =
                subject.map { choice($0, cases, in: branch.scope, frame) } ?? firstTrue(cases, in: branch.scope, frame)
            if let chosen, !chosen.isDefault { return arm(chosen.arm) ?? before }
            var order = Array(cases.indices)
            if let chosen {
                order.removeAll { $0 == chosen.arm }
                order.insert(chosen.arm, at: 0)
            }
            let isComplete = cases.contains(where: \.isEmpty)
            var values = order.compactMap(arm)
            if !isComplete, let before { values.insert(before, at: chosen == nil ? 0 : min(1, values.count)) }
            guard let first = values.first else { return before }
            return values.dropFirst().reduce(first) { $0.joined(with: $1) }
        }
    }

    private func choice(
        _ subject: Expression, _ cases: [[Expression]], in scope: LexicalScope, _ frame: Frame?
    ) -> (arm: Int, isDefault: Bool)? {
        let outcome = value(subject, in: scope, frame: frame).first
        guard let text = outcome.value.text?.known else { return nil }
        for (arm, values) in cases.enumerated() {
            for one in values {
                guard let other = value(one, in: scope, frame: frame).first.value.text?.known else { return nil }
                if other == text { return (arm, outcome.isDefault) }
            }
        }
        return cases.firstIndex(where: \.isEmpty).map { ($0, outcome.isDefault) }
    }

    /// The first case of a `switch` without a subject whose condition holds, if all before it are known not to.
    private func firstTrue(
        _ cases: [[Expression]], in scope: LexicalScope, _ frame: Frame?
    ) -> (arm: Int, isDefault: Bool)? {
        var isDefault = false
        for (arm, conditions) in cases.enumerated() where !conditions.isEmpty {
            guard conditions.count == 1 else { return nil }
            let outcome = value(conditions[0], in: scope, frame: frame).first
            isDefault = isDefault || outcome.isDefault
            switch truth(of: outcome.value) {
            case true: return (arm, isDefault)
            case false: continue
            default: return nil
            }
        }
        return cases.firstIndex(where: \.isEmpty).map { ($0, isDefault) }
    }

    // MARK: Definitions

    private func value(
        of definition: Definition, _ path: [String], _ previous: Alternatives?, _ frame: Frame?
    ) -> Alternatives {
        let scope = definition.scope
        let rest = path.dropFirst(definition.path.count)
        func traced(_ value: Alternatives, _ range: Range<Int>) -> Alternatives {
            let name = path.last ?? definition.name
            return value.traced(step(range, in: scope, name.isEmpty ? "returned here" : "\(name) is set here"))
        }
        let whole: Alternatives
        switch definition.source {
        case .value(let expression):
            whole = traced(value(expression, in: scope, frame: frame), expression.range)
        case .result(let expression, let index):
            whole = traced(result(index, of: expression, in: scope, frame), expression.range)
        case .part(let expression, let steps):
            let site = EvaluationSite(expression, in: scope, frame: frame)
            whole = traced(part(steps, of: value(expression, in: scope, frame: frame), site), expression.range)
        case .parameter(let function, let index, let steps):
            let argument = self.argument(index, of: function, definition, frame)
            whole = part(
                steps, of: argument, EvaluationSite(Expression(.opaque([]), definition.range), in: scope, frame: frame))
        case .function(let function):
            whole = Alternatives(.function(FunctionValue(function, in: scope, frame: frame)))
        case .type(let type): whole = Alternatives(.type(type, scope))
        case .imported(let declaration, let name):
            whole =
                scope.file.flatMap { language.imported(name, from: declaration, in: $0, self) }
                ?? .unknown(declaration.source)
        case .compound(let operation, let expression):
            let right = value(expression, in: scope, frame: frame)
            whole =
                operation == "+" && previous != nil
                ? concatenate(previous!, right)
                : operation == "||" || operation == "??"
                    ? fallback(previous ?? right, right, whenEmpty: operation == "||")
                    : .unknown(scope.file?.written(definition.range) ?? "")
        case .written(let call, let argument, let range):
            let site = EvaluationSite(Expression(.call(call), range), in: scope, frame: frame)
            guard let value = language.written(by: call, argument: argument, in: site, self) else {
                // A call that may change it: what it was before is what is expected.
                if let previous { return previous }
                return .unknown(scope.file?.written(range) ?? "")
            }
            whole = value
        case .element(let expression):
            whole = value(expression, in: scope, frame: frame).map { outcome in
                guard case .list(let elements) = outcome.value, let first = elements.first else {
                    return .unknown(scope.file?.written(expression.range) ?? "")
                }
                return elements.dropFirst().reduce(first) { $0.joined(with: $1) }
            }
        case .zero:
            whole = Alternatives(language.zero(of: scope.lookup(definition.name)?.type, in: scope))
        }
        guard !rest.isEmpty else { return whole }
        var object = Self.written(definition)
        return rest.reduce(whole) { value, name in
            object = Expression(.member(object, name: name, nameRange: object.range), object.range)
            return member(name, of: value, EvaluationSite(object, in: scope, frame: frame))
        }
    }

    /// The expression that a definition puts into a name, for the type of its fields.
    private static func written(_ definition: Definition) -> Expression {
        switch definition.source {
        case .value(let expression), .result(let expression, 0): expression
        case .parameter(let function, let index, let steps) where steps.isEmpty:
            Expression(
                (index < 0 ? function.receiver : function.parameters[index])?.pattern.name.map { .name($0) }
                    ?? .opaque([]), definition.range)
        case .result, .part, .parameter, .function, .type, .imported, .compound, .written, .element, .zero:
            Expression(.opaque([]), definition.range)
        }
    }

    /// What an assignment gives the field that it is to.
    public func value(of definition: Definition, field: String) -> Alternatives {
        var definition = definition
        definition.path = [field]
        return value(of: definition, [field], nil, nil)
    }

    /// One of the results of a call that gives several.
    public func result(_ index: Int, of expression: Expression, in scope: LexicalScope, _ frame: Frame?) -> Alternatives
    {
        value(expression, in: scope, frame: frame).map { outcome in
            if case .list(let elements) = outcome.value, elements.indices.contains(index) { return elements[index] }
            return index == 0 ? Alternatives(outcome.value) : .unknown(scope.file?.written(expression.range) ?? "")
        }
    }

    private func argument(
        _ index: Int, of function: Function, _ definition: Definition, _ frame: Frame?
    ) -> Alternatives {
        let scope = definition.scope
        let initial = index >= 0 && index < function.parameters.count ? function.parameters[index].initial : nil
        if let call = Frame.of(scope, in: frame) {
            if index < 0 { return call.receiver ?? .unknown("") }
            if function.parameters[index].variadic {
                return Alternatives(.list(Array(call.arguments.dropFirst(index))))
            }
            if index < call.arguments.count { return call.arguments[index] }
            if let initial { return value(initial, in: scope, frame: frame) }
            return Alternatives(.undefined)
        }
        if let value = language.parameter(index, of: function, in: scope, self) { return value }
        if let initial { return value(initial, in: scope, frame: frame).asDefaults }
        return .unknown(scope.file?.written(definition.range) ?? "")
    }

    private func part(_ steps: [Definition.PatternStep], of value: Alternatives, _ site: EvaluationSite) -> Alternatives
    {
        steps.reduce(value) { value, step in
            switch step {
            case .rest: return value
            case .key(let key, let initial):
                let found = member(key, of: value, site)
                guard let initial else { return found }
                return fallback(found, self.value(initial, in: site.scope, frame: site.frame), whenEmpty: false)
            case .position(let position, let initial):
                return value.map { outcome in
                    if case .list(let elements) = outcome.value, elements.indices.contains(position) {
                        return elements[position]
                    }
                    return initial.map { self.value($0, in: site.scope, frame: site.frame) } ?? .unknown(site.written)
                }
            }
        }
    }

    func step(_ range: Range<Int>, in scope: LexicalScope, _ note: String) -> TraceStep? {
        scope.file.map { TraceStep($0.location(range), note) }
    }
}
