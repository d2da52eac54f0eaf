public import ListenerModel

/// How Go's package net reads a listen address (net/ipsock.go, net/ipsock_posix.go, net/sockopt_linux.go).
///
/// | text, network | socket | observed |
/// |---|---|---|
/// | `:8080`, `0.0.0.0:8080`, `[::]:8080`, `[::ffff:0.0.0.0]:8080`, tcp | `*:8080`, dual stack | go-http-colon-port, go-http-v4any, go-net-tcp-v6any, go-net-tcp-mapped-any |
/// | the same, tcp4 | `0.0.0.0:8080` | go-net-tcp4-colon-port, go-net-tcp4-v4any |
/// | `:8080`, tcp6 | `[::]:8080`, IPv6 only | go-net-tcp6-colon-port |
/// | `0.0.0.0`, `127.0.0.1`, tcp6 or udp6; `[::1]`, tcp4 | refused | go-pkt-udp6-v4any, go-net-tcp4-v6lo |
/// | `[::ffff:127.0.0.1]:80` | `127.0.0.1:80` | go-net-tcp-mapped-lo |
/// | a name | its first IPv4 address, else its first | go-http-host-both, go-net-tcp6-localhost |
/// | no port | a random one | go-http-colon, go-http-env-port-unset |
/// | a multicast group, udp | the wildcard of its family | go-listenmulticast-iface, go-listenmulticast6 |
public struct GoDialect: Dialect {
    /// What an empty address stands for: `:http` for net/http's servers (go-http-empty), nothing for net.Listen
    /// (go-net-tcp-empty).
    public var whenEmpty: String?

    public init(whenEmpty: String? = nil) { self.whenEmpty = whenEmpty }

    public var name: String { "go" }

    public func binding(of request: ListenRequest, in world: World) -> Binding {
        if request.network == .unix { return unix(request) }
        var reading = Reading(network: request.network, ipv6Only: request.ipv6Only, world: world)
        switch request.address {
        case .parts(let host, let port):
            reading.isImplied = host == nil && port == nil
            reading.host = (host ?? "").unsetAsEmpty
            reading.port = (port ?? "").unsetAsEmpty
        case .combined(let text):
            var text = text.unsetAsEmpty
            if text.known == "" {
                reading.isImplied = true
                text = SymbolicText(whenEmpty ?? ":")
            }
            reading.split(text)
        }
        return reading.binding()
    }

    /// The path is used as it is; `@name` is abstract and an empty one is chosen by the kernel (go-unix-abstract).
    private func unix(_ request: ListenRequest) -> Binding {
        let text: SymbolicText =
            switch request.address {
            case .combined(let text): text
            case .parts(let host, _): host ?? ""
            }
        guard let path = text.unsetAsEmpty.known, !path.isEmpty else {
            return Binding(transport: .unix, host: nil, port: nil, scope: .unix)
        }
        // sockaddr_un.sun_path holds 108 bytes with the zero that ends it (unix(7)).
        let isTooLong = path.utf8.count > 107
        return Binding(
            transport: .unix, host: path, port: nil, sockets: isTooLong ? [] : [Socket(unix: path)], scope: .unix,
            refusal: isTooLong ? "the path of a unix socket is at most 107 bytes long" : nil)
    }
}

/// One address while it is read.
private struct Reading {
    let network: ListenRequest.Network
    let ipv6Only: Bool?
    let world: World
    var host: SymbolicText? = ""
    var port: SymbolicText? = ""
    var isImplied = false
    var refusal: String?

    init(network: ListenRequest.Network, ipv6Only: Bool?, world: World) {
        self.network = network
        self.ipv6Only = ipv6Only
        self.world = world
    }

    /// net.SplitHostPort, with unknown parts.
    mutating func split(_ text: SymbolicText) {
        let marked = text.marked
        let isKnown = text.known != nil
        guard let colon = marked.lastIndex(of: ":") else {
            if isKnown {
                refusal = "missing port in address"
                host = text
                port = nil
            } else {
                (host, port) = (nil, nil)
            }
            return
        }
        var before = marked[..<colon]
        if before.first == "[" {
            guard let close = before.firstIndex(of: "]") else {
                refusal = "missing ']' in address"
                port = nil
                host = text.slice(before.dropFirst())
                return
            }
            if before.index(after: close) != before.endIndex {
                refusal =
                    before[before.index(after: close)...].first == ":"
                    ? "too many colons in address" : "missing port in address"
            }
            before = before[..<close].dropFirst()
        } else if before.contains(":") {
            // Perhaps the unknown part holds no host but a scheme or more.
            refusal = "too many colons in address"
        }
        host = text.slice(before)
        port = text.slice(marked[marked.index(after: colon)...])
    }

