internal import Extraction
internal import ListenerModel

/// Packages that check the environment against a schema and hand out what they made of it: zod, envalid, t3-env.
/// A key of the schema is a variable, its default the fallback.
enum NodeSchemas {
    /// The calls that make such an object, and which argument holds the schema.
    private static let makers: [String: Int] = ["envalid.cleanEnv": 1]

    static func call(
        _ name: String, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? { nil }

    /// `env.PORT` of what a schema made of the environment.
    static func member(
        _ name: String, of instance: Instance, at site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        let made = instance.symbol.name
        if let index = makers[made], index < instance.arguments.count {
            return variable(name, schema: instance.arguments[index], site, evaluator)
        }
        if made.hasSuffix(".createEnv"), let options = instance.arguments.first,
            case .object(let object) = options.first.value, let server = evaluator.field("server", of: object)
        {
            return variable(name, schema: server, site, evaluator)
        }
        // `z.object({ … }).parse(process.env)`; `safeParse` gives it as `data`.
        guard made.hasSuffix(".parse") || made.hasSuffix(".safeParse") || made.hasSuffix(".parseAsync"),
            let source = instance.arguments.first,
            source.outcomes.contains(where: { NodeEnvironment.isWhole($0.value) })
        else { return nil }
        if made.hasSuffix(".safeParse"), name == "data" { return Alternatives(.instance(instance)) }
        guard let receiver = instance.receiver?.first.value, case .instance(let schema) = receiver,
            let fields = schema.arguments.first
        else { return NodeEnvironment.variable(name, at: site.location) }
        return variable(name, schema: fields, site, evaluator)
    }

    private static func variable(
        _ name: String, schema: Alternatives, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard case .object(let object) = schema.first.value else { return nil }
        let value = NodeEnvironment.variable(name, at: site.location)
        guard let field = evaluator.field(name, of: object),
            let fallback = defaultValue(of: field.first.value, evaluator)
        else { return value }
        return evaluator.fallback(value, fallback, whenEmpty: false)
    }

    /// The default in `z.coerce.number().default(3000)`, `port({ default: 3000 })`.
    private static func defaultValue(of value: Value, _ evaluator: Evaluator) -> Alternatives? {
        var current = value
        for _ in 0..<16 {
            guard case .instance(let instance) = current else { return nil }
            if instance.symbol.path.last == "default", let first = instance.arguments.first { return first }
            for argument in instance.arguments {
                if case .object(let options) = argument.first.value,
                    let found = evaluator.field("default", of: options)
                {
                    return found
                }
            }
            guard let receiver = instance.receiver?.first.value else { return nil }
            current = receiver
        }
        return nil
    }
}
