public import ListenerModel

/// What a program opens for "every interface": the same text has these outcomes in different runtimes.
public enum WildcardOutcome: String, CaseIterable, Sendable {
    /// `0.0.0.0` alone.
    case ipv4Only
    /// `::` with IPV6_V6ONLY on.
    case ipv6Only
    /// One `::` socket with IPV6_V6ONLY off.
    case dualStack
    /// `0.0.0.0` and `::` with IPV6_V6ONLY on.
    case twoSockets
    /// One `::` socket that leaves IPV6_V6ONLY to `net.ipv6.bindv6only`.
    case systemDefault
    /// 127.0.0.1 and ::1, for runtimes that read `*` or an empty host as the local machine.
    case loopbackPair
    case loopbackIPv4

    public func sockets(
        _ transport: Transport, _ port: PortRange, in world: World, sharing: Socket.Sharing = .exclusive
    ) -> [Socket] {
        func socket(_ address: IPAddress, dualStack: Bool = false) -> Socket {
            Socket(transport, address, port, dualStack: dualStack, sharing: sharing)
        }
        switch self {
        case .ipv4Only: return [socket(.v4(.unspecified))]
        case .ipv6Only: return [socket(.v6(.unspecified))]
        case .dualStack: return [socket(.v6(.unspecified), dualStack: true)]
        case .twoSockets: return [socket(.v4(.unspecified)), socket(.v6(.unspecified))]
        case .systemDefault: return [socket(.v6(.unspecified), dualStack: !world.bindV6Only)]
        case .loopbackPair: return [socket(.v4(.loopback)), socket(.v6(.loopback))]
        case .loopbackIPv4: return [socket(.v4(.loopback))]
        }
    }

    /// What the runtime calls it where nothing is written: `::` if it covers IPv6 in one socket, else `0.0.0.0`.
    public var host: String {
        switch self {
        case .ipv4Only, .twoSockets: "0.0.0.0"
        case .ipv6Only, .dualStack, .systemDefault: "::"
        case .loopbackPair, .loopbackIPv4: "127.0.0.1"
        }
    }
}
