internal import Extraction
internal import ListenerModel

/// Packages that hand out what configuration files and variables say: config, nconf.
enum NodeConfiguration {
    static func call(
        _ name: String, _ key: Alternatives?, in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        switch name {
        case "config.get":
            guard let key = key?.first.value.text?.known else { return nil }
            return value(key.split(separator: ".").map(String.init), in: site, program, evaluator)
        case "nconf.get", "nconf.Provider().get":
            guard let key = key?.first.value.text?.known else { return nil }
            return stored(key, in: site, program, evaluator)
        default: return nil
        }
    }

    // MARK: config

    /// `config.server`: the member of the package itself.
    static func member(
        _ name: String, of symbol: Symbol, in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard symbol.module == "config", symbol.path.isEmpty, !["get", "has", "util", "default"].contains(name) else {
            return nil
        }
        return value([name], in: site, program, evaluator)
    }

    private static let extensions = ["json", "yaml", "yml", "json5", "js", "cjs", "mjs", "ts"]

    /// What `config/default.*` says, which other files and variables may override (node-config, "Configuration
    /// Files"); a variable of `custom-environment-variables` comes first.
    private static func value(
        _ key: [String], in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let path = site.scope.file?.text.path else { return nil }
        let root = program.resolution.packageRoot(of: RepositoryPath.parent(path)) ?? ""
        for folder in root.isEmpty ? [""] : [root, ""] {
            guard let base = RepositoryPath.join(folder, "config/default"),
                var value = file(base, in: site, program, evaluator)
            else { continue }
            for part in key { value = evaluator.member(part, of: value, site) }
            value = value.asDefaults
            let names = RepositoryPath.join(folder, "config/custom-environment-variables")
            guard let names, var variable = file(names, in: site, program, evaluator) else { return value }
            for part in key { variable = evaluator.member(part, of: variable, site) }
            if case .object(let object) = variable.first.value {
                variable = evaluator.field("__name", of: object) ?? variable
            }
            guard let name = variable.first.value.text?.known, !name.isEmpty else { return value }
            return evaluator.fallback(NodeEnvironment.variable(name, at: site.location), value, whenEmpty: true)
        }
        return nil
    }

    private static func file(
        _ base: String, in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let language = evaluator.language as? NodeLanguage else { return nil }
        for suffix in extensions {
            let path = base + "." + suffix
            if suffix.hasPrefix("j") && suffix != "js" || suffix.hasPrefix("y") {
                if let document = program.document(path) { return Alternatives(document) }
            } else if program.module(path) != nil {
                let whole = language.module("./" + RepositoryPath.name(path), from: path, evaluator)
                guard case .symbol? = whole?.first.value else { return whole }
                return whole.map { evaluator.member("default", of: $0, site) }
            }
        }
        return nil
    }

    // MARK: nconf

    /// A key of the store: a variable of its name, else what `nconf.defaults` of some file says.
    private static func stored(
        _ key: String, in site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        var value: Alternatives?
        for path in program.importers(ofPackage: "nconf").prefix(fileLimit) where !NodeTests.isTest(path) {
            guard let module = program.module(path) else { continue }
            for call in module.calls(mayBeNamed: "defaults", asImported: false) {
                guard let first = call.call.arguments.first else { continue }
                var found = evaluator.value(first, in: call.scope)
                for part in key.split(separator: ":") {
                    guard case .object(let object) = found.first.value,
                        let next = evaluator.field(String(part), of: object)
                    else {
                        found = Alternatives(.undefined)
                        break
                    }
                    found = next
                }
                if !found.first.value.isUndefined { value = value ?? found.asDefaults }
            }
        }
        guard NodeEnvironment.isName(key) else {
            return value ?? Alternatives([Outcome(.undefined, isDefault: true), Outcome(.unknown(site.written))])
        }
        let variable = NodeEnvironment.variable(key, at: site.location)
        return value.map { evaluator.fallback(variable, $0, whenEmpty: false) } ?? variable
    }

    private static let fileLimit = 40
}
