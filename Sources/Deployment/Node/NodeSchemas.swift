internal import Extraction
internal import ListenerModel

/// Packages that check values against a schema and hand out what they made of them: zod, joi, t3-env. What is not
/// given is the default of the schema.
enum NodeSchemas {
    /// `env.PORT` of what a schema made of the environment, `settings.port` of what it made of an object.
    static func member(
        _ name: String, of instance: Instance, at site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        let made = instance.symbol.path.last ?? instance.symbol.module
        if instance.symbol.name.hasSuffix(".createEnv") || instance.symbol.name == "createEnv" {
            guard let options = instance.arguments.first, case .object(let object) = options.first.value,
                let server = evaluator.field("server", of: object), case .object(let schema) = server.first.value
            else { return nil }
            return value(NodeEnvironment.variable(name, at: site.location), name, schema, evaluator)
        }
        guard let result = results[made], let source = instance.arguments.first else { return nil }
        if name == result { return Alternatives(.instance(instance)) }
        guard let schema = instance.receiver.flatMap({ fields(of: $0.first.value, evaluator) }) else {
            return source.outcomes.contains { NodeEnvironment.isWhole($0.value) }
                ? NodeEnvironment.variable(name, at: site.location) : nil
        }
        return value(evaluator.member(name, of: source, site), name, schema, evaluator)
    }

    /// Methods that check a value, and the member under which some give the result.
    private static let results = [
        "parse": "", "parseAsync": "", "safeParse": "data", "safeParseAsync": "data", "validate": "value",
        "validateSync": "", "attempt": "",
    ]

    /// The keys of `z.object({ … })`, whatever is called on it afterwards.
    private static func fields(of schema: Value, _ evaluator: Evaluator) -> ObjectValue? {
        var current = schema
        for _ in 0..<16 {
            guard case .instance(let instance) = current else { return nil }
            if ["object", "strictObject", "looseObject", "keys"].contains(instance.symbol.path.last),
                case .object(let fields)? = instance.arguments.first?.first.value
            {
                return fields
            }
            guard let receiver = instance.receiver?.first.value else { return nil }
            current = receiver
        }
        return nil
    }

    private static func value(
        _ given: Alternatives, _ name: String, _ schema: ObjectValue, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let field = evaluator.field(name, of: schema) else { return given }
        if fields(of: field.first.value, evaluator) != nil {
            // A schema within the schema.
            let parse = Symbol("schema()", ["parse"])
            return Alternatives(.instance(Instance(parse, arguments: [given], receiver: field)))
        }
        guard let fallback = defaultValue(of: field.first.value, "default", evaluator) else { return given }
        return evaluator.fallback(given, fallback, whenEmpty: false)
    }

    /// The default in `z.coerce.number().default(3000)`, `port({ default: 3000 })`, `{ default: 3000 }`.
    static func defaultValue(of value: Value, _ key: String, _ evaluator: Evaluator) -> Alternatives? {
        var current = value
        for _ in 0..<16 {
            if case .object(let options) = current { return evaluator.field(key, of: options) }
            guard case .instance(let instance) = current else { return nil }
            if ["default", "prefault", "catch"].contains(instance.symbol.path.last),
                let first = instance.arguments.first
            {
                return first
            }
            for argument in instance.arguments {
                if case .object(let options) = argument.first.value, let found = evaluator.field(key, of: options) {
                    return found
                }
            }
            guard let receiver = instance.receiver?.first.value else { return nil }
            current = receiver
        }
        return nil
    }
}
