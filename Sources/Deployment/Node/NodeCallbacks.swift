internal import Extraction
internal import ListenerModel

/// What functions receive that are given to a call: `load((config) => …)`, `promise.then(f)`, `list.forEach(f)`.
extension NodeLanguage {
    func given(
        _ index: Int, of function: Function, in file: SourceFile, _ scope: LexicalScope, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let module = program.module(file.text.path) else { return nil }
        if let use = module.givenFunctions[function.nameRange.lowerBound] {
            return argument(index, function, use, evaluator)
        }
        let name = function.name.isEmpty ? file.functionNames[function.nameRange.lowerBound] ?? "" : function.name
        for use in (module.givenNames[name] ?? []).prefix(Self.useLimit) {
            if let value = argument(index, function, use, evaluator) { return value }
        }
        return NodeOptions.handler(function, named: name, in: file)
    }

    private static let useLimit = 4

    /// What `new Promise((resolve, reject) => …)` gives: a function, whatever it is called.
    static let settler = Symbol("Promise()", ["resolve"])

    private func argument(
        _ index: Int, _ function: Function, _ use: NodeModule.Use, _ evaluator: Evaluator
    ) -> Alternatives? {
        let (call, scope) = (use.site.call, use.site.scope)
        let site = EvaluationSite(Expression(.call(call), use.site.range), in: scope)
        if use.position < 0 {
            let arguments = evaluator.arguments(call, site)
            return index < arguments.count ? arguments[index] : Alternatives(.undefined)
        }
        if case .member(let object, let method, _) = call.callee.kind {
            switch method {
            case "then" where index == 0: return evaluator.value(object, in: scope)
            case "forEach", "map", "flatMap", "filter", "find", "some", "every":
                guard index == 0, case .list(let elements) = evaluator.value(object, in: scope).first.value,
                    let first = elements.first
                else { break }
                return elements.dropFirst().reduce(first) { $0.joined(with: $1) }
            default: break
            }
        }
        for outcome in evaluator.value(call.callee, in: scope).outcomes {
            switch outcome.value {
            case .function(let value):
                if let found = argument(index, passedTo: value, at: use.position, evaluator) { return found }
            case .symbol(let symbol):
                if symbol.name == "Promise", use.position == 0 { return Alternatives(.symbol(Self.settler)) }
                return NodeOptions.handler(symbol, at: site)
            default: continue
            }
        }
        return nil
    }

    /// What `new Promise((resolve) => …)` is resolved with.
    func promised(_ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        guard let executor = call.arguments.first,
            case .function(let function) = evaluator.value(executor, in: site.scope, frame: site.frame).first.value
        else { return nil }
        return argument(0, passedTo: function, at: 0, frame: site.frame, evaluator)
    }

    /// What a function of the tree gives to the function that it takes as a parameter.
    private func argument(
        _ index: Int, passedTo value: FunctionValue, at position: Int, frame: Frame? = nil, _ evaluator: Evaluator
    ) -> Alternatives? {
        let function = value.function
        guard position < function.parameters.count, let name = function.parameters[position].pattern.name,
            let path = value.scope.file?.text.path, let module = program.module(path),
            let inner = module.file.functionScopes[function.nameRange.lowerBound]
        else { return nil }
        for site in module.calls(mayBeNamed: name, asImported: false) {
            guard site.scope.lookup(name)?.scope === inner, index < site.call.arguments.count else { continue }
            return evaluator.value(site.call.arguments[index], in: site.scope, frame: frame)
        }
        return nil
    }
}
