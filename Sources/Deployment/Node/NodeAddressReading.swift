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
    private(set) var dialect: NodeDialect
    private(set) var trace: [TraceStep] = []
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
    private struct Argument {
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

    private func argument(_ index: Int) -> Argument? { index < arguments.count ? arguments[index] : nil }

    /// The word that implies the address: `listen` in `server.listen()`.
    private var callName: Range<Int> {
        if case .member(_, _, let range)? = call?.callee.kind { return range }
        return call?.callee.range ?? 0..<0
    }

    private func absent() -> Request {
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
    private mutating func host(_ argument: Argument) -> SymbolicText? {
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

    private func unknown(_ argument: Argument) -> SymbolicText {
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

    // MARK: Options

    private func inner(_ values: Alternatives) -> Alternatives {
        guard let key = row.keys.inside else { return values }
        let inner = evaluatorMember(key, values) ?? Alternatives(.undefined)
        // A number in place of the options: `{ udp: 53 }`.
        guard case .number = usable(inner).value else { return inner }
        return Alternatives(.object(ObjectValue(.fields([row.keys.port[0]: inner]), scope: scope)))
    }

    private func evaluatorMember(_ key: String, _ values: Alternatives) -> Alternatives? {
        guard case .object = usable(values).value else { return nil }
        let end = file.text.bytes.count
        let place = EvaluationSite(Expression(.opaque([]), call?.argumentsRange ?? end..<end), in: scope)
        return evaluator.member(key, of: Alternatives([usable(values)]), place)
    }

    /// The first of these keys that the options have with a value.
    private func field(_ keys: [String], _ values: Alternatives) -> Alternatives? {
        for key in keys {
            if let found = evaluatorMember(key, values), found.first.value.isPresent { return found }
        }
        return nil
    }

    /// `{ port, host, path }` under the row's names for them.
    mutating func options(_ values: Alternatives, _ range: Range<Int>) -> Request? {
        let keys = row.keys
        guard case .object = usable(values).value else {
            if case .unknown(let written) = usable(values).value {
                let unknown = SymbolicText(Unknown(.expression(written)))
                return Request(request: ListenRequest(.tcp, .parts(host: unknown, port: unknown)), range: range)
            }
            return Request(request: ListenRequest(.tcp, .parts(host: nil, port: nil)), range: range)
        }
        trace += usable(values).trace
        let isOff = keys.unless.contains { key in
            guard let value = evaluatorMember(key, values)?.first.value else { return false }
            if case .bool(false) = value { return false }
            if value.isGiven { return true }
            // `{ server: options.server }`: whoever writes the key has something for it.
            guard isWritten(key, values) else { return false }
            return value.isUnknown || evaluatorMember(keys.port[0], values)?.first.value.isPresent != true
        }
        if isOff { return nil }
        for key in keys.unlessFalse {
            if case .bool(false)? = evaluatorMember(key, values)?.first.value { return nil }
        }
        let port = evaluatorMember(keys.port[0], values)
        if port?.first.value.isPresent != true, let path = field(keys.path, values), path.first.value.isGiven {
            let text = text(path) ?? SymbolicText(Unknown(.expression("path")))
            return Request(request: ListenRequest(.unix, .parts(host: nil, port: text)), range: range)
        }
        let host = field(keys.host, values)
        if host == nil, let ignored = field(row.ignoredHostKeys, values), ignored.first.value.isGiven {
            dialect.ignoresHost = true
        }
        var portText: SymbolicText?
        if let port, hasKey(keys.port[0], values) {
            portText = text(port) ?? SymbolicText(Unknown(.expression("port")))
        }
        var ipv6Only: Bool?
        if case .bool(let only)? = evaluatorMember("ipv6Only", values)?.first.value { ipv6Only = only }
        return Request(
            request: ListenRequest(
                row.isDatagram ? .udp4 : .tcp, .parts(host: host.flatMap { optionHost($0) }, port: portText),
                ipv6Only: ipv6Only),
            range: range)
    }

    /// Whether a key is written, be its value undefined.
    private func hasKey(_ key: String, _ values: Alternatives) -> Bool {
        guard case .object(let object) = usable(values).value else { return false }
        if case .literal = object.origin { return evaluator.field(key, of: object) != nil || object.alias != nil }
        return evaluatorMember(key, values)?.first.value.isPresent ?? false
    }

    private func isWritten(_ key: String, _ values: Alternatives) -> Bool {
        guard case .object(let object) = usable(values).value, case .literal(let literal) = object.origin else {
            return false
        }
        return literal[key] != nil
    }

    private mutating func optionHost(_ values: Alternatives) -> SymbolicText? {
        switch usable(values).value {
        case .bool(true) where row.keys.everyInterface: return "::"
        case .bool, .null, .undefined: return nil
        default: return text(values) ?? SymbolicText(Unknown(.expression("host")))
        }
    }

    // MARK: Sockets of other kinds

    /// `dgram.createSocket(type).bind(port, address)`, `.bind({ port, address })`
    private mutating func datagram() -> Request? {
        var type = receiver?.arguments.first
        var ipv6Only: Bool?
        if let given = type, case .object = usable(given).value {
            if case .bool(let only)? = evaluatorMember("ipv6Only", given)?.first.value { ipv6Only = only }
            type = evaluatorMember("type", given)
        }
        let network: ListenRequest.Network
        var refusal: String?
        switch type?.first.value.text?.known {
        case "udp6": network = .udp6
        case "udp4": network = .udp4
        case nil: network = .udp
        case let other?:
            network = .udp
            refusal = "a socket's type is udp4 or udp6, not \(other) (ERR_SOCKET_BAD_TYPE)"  // node-dgram-bad-type
        }
        func made(_ host: SymbolicText?, _ port: SymbolicText?, _ range: Range<Int>) -> Request {
            Request(
                request: ListenRequest(network, .parts(host: host, port: port), ipv6Only: ipv6Only), range: range,
                refusal: refusal)
        }
        guard let first = argument(0) else { return made(nil, nil, callName) }
        let values = first.value
        switch usable(values).value {
        case .function: return made(nil, nil, callName)
        case .object:
            if evaluatorMember("fd", values)?.first.value.isGiven == true { return nil }
            let port = field(["port"], values).flatMap { text($0) }
            return made(field(["address"], values).flatMap { text($0) }, port, first.range)
        default: break
        }
        let port = text(values) ?? unknown(first)
        guard let second = argument(1), let host = host(second) else { return made(nil, port, first.range) }
        return made(host, port, first.range.lowerBound..<second.range.upperBound)
    }

    /// `inspector.open(port, host)`
    private mutating func inspector() -> Request? {
        guard let first = argument(0) else { return absent() }
        let port = first.value.first.value.isPresent ? text(first.value) ?? unknown(first) : nil
        guard let second = argument(1), let host = host(second) else {
            return Request(request: ListenRequest(.tcp, .parts(host: nil, port: port)), range: first.range)
        }
        return Request(
            request: ListenRequest(.tcp, .parts(host: host, port: port)),
            range: first.range.lowerBound..<second.range.upperBound)
    }

    /// Nest's `{ transport: Transport.TCP, options: { host, port } }`: TCP is localhost:3000, gRPC `localhost:5000`;
    /// the others are clients of a broker.
    private mutating func microservice(_ index: Int) -> Request? {
        guard let argument = argument(index) else { return nil }
        let values = argument.value
        guard case .object = usable(values).value else { return nil }
        let options = evaluatorMember("options", values) ?? Alternatives(.undefined)
        var transport = "TCP"
        if let given = evaluatorMember("transport", values), given.first.value.isPresent {
            guard case .symbol(let symbol) = usable(given).value, let name = symbol.path.last else { return nil }
            transport = name
        }
        switch transport {
        case "TCP":
            dialect.absentHost = .name("localhost")
            dialect.absentPort = 3000
            return self.options(options, argument.range)
        case "GRPC":
            dialect = NodeDialect(.target, absentPort: 443, everyAddress: true)
            let url = field(["url"], options).flatMap { text($0) } ?? "localhost:5000"
            return Request(request: ListenRequest(.tcp, .combined(url)), range: argument.range)
        default: return nil
        }
    }

    // MARK: Values

    /// The outcome to expect: the first that is known; one that is absent only where nothing else may stand there, or
    /// by default.
    private func usable(_ values: Alternatives) -> Outcome {
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
    private mutating func text(_ values: Alternatives) -> SymbolicText? {
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
    fileprivate var isPresent: Bool {
        switch self {
        case .null, .undefined: false
        default: true
        }
    }

    /// Present for certain: not something that an unknown part of an object may hold.
    fileprivate var isGiven: Bool { isPresent && !isUnknown }
}

extension Unknown {
    fileprivate var isExpression: Bool { if case .expression = cause { true } else { false } }
}
