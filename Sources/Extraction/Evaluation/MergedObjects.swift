internal import ListenerModel

/// Objects that are made of others: `Object.assign(defaults, options)`, lodash's `merge` and `defaults`.
extension Evaluator {
    /// A field of what several sources make together, the last one that has it first. Objects that several of them
    /// have under one name are merged too, as lodash does.
    func field(_ name: String, merged sources: [Alternatives], _ object: ObjectValue) -> Alternatives? {
        var result: Alternatives?
        var isDefault = false
        for source in sources {
            switch source.first.value {
            case .null, .undefined, .bool: continue
            case .object, .symbol, .instance: break
            case .text, .number, .list, .function, .type, .unknown:
                isDefault = true
                continue
            }
            guard let found = field(name, of: source.first, object), !found.first.value.isUndefined else { continue }
            guard let before = result else {
                result = found
                continue
            }
            if case .object = found.first.value, case .object = before.first.value {
                result = Alternatives(
                    .object(ObjectValue(.merged([before, found]), scope: object.scope, frame: object.frame)))
            } else {
                result = fallback(found, before, whenEmpty: false)
            }
        }
        return isDefault ? result?.asDefaults : result
    }

    private func field(_ name: String, of source: Outcome, _ object: ObjectValue) -> Alternatives? {
        if case .object(let inner) = source.value, let found = field(name, of: inner) { return found }
        guard let scope = object.scope else { return nil }
        return language.member(name, of: source, in: EvaluationSite(Expression(.opaque([]), 0..<0), in: scope), self)
    }
}

extension Value {
    public var isUndefined: Bool { if case .undefined = self { true } else { false } }
}
