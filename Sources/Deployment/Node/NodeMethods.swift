internal import Dialects
internal import Extraction
internal import ListenerModel

/// Methods of texts and lists whose receiver is known: `address.split(':')`, `[a, b].find(Boolean)`.
enum NodeMethods {
    static func call(_ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        guard case .member(let object, let name, _) = call.callee.kind, names.contains(name) else { return nil }
        let value = evaluator.value(object, in: site.scope, frame: site.frame)
        switch value.first.value {
        case .list(let elements): return list(name, elements, call, in: site, evaluator)
        case .text, .number: return text(name, value, call, in: site, evaluator)
        case .function where name == "bind": return value
        default: return nil
        }
    }

    private static let names: Set<String> = [
        "trim", "toString", "valueOf", "toLowerCase", "toUpperCase", "split", "slice", "substring", "substr",
        "replace", "indexOf", "lastIndexOf", "startsWith", "endsWith", "includes", "find", "filter", "map", "concat",
        "join", "at", "pop", "shift", "bind", "default", "required", "asPortNumber", "asString", "asInt",
        "asIntPositive",
    ]

    // MARK: Texts

    private static func text(
        _ name: String, _ value: Alternatives, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        switch name {
        case "trim", "valueOf", "toLowerCase", "toUpperCase": return value
        // What the package env-var gives: `env.get('PORT').default(3000).asPortNumber()`.
        case "default":
            guard let first = call.arguments.first else { return nil }
            return evaluator.fallback(
                value, evaluator.value(first, in: site.scope, frame: site.frame), whenEmpty: false)
        case "required", "asPortNumber", "asString", "asInt", "asIntPositive": return value
        case "toString": return value.map { Alternatives($0.value.text.map { .text($0) } ?? $0.value) }
        default: break
        }
        let arguments = call.arguments.map { evaluator.value($0, in: site.scope, frame: site.frame).first.value }
        return value.map { outcome in
            guard let text = outcome.value.text, let known = text.known ?? text.expected,
                let result = apply(name, known, arguments)
            else { return .unknown(site.written) }
            let alternatives = Alternatives(result)
            return text.known == nil ? alternatives.asDefaults : alternatives
        }
    }

    private static func apply(_ name: String, _ text: String, _ arguments: [Value]) -> Value? {
        let first = arguments.first?.text?.known
        let position = first.flatMap { Int($0) }
        let second = arguments.count > 1 ? arguments[1].text?.known.flatMap { Int($0) } : nil
        let characters = Array(text)
        func number(_ value: Int) -> Value { .number(SymbolicText(String(value))) }
        func piece(_ start: Int, _ end: Int) -> Value {
            .text(SymbolicText(start < end ? String(characters[start..<end]) : ""))
        }
        func clamped(_ index: Int) -> Int {
            min(max(index < 0 ? characters.count + index : index, 0), characters.count)
        }
        switch name {
        case "split":
            guard let first, !first.isEmpty else { return nil }
            var pieces: [Substring] = []
            var rest = text[...]
            while let found = rest.firstRange(of: first) {
                pieces.append(rest[..<found.lowerBound])
                rest = rest[found.upperBound...]
            }
            return .list((pieces + [rest]).map { .text(String($0)) })
        case "slice":
            guard let position else { return nil }
            if arguments.count > 1, second == nil { return nil }
            return piece(clamped(position), second.map(clamped) ?? characters.count)
        case "substring":
            guard let position else { return nil }
            if arguments.count > 1, second == nil { return nil }
            let (start, end) = (max(position, 0), max(second ?? characters.count, 0))
            return piece(min(start, end, characters.count), min(max(start, end), characters.count))
        case "indexOf", "lastIndexOf":
            guard let first, first.count == 1, let character = first.first else { return nil }
            let found = name == "indexOf" ? characters.firstIndex(of: character) : characters.lastIndex(of: character)
            return number(found ?? -1)
        case "startsWith": return first.map { .bool(text.hasPrefix($0)) }
        case "endsWith": return first.map { .bool(text.hasSuffix($0)) }
        case "includes": return first.map { .bool(text.firstRange(of: $0) != nil) }
        case "replace":
            guard let first, arguments.count > 1, let by = arguments[1].text?.known else { return nil }
            guard let found = text.firstRange(of: first) else { return .text(SymbolicText(text)) }
            return .text(SymbolicText(text[..<found.lowerBound] + by + text[found.upperBound...]))
        default: return nil
        }
    }

    // MARK: Lists

    private static func list(
        _ name: String, _ elements: [Alternatives], _ call: CallExpression, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        let arguments = evaluator.arguments(call, site)
        func function() -> FunctionValue? {
            if case .function(let function)? = arguments.first?.first.value { function } else { nil }
        }
        switch name {
        case "find":
            // The first that is there, whatever is asked of it: `[argument, variable, 3000].find(Boolean)`.
            guard let last = elements.last else { return Alternatives(.undefined) }
            return elements.dropLast().reversed().reduce(last) { evaluator.fallback($1, $0, whenEmpty: true) }
        case "filter": return Alternatives(.list(elements))
        case "map":
            if let convert = function() {
                return Alternatives(.list(elements.map { evaluator.apply(convert, [$0]) ?? .unknown(site.written) }))
            }
            guard case .symbol(let symbol)? = arguments.first?.first.value,
                let convert = NodeLibrary.conversion(symbol.name)
            else { return nil }
            return Alternatives(.list(elements.map { $0.map { Alternatives(convert($0.value)) } }))
        case "concat":
            let rest = arguments.flatMap { argument in
                if case .list(let more) = argument.first.value { more } else { [argument] }
            }
            return Alternatives(.list(elements + rest))
        case "join":
            let separator = arguments.first ?? .text(",")
            guard let first = elements.first else { return .text("") }
            return elements.dropFirst().reduce(first) {
                evaluator.concatenate(evaluator.concatenate($0, separator), $1)
            }
        case "slice":
            guard let start = arguments.first?.first.value.text?.known.flatMap({ Int($0) }), start >= 0,
                arguments.count == 1
            else { return nil }
            return Alternatives(.list(Array(elements.dropFirst(start))))
        case "at", "pop", "shift":
            let position = name == "at" ? arguments.first?.first.value.text?.known.flatMap { Int($0) } : nil
            let index = name == "shift" ? 0 : position ?? -1
            let found = index < 0 ? elements.count + index : index
            return elements.indices.contains(found) ? elements[found] : Alternatives(.undefined)
        default: return nil
        }
    }
}
