internal import Dialects
internal import Extraction
internal import ListenerModel

/// Turns the arguments of one listen call into what its runtime is asked for.
struct GoAddressReading {
    let row: GoListenCall
    let network: Alternatives
    /// The one of the row's forms that something is written in, else the last.
    private(set) var form: GoListenCall.Form = .none
    private var address: GoArguments.Argument?
    private var host: GoArguments.Argument?
    private var port: GoArguments.Argument?
    private(set) var trace: [TraceStep] = []
    private(set) var certainty: Certainty
    /// The library takes what is given as a request to open nothing.
    private var isOff = false

    init(row: GoListenCall, network: Alternatives) {
        self.row = row
        self.network = network
        certainty = row.isVerified ? .certain : .likely
    }

    mutating func take(_ arguments: GoArguments) {
        for form in row.address {
            self.form = form
            switch form {
            case .text(let source), .barePort(let source), .structure(let source), .group(let source), .url(let source),
                .multiaddress(let source), .exporterFlags(let source):
                address = arguments[source]
            case .parts(let host, let port):
                self.host = host.flatMap { arguments[$0.source] }
                self.port = port.flatMap { arguments[$0.source] }
            case .none: break
            }
            if address != nil || host != nil || port != nil { return }
        }
    }

    /// The argument in the call; nil where none is written there.
    var range: Range<Int>? { address?.range ?? host?.range ?? port?.range }

    private var dialect: GoDialect { GoDialect(whenEmpty: row.whenEmpty) }

    /// Nil where it opens neither a stream nor a packet socket.
    mutating func meaning(_ evaluator: Evaluator) -> Declaration.Meaning? {
        var name = network.first.value.text?.known
        if case .multiaddress = form, address?.values.first.value.text?.known != nil, addressNetwork == nil {
            return nil
        }
        // Raw sockets (ip(7)) have no ports and no listeners.
        if let name, name.hasPrefix("ip") { return nil }
        let suitable = network.outcomes.first { outcome in
            outcome.value.text?.known.map { refusal(ofNetwork: $0) == nil } ?? false
        }
        if let own = addressNetwork {
            name = own
        } else if let suitable {
            name = suitable.value.text?.known ?? name
        } else if !network.first.trace.isEmpty {
            // The name comes from afar: what does not fit does not get here.
            name = nil
        }
        if let name, let refusal = refusal(ofNetwork: name) {
            let binding = Binding(
                transport: row.kind == .packet ? .udp : .tcp, host: nil, port: nil, scope: .unknown, refusal: refusal)
            return .bound([binding], state: .refused, stateReason: refusal)
        }
        let network = Self.request(name) ?? (row.kind == .packet ? .udp : .tcp)
        let address = requested(network, evaluator)
        return isOff ? nil : .request(ListenRequest(network, address), dialect: dialect)
    }

    /// The network that the address itself names.
    private var addressNetwork: String? {
        guard let text = address?.values.first.value.text else { return nil }
        switch form {
        case .multiaddress: return text.known.flatMap { Multiaddress($0)?.network.rawValue }
        case .url:
            let marked = text.marked
            guard let scheme = marked.firstRange(of: "://") else { return nil }
            let name = String(marked[..<scheme.lowerBound])
            return Self.request(name) == nil ? nil : name
        case .text, .barePort, .structure, .group, .exporterFlags, .parts, .none: return nil
        }
    }

    /// The networks of package net by name (net/dial.go); `tcp-tls` is miekg/dns's.
    private static func request(_ name: String?) -> ListenRequest.Network? {
        switch name {
        case "unix", "unixpacket", "unixgram": .unix
        case "tcp-tls", "http", "https": .tcp
        case let name?: ListenRequest.Network(rawValue: name)
        case nil: nil
        }
    }

    private func refusal(ofNetwork name: String) -> String? {
        guard let network = Self.request(name) else { return "unknown network \(name)" }
        switch (row.kind, network.transport) {
        case (.listen, .udp) where addressNetwork == nil, (.packet, .tcp) where addressNetwork == nil:
            return "unexpected address type for network \(name)"
        case (.listen, _), (.packet, _), (.any, _), (.adopt, _), (.test, _): return nil
        }
    }

