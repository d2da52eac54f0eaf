internal import Extraction
internal import ListenerModel

/// What names, members and calls mean in Go.
final class GoLanguage: Language {
    let program: GoProgram
    let types: GoTypes
    private var activeFields: Set<String> = []
    private var knownFields: [String: Alternatives?] = [:]
    private var knownDefaults: [String: Alternatives?] = [:]
    private var knownParameters: [String: Alternatives?] = [:]
    private var activeParameters: Set<String> = []
    private lazy var receivers = GoReceivers(program: program, types: types)

    init(_ program: GoProgram) {
        self.program = program
        types = GoTypes(program: program)
    }

    func number(_ literal: String) -> String? { GoLiterals.integer(literal).map(String.init) }

    func unbound(_ name: String, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives? { nil }

    func imported(
        _ name: ImportDeclaration.Name, from declaration: ImportDeclaration, in file: SourceFile, _ evaluator: Evaluator
    ) -> Alternatives? {
        Alternatives(.symbol(Symbol(declaration.source)))
    }

    func unary(_ operation: String, _ value: Value) -> Value? {
        guard operation == "-", case .number(let text) = value, let known = text.known else { return nil }
        return .number(SymbolicText(known.hasPrefix("-") ? String(known.dropFirst()) : "-" + known))
    }

    /// `return "", err`: a value that nobody uses beside an error.
    func isFailure(_ result: Expression, of function: Function) -> Bool {
        guard case .name("error")? = function.results.last?.kind, function.results.count > 1,
            case .array(nil, let values) = result.kind, let last = values.last
        else { return false }
        if case .null = last.kind { return false }
        return values.dropLast().allSatisfy { value in
            switch value.kind {
            case .null, .string(""), .number("0"), .bool: true
            case .object(let object): object.fields.isEmpty
            default: false
            }
        }
    }

    func joined(_ value: Value) -> SymbolicText? { value.text }

    func zero(of type: Expression?, in scope: LexicalScope) -> Value {
        guard let type else { return .unknown("") }
        switch type.kind {
        case .name("string"): return .text("")
        case .name(let name) where name.hasPrefix("int") || name.hasPrefix("uint") || name == "byte":
            return .number("0")
        case .name("bool"): return .bool(false)
        case .type, .name("error"), .name("any"): return .null
        case .name, .member, .index:
            if case .name(let name) = type.kind, let definition = scope.lookup(name)?.definitions.first,
                case .type(let declaration) = definition.source, let base = declaration.base
            {
                if case .name(name) = base.kind { return .unknown("") }
                return zero(of: base, in: definition.scope)
            }
            return .object(ObjectValue(.literal(ObjectLiteral(type: type, fields: [])), scope: scope))
        case .structure: return .object(ObjectValue(.literal(ObjectLiteral(type: type, fields: [])), scope: scope))
        default: return .unknown("")
        }
    }

    // MARK: Members

    func member(_ name: String, of outcome: Outcome, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        if case .symbol(let symbol) = outcome.value, symbol.path.isEmpty {
            guard let folder = program.tree.folder(ofImport: symbol.module) else {
                return GoLibrary.value(symbol.appending(name))
            }
            guard let binding = program.package(folder).binding(name) else { return nil }
            return evaluator.value(of: binding, at: site)
        }
        if case .instance(let instance) = outcome.value, name == "WebListenAddresses",
            instance.symbol.path == ["AddFlags"],
            instance.arguments.count > 1
        {
            // exporter-toolkit's kingpinflag.AddFlags(app, defaultAddress)
            return Alternatives(.list([instance.arguments[1].asDefaults]))
        }
        guard let owner = owner(of: name, outcome, site) else { return assigned(name, in: site, evaluator) }
        if let method = types.method(name, of: owner), let declared = method.scope.parent {
            var receiver = Alternatives(outcome.value)
            if outcome.value.isUnknown, !method.function.results.isEmpty,
                case .member(let object, _, _) = site.expression.kind
            {
                receiver = receivers.value(of: object, in: site.scope, evaluator) ?? receiver
            }
            return Alternatives(.function(FunctionValue(method.function, in: declared, receiver: receiver)))
        }
        if case .object(let object) = outcome.value, let value = literalField(name, of: owner, object, evaluator) {
            return value
        }
        if let value = fields(name, of: owner, evaluator) { return value }
        if case .object(let object) = outcome.value, case .literal = object.origin, owner.folder == nil {
            return absent(name, of: owner)
        }
        return nil
    }

    /// A field that a literal gives by its position, or in a struct that is embedded there.
    private func literalField(
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
                text.parts.allSatisfy { if case .literal = $0 { false } else { !$0.isVariable } } && !text.parts.isEmpty
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

    /// The type of the thing whose member is asked for.
    private func owner(of name: String, _ outcome: Outcome, _ site: EvaluationSite) -> GoNamedType? {
        if case .object(let object) = outcome.value, case .literal(let literal) = object.origin,
            let scope = object.scope,
            let type = literal.type
        {
            return types.named(.written(type, scope))
        }
        var expression = site.expression
        while case .member(let object, let last, _) = expression.kind {
            if last == name { return types.named(types.type(of: object, in: site.scope)) }
            expression = object
        }
        return nil
    }

    /// A field whose type is not known: what files of the package assign to it in the same words.
    private func assigned(_ name: String, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
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
    private func absent(_ name: String, of owner: GoNamedType) -> Alternatives? {
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

    // MARK: Parameters

    /// The arguments of all calls of a function: where they agree, that is what it is.
    func parameter(_ index: Int, of function: Function, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives?
    {
        guard index >= 0, let file = scope.file, let package = program.package(of: file) else { return nil }
        if function.name.isEmpty { return argument(index, ofLiteral: function, in: file, evaluator) }
        let key = "\(file.text.path):\(function.nameRange.lowerBound):\(index)"
        if let known = knownParameters[key] { return known }
        guard activeParameters.insert(key).inserted else {
            evaluator.cut()
            return nil
        }
        defer { activeParameters.remove(key) }
        let cuts = evaluator.cuts
        var sources: [SourceFile]
        if package.key.test == .none {
            let isExported = function.name.first?.isUppercase == true
            let folders = isExported ? program.folders(using: package.key.folder) : [package.key.folder]
            sources = program.sources(in: folders, holding: function.name, seenFrom: package.key.folder)
        } else {
            sources = package.files(holding: function.name)
        }
        let receiver = function.receiver?.type.flatMap { types.named(.written($0, scope)) }
        var outcomes: [Outcome] = []
        for source in sources {
            for site in source.calls where site.call.lastName == function.name {
                guard isCall(site, of: function, receiver, package, file) else { continue }
                if function.parameters[index].variadic {
                    let rest = site.call.arguments.dropFirst(index).map { evaluator.value($0, in: site.scope) }
                    outcomes.append(Outcome(.list(rest)))
                } else if index < site.call.arguments.count {
                    let argument = site.call.arguments[index]
                    let step = TraceStep(source.location(argument.range), "passed to \(function.name) here")
                    outcomes += evaluator.value(argument, in: site.scope).traced(step).outcomes
                }
            }
        }
        let result = outcomes.isEmpty ? nil : Alternatives(Self.knownFirst(outcomes))
        if evaluator.cuts == cuts { knownParameters[key] = .some(result) }
        return result
    }

    /// `func(p string) { … }(port)`
    private func argument(
        _ index: Int, ofLiteral function: Function, in file: SourceFile, _ evaluator: Evaluator
    ) -> Alternatives? {
        for site in file.calls {
            if case .function(let called) = site.call.callee.kind, called.nameRange == function.nameRange,
                index < site.call.arguments.count
            {
                return evaluator.value(site.call.arguments[index], in: site.scope)
            }
        }
        return nil
    }

    private func isCall(
        _ site: SourceFile.CallSite, of function: Function, _ receiver: GoNamedType?, _ package: GoPackage,
        _ file: SourceFile
    ) -> Bool {
        switch site.call.callee.kind {
        case .name(let name):
            guard receiver == nil, let definition = site.scope.lookup(name)?.definitions.first,
                case .function(let found) = definition.source
            else { return false }
            return found.nameRange == function.nameRange && definition.scope.file === file
        case .member(let object, _, _):
            if let path = types.importPath(object, in: site.scope) {
                return receiver == nil && path == package.importPath
            }
            guard let receiver else { return false }
            return types.named(types.type(of: object, in: site.scope)) == receiver
        default: return false
        }
    }

    // MARK: Calls

    func call(
        _ callee: Outcome, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        GoLibrary(language: self, evaluator: evaluator, site: site).call(callee.value, call)
    }

    func written(
        by call: CallExpression, argument: Int, previous: Alternatives?, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        if argument == 0, let name = call.lastName, let flag = GoFlags.shape(name), flag.writes {
            return GoFlags.value(flag, call, in: site, evaluator)
        }
        guard case .function(let function) = evaluator.value(call.callee, in: site.scope, frame: site.frame).first.value
        else { return nil }
        var arguments = evaluator.arguments(call, site)
        guard argument < arguments.count else { return nil }
        let before = arguments[argument].first.value
        if before.isUnknown || before.text?.unknowns.isEmpty == false,
            case .unary(_, let target) = call.arguments[argument].kind,
            case .written(let type, let scope)? = types.type(of: target, in: site.scope)
        {
            arguments[argument] = Alternatives(zero(of: type, in: scope)).asDefaults
        }
        return evaluator.written(by: function, arguments, through: argument)
    }
}

extension CallExpression {
    /// `Listen` of `net.Listen(…)`.
    var lastName: String? {
        switch callee.kind {
        case .name(let name), .member(_, let name, _): name
        case .index(let base, _):
            switch base.kind {
            case .name(let name), .member(_, let name, _): name
            default: nil
            }
        default: nil
        }
    }
}

extension ObjectLiteral {
    /// `T{a, b}`, if all fields are given by position.
    func positional(_ position: Int, of count: Int) -> Expression? {
        guard fields.count == count, position < count, case .position(position) = fields[position].key else {
            return nil
        }
        return fields[position].value
    }
}
