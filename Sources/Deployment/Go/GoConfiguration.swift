internal import Extraction
internal import ListenerModel

/// Defaults that are defined in one place and read by name in another: flags of cobra and urfave/cli, viper's keys.
struct GoConfiguration {
    let language: GoLanguage
    let evaluator: Evaluator
    /// Where it is read: definitions are looked for in the same module.
    let site: EvaluationSite

    /// The files of the program that hold a name in quotes.
    private func sources(holding name: String) -> [SourceFile] {
        language.program.sources(in: language.program.tree.folders, holding: "\"\(name)\"")
    }

    /// The default of the flag of this name, with the variable that may override it.
    func flag(named name: String) -> Alternatives? {
        let direct = sources(holding: name)
        if let value = flag(named: name, in: direct) { return value }
        // Where the name is a constant, the flag is defined by that.
        let constants = direct.flatMap { source in
            source.namedValues.compactMap { named -> String? in
                if case .string(name) = named.value.kind { named.name } else { nil }
            }
        }
        for constant in Set(constants).sorted() {
            let sources = language.program.sources(in: language.program.tree.folders, holding: constant)
            if let value = flag(named: name, in: sources) { return value }
        }
        return nil
    }

    private func flag(named name: String, in sources: [SourceFile]) -> Alternatives? {
        for source in sources {
            for call in source.calls {
                guard let function = call.call.lastName, let shape = GoFlags.shape(function),
                    call.call.arguments.count > shape.value,
                    literal(call.call.arguments[shape.name], call.scope) == name
                else { continue }
                let place = EvaluationSite(Expression(.call(call.call), call.range), in: call.scope)
                return GoFlags.value(shape, call.call, in: place, evaluator)
            }
            for object in source.objects {
                guard let type = object.object.type, Self.isFlagType(type), let written = object.object["Name"],
                    literal(written, object.scope) == name
                else { continue }
                return flag(object, in: source)
            }
        }
        return nil
    }

    /// `&cli.StringFlag{Name:, Value:, EnvVars:}`
    private func flag(_ site: SourceFile.ObjectSite, in file: SourceFile) -> Alternatives? {
        var value = Alternatives.text("")
        if let written = site.object["Value"] {
            let step = TraceStep(file.location(written.range), "the default of the flag")
            value = evaluator.value(written, in: site.scope).traced(step)
        }
        let variable =
            (site.object["EnvVars"] ?? site.object["EnvVar"] ?? site.object["Sources"]).flatMap {
                firstLiteral($0, site.scope)
            }
        guard let variable else { return value.asDefaults }
        let unknown = Unknown(.environment(variable), at: file.location(site.range))
        return evaluator.fallback(Alternatives(.text(SymbolicText(unknown))), value, whenEmpty: false).asDefaults
    }

    private static func isFlagType(_ type: Expression) -> Bool {
        if case .member(_, let name, _) = type.kind { name.hasSuffix("Flag") && name != "BoolFlag" } else { false }
    }

    private func literal(_ expression: Expression, _ scope: LexicalScope) -> String? {
        evaluator.value(expression, in: scope).first.value.text?.known
    }

    /// `"X"`, `[]string{"X"}`, `cli.EnvVars("X")`
    private func firstLiteral(_ expression: Expression, _ scope: LexicalScope) -> String? {
        switch expression.kind {
        case .array(_, let elements): elements.first.flatMap { literal($0, scope) }
        case .call(let call): call.arguments.first.flatMap { literal($0, scope) }
        default: literal(expression, scope)
        }
    }

    // MARK: viper

    /// `viper.GetString(key)`: SetDefault, the flag that is bound under this name, and the variable of AutomaticEnv.
    func viper(key: String, isNumber: Bool) -> Alternatives? {
        var value: Alternatives?
        for source in sources(holding: key) where value == nil {
            for call in source.calls where call.call.lastName == "SetDefault" && call.call.arguments.count == 2 {
                guard literal(call.call.arguments[0], call.scope) == key else { continue }
                let written = call.call.arguments[1]
                let step = TraceStep(source.location(written.range), "the default of \(key)")
                value = evaluator.value(written, in: call.scope).traced(step).asDefaults
            }
        }
        value = value ?? flag(named: key)
        guard let variable = variable(of: key) else { return value }
        let text = SymbolicText(Unknown(.environment(variable), at: site.location))
        let named = Alternatives(isNumber ? .number(text) : .text(text))
        guard let value else { return named }
        return evaluator.fallback(named, value, whenEmpty: true)
    }

    /// The same for a key that viper fills a struct with: nil unless something gives it a default.
    func unmarshalled(key: String, isNumber: Bool) -> Alternatives? {
        let isDefined = sources(holding: key).contains { source in
            source.calls.contains { call in
                call.call.lastName == "SetDefault" && call.call.arguments.count == 2
                    && literal(call.call.arguments[0], call.scope) == key
            }
        }
        return isDefined ? viper(key: key, isNumber: isNumber) : nil
    }

    /// The variable that AutomaticEnv reads for a key: the prefix and the key in capitals, with what
    /// SetEnvKeyReplacer replaces.
    private func variable(of key: String) -> String? {
        var name = key.uppercased()
        guard let source = language.program.sources(in: language.program.tree.folders, holding: "AutomaticEnv()").first
        else { return nil }
        for call in source.calls {
            switch call.call.lastName {
            case "SetEnvPrefix":
                if let prefix = call.call.arguments.first.flatMap({ literal($0, call.scope) }) {
                    name = prefix.uppercased() + "_" + name
                }
            case "NewReplacer":
                let texts = call.call.arguments.compactMap { literal($0, call.scope) }
                guard texts.count == 2, texts[0].utf8.count == 1 else { continue }
                name = name.split(separator: texts[0], omittingEmptySubsequences: false).joined(separator: texts[1])
            default: continue
            }
        }
        return name
    }

    // MARK: kingpin

    /// `app.Flag(name, help).Default(value).Envar(variable).String()`: `chain` is what `String` is called on.
    func kingpin(_ chain: Expression) -> Alternatives? {
        var value: Alternatives?
        var variable: String?
        var current = chain
        while case .call(let call) = current.kind, case .member(let object, let name, _) = call.callee.kind {
            switch name {
            case "Default":
                if let written = call.arguments.first, let file = site.scope.file {
                    let step = TraceStep(file.location(written.range), "the default of the flag")
                    value = evaluator.value(written, in: site.scope, frame: site.frame).traced(step)
                }
            case "Envar", "OverrideDefaultFromEnvar":
                variable = call.arguments.first.flatMap { literal($0, site.scope) }
            case "Flag", "Arg":
                let found = value ?? .text("")
                guard let variable else { return found.asDefaults }
                let text = SymbolicText(Unknown(.environment(variable), at: site.location))
                return evaluator.fallback(Alternatives(.text(text)), found, whenEmpty: true).asDefaults
            default: break
            }
            current = object
        }
        return nil
    }
}
