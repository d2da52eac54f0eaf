internal import Extraction
internal import ListenerModel

/// Options that are declared by calls one after another: yargs, commander, cac, sade. The declarations are looked for
/// in the file that asks for the values: `.option('-p, --port <n>', 'text', 3000)`.
enum NodeOptionDeclarations {
    private static let modules: Set<String> = ["yargs", "commander", "cac", "sade", "yargs/yargs", "@caporal/core"]

    /// Whether something is such a parser, or one of its methods or results.
    static func isParser(_ symbol: Symbol) -> Bool {
        let root = symbol.module.prefix { $0 != "(" }
        if modules.contains(String(root)) { return true }
        return root.hasPrefix("commander.") || root.hasPrefix("yargs.") || root.hasPrefix("cac.")
            || root.hasPrefix("sade.")
    }

    private static let importLimit = 24

    private static let gives: Set<String> = [
        "argv", "parse", "parseSync", "parseAsync", "opts", "optsWithGlobals", "options", "parsed",
    ]

    /// The values of all options that a file declares.
    static func values(of symbol: Symbol, at location: Location?) -> Alternatives {
        let root = symbol.module.prefix { $0 != "(" && $0 != "." }
        return Alternatives(.instance(Instance(Symbol(String(root), ["values"]), at: location)))
    }

    /// `parser.argv`, `program.port`, `values.port`; nil where no option of the name is declared.
    static func member(
        _ name: String, of symbol: Symbol, _ location: Location?, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let location, let module = program.module(location.path) else { return nil }
        if let value = value(name, in: module, evaluator) { return value }
        let isValues = symbol.path.last == "values"
        if isValues {
            // A command of its own file declares its options there: `.command('serve', 'text', serve.builder)`.
            for path in program.imports(of: location.path).prefix(importLimit) {
                if let other = program.module(path), let value = value(name, in: other, evaluator) { return value }
            }
        }
        if name == "argv" || (isValues && name == "options") { return values(of: symbol, at: location) }
        return isValues && !gives.contains(name) ? NodeOptions.absent(name) : nil
    }

    /// `program.opts()`, `yargs.parse()`
    static func call(_ symbol: Symbol, in site: EvaluationSite) -> Alternatives? {
        guard isParser(symbol), let method = symbol.path.last, gives.contains(method), method != "options" else {
            return nil
        }
        return values(of: symbol, at: site.location)
    }

    private static func value(_ name: String, in module: NodeModule, _ evaluator: Evaluator) -> Alternatives? {
        // The declarations ask for members of the parser themselves: `new Option(…).default(3000)`.
        guard !module.readsOptions else { return nil }
        module.readsOptions = true
        defer { module.readsOptions = false }
        let spellings = NodeOptions.spellings(name)
        for method in ["option", "requiredOption", "options", "default", "defaults", "addOption"] {
            for site in module.calls(mayBeNamed: method, asImported: false) {
                guard case .member = site.call.callee.kind else { continue }
                let place = EvaluationSite(Expression(.call(site.call), site.range), in: site.scope)
                let arguments = evaluator.arguments(site.call, place)
                guard let first = arguments.first?.first.value,
                    let declared = declared(spellings, first, arguments, place, evaluator)
                else { continue }
                return declared.asDefaults
            }
        }
        return builder(spellings, in: module, evaluator)
    }

    /// What one call says of an option: its default, or that it has none; nil where it is of another one.
    private static func declared(
        _ spellings: [String], _ first: Value, _ arguments: [Alternatives], _ site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        switch first {
        case .text(let text):
            guard let written = text.known else { return nil }
            if written.hasPrefix("-") {
                guard longNames(written).contains(where: spellings.contains) else { return nil }
                // After the description: a default, or a conversion and a default, or an object that holds it.
                for argument in arguments.dropFirst(2).reversed() {
                    switch argument.first.value {
                    case .function, .symbol, .instance, .undefined: continue
                    case .object(let object): return field("default", of: object, spellings[0], evaluator)
                    default: return argument
                    }
                }
                return NodeOptions.absent(spellings[0])
            }
            guard spellings.contains(written), arguments.count > 1 else { return nil }
            guard case .object(let object) = arguments[1].first.value else { return arguments[1] }
            return field("default", of: object, spellings[0], evaluator)
        case .object(let object):
            for spelling in spellings {
                guard let found = evaluator.field(spelling, of: object) else { continue }
                guard case .object(let declaration) = found.first.value else { return found }
                return field("default", of: declaration, spellings[0], evaluator)
            }
            return nil
        case .instance(let option): return declared(spellings, option, site, evaluator)
        default: return nil
        }
    }

    /// `new Option('-p, --port <n>').default(3000).env('PORT')`
    private static func declared(
        _ spellings: [String], _ option: Instance, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        var current = option
        var fallback: Alternatives?
        var variable: Alternatives?
        for _ in 0..<16 {
            let method = current.symbol.path.last
            if method == "default" { fallback = current.arguments.first }
            if method == "env", let name = current.arguments.first?.first.value.text?.known {
                variable = NodeEnvironment.variable(name, at: site.location)
            }
            guard case .instance(let next)? = current.receiver?.first.value else { break }
            current = next
        }
        guard let flags = current.arguments.first?.first.value.text?.known,
            longNames(flags).contains(where: spellings.contains)
        else { return nil }
        guard let fallback else { return variable ?? NodeOptions.absent(spellings[0]) }
        return variable.map { evaluator.fallback($0, fallback, whenEmpty: true) } ?? fallback
    }

    private static func field(
        _ key: String, of object: ObjectValue, _ name: String, _ evaluator: Evaluator
    ) -> Alternatives {
        guard let found = evaluator.field(key, of: object), !found.first.value.isUndefined else {
            return NodeOptions.absent(name)
        }
        return found
    }

    /// The names in `-p, --http-port <number>`.
    private static func longNames(_ flags: String) -> [String] {
        flags.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "|" || $0 == "=" }).compactMap { word in
            guard word.hasPrefix("--"), word.count > 2 else { return nil }
            let name = word.dropFirst(word.hasPrefix("--no-") ? 5 : 2)
            return String(name)
        }
    }

    /// The `builder` of a yargs command module: an object of declarations.
    private static func builder(_ spellings: [String], in module: NodeModule, _ evaluator: Evaluator) -> Alternatives? {
        let scope = module.file.scope
        var builders = module.file.objects.compactMap { site in
            site.object["builder"].map { evaluator.value($0, in: site.scope) }
        }
        for name in ["builder", "exports"] where scope.bindings[name] != nil {
            let whole = Expression(.name(name), module.end)
            let expression =
                name == "builder"
                ? whole : Expression(.member(whole, name: "builder", nameRange: module.end), module.end)
            builders.append(evaluator.value(expression, in: scope))
        }
        for case .object(let object) in builders.map(\.first.value) {
            for spelling in spellings {
                guard let found = evaluator.field(spelling, of: object),
                    case .object(let declaration) = found.first.value
                else { continue }
                return field("default", of: declaration, spellings[0], evaluator).asDefaults
            }
        }
        return nil
    }
}
