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
        case .undefined: .number("NaN")
        case .object, .list, .function, .symbol, .instance, .type, .unknown: value
        }
    }

    /// A call of a function that is known by name; nil where it is not.
    static func call(
        _ name: String, _ call: CallExpression, in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        func argument(_ index: Int) -> Alternatives? {
            guard index < call.arguments.count else { return nil }
            return evaluator.value(call.arguments[index], in: site.scope, frame: site.frame)
        }
        switch name {
        case "Number", "parseFloat", "Number.parseFloat":
            return argument(0)?.map { Alternatives(converted($0.value, ECMAScriptNumber.number)) }
        case "parseInt", "Number.parseInt", "Math.floor", "Math.trunc":
            return argument(0)?.map { Alternatives(converted($0.value, ECMAScriptNumber.parseInt)) }
        case "String": return argument(0)?.map { Alternatives($0.value.text.map { .text($0) } ?? $0.value) }
        case "isNaN", "Number.isNaN":
            return argument(0)?.map { outcome in
                guard case .number(let text) = converted(outcome.value, ECMAScriptNumber.number),
                    let known = text.known
                else { return .unknown(site.written) }
                return Alternatives(.bool(known == "NaN"))
            }
        case "Object.freeze", "Object.seal", "Promise.resolve", "defineConfig", "structuredClone":
            return argument(0)
        case "Object.assign":
            return call.arguments.indices.reversed().compactMap(argument).first
        case "Deno.env.get": return variable(argument(0), site)
        case "config.get", "config.default.get": return configuration(argument(0), site, program)
        default: break
        }
        if name.hasSuffix("().get"), case .member(let object, _, _) = call.callee.kind {
            return lookup(name, object, argument, site, evaluator)
        }
        return NodeSchemas.call(name, call, in: site, evaluator)
    }

    private static func variable(_ name: Alternatives?, _ site: EvaluationSite) -> Alternatives? {
        name?.first.value.text?.known.map { NodeEnvironment.variable($0, at: site.location) }
    }

    /// `configService.get('PORT', 3000)` of Nest, whose keys are variables unless a part of the program defines them;
    /// `app.get(ConfigService)`.
    private static func lookup(
        _ name: String, _ object: Expression, _ argument: (Int) -> Alternatives?, _ site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let first = argument(0) else { return nil }
        if case .symbol(let symbol) = first.first.value { return Alternatives(.instance(Instance(symbol))) }
        if case .type(let type, let scope) = first.first.value {
            return Alternatives(.object(ObjectValue(.constructed(type, arguments: []), scope: scope)))
        }
        guard name == "@nestjs/config.ConfigService().get", let key = first.first.value.text?.known else { return nil }
        let isVariable = key.utf8.allSatisfy { byte in
            (0x41...0x5a).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
        }
        let value = isVariable ? NodeEnvironment.variable(key, at: site.location) : .unknown(site.written)
        guard let fallback = argument(1), case .object = fallback.first.value else {
            return argument(1).map { evaluator.fallback(value, $0, whenEmpty: false) } ?? value
        }
        return value
    }

    /// Methods of texts and numbers whose receiver is known.
    static func method(_ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        guard case .member(let object, let name, _) = call.callee.kind else { return nil }
        switch name {
        case "trim", "toString", "valueOf", "toLowerCase":
            let value = evaluator.value(object, in: site.scope, frame: site.frame)
            guard value.first.value.text != nil, !value.first.value.isUnknown else { return nil }
            guard name == "toString" else { return value }
            return value.map { Alternatives($0.value.text.map { .text($0) } ?? $0.value) }
        default: return nil
        }
    }

    /// Members of what a package gives: nothing is known beyond its name.
    static func member(
        _ name: String, of instance: Instance, at site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        NodeSchemas.member(name, of: instance, at: site, evaluator)
    }

    // MARK: The package "config"

    /// `config.get('server.port')`: the file `config/default.*`, which others may override.
    private static func configuration(
        _ key: Alternatives?, _ site: EvaluationSite, _ program: NodeProgram
    ) -> Alternatives? {
        guard let key = key?.first.value.text?.known, let path = site.scope.file?.text.path,
            let root = program.resolution.packageRoot(of: RepositoryPath.parent(path))
        else { return nil }
        for name in ["config/default.json", "config/default.yaml", "config/default.yml"] {
            guard let file = RepositoryPath.join(root, name), let document = program.document(file) else { continue }
            var value = Alternatives(document)
            for part in key.split(separator: ".") {
                guard case .object(let object) = value.first.value, case .fields(let fields) = object.origin,
                    let next = fields[String(part)]
                else { return nil }
                value = next
            }
            return value.asDefaults
        }
        return nil
    }
}
