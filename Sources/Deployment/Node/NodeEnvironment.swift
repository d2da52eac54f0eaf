internal import Extraction
internal import ListenerModel

/// Where programs read the process environment.
enum NodeEnvironment {
    /// Objects whose members are variables.
    private static let objects: Set<String> = ["process.env", "Bun.env", "process.process.env", "process.default.env"]

    /// `process.env.PORT`
    static func variable(_ name: String, of symbol: Symbol, at location: Location?) -> Alternatives? {
        objects.contains(symbol.name) ? variable(name, at: location) : nil
    }

    static func variable(_ name: String, at location: Location?) -> Alternatives {
        Alternatives(.text(SymbolicText(Unknown(.environment(name), at: location))))
    }

    /// Whether something is the environment as a whole: `process.env`.
    static func isWhole(_ value: Value) -> Bool {
        if case .symbol(let symbol) = value { objects.contains(symbol.name) } else { false }
    }

    /// `PORT`, `HTTP_PORT2`
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count > 1, (0x41...0x5a).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }

    /// A function of another package that says by its name that it reads a variable: `getEnv('PORT')`,
    /// `env.int('PORT', 1337)`, `env.get('PORT').default(3000)`.
    static func reader(_ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        guard let first = call.arguments.first, call.arguments.count < 3, !call.constructs,
            case .string(let name) = first.kind, isName(name), readsEnvironment(call.callee, in: site, evaluator)
        else { return nil }
        let value = variable(name, at: site.location)
        guard call.arguments.count == 2 else { return value }
        let fallback = evaluator.value(call.arguments[1], in: site.scope, frame: site.frame)
        return fallback.first.value.text == nil ? value : evaluator.fallback(value, fallback, whenEmpty: false)
    }

    private static func readsEnvironment(
        _ callee: Expression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Bool {
        func says(_ name: String) -> Bool { name.lowercased().firstRange(of: "env") != nil }
        switch callee.kind {
        case .name(let name):
            return says(name)
                || evaluator.value(callee, in: site.scope, frame: site.frame).first.value.symbolName.map(says) ?? false
        // `new Option('--port').env('PORT')` says something of an option.
        case .member(let object, let name, _): return object.lastName.map { says(name) || says($0) } ?? false
        default: return false
        }
    }
}
