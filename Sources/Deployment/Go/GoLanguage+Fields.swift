internal import Extraction
internal import ListenerModel

/// What the fields of structs hold: what their literals give, what is assigned to them anywhere, their defaults.
extension GoLanguage {
    /// A field that a literal gives by its position, or in a struct that is embedded there.
    func literalField(
        _ name: String, of owner: GoNamedType, _ object: ObjectValue, _ evaluator: Evaluator, depth: Int = 0
    ) -> Alternatives? {
        guard depth < 4, case .literal(let literal) = object.origin, let scope = object.scope,
            let (declaration, home) = types.declaration(owner)
        else { return nil }
        func value(_ index: Int) -> Alternatives? {
            if let value = evaluator.field(declaration.fields[index].name, of: object) { return value }
            return literal.positional(index, of: declaration.fields.count).map {
                evaluator.value($0, in: scope, frame: object.frame)
            }
        }
        if let index = declaration.fields.firstIndex(where: { $0.name == name }) { return value(index) }
        for (index, field) in declaration.fields.enumerated() where field.embedded {
            guard let type = field.type.flatMap({ types.named(.written($0, home)) }),
                case .object(let inner)? = value(index)?.first.value
            else { continue }
            if let found = evaluator.field(name, of: inner)
                ?? literalField(name, of: type, inner, evaluator, depth: depth + 1)
            {
                return found
            }
        }
        return nil
    }

