import ListenerModel

/// A host argument as `lib/net.js` and `dns.lookup` read it.
struct NodeHost {
    let text: SymbolicText?
    let dialect: NodeDialect

    init(_ text: SymbolicText?, _ dialect: NodeDialect) {
        self.text = text
        self.dialect = dialect
    }

    func binding(_ request: ListenRequest, _ port: PortRange?, _ world: World) -> Binding {
        guard let text, !(text.parts.count == 1 && text.unknowns.contains { $0.isUnset }) else {
            return absent(request, port, world)
        }
        guard let host = text.unsetAsUndefined.known else {
            return Binding(transport: request.network.transport, host: nil, port: port, scope: .unknown)
        }
        // A falsy host is none (node-http-num-emptyhost).
        if host.isEmpty { return absent(request, port, world) }
        return named(host, request, port, world)
    }

    private func absent(_ request: ListenRequest, _ port: PortRange?, _ world: World) -> Binding {
        switch dialect.absentHost {
        case .name(let name):
            var binding = named(name, request, port, world)
            binding.spelling = .implied
            return binding
        case .everyInterface(let outcome):
            let outcome = Self.outcome(outcome, request)
            let sockets = port.map { outcome.sockets(request.network.transport, $0, in: world) } ?? []
            let scopes = outcome.sockets(request.network.transport, .ephemeral, in: world).map(\.scope)
            // `{ port, ipv6Only: true }` without a host is ignored on TCP (`lib/net.js`, the branch without a host).
            let ignored = request.ipv6Only == true && request.network.transport == .tcp
            return Binding(
                transport: request.network.transport, host: outcome.host, port: port, sockets: sockets,
                scope: Scope.widest(scopes) ?? .wildcard, spelling: .implied,
                surprise: ignored ? .ignoredIPv6Only : nil)
        }
    }

    /// dgram's sockets are of the family that they were made for.
    private static func outcome(_ outcome: WildcardOutcome, _ request: ListenRequest) -> WildcardOutcome {
        switch request.network {
        case .udp4: .ipv4Only
        case .udp6: request.ipv6Only == true ? .ipv6Only : .systemDefault
        case .tcp, .tcp4, .tcp6, .udp, .unix: outcome
        }
    }

    private func named(_ host: String, _ request: ListenRequest, _ port: PortRange?, _ world: World) -> Binding {
        let transport = request.network.transport
        func made(_ addresses: [IPAddress], _ name: String, _ spelling: Spelling, refusal: String? = nil) -> Binding {
            let sockets = port.map { port in addresses.map { socket($0, port, request, world) } } ?? []
            return Binding(
                transport: transport, host: name, port: port, sockets: refusal == nil ? sockets : [],
                scope: Scope.widest(addresses.map(\.scope)) ?? .name, spelling: spelling, refusal: refusal)
        }
        let literal = IPAddress(host) ?? IPv4Address(loose: host).map { .v4($0) }
        if let literal {
            let canonical = Self.canonical(literal)
            let refusal =
                fits(canonical, request)
                ? nil : "a \(request.network.rawValue) socket cannot have the address \(host) (EINVAL)"
            return made([canonical], canonical.description, .explicit, refusal: refusal)
        }
        if let addresses = world.hosts[host.lowercased()] {
            let usable = request.network.transport == .udp ? addresses.filter { fits($0, request) } : addresses
            let bound = dialect.everyAddress ? usable : Array(usable.prefix(1))
            return made(bound.sorted(), host, .name)
        }
        if let character = host.unicodeScalars.first(where: { !Self.isOfName($0) }) {
            return made(
                [], host, .explicit,
                refusal: "Node looks \"\(host)\" up as a name, and no name holds \"\(character)\" (ENOTFOUND)")
        }
        return made([], host, .name)
    }

    /// The zone matters for link-local addresses alone: `::1%lo` is `::1` (node-http-v6-zone).
    private static func canonical(_ address: IPAddress) -> IPAddress {
        guard case .v6(var v6) = address, v6.zone != nil, address.scope != .linkLocal else { return address }
        v6.zone = nil
        return .v6(v6)
    }

    private func fits(_ address: IPAddress, _ request: ListenRequest) -> Bool {
        switch request.network {
        case .udp4: address.isIPv4
        case .udp6: !address.isIPv4
        case .tcp, .tcp4, .tcp6, .udp, .unix: true
        }
    }

    private func socket(_ address: IPAddress, _ port: PortRange, _ request: ListenRequest, _ world: World) -> Socket {
        var dualStack = false
        if case .v6(let v6) = address {
            // Node clears IPV6_V6ONLY unless `ipv6Only` is set; udp6 leaves it to the system. For any other address
            // the kernel reports it set.
            let cleared = request.network == .udp6 ? !world.bindV6Only : true
            dualStack = v6.mappedIPv4 != nil || (v6 == .unspecified && request.ipv6Only != true && cleared)
        }
        return Socket(request.network.transport, address, port, dualStack: dualStack)
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x7f || scalar == "-" || scalar == "." || scalar == "_" || scalar.properties.isAlphabetic
            || (scalar.value >= 0x30 && scalar.value <= 0x39)
    }
}
