internal import Dialects
internal import Extraction
internal import ListenerModel

/// Functions of Node and of packages by which an address goes: conversions, readers of the environment and of
/// configuration.
enum NodeLibrary {
    // MARK: Conversions

    /// The number that a text is, with its variables kept.
    static func number(_ text: SymbolicText, _ convert: (String) -> Double?) -> Value {
        guard let known = text.known else { return .number(text) }
        return .number(SymbolicText(convert(known).map(NodeLanguage.text(of:)) ?? "NaN"))
    }

    private static func converted(_ value: Value, _ convert: (String) -> Double?) -> Value {
        switch value {
        case .text(let text): number(text, convert)
        case .number(let text): number(text, convert)
        case .null: .number("0")
        case .bool(let bool): .number(bool ? "1" : "0")
        // Mostly an option or field that was not found here, not a program that fails.
        case .undefined: .unknown("undefined")
        case .unknown(let written): .number(SymbolicText(Unknown(.expression(written))))
        case .symbol(let symbol): .number(SymbolicText(Unknown(.expression(symbol.name))))
        case .object, .list, .function, .instance, .type: value
        }
    }

    /// What a function makes of one value, where it is such a conversion.
    static func conversion(_ name: String) -> ((Value) -> Value)? {
        switch name {
        case "Number", "parseFloat", "Number.parseFloat": { converted($0, ECMAScriptNumber.number) }
        case "parseInt", "Number.parseInt", "Math.floor", "Math.trunc": { converted($0, ECMAScriptNumber.parseInt) }
        case "String": { $0.text.map { .text($0) } ?? $0 }
        default: nil
        }
    }

    /// A call of a function that is known by name; nil where it is not.
    static func call(
        _ name: String, _ callee: Value?, _ call: CallExpression, in site: EvaluationSite, _ program: NodeProgram,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        func argument(_ index: Int) -> Alternatives? {
            guard index < call.arguments.count else { return nil }
            return evaluator.value(call.arguments[index], in: site.scope, frame: site.frame)
        }
        if let convert = conversion(name) { return argument(0)?.map { Alternatives(convert($0.value)) } }
        switch name {
        case "isNaN", "Number.isNaN":
            return argument(0)?.map { outcome in
                guard case .number(let text) = converted(outcome.value, ECMAScriptNumber.number) else {
                    return .unknown(site.written)
                }
                if let known = text.known { return Alternatives(.bool(known == "NaN")) }
                // `parseInt(process.env.PORT || '')` is no number where the variable is not set.
                guard let expected = text.expected else { return .unknown(site.written) }
                return Alternatives(.bool(ECMAScriptNumber.parseInt(expected) == nil)).asDefaults
            }
        case "Deno.env.get": return variable(argument(0), site)
        case "URL", "url.URL", "url.parse": return argument(0).flatMap(url)
        case "Boolean": return argument(0)
        default: break
        }
        let found =
            NodePaths.call(name, argument, call.arguments.count, in: site, program)
            ?? NodeFunctionEffects.result(name, call, in: site, evaluator)
            ?? NodeConfiguration.call(name, argument(0), in: site, program, evaluator)
        if let found { return found }
        if case .symbol(let symbol)? = callee, let values = NodeOptionDeclarations.call(symbol, in: site) {
            return values
        }
        if name.hasSuffix("().get") || name.hasSuffix("().getOrThrow") {
            if let value = lookup(name, argument, site, program, evaluator) { return value }
        }
        return NodeOptions.call(name, call, in: site, evaluator)
    }

    private static func variable(_ name: Alternatives?, _ site: EvaluationSite) -> Alternatives? {
        name?.first.value.text?.known.map { NodeEnvironment.variable($0, at: site.location) }
    }

    /// `configService.get('PORT', 3000)` of Nest; `app.get(ConfigService)`.
    private static func lookup(
        _ name: String, _ argument: (Int) -> Alternatives?, _ site: EvaluationSite, _ program: NodeProgram,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let first = argument(0) else { return nil }
        if case .symbol(let symbol) = first.first.value { return Alternatives(.instance(Instance(symbol))) }
        if case .type(let type, let scope) = first.first.value {
            return Alternatives(.object(ObjectValue(.constructed(type, arguments: []), scope: scope)))
        }
        guard name.hasPrefix("@nestjs/config.ConfigService()."), let key = first.first.value.text?.known else {
            return nil
        }
        let value =
            program.nest.value(key, in: site, evaluator)
            ?? (NodeEnvironment.isName(key) ? NodeEnvironment.variable(key, at: site.location) : .unknown(site.written))
        guard let fallback = program.nest.fallback(key, evaluator) ?? argument(1) else { return value }
        if case .object = fallback.first.value { return value }
        return evaluator.fallback(value, fallback, whenEmpty: false)
    }

    /// Members of what a package gives: nothing is known beyond its name.
    static func member(
        _ name: String, of instance: Instance, at site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        NodeOptions.member(name, of: instance, at: site, program, evaluator)
            ?? NodeSchemas.member(name, of: instance, at: site, evaluator)
    }

    /// The parts of `new URL(text)`.
    private static func url(_ text: Alternatives) -> Alternatives? {
        let first = text.first.value.text
        guard let written = first?.known ?? first?.expected, let scheme = written.firstRange(of: "://") else {
            return nil
        }
        var authority = written[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        var host = authority
        var port: Substring = ""
        if let colon = authority.lastIndex(of: ":"), authority[colon...].firstIndex(of: "]") == nil {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        var fields: [String: Alternatives] = [:]
        for (name, value) in [
            ("host", authority), ("hostname", host), ("port", port), ("protocol", written[..<scheme.lowerBound] + ":"),
            ("href", written[...]),
        ] { fields[name] = .text(String(value)) }
        if first?.known == nil { fields = fields.mapValues(\.asDefaults) }
        return Alternatives(.object(ObjectValue(.fields(fields))))
    }
}
