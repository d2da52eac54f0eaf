internal import Dialects
internal import Extraction
internal import ListenerModel

/// Finds the calls of a module that are in the table of listen calls and reads what they ask for.
struct NodeCallReader {
    let program: NodeProgram
    let language: NodeLanguage
    let evaluator: Evaluator

    init(_ program: NodeProgram) {
        self.program = program
        language = NodeLanguage(program)
        evaluator = Evaluator(language)
    }

    func declarations(in module: NodeModule) -> [Declaration] {
        module.file.calls.flatMap { site -> [Declaration] in
            guard mayListen(site.call.callee, in: site.scope) else { return [] }
            let site = Self.direct(site)
            let callee = evaluator.value(site.call.callee, in: site.scope)
            let found = matches(callee, site)
            if !found.isEmpty { return found.compactMap { declaration($0, site, in: module.file) } }
            return [guess(callee, site, in: module.file)].compactMap { $0 }
        }
    }

    /// `server.listen.call(server, 3000)` as `server.listen(3000)`, `server.listen.apply(server, list)` as
    /// `server.listen(...list)`, `promisify(server.listen.bind(server, 3000))()` as `server.listen(3000)`.
    private static func direct(_ site: SourceFile.CallSite) -> SourceFile.CallSite {
        if case .call(let inner) = site.call.callee.kind {
            var bound = inner
            if bound.callee.lastName == "promisify", case .call(let call)? = inner.arguments.first?.kind {
                bound = call
            }
            guard bound.callee.lastName == "bind", bound.arguments.count > 1 else { return site }
            var site = site
            site.call.arguments = bound.arguments.dropFirst() + site.call.arguments
            return site
        }
        guard case .member(let inner, let method, _) = site.call.callee.kind, method == "call" || method == "apply",
            case .member = inner.kind
        else { return site }
        var site = site
        site.call.callee = inner
        site.call.arguments = Array(site.call.arguments.dropFirst())
        if method == "apply" {
            site.call.arguments = site.call.arguments.map { Expression(.spread($0), $0.range) }
        }
        return site
    }

    /// By its name alone, before anything is evaluated.
    private func mayListen(_ callee: Expression, in scope: LexicalScope) -> Bool {
        switch callee.kind {
        case .member(let object, let name, _):
            if name == "call" || name == "apply", case .member(_, let inner, _) = object.kind {
                return NodeListenCalls.mayEnd(in: inner)
            }
            return NodeListenCalls.mayEnd(in: name)
        case .name(let name):
            if NodeListenCalls.mayEnd(in: name) { return true }
            // An imported function may have any name here.
            return scope.lookup(name)?.definitions.contains { definition in
                switch definition.source {
                case .imported: true
                case .value(let value): value.namesModule
                default: false
                }
            } ?? false
        // `require('x')()`, `server.listen.bind(server)(3000)`, `promisify(server.listen)(3000)`
        case .call(let inner): return ["require", "bind", "promisify"].contains(inner.callee.lastName)
        default: return false
        }
    }

    // MARK: Which call

    private struct Match {
        var row: NodeListenCall
        var receiver: Instance?
        var certainty = Certainty.certain
    }

    /// The first row that fits, with those that hold beside it.
    private func matches(_ callee: Alternatives, _ site: SourceFile.CallSite) -> [Match] {
        for case .symbol(let symbol) in callee.outcomes.map(\.value) {
            let rows = NodeListenCalls.rows(for: symbol.name)
            guard !rows.isEmpty else { continue }
            let receiver = receiver(of: site)
            let first = rows.firstIndex { row in
                guard let with = row.with else { return true }
                return receiver?.arguments.contains { $0.isInstance(of: with) } ?? false
            }
            guard let first else { continue }
            let beside = rows[(first + 1)...].prefix(while: \.isBeside)
            return ([rows[first]] + beside).map { Match(row: $0, receiver: receiver) }
        }
        return []
    }

    /// What the method is called on, with what it was made with.
    private func receiver(of site: SourceFile.CallSite) -> Instance? {
        guard case .member(let object, _, _) = site.call.callee.kind else { return nil }
        for case .instance(let instance) in evaluator.value(object, in: site.scope).outcomes.map(\.value) {
            return instance
        }
        return nil
    }

    /// `server.listen(port)` on something that cannot be followed: likely, if it is called a server and is given
    /// what can only be a port.
    private func guess(
        _ callee: Alternatives, _ site: SourceFile.CallSite, in file: SourceFile
    ) -> Declaration? {
        guard callee.outcomes.allSatisfy(\.value.isUnknown),
            case .member(let object, "listen", _) = site.call.callee.kind,
            let name = object.lastNameOfReceiver?.lowercased(),
            Self.serverNames.contains(where: { name.hasSuffix($0) }), let first = site.call.arguments.first
        else { return nil }
        let value = evaluator.value(first, in: site.scope).first.value
        switch value {
        case .number: break
        case .text(let text): guard !text.unknowns.isEmpty else { return nil }
        case .object(let object):
            let port = evaluator.field("port", of: object)
            guard port != nil else { return nil }
        case .unknown(let written): guard written.lowercased().hasSuffix("port") else { return nil }
        case .bool, .null, .undefined, .list, .function, .symbol, .instance, .type: return nil
        }
        guard let row = NodeListenCalls.rows(for: "http.createServer().listen").first else { return nil }
        return declaration(Match(row: row, receiver: nil, certainty: .likely), site, in: file)
    }

    private static let serverNames = ["server", "app", "http", "https", "api", "srv", "fastify", "koa", "express"]

    // MARK: Declarations

    private func declaration(
        _ match: Match, _ site: SourceFile.CallSite, in file: SourceFile
    ) -> Declaration? {
        var reading = NodeAddressReading(
            row: match.row, receiver: match.receiver, call: site.call, scope: site.scope, file: file,
            evaluator: evaluator)
        guard let request = reading.request() else { return nil }
        let location = file.location(request.range)
        var trace = reading.trace
        trace.removeAll { $0.location == location }
        var certainty = reading.certainty
        if match.certainty == .likely { certainty = .likely }
        let meaning: Declaration.Meaning
        if let refusal = request.refusal {
            let binding = Binding(
                transport: request.request.network.transport, host: nil, port: nil, scope: .unknown, refusal: refusal)
            meaning = .bound([binding], state: .refused, stateReason: refusal)
        } else {
            meaning = .request(request.request, dialect: reading.dialect)
        }
        return Declaration(
            location: location, text: file.written(request.range), source: .node, meaning: meaning,
            certainty: certainty, purpose: match.row.purpose, trace: trace)
    }
}

extension Expression {
    /// `require("x")`, `require("x").y`
    var namesModule: Bool {
        switch kind {
        case .call(let call): call.callee.lastName == "require" || call.callee.namesModule
        case .member(let object, _, _): object.namesModule
        default: false
        }
    }

    /// The name closest to the method: `this.server`, `(await app)`, `getServer()`.
    fileprivate var lastNameOfReceiver: String? {
        switch kind {
        case .call(let call): call.callee.lastName
        case .unary("await", let inner): inner.lastNameOfReceiver
        default: lastName
        }
    }
}

extension Alternatives {
    /// Whether one of them is what calling or constructing something of this name gives: `x.Adapter()`.
    fileprivate func isInstance(of name: String) -> Bool {
        outcomes.contains { outcome in
            if case .instance(let instance) = outcome.value { instance.symbol.name + "()" == name } else { false }
        }
    }
}