    private mutating func requested(_ network: ListenRequest.Network, _ evaluator: Evaluator) -> ListenRequest.Address {
        switch form {
        case .none: return absent()
        case .parts(let host, let port):
            if self.host == nil, self.port == nil, row.whenAbsent != nil { return absent() }
            return .parts(
                host: host.flatMap { part(self.host, $0.replacements) },
                port: port.flatMap { part(self.port, $0.replacements) })
        case .structure, .group:
            guard let address else { return absent() }
            return structure(address.values, evaluator)
        case .exporterFlags:
            guard let address else { return absent() }
            return .combined(text(Self.firstAddress(address.values, evaluator)))
        case .url:
            guard let address else { return absent() }
            return .combined(Self.withoutScheme(text(Self.firstURL(address.values, evaluator))))
        case .multiaddress:
            guard let address else { return absent() }
            let text = text(address.values)
            guard let read = text.known.flatMap({ Multiaddress($0) }) else { return .combined(text) }
            return .parts(host: SymbolicText(read.host), port: SymbolicText(read.port))
        case .text, .barePort:
            guard let address else { return absent() }
            var text = text(address.values, for: network)
            if let known = text.known, !known.isEmpty, let reading = row.replacements[known] {
                text = replaced(text, reading)
            } else if text.known == "", row.replacements[""] == .off {
                isOff = true
            }
            if case .barePort = form, !text.marked.contains(":") { return .parts(host: nil, port: text) }
            return .combined(text)
        }
    }

    /// A host or port with what the library reads in its place; nil where it is left to the runtime.
    private mutating func part(_ argument: GoArguments.Argument?, _ replacements: GoListenCall.Replacements)
        -> SymbolicText?
    {
        guard let argument else {
            guard let reading = replacements[""] else { return nil }
            if certainty == .certain { certainty = .default }
            return replaced("", reading)
        }
        let text = text(argument.values)
        var value = text.known
        if value == "0", case .number = argument.values.first.value { value = "" }
        guard let value, let reading = replacements[value] else { return text }
        return replaced(text, reading)
    }

    private mutating func replaced(_ text: SymbolicText, _ reading: GoListenCall.Replacements.Reading) -> SymbolicText {
        switch reading {
        case .text(let other): return SymbolicText(other)
        case .off:
            isOff = true
            return text
        case .unknown:
            certainty = .unknown
            return SymbolicText(Unknown(.expression("a configuration file")))
        }
    }

    /// The row's own default, with variables.
    private mutating func absent() -> ListenRequest.Address {
        guard let text = row.whenAbsent else {
            if row.replacements[""] == .off { isOff = true }
            return .combined(SymbolicText(Unknown(.expression("a socket that another process opened"))))
        }
        if text == "off" { isOff = true }
        if certainty == .certain { certainty = .default }
        return .combined(Self.template(text))
    }

