extension Socket {
    /// The local address as `ss -tuln` prints it: `0.0.0.0:80`, `[::]:80` (IPv6 only), `*:80` (dual stack); the path of
    /// a unix socket. `random` stands for a port that the
    /// system picks.
    public var ssForm: String {
        switch address {
        case .unix(let path): path
        case .ip(let ip, let port):
            (dualStack && ip == .v6(.unspecified) ? "*" : ip.hostForm) + ":" + Self.spelling(of: port)
        }
    }

    /// As `netstat -tuln` prints it: IPv6 without brackets, a v4-mapped address as IPv4; nothing tells a dual-stack
    /// socket from one of IPv6 alone.
    public var netstatForm: String {
        switch address {
        case .unix(let path): path
        case .ip(let ip, let port): "\(ip.seenThroughMapping):\(Self.spelling(of: port))"
        }
    }

    private static func spelling(of port: PortRange) -> String { port.isEphemeral ? "random" : port.description }
}
