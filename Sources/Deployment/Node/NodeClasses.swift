internal import Extraction
internal import ListenerModel

/// Members of classes of the tree and of their objects.
extension NodeLanguage {
    func classMember(
        _ name: String, of type: TypeDeclaration, _ object: ObjectValue, arguments: [Alternatives]?,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let home = object.scope, let file = home.file else { return nil }
        var frame: Frame?
        if let scope = file.typeScopes[type.nameRange.lowerBound] {
            if let arguments, let constructor = type.methods.first(where: { $0.name == "constructor" }),
                let inner = file.functionScopes[constructor.nameRange.lowerBound]
            {
                frame = Frame(inner, arguments: arguments)
            }
            if let method = type.methods.first(where: { $0.name == name && $0.role != .setter }) {
                let receiver = Alternatives(.object(object))
                let value = FunctionValue(method, in: scope, frame: frame, receiver: receiver)
                return method.role == .getter ? evaluator.apply(value, []) : Alternatives(.function(value))
            }
            if let binding = scope.bindings["this"], binding.definitions.contains(where: { $0.path == [name] }) {
                let end = file.text.bytes.count..<file.text.bytes.count
                let value = evaluator.value(
                    of: binding, [name], at: EvaluationSite(Expression(.opaque([]), end), in: scope, frame: frame))
                if !value.first.value.isUnknown { return value }
            }
        }
        if let field = type.fields.first(where: { $0.name == name }), let written = field.type,
            let value = instance(ofType: written, in: home, evaluator)
        {
            return value
        }
        guard let base = type.base else { return nil }
        for case .symbol(let symbol) in evaluator.value(base, in: home).outcomes.map(\.value) {
            return Alternatives(.symbol(Symbol(symbol.name + "()", [name])))
        }
        for case .type(let parent, let scope) in evaluator.value(base, in: home).outcomes.map(\.value)
        where parent.nameRange != type.nameRange || scope !== home {
            var inherited = object
            inherited.scope = scope
            return classMember(name, of: parent, inherited, arguments: arguments, evaluator)
        }
        return nil
    }

    func staticMember(
        _ name: String, of type: TypeDeclaration, _ scope: LexicalScope, _ evaluator: Evaluator
    ) -> Alternatives? {
        let inner = scope.file?.typeScopes[type.nameRange.lowerBound] ?? scope
        if let initial = type.fields.first(where: { $0.name == name && $0.embedded })?.initial {
            return evaluator.value(initial, in: inner)
        }
        guard let method = type.methods.first(where: { $0.name == name && $0.role != .setter }) else { return nil }
        let value = FunctionValue(method, in: inner)
        return method.role == .getter ? evaluator.apply(value, []) : Alternatives(.function(value))
    }

    /// Something of a type that a module outside the tree declares: `app: express.Application`.
    func instance(ofType type: Expression, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives? {
        for outcome in evaluator.value(type, in: scope).outcomes {
            switch outcome.value {
            case .symbol(let symbol): return Alternatives(.instance(Instance(symbol)))
            case .type(let type, let home):
                return Alternatives(.object(ObjectValue(.constructed(type, arguments: []), scope: home)))
            default: continue
            }
        }
        return nil
    }
}
