internal import Extraction
internal import ListenerModel

/// `ConfigService` of @nestjs/config: its keys are variables unless a part of the program defines them, by
/// `registerAs('name', () => …)` or `ConfigModule.forRoot({ load: [() => …], validationSchema })`.
struct NodeNestConfiguration {
    private unowned let program: NodeProgram
    /// Functions that give the values of a namespace.
    private var namespaces: [String: SourceFile.CallSite] = [:]
    /// Options of `forRoot`.
    private var roots: [SourceFile.CallSite] = []

    init(_ program: NodeProgram) {
        self.program = program
        for path in program.importers(ofPackage: "@nestjs/config").prefix(Self.fileLimit)
        where !NodeTests.isTest(path) {
            guard let module = program.module(path) else { continue }
            for site in module.calls(mayBeNamed: "registerAs", asImported: false) {
                guard case .string(let name)? = site.call.arguments.first?.kind, site.call.arguments.count > 1 else {
                    continue
                }
                namespaces[name] = namespaces[name] ?? site
            }
            roots += module.calls(mayBeNamed: "forRoot", asImported: false).filter { site in
                if case .member(let object, _, _) = site.call.callee.kind {
                    object.lastName == "ConfigModule"
                } else {
                    false
                }
            }
        }
    }

    private static let fileLimit = 80

    /// nil where nothing in the tree defines the key.
    func value(_ key: String, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        let parts = key.split(separator: ".").map(String.init)
        if let first = parts.first, let call = namespaces[first] {
            return member(
                parts.dropFirst(), of: result(call.call.arguments[1], in: call.scope, evaluator), site, evaluator)
        }
        for root in roots {
            guard let options = root.call.arguments.first else { continue }
            let value = evaluator.value(options, in: root.scope)
            guard case .object(let object) = value.first.value,
                case .list(let loaded)? = evaluator.field("load", of: object)?.first.value
            else { continue }
            for one in loaded {
                guard case .function(let function) = one.first.value,
                    let found = member(parts[...], of: evaluator.apply(function, []), site, evaluator),
                    !found.first.value.isUndefined
                else { continue }
                return found
            }
        }
        return nil
    }

    /// The default of a variable in the schema that checks the environment (Joi).
    func fallback(_ name: String, _ evaluator: Evaluator) -> Alternatives? {
        for root in roots {
            guard let options = root.call.arguments.first,
                case .object(let object) = evaluator.value(options, in: root.scope).first.value,
                case .instance(let schema)? = evaluator.field("validationSchema", of: object)?.first.value,
                case .object(let fields)? = schema.arguments.first?.first.value,
                let field = evaluator.field(name, of: fields),
                let found = NodeSchemas.defaultValue(of: field.first.value, "default", evaluator)
            else { continue }
            return found
        }
        return nil
    }

    private func result(_ factory: Expression, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives? {
        guard case .function(let function) = evaluator.value(factory, in: scope).first.value else { return nil }
        return evaluator.apply(function, [])
    }

    private func member(
        _ parts: ArraySlice<String>, of value: Alternatives?, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        parts.reduce(value) { value, part in value.map { evaluator.member(part, of: $0, site) } }
    }
}
