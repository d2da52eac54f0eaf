internal import Extraction
internal import ListenerModel

/// What names, members and calls mean in Go.
final class GoLanguage: Language {
    let program: GoProgram
    let types: GoTypes
    var activeFields: Set<String> = []
    var knownFields: [String: Alternatives?] = [:]
    var knownDefaults: [String: Alternatives?] = [:]
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
