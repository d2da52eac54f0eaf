public import ListenerModel

/// How one server program reads the addresses of its command line, environment and configuration: a row of
/// `ServerDialects`. The same text opens different sockets in different programs; the columns say which.
public struct ServerDialect: Dialect {
    /// What a program makes of one spelling.
    public enum Reading: Hashable, Sendable {
        case wildcard(WildcardOutcome)
        /// One socket for each address that the host has when the program starts.
        case everyAddress
        case address(IPAddress)
        /// Looked up as any other host name.
        case name
        /// The program does not start; the reason in words.
        case refused(String)
        /// Set where this text does not say: a configuration file, the image.
        case unknown
    }

    /// Which of the addresses of a host name are bound.
    public enum NameChoice: Hashable, Sendable {
        case all
        /// The first IPv4 address, else the first.
        case ipv4First
        /// The first, in the order of getaddrinfo(3).
        case first
    }

    /// What a combined text without a colon is.
    public enum BareText: Hashable, Sendable {
        case host
        case port
        /// A number is a port, anything else a host.
        case either
        case refused(String)
    }

    public var name: String
    /// `0.0.0.0`
    public var ipv4Any: Reading
    /// `::`
    public var ipv6Any: Reading
    /// `*`
    public var star: Reading
    /// An empty host: `:8080`, `--host ""`.
    public var empty: Reading
    /// No host at all.
    public var absent: Reading
    public var names: NameChoice
    /// A host name that is neither `localhost` nor known to the hosts file.
    public var otherNames: Reading
    /// inet_aton(3) forms such as `127.1` and `0` are addresses.
    public var looseIPv4: Bool
    public var bare: BareText
    /// `::1:8080` is an address with a port behind its last colon; else several colons are an address.
    public var portAfterBareIPv6: Bool
    /// Port numbers that are accepted, besides 0.
    public var ports: ClosedRange<UInt16>

    /// What the program takes where the text gives no host or port; set by the reader of a command.
    public var defaultHost: String?
    public var defaultPort: UInt16?
    /// The host comes from a variable, which counts as not given where it is empty.
    public var emptyHostIsAbsent = false
    /// A port that the text gives opens every interface where it gives no host (gunicorn's `$PORT`).
    public var portAloneOpensAll: Bool

    public init(
        _ name: String, ipv4Any: Reading = .wildcard(.ipv4Only), ipv6Any: Reading, star: Reading = .name,
        empty: Reading, absent: Reading? = nil, names: NameChoice = .all, otherNames: Reading = .name,
        looseIPv4: Bool = true, bare: BareText = .host, portAfterBareIPv6: Bool = false,
        ports: ClosedRange<UInt16> = 0...65535, portAloneOpensAll: Bool = false
    ) {
        self.name = name
        self.ipv4Any = ipv4Any
        self.ipv6Any = ipv6Any
        self.star = star
        self.empty = empty
        self.absent = absent ?? empty
        self.names = names
        self.otherNames = otherNames
        self.looseIPv4 = looseIPv4
        self.bare = bare
        self.portAfterBareIPv6 = portAfterBareIPv6
        self.ports = ports
        self.portAloneOpensAll = portAloneOpensAll
    }

    /// The same program with its own defaults.
    public func defaults(host: String?, port: UInt16?) -> ServerDialect {
        var dialect = self
        dialect.defaultHost = host
        dialect.defaultPort = port
        return dialect
    }

    public func binding(of request: ListenRequest, in world: World) -> Binding {
        let text = ServerAddress(request, self)
        if request.network == .unix || text.path != nil { return unixBinding(text.path) }
        var binding = hostBinding(text, request.network, request.ipv6Only, in: world)
        binding.transport = text.transport ?? request.network.transport
        switch text.port {
        case .absent: binding.port = defaultPort.map { PortRange($0) }
        case .known(let port):
            if let range = self.port(port) {
                binding.port = range
            } else {
                binding.refusal = binding.refusal ?? "\"\(port)\" is not a port that \(name) accepts"
            }
        case .unknown: binding.port = nil
        }
        if let refusal = text.refusal { binding.refusal = refusal }
        if binding.port?.isEphemeral == true, binding.scope == .wildcard { binding.surprise = .randomPort }
        guard let port = binding.port, binding.refusal == nil else {
            binding.sockets = []
            return binding
        }
        binding.sockets = binding.sockets.map { socket in
            guard let address = socket.ipAddress else { return socket }
            return Socket(binding.transport, address, port, dualStack: socket.dualStack)
        }
        return binding
    }

