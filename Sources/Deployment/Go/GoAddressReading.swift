internal import Dialects
internal import Extraction
internal import ListenerModel

/// Turns the arguments of one listen call into what its runtime is asked for.
struct GoAddressReading {
    let row: GoListenCall
    let network: Alternatives
    var address: GoCallReader.Argument?
    var host: GoCallReader.Argument?
    var port: GoCallReader.Argument?
    private(set) var trace: [TraceStep] = []
    private(set) var certainty: Certainty

    init(row: GoListenCall, network: Alternatives) {
        self.row = row
        self.network = network
        certainty = row.isVerified ? .certain : .likely
    }

    private var dialect: GoDialect { GoDialect(whenEmpty: row.whenEmpty) }

    /// Nil where it opens neither a stream nor a packet socket.
    mutating func meaning(_ evaluator: Evaluator) -> Declaration.Meaning? {
        var name = network.first.value.text?.known
        if case .url = row.address, let scheme = address?.values.first.value.text?.marked.firstRange(of: "://") {
            name = address?.values.first.value.text.map { String($0.marked[..<scheme.lowerBound]) }
        }
        // Raw sockets (ip(7)) have no ports and no listeners.
        if let name, name.hasPrefix("ip") { return nil }
        let suitable = network.outcomes.first { outcome in
            outcome.value.text?.known.map { refusal(ofNetwork: $0) == nil } ?? false
        }
        if let suitable {
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
        return .request(ListenRequest(network, requested(network, evaluator)), dialect: dialect)
    }

    /// The networks of package net by name (net/dial.go); `tcp-tls` is miekg/dns's.
    private static func request(_ name: String?) -> ListenRequest.Network? {
        switch name {
        case "unix", "unixpacket", "unixgram": .unix
        case "tcp-tls": .tcp
        case let name?: ListenRequest.Network(rawValue: name)
        case nil: nil
        }
    }

    private func refusal(ofNetwork name: String) -> String? {
        guard let network = Self.request(name) else { return "unknown network \(name)" }
        switch (row.kind, network.transport) {
        case (.listen, .udp), (.packet, .tcp): return "unexpected address type for network \(name)"
        case (.listen, _), (.packet, _), (.any, _), (.adopt, _), (.test, _): return nil
        }
    }

    private mutating func requested(_ network: ListenRequest.Network, _ evaluator: Evaluator) -> ListenRequest.Address {
        switch row.address {
        case .none: return absent()
        case .parts:
            return .parts(host: host.map { text($0.values) }, port: port.map { text($0.values) })
        case .structure, .group:
            guard let address else { return absent() }
            return structure(address.values, evaluator)
        case .exporterFlags:
            guard let address else { return absent() }
            return .combined(text(Self.firstAddress(address.values, evaluator)))
        case .url:
            guard let address else { return absent() }
            return .combined(Self.withoutScheme(text(address.values)))
        case .text, .barePort:
            guard let address else { return absent() }
            let text = text(address.values)
            if case .barePort = row.address, !text.marked.contains(":") { return .parts(host: nil, port: text) }
            return .combined(text)
        }
    }

    /// The row's own default, with variables.
    private mutating func absent() -> ListenRequest.Address {
        guard let text = row.whenAbsent else {
            return .combined(SymbolicText(Unknown(.expression("a socket that another process opened"))))
        }
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

    /// The text to expect, its way back, and the others as further steps.
    private mutating func text(_ values: Alternatives) -> SymbolicText {
        let outcome = values.first
        trace += outcome.trace
        // A fallback that is still in the text counts once the environment is known.
        let hasFallback = outcome.value.text?.unknowns.contains { $0.fallback != nil } == true
        if outcome.isDefault, !hasFallback, certainty == .certain { certainty = .default }
        for other in values.outcomes.dropFirst() {
            guard let text = other.value.text, !other.value.isUnknown, let step = other.trace.last else { continue }
            if !trace.contains(where: { $0.location == step.location }) {
                trace.append(TraceStep(step.location, "it may also be \(text.marked)"))
            }
        }
        guard let text = outcome.value.text else { return SymbolicText(Unknown(.expression("an address"))) }
        if case .unknown = outcome.value { certainty = .unknown }
        return text
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
