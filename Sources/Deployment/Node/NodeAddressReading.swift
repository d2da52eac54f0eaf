internal import Dialects
internal import Extraction
internal import ListenerModel

/// Turns the arguments of one listen call into what its runtime is asked for.
struct NodeAddressReading {
    let row: NodeListenCall
    /// What the method is called on, as it was made.
    let receiver: Instance?
    /// nil where no call is read but an object alone.
    let call: CallExpression?
    let scope: LexicalScope
    let file: SourceFile
    let evaluator: Evaluator
    private let arguments: [Argument]
    var dialect: NodeDialect
    var trace: [TraceStep] = []
    private(set) var certainty = Certainty.certain

    struct Request {
        var request: ListenRequest
        /// The address arguments, or the name of the call where there are none.
        var range: Range<Int>
        /// Why the runtime rejects what stands besides the address.
        var refusal: String?
    }

    init(
        row: NodeListenCall, receiver: Instance? = nil, call: CallExpression?, scope: LexicalScope, file: SourceFile,
        evaluator: Evaluator
    ) {
        self.row = row
        self.receiver = receiver
        self.call = call
        self.scope = scope
        self.file = file
        self.evaluator = evaluator
        arguments = Argument.all(of: call, in: scope, file, evaluator)
        dialect = row.dialect
    }

    /// One argument, with its place; an element of a list for `listen(...list)`.
    struct Argument {
        var value: Alternatives
        var range: Range<Int>
        /// The last name of `a.b.port`.
        var name: String?

        static func all(
            of call: CallExpression?, in scope: LexicalScope, _ file: SourceFile, _ evaluator: Evaluator
        ) -> [Argument] {
            var result: [Argument] = []
            for argument in call?.arguments ?? [] {
                let value = evaluator.value(argument, in: scope)
                if case .spread = argument.kind, case .list(let elements) = value.first.value {
                    result += elements.map { Argument(value: $0, range: argument.range) }
                } else {
                    result.append(Argument(value: value, range: argument.range, name: argument.lastName))
                }
            }
            return result
        }
    }

    /// nil where the call opens nothing.
    mutating func request() -> Request? {
        switch row.form {
        case .arguments: return arguments(hostAt: 1)
        case .callbackBeforeHost: return arguments(hostAt: 2)
        case .hostFirst: return hostFirst()
        case .options(let index):
            guard let argument = argument(index) else { return absent() }
            let values = inner(argument.value)
            // One socket for each of the keys that are there.
            if row.isBeside || row.isDatagram, row.keys.inside != nil, !usable(values).value.isPresent { return nil }
            return options(values, argument.range)
        case .constructed(let index):
            return options(receiver?.arguments.dropFirst(index).first ?? Alternatives(.undefined), callName)
        case .port(let index): return onlyPort(index)
        case .target(let index):
            guard let argument = argument(index) else { return nil }
            let text = text(argument.value) ?? SymbolicText(Unknown(.expression(file.written(argument.range))))
            return Request(request: ListenRequest(.tcp, .combined(text)), range: argument.range)
        case .datagram: return datagram()
        case .inspector: return inspector()
        case .microservice(let index): return microservice(index)
        case .passes, .none: return nil
        }
    }

    // MARK: Arguments

    func argument(_ index: Int) -> Argument? { index < arguments.count ? arguments[index] : nil }

    /// The word that implies the address: `listen` in `server.listen()`.
    var callName: Range<Int> {
        if case .member(_, _, let range)? = call?.callee.kind { return range }
        return call?.callee.range ?? 0..<0
    }

    func absent() -> Request {
        Request(request: ListenRequest(.tcp, .parts(host: nil, port: nil)), range: callName)
    }

    /// `listen(port, host)`, `listen(path)`, `listen(options)`, `listen(callback)`
    private mutating func arguments(hostAt hostIndex: Int) -> Request? {
        guard let first = argument(0) else { return absent() }
        let values = first.value
        switch usable(values).value {
        case .function: return absent()
        // A socket that is open already (node-http-listen-server-handle).
        case .instance(let instance) where NodeListenCalls.isServer(instance.symbol.name): return nil
        case .object:
            if dialect.form == .arguments { dialect.form = .options }
            let inherited = evaluatorMember("fd", values) ?? evaluatorMember("_handle", values)
            if let inherited, inherited.first.value.isGiven, inherited.first.value.symbolName == nil { return nil }
            if isWritten("fd", values), !isWritten("port", values) { return nil }
            dialect.absentPort = row.dialect.absentPort == 0 ? nil : row.dialect.absentPort
            return options(values, first.range)
        case .bool, .number: dialect.form = .options
        case .text, .null, .undefined, .list, .symbol, .instance, .type, .unknown: break
        }
        let port = text(values) ?? unknown(first)
        if port.known == nil, let name = first.name?.lowercased(), Self.pathNames.contains(where: name.hasSuffix),
            argument(hostIndex).map({ self.host($0) == nil }) ?? true
        {
            return Request(request: ListenRequest(.unix, .parts(host: nil, port: port)), range: first.range)
        }
        guard let second = argument(hostIndex), let host = host(second) else {
            // What may be options or a path says nothing of the host.
            let isNumber = if case .number = usable(values).value { true } else { false }
            let mayBeAnything = !isNumber && port.known == nil && port.unknowns.allSatisfy(\.isExpression)
            let isPort = first.name?.lowercased().hasSuffix("port") ?? false
            let host = mayBeAnything && !isPort && call?.arguments.count == 1 ? port : nil
            return Request(request: ListenRequest(.tcp, .parts(host: host, port: port)), range: first.range)
        }
        let range = first.range.lowerBound..<second.range.upperBound
        return Request(request: ListenRequest(.tcp, .parts(host: host, port: port)), range: range)
    }

