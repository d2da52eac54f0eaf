internal import ListenerModel

/// What one definition gives its name: a value, a parameter's arguments, a part of a pattern.
extension Evaluator {
    func value(
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
            guard let value = language.written(by: call, argument: argument, previous: previous, in: site, self) else {
                // A call that may change it: what it was before is what is expected.
                if let previous { return previous }
                return .unknown(scope.file?.written(range) ?? "")
            }
            // A default that is the value before: `flag.StringVar(&addr, "addr", addr, "")`.
            if let previous, rest.isEmpty, value.first.value.isUnknown { return previous.asDefaults }
            // Where a variable of the environment is not set, the value before stays.
            let rests = value.first.value.text?.parts.contains(where: \.isVariable) == true && rest.isEmpty
            whole =
                rests && previous?.first.value.text?.known != nil ? fallback(value, previous!, whenEmpty: true) : value
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

    func argument(
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

    func part(_ steps: [Definition.PatternStep], of value: Alternatives, _ site: EvaluationSite) -> Alternatives {
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
}
