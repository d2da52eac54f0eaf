internal import Dialects
internal import Extraction
internal import ListenerModel

/// Finds the calls of a file that are in the table of listen calls and reads their arguments.
struct GoCallReader {
    let program: GoProgram
    let language: GoLanguage
    let evaluator: Evaluator

    init(_ program: GoProgram) {
        self.program = program
        language = GoLanguage(program)
        evaluator = Evaluator(language)
    }

    func declarations(in file: SourceFile, of package: GoPackage) -> [Declaration] {
        var result: [Declaration] = []
        for site in file.calls {
            if let match = match(site.call.callee, in: site.scope) {
                result += declare(match, site.call, in: site.scope, file, package)
            }
            for (position, argument) in site.call.arguments.enumerated() {
                guard case .member = argument.kind, let match = match(argument, in: site.scope) else { continue }
                result += handedOver(match, argument, position, site, file, package)
            }
        }
        return result
    }

    /// The function itself is an argument: `group.Go(server.ListenAndServe)`, or `start(net.Listen)` for a function
    /// of the package that calls what it is given.
    private func handedOver(
        _ match: Match, _ argument: Expression, _ position: Int, _ site: SourceFile.CallSite, _ file: SourceFile,
        _ package: GoPackage
    ) -> [Declaration] {
        if case .text(.receiverField)? = match.rows[0].address.first {
            let end = argument.range.upperBound
            let call = CallExpression(callee: argument, arguments: [], argumentsRange: end..<end)
            return declare(match, call, in: site.scope, file, package)
        }
        guard match.receiver == nil,
            case .function(let value) = evaluator.value(site.call.callee, in: site.scope).first.value,
            let home = value.scope.file, package.members.contains(home.text.path),
            let scope = home.functionScopes[value.function.nameRange.lowerBound],
            position < value.function.parameters.count, let name = value.function.parameters[position].pattern.name
        else { return [] }
        return home.calls.flatMap { inner -> [Declaration] in
            guard case .name(name) = inner.call.callee.kind, inner.scope.lookup(name) === scope.bindings[name] else {
                return []
            }
            var inside = match
            inside.name = inner.call.callee.range
            return declare(inside, inner.call, in: inner.scope, home, package)
        }
    }

    // MARK: Which call

    struct Match {
        /// Never empty.
        var rows: [GoListenCall]
        /// What the method is called on; nil for a package function.
        var receiver: Expression?
        /// The package as it is named here; nil for a method.
        var package: Expression?
        var name: Range<Int>
    }

    /// The rows of what is called. Packages that are part of the tree are read themselves instead.
    private func match(_ callee: Expression, in scope: LexicalScope) -> Match? {
        guard case .member(let object, let name, let range) = callee.kind else {
            guard case .name(let name) = callee.kind, var match = alias(name, in: scope) else { return nil }
            match.name = callee.range
            return match
        }
        guard GoListenCalls.byCall[name] != nil else { return nil }
        if let path = language.types.importPath(object, in: scope) {
            guard program.tree.folder(ofImport: path) == nil else { return nil }
            let rows = GoListenCalls.rows(package: path, receiver: nil, call: name)
            return rows.isEmpty ? nil : Match(rows: rows, receiver: nil, package: object, name: range)
        }
        guard let type = language.types.named(language.types.type(of: object, in: scope)) else { return nil }
        if type.folder == nil {
            let rows = GoListenCalls.rows(package: type.package, receiver: type.name, call: name)
            return rows.isEmpty ? nil : Match(rows: rows, receiver: object, package: nil, name: range)
        }
        guard language.types.method(name, of: type) == nil else { return nil }
        for (field, inner) in language.types.embedded(type) where inner.folder == nil {
            let rows = GoListenCalls.rows(package: inner.package, receiver: inner.name, call: name)
            if rows.isEmpty { continue }
            let embedded = Expression(.member(object, name: field, nameRange: object.range), object.range)
            return Match(rows: rows, receiver: embedded, package: nil, name: range)
        }
        return nil
    }

    /// `var listen = net.Listen`, which tests replace.
    private func alias(_ name: String, in scope: LexicalScope) -> Match? {
        guard let file = scope.file, program.package(of: file)?.listenNames.contains(name) == true else { return nil }
        for definition in scope.lookup(name)?.definitions ?? [] {
            guard case .value(let value) = definition.source, case .member = value.kind else { continue }
            if let match = match(value, in: definition.scope), match.receiver == nil { return match }
        }
        return nil
    }

    // MARK: Declarations

    private func declare(
        _ match: Match, _ call: CallExpression, in scope: LexicalScope, _ file: SourceFile, _ package: GoPackage
    ) -> [Declaration] {
        let arguments = GoArguments(match: match, call: call, scope: scope, evaluator: evaluator)
        return match.rows.flatMap { $0.expanded(call.arguments.count) }.flatMap { row -> [Declaration] in
            networks(row, arguments).compactMap { network in
                var reading = GoAddressReading(row: row, network: network)
                reading.take(arguments)
                guard let meaning = reading.meaning(evaluator) else { return nil }
                let location = file.location(reading.range ?? match.name)
                return Declaration(
                    location: location, text: file.written(location.range), source: .go, meaning: meaning,
                    certainty: reading.certainty, purpose: isDebug(row, arguments, package) ? ["debug"] : [],
                    trace: reading.trace.filter { $0.location != location }, test: row.kind == .test)
            }
        }
    }

    private func networks(_ row: GoListenCall, _ arguments: GoArguments) -> [Alternatives] {
        switch row.network {
        case .fixed(let names): return names.map { .text($0) }
        case .from(let source, let fallback):
            let found = arguments[source]?.values ?? .text("")
            return [
                found.map { outcome in
                    if let fallback, outcome.value.text?.known == "" { return .text(fallback) }
                    return Alternatives(outcome.value)
                }
            ]
        }
    }

    /// Whether net/http/pprof's handlers are served: the default handler is, and something imports the package.
    private func isDebug(_ row: GoListenCall, _ arguments: GoArguments, _ package: GoPackage) -> Bool {
        guard let handler = row.handler, package.imports("net/http/pprof") else { return false }
        switch arguments[handler]?.values.first.value {
        case nil, .null?, .text?: return true
        case .symbol(let symbol)?: return symbol == Symbol("net/http", ["DefaultServeMux"])
        default: return false
        }
    }
}