    /// A text as host; a number is the backlog, a function the callback.
    mutating func host(_ argument: Argument) -> SymbolicText? {
        let values = argument.value
        switch usable(values).value {
        case .text: return text(values)
        case .null, .undefined:
            return nil
        case .symbol(let symbol) where symbol == NodeLanguage.settler: return nil
        case .unknown, .symbol, .instance:
            let name = (argument.name ?? "").lowercased()
            return Self.callbackNames.contains { name.hasSuffix($0) } ? nil : unknown(argument)
        case .number, .bool, .object, .list, .function, .type: return nil
        }
    }

    /// By what a second argument that is a function and not a host is called.
    private static let callbackNames = [
        "callback", "cb", "done", "next", "resolve", "handler", "listener", "listening", "ready", "started", "fn",
        "func",
        "log", "print", "start",
    ]

    /// By what an argument is called that is the path of a socket and no port.
    private static let pathNames = ["path", "socket", "sock", "pipe"]

    func unknown(_ argument: Argument) -> SymbolicText {
        SymbolicText(Unknown(.expression(file.written(argument.range)), at: file.location(argument.range)))
    }

    /// uWebSockets: `listen(host, port, callback)` or `listen(port, callback)`.
    private mutating func hostFirst() -> Request? {
        guard let first = argument(0) else { return nil }
        dialect.form = .options
        let values = first.value
        if let second = argument(1), hasHost(first, second), let host = text(values) {
            let port = text(second.value) ?? unknown(second)
            return Request(
                request: ListenRequest(.tcp, .parts(host: host, port: port)),
                range: first.range.lowerBound..<second.range.upperBound)
        }
        let port = text(values) ?? unknown(first)
        return Request(request: ListenRequest(.tcp, .parts(host: nil, port: port)), range: first.range)
    }

    /// Two values before a callback are a host and a port, a number and a callback a port alone.
    private func hasHost(_ first: Argument, _ second: Argument) -> Bool {
        switch (usable(first.value).value, usable(second.value).value) {
        case (_, .function), (.number, _): false
        case (.text, .number), (.text, .text): true
        default: argument(2) != nil
        }
    }

    /// `new Server(3000)` listens, `new Server(httpServer)` and `new Server(options)` do not.
    private mutating func onlyPort(_ index: Int) -> Request? {
        guard let argument = argument(index) else { return nil }
        let values = argument.value
        switch usable(values).value {
        case .number: break
        case .text(let known): guard !known.unknowns.isEmpty || Double(known.marked) != nil else { return nil }
        default: return nil
        }
        guard let port = text(values) else { return nil }
        dialect.form = .options
        return Request(request: ListenRequest(.tcp, .parts(host: nil, port: port)), range: argument.range)
    }

    // MARK: Values

    /// The outcome to expect: the first that is known; one that is absent only where nothing else may stand there, or
    /// by default.
    func usable(_ values: Alternatives) -> Outcome {
        if values.outcomes.count == 1 { return values.first }
        let settled = values.outcomes.first { outcome in
            switch outcome.value {
            case .text(let text), .number(let text): text.known != nil || text.expected != nil
            case .object: true
            default: false
            }
        }
        return settled
            ?? values.outcomes.first { !$0.value.isUnknown && ($0.value.isPresent || $0.isDefault) }
            ?? values.outcomes.first { $0.value.isUnknown } ?? values.first
    }

    /// The text to expect with its way back; the other ones become further steps. nil where it is no text.
    mutating func text(_ values: Alternatives) -> SymbolicText? {
        var outcome = usable(values)
        if case .function(let function) = outcome.value, function.function.parameters.isEmpty,
            let result = evaluator.apply(function, [])
        {
            outcome = usable(result)
        }
        let text: SymbolicText
        switch outcome.value {
        case .text(let known): text = known
        case .number(let known):
            text = known
            if !known.unknowns.isEmpty { dialect.convertsPort = true }
        case .null, .undefined: text = SymbolicText(Unknown(.unset("undefined")))
        case .bool(let bool): text = SymbolicText(bool ? "true" : "false")
        case .unknown(let written): text = SymbolicText(Unknown(.expression(written)))
        case .object, .list, .function, .symbol, .instance, .type: return nil
        }
        trace += outcome.trace
        let hasFallback = text.unknowns.contains { $0.fallback != nil }
        if outcome.isDefault, !hasFallback, certainty == .certain { certainty = .default }
        for other in values.outcomes {
            guard let also = other.value.text, also != text, !other.value.isUnknown, let step = other.trace.last,
                !trace.contains(where: { $0.location == step.location })
            else { continue }
            trace.append(TraceStep(step.location, "it may also be \(also.marked)"))
        }
        return text
    }
}

extension Value {
    /// Not `undefined` or `null`.
    var isPresent: Bool {
        switch self {
        case .null, .undefined: false
        default: true
        }
    }

    /// Present for certain: not something that an unknown part of an object may hold.
    var isGiven: Bool { isPresent && !isUnknown }
}

extension Unknown {
    fileprivate var isExpression: Bool { if case .expression = cause { true } else { false } }
}