    /// `:${PORT:-8080}`
    private static func template(_ text: String) -> SymbolicText {
        var result = SymbolicText()
        var rest = Substring(text)
        while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
            result.append(.literal(String(rest[..<open.lowerBound])))
            let parts = rest[open.upperBound..<close].split(
                separator: ":-", maxSplits: 1, omittingEmptySubsequences: false)
            result.append(
                .unknown(
                    Unknown(
                        .environment(String(parts[0])),
                        fallback: parts.count > 1 ? .init(SymbolicText(String(parts[1])), whenEmpty: true) : nil)))
            rest = rest[rest.index(after: close)...]
        }
        result.append(.literal(String(rest)))
        return result
    }

    /// `web.FlagConfig{WebListenAddresses: …}`, or what kingpinflag.AddFlags made with a default.
    private static func firstAddress(_ flags: Alternatives, _ evaluator: Evaluator) -> Alternatives {
        flags.map { outcome in
            var addresses: Alternatives?
            if case .object(let object) = outcome.value {
                addresses = evaluator.field("WebListenAddresses", of: object)
            } else if case .instance(let instance) = outcome.value, instance.symbol.path == ["AddFlags"],
                instance.arguments.count > 1
            {
                return instance.arguments[1].asDefaults
            }
            guard case .list(let list)? = addresses?.first.value, let first = list.first else {
                return .unknown("an address")
            }
            return first
        }
    }

    /// `tcp://:9000`: the scheme is the network.
    private static func withoutScheme(_ text: SymbolicText) -> SymbolicText {
        let marked = text.marked
        guard let scheme = marked.firstRange(of: "://") else { return text }
        return text.slice(marked[scheme.upperBound...])
    }

    /// The first of a list, and the text of a `url.URL`: its host, after its scheme.
    private static func firstURL(_ values: Alternatives, _ evaluator: Evaluator) -> Alternatives {
        values.map { outcome in
            switch outcome.value {
            case .list(let elements): return elements.first.map { firstURL($0, evaluator) } ?? .text("")
            case .object(let object): return evaluator.field("Host", of: object) ?? .unknown("a URL")
            default: return Alternatives(outcome.value)
            }
        }
    }

    /// The text to expect, its way back, and the others as further steps.
    private mutating func text(_ values: Alternatives, for network: ListenRequest.Network? = nil) -> SymbolicText {
        var outcome = values.first
        if let network, !outcome.trace.isEmpty {
            // It comes from afar, where the other network was asked for too or nothing at all: what does not fit
            // does not get here.
            let fits = values.outcomes.filter { Self.fits($0.value, network) }
            let fitting = fits.first { !["", ":"].contains($0.value.text?.known) } ?? fits.first
            if let fitting {
                outcome = fitting
                if fitting.isDefault, let text = fitting.value.text, ["", ":"].contains(text.expected) {
                    outcome.value = Self.withoutDefault(text)
                }
            } else if network == .unix {
                outcome = Outcome(.unknown("a path"), trace: outcome.trace)
            }
        }
        for step in outcome.trace where !trace.contains(step) { trace.append(step) }
        // A fallback that is still in the text counts once the environment is known.
        let hasFallback = outcome.value.text?.unknowns.contains { $0.fallback != nil } == true
        if outcome.isDefault, !hasFallback, certainty == .certain { certainty = .default }
        for other in values.outcomes {
            guard let text = other.value.text?.expected, text != outcome.value.text?.expected, !text.isEmpty,
                let step = other.trace.last
            else { continue }
            if !trace.contains(where: { $0.location == step.location }) {
                trace.append(TraceStep(step.location, "it may also be \(text)"))
            }
        }
        guard let text = outcome.value.text else { return SymbolicText(Unknown(.expression("an address"))) }
        if case .unknown = outcome.value { certainty = .unknown }
        return text
    }

    /// An empty default says that nobody listens unless told where; programs ask before. A variable that may tell
    /// stays.
    private static func withoutDefault(_ text: SymbolicText) -> Value {
        let unknowns = text.unknowns
        guard !unknowns.isEmpty else { return .unknown("an address") }
        return .text(
            SymbolicText(
                text.parts.map { part in
                    guard case .unknown(var unknown) = part else { return part }
                    unknown.fallback = nil
                    return .unknown(unknown)
                }))
    }

    /// Whether a text can be meant for a network: a path for unix, a host and a port for the others.
    private static func fits(_ value: Value, _ network: ListenRequest.Network) -> Bool {
        guard let text = value.text?.expected else { return true }
        if network == .unix { return !ListenShape.isHostAndPort(text) && IPAddress(text) == nil }
        return text.isEmpty || (text.contains(":") && !text.hasPrefix("/"))
    }

    /// `&net.TCPAddr{IP:, Port:}`, `&net.UnixAddr{Name:}`, or what net.ResolveTCPAddr made of a text; nil is every
    /// interface and a random port.
    private mutating func structure(_ values: Alternatives, _ evaluator: Evaluator) -> ListenRequest.Address {
        switch values.first.value {
        case .null: return .combined("")
        case .object(let object):
            trace += values.first.trace
            if let address = evaluator.field("address", of: object) { return .combined(text(address)) }
            if let name = evaluator.field("Name", of: object) { return .combined(text(name)) }
            let ip = evaluator.field("IP", of: object)
            let port = evaluator.field("Port", of: object)
            var host: SymbolicText?
            if let ip, ip.first.value.text != nil { host = text(ip) }
            return .parts(host: host, port: port.map { text($0) } ?? "0")
        default:
            return .combined(text(values))
        }
    }
}
