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
            if let match = match(site.call.callee, arguments: site.call.arguments.count, in: site.scope) {
                result += declare(match, site.call, in: site.scope, file, package)
            }
            // `group.Go(server.ListenAndServe)`: the method itself is handed over.
            for argument in site.call.arguments {
                guard case .member = argument.kind, let match = match(argument, arguments: 0, in: site.scope),
                    case .text(.receiverField) = match.row.address
                else { continue }
                let call = CallExpression(
                    callee: argument, arguments: [],
                    argumentsRange: argument.range.upperBound..<argument.range.upperBound)
                result += declare(match, call, in: site.scope, file, package)
            }
        }
        return result
    }

    // MARK: Which call

    struct Match {
        var row: GoListenCall
        /// What the method is called on; nil for a package function.
        var receiver: Expression?
        var name: Range<Int>
    }

    private func match(_ callee: Expression, arguments: Int, in scope: LexicalScope) -> Match? {
        guard case .member(let object, let name, let range) = callee.kind, GoListenCalls.byCall[name] != nil else {
            return nil
        }
        if let path = language.types.importPath(object, in: scope) {
            return GoListenCalls.rows(package: path, receiver: nil, call: name).first
                .map { Match(row: $0, receiver: nil, name: range) }
        }
        guard let type = language.types.named(language.types.type(of: object, in: scope)) else { return nil }
        if let row = GoListenCalls.rows(package: type.package, receiver: type.name, call: name).first {
            return Match(row: row, receiver: object, name: range)
        }
        guard language.types.method(name, of: type) == nil else { return nil }
        for (field, inner) in language.types.embedded(type) {
            guard let row = GoListenCalls.rows(package: inner.package, receiver: inner.name, call: name).first else {
                continue
            }
            let embedded = Expression(.member(object, name: field, nameRange: object.range), object.range)
            return Match(row: row, receiver: embedded, name: range)
        }
        return nil
    }

    // MARK: Its arguments

    /// An argument as found: nothing is written where `range` is nil.
    struct Argument {
        var values: Alternatives
        var range: Range<Int>?
    }

    private func argument(
        _ source: GoListenCall.Argument, _ match: Match, _ call: CallExpression, in scope: LexicalScope
    ) -> Argument? {
        switch source {
        case .position(let index):
            guard index < call.arguments.count else { return nil }
            let expression = call.arguments[index]
            var values = evaluator.value(expression, in: scope)
            if case .spread = expression.kind { values = values.map { first(of: $0) } }
            return Argument(values: values, range: expression.range)
        case .receiverField(let field):
            guard let receiver = match.receiver else { return nil }
            return Argument(values: self.field(field, of: receiver, at: match.name, in: scope), range: nil)
        case .field(let index, let field):
            guard index < call.arguments.count else { return nil }
            let expression = call.arguments[index]
            return Argument(
                values: self.field(field, of: expression, at: expression.range, in: scope), range: expression.range)
        case .constructorField(let field):
            guard let receiver = match.receiver else { return nil }
            let made = evaluator.value(receiver, in: scope).first.value
            guard case .instance(let instance) = made, let options = instance.arguments.first else { return nil }
            return Argument(
                values: options.map { outcome in
                    guard case .object(let object) = outcome.value else { return .text("") }
                    return evaluator.field(field, of: object) ?? .text("")
                }, range: nil)
        }
    }

    private func first(of outcome: Outcome) -> Alternatives {
        guard case .list(let elements) = outcome.value, let first = elements.first else {
            return Alternatives(outcome.value)
        }
        return first
    }

    /// A field as it is where the call stands.
    private func field(_ name: String, of object: Expression, at range: Range<Int>, in scope: LexicalScope)
        -> Alternatives
    {
        var object = object
        while case .unary(_, let inner) = object.kind { object = inner }
        return evaluator.value(Expression(.member(object, name: name, nameRange: range), range), in: scope)
    }

    // MARK: Declarations

    private func declare(
        _ match: Match, _ call: CallExpression, in scope: LexicalScope, _ file: SourceFile, _ package: GoPackage
    ) -> [Declaration] {
        let row = match.row
        let networks: Alternatives
        switch row.network {
        case .fixed(let names):
            return names.compactMap { name in
                declaration(match, call, network: .text(name), in: scope, file, package)
            }
        case .from(let source, let fallback):
            let found = argument(source, match, call, in: scope)?.values ?? .text("")
            networks = found.map { outcome in
                if let fallback, outcome.value.text?.known == "" { return .text(fallback) }
                return Alternatives(outcome.value)
            }
        }
        return [declaration(match, call, network: networks, in: scope, file, package)].compactMap(\.self)
    }

    private func declaration(
        _ match: Match, _ call: CallExpression, network: Alternatives, in scope: LexicalScope, _ file: SourceFile,
        _ package: GoPackage
    ) -> Declaration? {
        let row = match.row
        var reading = GoAddressReading(row: row, network: network)
        switch row.address {
        case .text(let source), .barePort(let source), .structure(let source), .group(let source), .url(let source),
            .exporterFlags(let source):
            reading.address = argument(source, match, call, in: scope)
        case .parts(let host, let port):
            reading.host = host.flatMap { argument($0, match, call, in: scope) }
            reading.port = port.flatMap { argument($0, match, call, in: scope) }
        case .none: break
        }
        let range = reading.address?.range ?? reading.host?.range ?? reading.port?.range ?? match.name
        let location = file.location(range)
        guard let meaning = reading.meaning(evaluator) else { return nil }
        var trace = reading.trace
        trace.removeAll { $0.location == location }
        return Declaration(
            location: location, text: file.written(range), source: .go, meaning: meaning,
            certainty: reading.certainty, purpose: isDebug(match, call, in: scope, package) ? ["debug"] : [],
            trace: trace, test: row.kind == .test)
    }

    /// Whether net/http/pprof's handlers are served: the default handler is, and something imports the package.
    private func isDebug(_ match: Match, _ call: CallExpression, in scope: LexicalScope, _ package: GoPackage) -> Bool {
        guard let handler = match.row.handler, package.imports("net/http/pprof") else { return false }
        switch argument(handler, match, call, in: scope)?.values.first.value {
        case nil, .null?, .text?: return true
        case .symbol(let symbol)?: return symbol == Symbol("net/http", ["DefaultServeMux"])
        default: return false
        }
    }
}