    private func port(_ text: String) -> PortRange? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let port = UInt16(text),
            ports.contains(port) || port == 0
        else { return nil }
        return PortRange(port)
    }

    private func unixBinding(_ path: String?) -> Binding {
        Binding(
            transport: .unix, host: path, port: nil, sockets: path.map { [Socket(unix: $0)] } ?? [],
            scope: path == nil ? .unknown : .unix)
    }

    // MARK: Hosts

    /// The binding of a host on port 0; the caller puts the port in.
    private func hostBinding(
        _ text: ServerAddress, _ network: ListenRequest.Network, _ ipv6Only: Bool?, in world: World
    ) -> Binding {
        var written: String
        var spelling = Spelling.explicit
        switch text.host {
        case .unknown:
            return Binding(transport: network.transport, host: nil, port: nil, scope: .unknown)
        case .absent:
            spelling = text.isPortAlone ? .shorthand : .implied
            if portAloneOpensAll, case .known = text.port {
                return read(empty, "", .shorthand, network, ipv6Only, in: world)
            }
            guard let defaultHost else { return read(absent, "", spelling, network, ipv6Only, in: world) }
            written = defaultHost
        case .known(let text): written = text
        }
        if written.hasPrefix("["), written.hasSuffix("]") { written = String(written.dropFirst().dropLast()) }
        switch written {
        case "": return read(empty, written, shorthand(spelling), network, ipv6Only, in: world)
        case "*": return read(star, written, shorthand(spelling), network, ipv6Only, in: world)
        default: break
        }
        if let address = IPAddress(written) ?? (looseIPv4 ? IPv4Address(loose: written).map(IPAddress.v4) : nil) {
            if address == .v6(.unspecified) { return read(ipv6Any, written, spelling, network, ipv6Only, in: world) }
            if address.isUnspecified { return read(ipv4Any, written, spelling, network, ipv6Only, in: world) }
            return read(.address(address), written, spelling, network, ipv6Only, in: world)
        }
        if spelling == .explicit { spelling = .name }
        if let addresses = world.hosts[written.lowercased()], !addresses.isEmpty {
            return bound(chosen(addresses), written, spelling, network)
        }
        return read(otherNames, written, spelling, network, ipv6Only, in: world)
    }

    private func shorthand(_ spelling: Spelling) -> Spelling { spelling == .implied ? .implied : .shorthand }

    private func chosen(_ addresses: [IPAddress]) -> [IPAddress] {
        switch names {
        case .all: addresses
        case .first: Array(addresses.prefix(1))
        case .ipv4First: [addresses.first(where: \.isIPv4) ?? addresses[0]]
        }
    }

    private func bound(
        _ addresses: [IPAddress], _ host: String, _ spelling: Spelling, _ network: ListenRequest.Network
    ) -> Binding {
        let sockets = addresses.map { Socket(network.transport, $0, .ephemeral) }
        return Binding(
            transport: network.transport, host: host, port: nil, sockets: sockets,
            scope: Scope.widest(addresses.map(\.scope)) ?? .name, spelling: spelling)
    }

    private func read(
        _ reading: Reading, _ host: String, _ spelling: Spelling, _ network: ListenRequest.Network, _ ipv6Only: Bool?,
        in world: World
    ) -> Binding {
        switch reading {
        case .wildcard(let usual):
            let outcome = forced(usual, network, ipv6Only)
            let sockets = outcome.sockets(network.transport, .ephemeral, in: world)
            var binding = Binding(
                transport: network.transport, host: outcome.host, port: nil, sockets: sockets,
                scope: Scope.widest(sockets.map(\.scope)) ?? .wildcard, spelling: spelling)
            if spelling == .explicit, let address = IPAddress(host) {
                binding.host = address.description
                if address.isIPv4, sockets.contains(where: { $0.family == .ipv6 }) {
                    binding.surprise = .widerThanWritten
                }
            }
            return binding
        case .everyAddress:
            return Binding(
                transport: network.transport, host: "0.0.0.0", port: nil, scope: .wildcard, spelling: spelling)
        case .address(let address):
            var binding = bound([address], address.description, spelling, network)
            binding.scope = address.scope
            return binding
        case .unknown:
            return Binding(transport: network.transport, host: nil, port: nil, scope: .unknown, spelling: spelling)
        case .name:
            return Binding(
                transport: network.transport, host: host.isEmpty ? nil : host, port: nil,
                scope: host.isEmpty ? .unknown : .name, spelling: spelling)
        case .refused(let reason):
            return Binding(
                transport: network.transport, host: host.isEmpty ? nil : host, port: nil,
                scope: host.isEmpty || host == "*" ? .wildcard : .name, spelling: spelling, refusal: reason)
        }
    }

    /// The outcome where the program was told which family to use.
    private func forced(
        _ outcome: WildcardOutcome, _ network: ListenRequest.Network, _ ipv6Only: Bool?
    ) -> WildcardOutcome {
        switch network {
        case .tcp4, .udp4: return .ipv4Only
        case .tcp6, .udp6: return outcome == .dualStack || outcome == .systemDefault ? outcome : .ipv6Only
        case .tcp, .udp, .unix: break
        }
        guard let ipv6Only, outcome == .dualStack || outcome == .systemDefault else { return outcome }
        return ipv6Only ? .ipv6Only : .dualStack
    }
}
