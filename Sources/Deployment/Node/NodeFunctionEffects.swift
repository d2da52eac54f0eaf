internal import Extraction
internal import ListenerModel

/// Functions that give back, change or join their arguments (`Tables/node-functions.tsv`).
enum NodeFunctionEffects {
    /// nil where the name is of another function. `first` stands for the first argument where it is known already.
    static func result(
        _ name: String, _ call: CallExpression, first: Alternatives? = nil, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let function = NodeFunction.named(name), !call.arguments.isEmpty else { return nil }
        var arguments: [Alternatives]
        if let first {
            var rest = call
            rest.arguments.removeFirst()
            arguments = [first] + evaluator.arguments(rest, site)
        } else {
            arguments = evaluator.arguments(call, site)
        }
        switch function {
        case .argument(let index): return index < arguments.count ? arguments[index] : nil
        case .asked(let key): return asked(key, arguments[0], evaluator)
        case .merged: break
        case .filled: arguments.reverse()
        case .mergedList:
            guard case .list(let elements)? = arguments.first?.first.value else { return nil }
            arguments = elements
        }
        return Alternatives(
            .object(ObjectValue(.merged(arguments), scope: site.scope, frame: site.frame, at: site.location)))
    }

    /// `getPort({ port: 3000 })`, `getPort({ port: [3000, 3001] })`, `detectPort(3000)`
    private static func asked(_ key: String, _ wish: Alternatives, _ evaluator: Evaluator) -> Alternatives? {
        guard case .object(let options) = wish.first.value else { return wish.asDefaults }
        guard let found = evaluator.field(key, of: options) else { return nil }
        guard case .list(let several) = found.first.value else { return found.asDefaults }
        return several.first?.asDefaults
    }
}
