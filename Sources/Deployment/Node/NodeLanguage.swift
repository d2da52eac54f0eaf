internal import Dialects
internal import Extraction
internal import ListenerModel

/// What names, members and calls mean in a Node program.
///
/// A module outside the tree is a symbol of its name (`http`), what it gives a symbol or instance by the members and
/// calls on the way: `http.createServer()`. A module of the tree is a symbol whose name starts with `file:`.
final class NodeLanguage: Language {
    let program: NodeProgram
    private var activeExports: Set<String> = []
    private var activeParameters: Set<String> = []
    private var knownParameters: [String: Alternatives?] = [:]

    init(_ program: NodeProgram) { self.program = program }

    // MARK: Names

    func number(_ literal: String) -> String? {
        let digits = literal.filter { $0 != "_" && $0 != "n" }
        guard let value = ECMAScriptNumber.number(digits) else { return nil }
        return Self.text(of: value)
    }

    /// A number as ECMAScript prints it, for numbers that a port may be.
    static func text(of number: Double) -> String {
        number.rounded() == number && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }

    func unbound(_ name: String, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives? {
        guard name == "this" || name == "super" else { return Alternatives(.symbol(Symbol(name))) }
        var current: LexicalScope? = scope
        while let inner = current {
            if inner.kind == .function, let file = inner.file,
                let type = program.module(file.text.path)?.classes[ObjectIdentifier(inner)],
                let home = file.typeScopes[type.nameRange.lowerBound]?.parent
            {
                return Alternatives(.object(ObjectValue(.constructed(type, arguments: []), scope: home)))
            }
            current = inner.parent
        }
        return nil
    }

    func imported(
        _ name: ImportDeclaration.Name, from declaration: ImportDeclaration, in file: SourceFile, _ evaluator: Evaluator
    ) -> Alternatives? {
        let whole = self.module(declaration.source, from: file.text.path, evaluator, interop: name.imported != .whole)
        switch name.imported {
        case .whole, .default:
            guard case .symbol(let symbol)? = whole?.first.value, name.imported == .default else { return whole }
            return exported("default", of: symbol, evaluator) ?? whole
        case .named(let exported):
            guard let whole else { return nil }
            if case .symbol(let symbol) = whole.first.value, let value = self.exported(exported, of: symbol, evaluator)
            {
                return value
            }
            return evaluator.member(
                exported, of: whole, EvaluationSite(Expression(.opaque([]), declaration.sourceRange), in: file.scope))
        }
    }

    /// What importing gives: a symbol of the module, or what a CommonJS or JSON module consists of.
    func module(_ specifier: String, from path: String, _ evaluator: Evaluator, interop: Bool = true) -> Alternatives? {
        guard let found = program.resolution.path(of: specifier, from: path) else {
            return Alternatives(
                .symbol(Symbol(specifier.hasPrefix("node:") ? String(specifier.dropFirst(5)) : specifier)))
        }
        if found.hasSuffix(".json") { return program.document(found).map { Alternatives($0) } }
        let symbol = Symbol("file:" + found)
        if let module = program.module(found), module.exports.isEmpty, module.passedOn.isEmpty,
            let whole = commonJS(module, evaluator)
        {
            return whole
        }
        return Alternatives(.symbol(symbol))
    }

    // MARK: Exports

    /// A name that a module of the tree exports; nil for other modules.
    private func exported(_ name: String, of symbol: Symbol, _ evaluator: Evaluator) -> Alternatives? {
        guard symbol.path.isEmpty, symbol.module.hasPrefix("file:") else { return nil }
        return export(name, of: String(symbol.module.dropFirst(5)), evaluator)
    }

    private func export(_ name: String, of path: String, _ evaluator: Evaluator) -> Alternatives? {
        guard let module = program.module(path), activeExports.insert(path + "\0" + name).inserted else { return nil }
        defer { activeExports.remove(path + "\0" + name) }
        switch module.exports[name] {
        case .local(let local)?:
            return evaluator.value(Expression(.name(local), module.end), in: module.file.scope)
        case .value(let value)?: return evaluator.value(value, in: module.file.scope)
        case .other(let other, let source)?:
            guard let found = program.resolution.path(of: source, from: path) else {
                let symbol = Symbol(source)
                return Alternatives(.symbol(other.map { $0 == "default" ? symbol : symbol.appending($0) } ?? symbol))
            }
            guard let other else { return Alternatives(.symbol(Symbol("file:" + found))) }
            return export(other, of: found, evaluator)
        case nil: break
        }
        for source in module.passedOn {
            guard let found = program.resolution.path(of: source, from: path) else { continue }
            if let value = export(name, of: found, evaluator) { return value }
        }
        return commonJS(name, of: module, evaluator)
    }

    /// `module.exports = value`
    private func commonJS(_ module: NodeModule, _ evaluator: Evaluator) -> Alternatives? {
        guard let binding = module.file.scope.bindings["module"],
            binding.definitions.contains(where: { $0.path == ["exports"] })
        else { return nil }
        return evaluator.value(Self.member(.name("module"), "exports", module.end), in: module.file.scope)
    }

    /// `exports.name = value`, `module.exports.name = value`, a field of `module.exports = { … }`
    private func commonJS(_ name: String, of module: NodeModule, _ evaluator: Evaluator) -> Alternatives? {
        let scope = module.file.scope
        let whole = Self.member(.name("module"), "exports", module.end)
        if scope.bindings["exports"]?.definitions.contains(where: { $0.path.first == name }) == true {
            return evaluator.value(Self.member(.name("exports"), name, module.end), in: scope)
        }
        guard let definitions = scope.bindings["module"]?.definitions else { return nil }
        if definitions.contains(where: { $0.path.starts(with: ["exports", name]) }) {
            return evaluator.value(Self.member(whole.kind, name, module.end), in: scope)
        }
        guard let value = commonJS(module, evaluator) else { return nil }
        if name == "default" { return value }
        return evaluator.member(name, of: value, EvaluationSite(whole, in: scope))
    }

    private static func member(_ object: Expression.Kind, _ name: String, _ range: Range<Int>) -> Expression {
        Expression(.member(Expression(object, range), name: name, nameRange: range), range)
    }

    // MARK: Members

    func member(_ name: String, of outcome: Outcome, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives? {
        switch outcome.value {
        case .symbol(let symbol):
            if let value = exported(name, of: symbol, evaluator) { return value }
            if symbol.module.hasPrefix("file:"), symbol.path.isEmpty { return nil }
            if let value = NodeEnvironment.variable(name, of: symbol, at: site.location) { return value }
            if let value = NodeConfiguration.member(name, of: symbol, in: site, program, evaluator) { return value }
            if NodeOptionDeclarations.isParser(symbol),
                let value = NodeOptionDeclarations.member(name, of: symbol, site.location, program, evaluator)
            {
                return value
            }
            // `express_1.default` is what `import express` names.
            return Alternatives(.symbol(name == "default" ? symbol : symbol.appending(name)))
        case .instance(let instance):
            if let value = NodeLibrary.member(name, of: instance, at: site, program, evaluator) { return value }
            return Alternatives(.symbol(Symbol(instance.symbol.name + "()", [name])))
        case .object(let object):
            switch object.origin {
            case .constructed(let type, let arguments):
                // Without a place it is `this`, made by whichever call.
                let known = object.location == nil ? nil : arguments
                return classMember(name, of: type, object, arguments: known, evaluator)
            case .literal, .fields, .merged: return isWhole(object, evaluator) ? Alternatives(.undefined) : nil
            }
        case .type(let type, let scope): return staticMember(name, of: type, scope, evaluator)
        case .list(let elements):
            return name == "length" ? Alternatives(.number(SymbolicText(String(elements.count)))) : nil
        case .text, .number, .bool, .null, .undefined, .function, .unknown: return nil
        }
    }

    /// Whether every key of an object is known, so that another one is `undefined`.
    private func isWhole(_ object: ObjectValue, _ evaluator: Evaluator) -> Bool {
        func isWhole(_ value: Value) -> Bool {
            switch value {
            case .object(let inner): self.isWhole(inner, evaluator)
            case .null, .undefined, .bool: true
            default: false
            }
        }
        switch object.origin {
        case .constructed: return false
        case .fields: return true
        case .merged(let sources): return sources.allSatisfy { isWhole($0.first.value) }
        case .literal(let literal):
            guard let scope = object.scope else { return false }
            return literal.fields.allSatisfy { field in
                switch field.key {
                case .name, .position: true
                case .computed: false
                case .spread: isWhole(evaluator.value(field.value, in: scope, frame: object.frame).first.value)
                }
            }
        }
    }

    // MARK: Calls

    func call(
        _ callee: Outcome, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard case .symbol(let symbol) = callee.value else {
            guard callee.value.isUnknown else { return nil }
            return NodeMethods.call(call, in: site, evaluator) ?? NodeEnvironment.reader(call, in: site, evaluator)
        }
        let name = symbol.name
        if name == "require" || name == "import", let path = site.scope.file?.text.path {
            guard let source = call.arguments.first,
                let specifier = NodePaths.specifier(
                    evaluator.value(source, in: site.scope, frame: site.frame).first.value)
            else { return nil }
            return module(specifier, from: path, evaluator)
        }
        if name == "Promise", call.constructs, let value = promised(call, in: site, evaluator) { return value }
        // `server.listen.bind(server)` is `listen` itself.
        if symbol.path.count > 1, symbol.path.last == "bind" {
            return Alternatives(.symbol(Symbol(symbol.module, symbol.path.dropLast())))
        }
        for case .passes(let index) in NodeListenCalls.rows(for: name).map(\.form) where index < call.arguments.count {
            return evaluator.value(call.arguments[index], in: site.scope, frame: site.frame)
        }
        if let value = NodeLibrary.call(name, callee.value, call, in: site, program, evaluator) { return value }
        // Methods of a server give back the server: `app.use(…).listen(…)`.
        if case .member(let object, _, _) = call.callee.kind, symbol.path.count == 1, symbol.module.hasSuffix("()"),
            NodeListenCalls.isServer(String(symbol.module.dropLast(2))), NodeListenCalls.rows(for: name).isEmpty
        {
            return evaluator.value(object, in: site.scope, frame: site.frame)
        }
        return NodeEnvironment.reader(call, in: site, evaluator)
    }

    /// `Object.assign(config, …)` changes its first argument.
    func written(
        by call: CallExpression, argument: Int, previous: Alternatives?, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let previous,
            let name = evaluator.value(call.callee, in: site.scope, frame: site.frame).first.value.symbolName
        else { return nil }
        return NodeFunctionEffects.result(name, call, first: previous, in: site, evaluator)
    }

    // MARK: Parameters

    /// The values that the calls in the tree give a parameter, else something of its declared type.
    func parameter(
        _ index: Int, of function: Function, in scope: LexicalScope, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard let file = scope.file, index >= 0, index < function.parameters.count else { return nil }
        let key = "\(file.text.path):\(function.nameRange.lowerBound):\(index)"
        if let known = knownParameters[key] { return known }
        guard activeParameters.insert(key).inserted else { return nil }
        defer { activeParameters.remove(key) }
        var values: Alternatives?
        for (call, inside) in calls(of: function, in: file, scope, evaluator) {
            let value: Alternatives
            let arguments = evaluator.arguments(call, EvaluationSite(Expression(.call(call), 0..<0), in: inside))
            if function.parameters[index].variadic {
                value = Alternatives(.list(Array(arguments.dropFirst(index))))
            } else if index < arguments.count {
                value = arguments[index]
            } else if let initial = function.parameters[index].initial {
                value = evaluator.value(initial, in: scope)
            } else {
                value = Alternatives(.undefined)
            }
            values = values?.joined(with: value) ?? value
        }
        if values == nil { values = given(index, of: function, in: file, scope, evaluator) }
        if values?.outcomes.contains(where: { !$0.value.isUnknown }) != true,
            let type = function.parameters[index].type, let made = instance(ofType: type, in: scope, evaluator)
        {
            values = made
        }
        if activeParameters.count == 1 { knownParameters[key] = .some(values) }
        return values
    }

    private static let callLimit = 8

    /// The calls of a function in its own module and in those that import it.
    private func calls(
        of function: Function, in file: SourceFile, _ scope: LexicalScope, _ evaluator: Evaluator
    ) -> [(CallExpression, LexicalScope)] {
        guard let module = program.module(file.text.path) else { return [] }
        let type = module.classes[ObjectIdentifier(scope)]
        var name = function.name.isEmpty ? file.functionNames[function.nameRange.lowerBound] ?? "" : function.name
        let isConstructor = type != nil && name == "constructor"
        if isConstructor { name = type?.name ?? "" }
        guard !name.isEmpty else { return [] }
        var found: [(CallExpression, LexicalScope)] = []
        for path in [file.text.path] + program.importers(of: file.text.path) {
            guard let other = program.module(path) else { continue }
            // A method keeps its name wherever it is called.
            let mayBeRenamed = path != file.text.path && (type == nil || isConstructor)
            for site in other.calls(mayBeNamed: name, asImported: mayBeRenamed)
            where found.count < Self.callLimit {
                // What calls itself, does so with what others gave it.
                if site.scope.isInside(scope) { continue }
                // Functions are called with `new` too.
                guard site.call.constructs || !isConstructor else { continue }
                let callee = evaluator.value(site.call.callee, in: site.scope)
                let matches = callee.outcomes.contains { outcome in
                    switch outcome.value {
                    case .function(let value):
                        value.function.nameRange == function.nameRange && value.scope.file === file
                    case .type(let made, let home):
                        isConstructor && made.nameRange == type?.nameRange && home.file === file
                    default: false
                    }
                }
                if matches { found.append((site.call, site.scope)) }
            }
        }
        return found
    }

    // MARK: Values

    func zero(of type: Expression?, in scope: LexicalScope) -> Value { .undefined }

    func unary(_ operation: String, _ value: Value) -> Value? {
        switch (operation, value) {
        case ("+", .number): value
        case ("+", .text(let text)): NodeLibrary.number(text, ECMAScriptNumber.number)
        case ("-", .number(let text)):
            text.known.map { .number(SymbolicText($0.hasPrefix("-") ? String($0.dropFirst()) : "-" + $0)) }
        case ("void", _): .undefined
        default: nil
        }
    }

    /// `return null`, `return false`: nothing that a socket could be opened on.
    func isFailure(_ result: Expression, of function: Function) -> Bool {
        switch result.kind {
        case .null, .undefined, .bool(false): true
        default: false
        }
    }

    func joined(_ value: Value) -> SymbolicText? {
        switch value {
        case .text, .number, .unknown: value.text
        case .bool(let bool): SymbolicText(bool ? "true" : "false")
        case .null: "null"
        case .undefined: "undefined"
        case .symbol(let symbol): NodePaths.base(symbol).map { SymbolicText($0) }
        case .object, .list, .function, .instance, .type: nil
        }
    }
}

extension Symbol {
    /// `http.createServer`, `express().listen`
    var name: String { ([module] + path.filter { $0 != "default" }).joined(separator: ".") }
}

extension Value {
    /// The name of a thing outside the tree.
    var symbolName: String? { if case .symbol(let symbol) = self { symbol.name } else { nil } }
}

extension Expression {
    /// The last name of `a.b.c`.
    var lastName: String? {
        switch kind {
        case .name(let name), .member(_, let name, _): name
        default: nil
        }
    }

    var isName: Bool { if case .name = kind { true } else { false } }
}
