/// `/ip4/0.0.0.0/tcp/4001`, `/ip6/::/udp/4001/quic-v1` (https://multiformats.io/multiaddr): protocols and their values
/// in turn; the first two are the address and the port.
public struct Multiaddress {
    public var network: ListenRequest.Network
    public var host: String
    public var port: String

    /// Nil where it opens no socket of the machine, such as a circuit through a relay.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 5, parts[0].isEmpty else { return nil }
        switch (parts[1], parts[3]) {
        case ("ip4", "tcp"): network = .tcp4
        case ("ip4", "udp"): network = .udp4
        case ("ip6", "tcp"): network = .tcp6
        case ("ip6", "udp"): network = .udp6
        case ("dns", "tcp"), ("dns4", "tcp"), ("dns6", "tcp"): network = .tcp
        default: return nil
        }
        host = String(parts[2])
        port = String(parts[4])
    }
}
