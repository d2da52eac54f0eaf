internal import Extraction
internal import ListenerModel

/// Values of command-line options and of variables with declared defaults (`Tables/node-options.tsv`).
///
/// What a parser gives is an instance of a symbol `options:NAME` with the arguments of the call; its members are the
/// options.
enum NodeOptions {
    private static let prefix = "options:"

    /// A member of what a call gave that is in the table; nil where it is not of it.
    static func member(
        _ name: String, of instance: Instance, at site: EvaluationSite, _ program: NodeProgram, _ evaluator: Evaluator
    ) -> Alternatives? {
        let made = instance.symbol.name
        if NodeOptionDeclarations.isParser(instance.symbol) {
            return NodeOptionDeclarations.member(name, of: instance.symbol, instance.location, program, evaluator)
        }
        let isResult = made.hasPrefix(prefix)
        guard let row = NodeOptionParser.named(isResult ? String(made.dropFirst(prefix.count)) : made) else {
            return nil
        }
        if !isResult, let result = row.result {
            guard name == result else { return nil }
            var values = instance
            values.symbol = Symbol(prefix + made)
            return Alternatives(.instance(values))
        }
        if methods.contains(name) { return nil }
        return value(name, row, instance, site, evaluator)
    }

    /// Methods of what parsers give, where no option bears their name.
    private static let methods: Set<String> = [
        "get", "getProperties", "validate", "loadFile", "load", "has", "default",
    ]

    /// `config.get('server.port')`, `config.getProperties()` of convict.
    static func call(
        _ name: String, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard case .member(let object, let method, _) = call.callee.kind,
            case .instance(let instance) = evaluator.value(object, in: site.scope, frame: site.frame).first.value,
            let row = NodeOptionParser.named(instance.symbol.name)
        else { return nil }
        switch method {
        case "getProperties", "validate", "loadFile", "load": return Alternatives(.instance(instance))
        case "get":
            guard let first = call.arguments.first,
                let key = evaluator.value(first, in: site.scope, frame: site.frame).first.value.text?.known
            else { return nil }
            var value = Alternatives(.instance(instance))
            for part in key.split(separator: ".") {
                guard case .instance(let inner) = value.first.value,
                    let next = self.value(String(part), row, inner, site, evaluator)
                else { return nil }
                value = next
            }
            return value
        default: return nil
        }
    }

    private static func value(
        _ name: String, _ row: NodeOptionParser, _ instance: Instance, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        let variable = row.readsEnvironment ? NodeEnvironment.variable(name, at: site.location) : nil
        for place in row.declarations where place.argument < instance.arguments.count {
            var declarations = instance.arguments[place.argument]
            for key in place.keys { declarations = evaluator.member(key, of: declarations, site) }
            guard let declaration = declaration(name, declarations, site, evaluator) else { continue }
            guard let key = row.defaultKey else { return declaration.asDefaults }
            if case .object(let object) = declaration.first.value, evaluator.field(key, of: object) == nil,
                object.holdsObjects(evaluator)
            {
                // A group of declarations.
                var group = instance
                group.arguments[place.argument] = declaration
                return Alternatives(.instance(group))
            }
            let given = NodeSchemas.defaultValue(of: declaration.first.value, key, evaluator)
            let named = self.variable(declaration, site, evaluator) ?? variable
            guard let given, !given.first.value.isUndefined else { return named ?? absent(name) }
            guard let named else { return given.asDefaults }
            // A variable is converted to what its default is.
            let isNumber = if case .number = given.first.value { true } else { false }
            let read = isNumber ? named.map { Alternatives($0.value.text.map { .number($0) } ?? $0.value) } : named
            return evaluator.fallback(read, given, whenEmpty: false)
        }
        return variable ?? absent(name)
    }

    /// The variable that a declaration names: `{ env: 'PORT', default: 3000 }`.
    private static func variable(
        _ declaration: Alternatives, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        guard case .object(let object) = declaration.first.value,
            let name = evaluator.field("env", of: object)?.first.value.text?.known, !name.isEmpty
        else { return nil }
        return NodeEnvironment.variable(name, at: site.location)
    }

    /// By its name in an object, or in a list of `{ name, … }`.
    private static func declaration(
        _ name: String, _ declarations: Alternatives, _ site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives? {
        switch declarations.first.value {
        case .object(let object):
            for spelling in spellings(name) {
                if let found = evaluator.field(spelling, of: object) { return found }
            }
            return nil
        case .list(let elements):
            return elements.first { element in
                guard case .object(let object) = element.first.value,
                    let own = evaluator.field("name", of: object)?.first.value.text?.known
                else { return false }
                return spellings(own).contains(name)
            }
        default: return nil
        }
    }

    /// An option that was not given and has no default.
    static func absent(_ name: String) -> Alternatives {
        Alternatives([Outcome(.undefined, isDefault: true), Outcome(.unknown("--" + name))])
    }

    /// `httpPort` and `http-port`.
    static func spellings(_ name: String) -> [String] {
        var kebab = ""
        var camel = ""
        var raises = false
        for character in name {
            if character.isUppercase {
                kebab += "-" + character.lowercased()
            } else {
                kebab.append(character)
            }
            if character == "-" {
                raises = true
            } else {
                camel += raises ? character.uppercased() : String(character)
                raises = false
            }
        }
        var result = [name]
        for other in [kebab, camel] where !result.contains(other) { result.append(other) }
        return result
    }

    /// What a function receives that handles a command: `program.action(f)`, yargs' `command(…, f)`.
    static func handler(_ symbol: Symbol, at site: EvaluationSite) -> Alternatives? {
        guard NodeOptionDeclarations.isParser(symbol), symbol.path.last == "action" || symbol.path.last == "command"
        else { return nil }
        return NodeOptionDeclarations.values(of: symbol, at: site.location)
    }

    /// The `handler` of a yargs command module, beside its `builder`.
    static func handler(_ function: Function, named name: String, in file: SourceFile) -> Alternatives? {
        guard name == "handler" else { return nil }
        let isCommand =
            file.scope.bindings["builder"] != nil
            || file.scope.bindings["exports"]?.definitions.contains {
                $0.path == ["builder"]
            } == true || file.objects.contains { $0.object["builder"] != nil && $0.object["handler"] != nil }
        guard isCommand else { return nil }
        return NodeOptionDeclarations.values(of: Symbol("yargs"), at: file.location(function.nameRange))
    }
}

extension ObjectValue {
    /// Whether all fields that are written in it are objects.
    fileprivate func holdsObjects(_ evaluator: Evaluator) -> Bool {
        guard case .literal(let literal) = origin, !literal.fields.isEmpty else { return false }
        return literal.fields.allSatisfy { field in
            if case .object = field.value.kind { true } else { false }
        }
    }
}