    mutating func binding() -> Binding {
        let number = portNumber()
        var addresses: [IPAddress] = []
        var spelling = Spelling.explicit
        var isNamed = false
        switch host?.known {
        case nil: break
        case ""?:
            addresses = [network.isIPv4 ? .v4(.unspecified) : .v6(.unspecified)]
            spelling = isImplied ? .implied : .shorthand
        case let text?:
            if let literal = Self.literal(text) {
                addresses = [literal]
            } else {
                spelling = .name
                isNamed = true
                addresses = world.hosts[text.lowercased()] ?? []
                if addresses.isEmpty && Self.isNoName(text) { refuse("no such host") }
            }
        }
        let written = addresses.first
        let suitable = addresses.filter(fits)
        if suitable.isEmpty && !addresses.isEmpty { refuse("no suitable address found") }
        var result = Binding(
            transport: network.transport, host: host?.known, port: number, scope: .unknown, spelling: spelling)
        let chosen = suitable.first(where: \.seenThroughMapping.isIPv4) ?? suitable.first ?? written
        if let chosen {
            let outcome = outcome(chosen)
            result.scope = outcome == nil ? chosen.scope : .wildcard
            if !isNamed { result.host = host?.known == "" ? outcome?.host ?? "::" : canonical(chosen).description }
            if let number, refusal == nil {
                result.sockets =
                    outcome?.sockets(network.transport, number, in: world)
                    ?? [Socket(network.transport, bound(chosen), number)]
            }
            if case .v4(.unspecified)? = isNamed ? nil : written, outcome == .dualStack {
                result.surprise = .widerThanWritten
            }
        } else if isNamed {
            result.scope = .name
        }
        if number == .ephemeral, port?.known == "" { result.surprise = .randomPort }
        result.refusal = refusal
        return result
    }

    private mutating func refuse(_ reason: String) {
        if refusal == nil { refusal = reason }
    }

    /// net.LookupPort: decimal with a sign or leading zeros, a service's name, nothing for a random one.
    private mutating func portNumber() -> PortRange? {
        guard let text = port?.known else { return nil }
        if text.isEmpty { return .ephemeral }
        var digits = Substring(text)
        var isNegative = false
        if let sign = digits.first, sign == "+" || sign == "-" {
            isNegative = sign == "-"
            digits.removeFirst()
        }
        if !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            guard let value = UInt16(digits), !isNegative || value == 0 else {
                refuse("invalid port")
                return nil
            }
            return PortRange(value)
        }
        guard let service = ServiceNames.port(text.lowercased(), network.transport) else {
            refuse("unknown port")
            return nil
        }
        return PortRange(service)
    }

    /// A literal as netip.ParseAddr reads it. A zone counts on link-local addresses alone (go-http-zone-lo).
    private static func literal(_ text: String) -> IPAddress? {
        guard let address = IPAddress(text) else { return nil }
        guard case .v6(var v6) = address, v6.zone != nil, address.scope != .linkLocal else { return address }
        v6.zone = nil
        return .v6(v6)
    }

    /// Text that no resolver knows: `*`, and what ends in a number, which is an address to others (`127.1`, `0x7f.1`,
    /// `0`; go-http-v4short, go-http-v4hex).
    private static func isNoName(_ text: String) -> Bool {
        guard let last = text.split(separator: ".", omittingEmptySubsequences: false).last else { return true }
        if last.hasPrefix("0x") || last.hasPrefix("0X") { return true }
        return text == "*" || last.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// Whether the network takes an address (net.ipv4only, net.ipv6only).
    private func fits(_ address: IPAddress) -> Bool {
        switch network {
        case .tcp, .udp, .unix: true
        case .tcp4, .udp4: address.seenThroughMapping.isIPv4 || address == .v6(.unspecified)
        case .tcp6, .udp6: !address.seenThroughMapping.isIPv4
        }
    }

    private func outcome(_ address: IPAddress) -> WildcardOutcome? {
        if network.transport == .udp, address.scope == .multicast {
            return address.seenThroughMapping.isIPv4 ? .ipv4Only : .ipv6Only
        }
        guard address.isUnspecified else { return nil }
        switch network {
        case .tcp, .udp, .unix: return ipv6Only == true ? .ipv6Only : .dualStack
        case .tcp4, .udp4: return .ipv4Only
        case .tcp6, .udp6: return .ipv6Only
        }
    }

    private func bound(_ address: IPAddress) -> IPAddress { address.seenThroughMapping }

    private func canonical(_ address: IPAddress) -> IPAddress {
        network.isIPv4 && address == .v6(.unspecified) ? .v4(.unspecified) : address.seenThroughMapping
    }
}

extension ListenRequest.Network {
    fileprivate var isIPv4: Bool {
        switch self {
        case .tcp4, .udp4: true
        case .tcp, .tcp6, .udp, .udp6, .unix: false
        }
    }
}