    /// What is put into a field wherever it is empty: `if c.Addr == "" { c.Addr = ":8080" }` in a function that sets
    /// the defaults.
    func completed(
        _ value: Alternatives, field name: String, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives {
        let isAnything: Bool
        switch value.first.value {
        case .unknown: isAnything = true
        case .text(let text), .number(let text):
            // Nothing, zero, or a text of which no part is known.
            let isNumber = if case .number = value.first.value { true } else { false }
            isAnything =
                text.parts.allSatisfy { if case .literal = $0 { false } else { !$0.isVariable } } && !text.isEmpty
            guard
                isAnything || text.known == (isNumber ? "0" : "")
                    || text.unknowns.contains(where: { $0.fallback == nil })
            else { return value }
        default: return value
        }
        guard case .member(let object, name, _) = site.expression.kind,
            let owner = types.named(types.type(of: object, in: site.scope)), owner.folder != nil,
            let defaults = defaults(name, of: owner, evaluator)
        else { return value }
        if isAnything { return defaults.asDefaults.joined(with: value) }
        return evaluator.fallback(value, defaults, whenEmpty: true)
    }

    private func defaults(_ name: String, of owner: GoNamedType, _ evaluator: Evaluator) -> Alternatives? {
        guard let folder = owner.folder else { return nil }
        let key = "\(owner.package).\(owner.name).\(name)"
        if let known = knownDefaults[key] { return known }
        knownDefaults[key] = .some(nil)
        var outcomes: [Outcome] = []
        for file in program.sources(in: program.folders(using: folder), holding: name, seenFrom: folder) {
            for write in file.fieldWrites where write.field == name && evaluator.fillsEmptiness(write) {
                guard types.named(types.type(of: write.object, in: write.definition.scope)) == owner else { continue }
                outcomes += evaluator.value(of: write.definition, field: name).outcomes.filter { !$0.value.isUnknown }
            }
        }
        let result = outcomes.isEmpty ? nil : Alternatives(outcomes)
        knownDefaults[key] = .some(result)
        return result
    }

    /// A field whose type is not known: what files of the package assign to it in the same words.
    func assigned(_ name: String, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        guard case .member(let object, name, _) = site.expression.kind, let file = site.scope.file,
            let package = program.package(of: file)
        else { return nil }
        guard activeFields.count < 8 else {
            evaluator.cut()
            return nil
        }
        let written = file.written(object.range)
        let key = "\(package.importPath) \(written).\(name)"
        guard activeFields.insert(key).inserted else {
            evaluator.cut()
            return nil
        }
        defer { activeFields.remove(key) }
        var outcomes: [Outcome] = []
        for source in package.files(holding: name) {
            for write in source.fieldWrites where write.field == name && source.written(write.object.range) == written {
                outcomes += evaluator.value(of: write.definition, field: name).outcomes
            }
        }
        return outcomes.isEmpty ? nil : Alternatives(outcomes)
    }

    /// A field of a struct outside the tree that a literal leaves out.
    func absent(_ name: String, of owner: GoNamedType) -> Alternatives? {
        switch (owner.package, name) {
        case ("net", "IP"), ("net/http", "Handler"): Alternatives(.null)
        case ("net", "Port"): Alternatives(.number("0"))
        default: .text("")
        }
    }

    /// Everything that is put into a field of a type anywhere in the tree, or its default in a tag.
    func fields(_ name: String, of owner: GoNamedType, _ evaluator: Evaluator) -> Alternatives? {
        guard let folder = owner.folder, let (declaration, scope) = types.declaration(owner) else { return nil }
        let key = "\(owner.package).\(owner.name).\(name)"
        if let known = knownFields[key] { return known }
        guard activeFields.insert(key).inserted else {
            evaluator.cut()
            return nil
        }
        defer { activeFields.remove(key) }
        let cuts = evaluator.cuts
        guard let position = declaration.fields.firstIndex(where: { $0.name == name }) else {
            for field in declaration.fields where field.embedded {
                if let inner = field.type.flatMap({ types.named(.written($0, scope)) }),
                    let value = fields(name, of: inner, evaluator)
                {
                    return value
                }
            }
            return nil
        }
        let field = declaration.fields[position]
        var sure: [Outcome] = []
        var conditional: [Outcome] = []
        for file in program.sources(in: program.folders(using: folder), holding: name, seenFrom: folder) {
            for site in file.objects {
                guard let type = site.object.type,
                    let value = site.object[name] ?? site.object.positional(position, of: declaration.fields.count),
                    types.named(.written(type, site.scope)) == owner
                else { continue }
                let step = TraceStep(file.location(value.range), "\(name) is set here")
                sure += evaluator.value(value, in: site.scope).traced(step).outcomes
            }
            for write in file.fieldWrites where write.field == name {
                guard types.named(types.type(of: write.object, in: write.definition.scope)) == owner else { continue }
                let outcomes = evaluator.value(of: write.definition, field: name).outcomes
                if !write.definition.isConditional {
                    sure += outcomes
                } else if evaluator.fillsEmptiness(write) {
                    conditional += Alternatives(outcomes).asDefaults.outcomes
                } else if evaluator.isReached(write.definition) != false {
                    conditional += outcomes
                }
            }
        }
        let tag = GoTags.value(field, in: scope) ?? flag(of: field, evaluator, in: scope)
        var result: Alternatives?
        let all = Self.knownFirst(sure + conditional)
        if let tag, !tag.first.value.isUnknown {
            result = all.isEmpty ? tag : tag.joined(with: Alternatives(all))
        } else if !all.isEmpty {
            result = Alternatives(all)
            if all.count > 1 { result = result?.asDefaults }
        } else if let key = viperKey(of: field, evaluator, in: scope) {
            result = key
        } else if field.tag == nil {
            let zero = zero(of: field.type, in: scope)
            if case .object = zero { result = Alternatives(zero) }
        }
        if activeFields.count == 1 || evaluator.cuts == cuts { knownFields[key] = .some(result) }
        return result
    }

    /// What is known or has a fallback first, then what has unknown parts, then what is not known at all.
    static func knownFirst(_ outcomes: [Outcome]) -> [Outcome] {
        func isPartial(_ outcome: Outcome) -> Bool { outcome.value.text.map { $0.expected == nil } ?? false }
        let known = outcomes.filter { !$0.value.isUnknown }
        return known.filter { !isPartial($0) } + known.filter(isPartial) + outcomes.filter(\.value.isUnknown)
    }

    /// `flag:"http-address"`: the flag of that name.
    private func flag(of field: TypeDeclaration.Field, _ evaluator: Evaluator, in scope: LexicalScope) -> Alternatives?
    {
        guard let name = GoTags.flagName(field) else { return nil }
        let site = EvaluationSite(Expression(.opaque([]), field.nameRange), in: scope)
        return GoConfiguration(language: self, evaluator: evaluator, site: site).flag(named: name)
    }

    /// What `viper.Unmarshal` puts into a field: the default of the key of its name or `mapstructure` tag.
    private func viperKey(
        of field: TypeDeclaration.Field, _ evaluator: Evaluator, in scope: LexicalScope
    ) -> Alternatives? {
        guard let module = scope.file.flatMap({ program.package(of: $0) })?.key.folder,
            !program.sources(in: program.folders(using: module), holding: "Unmarshal(").isEmpty
        else { return nil }
        let site = EvaluationSite(Expression(.opaque([]), field.nameRange), in: scope)
        let isNumber = if case .number = zero(of: field.type, in: scope) { true } else { false }
        return GoConfiguration(language: self, evaluator: evaluator, site: site)
            .unmarshalled(key: GoTags.mapKey(field) ?? field.name.lowercased(), isNumber: isNumber)
    }
}
