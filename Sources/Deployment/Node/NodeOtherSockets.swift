internal import Dialects
internal import Extraction
internal import ListenerModel

/// Calls with address arguments of their own: dgram, the inspector, Nest's microservices.
extension NodeAddressReading {
    /// `dgram.createSocket(type).bind(port, address)`, `.bind({ port, address })`
    mutating func datagram() -> Request? {
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
    mutating func inspector() -> Request? {
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
    mutating func microservice(_ index: Int) -> Request? {
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
}
