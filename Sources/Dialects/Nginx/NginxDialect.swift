public import ListenerModel

/// How nginx reads the address argument of `listen`. What several `listen` directives open together is for the
/// deployment to say: nginx groups and merges them.
public struct NginxDialect: Dialect {
    public var module: NginxModule
    public var name: String { "nginx" }

    public init(module: NginxModule = .http) { self.module = module }

    public func binding(of request: ListenRequest, in world: World) -> Binding {
        let text =
            switch request.address {
            case .combined(let text): text
            case .parts(let host, let port): Self.joined(host, port)
            }
        do throws(NginxAddressError) {
            let address = try NginxAddress(text, module: module, in: world)
            return binding(of: address, transport: request.network.transport, ipv6Only: request.ipv6Only, in: world)
        } catch {
            var binding = bindingAsMeant(
                text, transport: request.network.transport, ipv6Only: request.ipv6Only, in: world)
            binding.refusal = "\(error.rawValue) in \"\(text.marked)\" of the \"listen\" directive"
            return binding
        }
    }

    /// What a text that nginx refuses would open if it were written rightly, so that a typo hides no scope. It has
    /// no sockets.
    public func bindingAsMeant(
        _ text: SymbolicText, transport: Transport = .tcp, ipv6Only: Bool? = nil, in world: World
    ) -> Binding {
        var binding = Binding(transport: transport, host: nil, port: nil, scope: .unknown)
        for spelling in Self.corrections(of: text) {
            guard let address = try? NginxAddress(spelling, module: module, in: world) else { continue }
            binding = self.binding(of: address, transport: transport, ipv6Only: ipv6Only, in: world)
            break
        }
        binding.sockets = []
        binding.refusal = nil
        return binding
    }

    /// `:80` is `*:80`, `::1:80` lacks brackets, and a port that is none leaves the host as it is.
    private static func corrections(of text: SymbolicText) -> [SymbolicText] {
        let marked = text.marked
        let colons = marked.utf8.count { $0 == UInt8(ascii: ":") }
        guard let colon = marked.lastIndex(of: ":") else { return [text] }
        let host = text.slice(marked[..<colon])
        let port = text.slice(marked[marked.index(after: colon)...])
        let anyPort = SymbolicText(Unknown(.expression(port.marked)))
        if marked.utf8.first == UInt8(ascii: "[") { return [text, host + ":" + anyPort] }
        if colons > 1 { return ["[" + host + "]:" + port, "[" + text + "]", "[" + text + ":]:" + anyPort] }
        return [text, "*:" + port, host + ":" + anyPort]
    }

    /// What one `listen` would open if it were alone.
    public func binding(
        of address: NginxAddress, transport: Transport = .tcp, ipv6Only: Bool? = nil, in world: World,
        sharing: Socket.Sharing = .reuseAddress
    ) -> Binding {
        var binding = Binding(
            transport: transport, host: nil, port: address.ports, scope: .unknown, spelling: address.spelling)
        let addresses: [IPAddress]
        switch address.host {
        case .unknown:
            return binding
        case .unix(let path):
            binding.transport = .unix
            binding.host = path
            binding.port = nil
            binding.scope = .unix
            binding.sockets = path.map { [Socket(unix: $0)] } ?? []
            return binding
        case .ip(let ip):
            binding.host = ip.description
            addresses = [ip]
        case .name(let name, let resolved):
            binding.host = name
            addresses = resolved
        }
        binding.scope = Scope.widest(addresses.map(\.scope)) ?? .name
        if ipv6Only == false && !addresses.contains(where: Self.obeysIPv6Only) { binding.surprise = .ignoredIPv6Only }
        guard let ports = address.ports else { return binding }
        if ports.isEphemeral { binding.surprise = .randomPort }
        binding.sockets = addresses.map { ip in
            Socket(
                transport, ip, ports, dualStack: ipv6Only == false && Self.obeysIPv6Only(ip),
                sharing: sharing)
        }
        if ipv6Only != false, let mapped = addresses.first(where: Self.isMapped) {
            binding.sockets = []
            binding.refusal =
                "bind() to [\(mapped)] fails (22: Invalid argument): a v4-mapped address needs ipv6only=off"
        }
        return binding
    }

    /// `ipv6only=off` makes a difference for `[::]` and v4-mapped addresses alone: any other IPv6 address takes no
    /// IPv4 connections whatever is set (observed: nginx-addr-v6-lo-off, nginx-addr-v4-ipv6only-off).
    public static func obeysIPv6Only(_ address: IPAddress) -> Bool {
        address == .v6(.unspecified) || isMapped(address)
    }

    /// `::ffff:127.0.0.1`: refused without `ipv6only=off` (observed: nginx-addr-v6-mapped-off).
    public static func isMapped(_ address: IPAddress) -> Bool { address.seenThroughMapping != address }

    private static func joined(_ host: SymbolicText?, _ port: SymbolicText?) -> SymbolicText {
        guard let host else { return port ?? "" }
        let isIPv6 = host.marked.utf8.contains(UInt8(ascii: ":")) && host.marked.utf8.first != UInt8(ascii: "[")
        let bracketed = isIPv6 ? "[" + host + "]" : host
        guard let port else { return bracketed }
        return bracketed + ":" + port
    }
}
