public import ListenerModel

/// How docker compose reads an entry of `ports:`: in the short syntax as one text, in the long one as `host_ip` and
/// `published`. The network is one with the engine's defaults.
public struct ComposeDialect: Dialect {
    public let name = "compose"

    public init() {}

    public func binding(of request: ListenRequest, in world: World) -> Binding {
        do throws(PortSyntax.Refusal) {
            return EngineDialect().binding(of: try published(request), in: world)
        } catch {
            return Binding(
                transport: request.network.transport, host: nil, port: nil, scope: .unknown,
                refusal: error.description)
        }
    }

    private func published(_ request: ListenRequest) throws(PortSyntax.Refusal) -> PublishedPort {
        switch request.address {
        case .combined(let text):
            return try PortSyntax.parse(text)
        case .parts(let host, let port):
            return PublishedPort(
                hostIP: try host.map { text throws(PortSyntax.Refusal) in try PortSyntax.hostIP(text) } ?? .absent,
                hostPort: try port.map { text throws(PortSyntax.Refusal) in try PortSyntax.published(text) }
                    ?? .enginePicks,
                target: .absent, transport: .known(request.network.transport))
        }
    }
}

extension PortSyntax {
    /// `host_ip` of the long syntax: an IP literal without brackets, never a name.
    public static func hostIP(_ text: SymbolicText) throws(Refusal) -> PortField<IPAddress> {
        guard let known = text.known else { return .unknown(text) }
        guard !known.contains("%"), let address = IPAddress(known) else { throw .address(known) }
        return .known(address)
    }

    /// `published` of the long syntax: a port, a range of which the engine takes one, or nothing.
    public static func published(_ text: SymbolicText) throws(Refusal) -> HostPort {
        guard let known = text.known else { return .unknown(text) }
        if known.isEmpty { return .enginePicks }
        guard let range = PortRange(decimal: known) else { throw .hostPort(known) }
        if range.isEphemeral { return .enginePicks }
        return range.count == 1 ? .ports(range) : .oneOf(range)
    }
}
