internal import Dialects
internal import Extraction
internal import ListenerModel

/// What the configuration files of development servers say.
extension NodeCallReader {
    func declarations(inConfiguration module: NodeModule) -> [Declaration] {
        let rows = NodeListenCalls.configuration(named: module.path) ?? []
        guard !rows.isEmpty, let exported = exportedObject(of: module) else { return [] }
        let site = EvaluationSite(Expression(.opaque([]), module.end), in: module.file.scope)
        return rows.compactMap { row in
            guard case .object(let options) = evaluator.member(row.object, of: exported, site).first.value,
                let (range, scope) = written(row.call.keys.host + row.call.keys.port, in: options),
                let file = scope.file
            else { return nil }
            var reading = NodeAddressReading(
                row: row.call, call: nil, scope: scope, file: file, evaluator: evaluator)
            guard let request = reading.options(Alternatives(.object(options)), range) else { return nil }
            let location = file.location(range)
            var result = Declaration(
                location: location, text: file.written(range), source: .node,
                meaning: .request(request.request, dialect: reading.dialect), certainty: reading.certainty,
                trace: reading.trace.filter { $0.location != location })
            result.section = Declaration.Section(file: module.path, key: row.object)
            return result
        }
    }

    /// Where an object, or the last of those that it is made of, has one of these keys: from the first value to the
    /// last.
    private func written(_ keys: [String], in object: ObjectValue) -> (range: Range<Int>, scope: LexicalScope)? {
        switch object.origin {
        case .literal(let literal):
            let values = literal.fields.compactMap { field in
                if case .name(let key) = field.key, keys.contains(key) { field.value.range } else { nil }
            }
            guard let scope = object.scope, let start = values.map(\.lowerBound).min(),
                let end = values.map(\.upperBound).max()
            else { return nil }
            return (start..<end, scope)
        case .merged(let sources):
            for case .object(let source) in sources.reversed().map(\.first.value) {
                if let found = written(keys, in: source) { return found }
            }
            return nil
        case .constructed, .fields: return nil
        }
    }

    /// The object that a module exports, also where a function or `defineConfig` stands around it.
    private func exportedObject(of module: NodeModule) -> Alternatives? {
        let end = EvaluationSite(Expression(.opaque([]), module.end), in: module.file.scope)
        var value = evaluator.member("default", of: Alternatives(.symbol(Symbol("file:" + module.path))), end)
        for _ in 0..<4 {
            switch value.first.value {
            case .object: return value
            case .instance(let instance):
                guard let first = instance.arguments.first else { return nil }
                value = first
            case .function(let function):
                guard let result = evaluator.apply(function, []) else { return nil }
                value = result
            default: return nil
            }
        }
        return nil
    }
}
