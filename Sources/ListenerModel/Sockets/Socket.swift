/// One row of what `ss -tulpn` (or `ss -xl`) would show: a socket that is bound and waits.
public struct Socket: Hashable, Comparable, Sendable {
    public enum Family: String, CaseIterable, Sendable {
        case ipv4, ipv6, unix
    }

    public enum Address: Hashable, Sendable {
        case ip(IPAddress, PortRange)
        /// A path, or `@name` in Linux's abstract namespace (unix(7)).
        case unix(String)
    }

    /// What the program sets before bind(2) and so how it shares a port with others (socket(7)).
    public enum Sharing: Hashable, Sendable {
        case exclusive, reuseAddress, reusePort
    }

    public var transport: Transport
    public var address: Address
    /// The engine picks one port of the range.
    public var oneOf: Bool
    /// An IPv6 socket whose IPV6_V6ONLY is off: it takes IPv4 connections too (RFC 3493 section 5.3).
    public var dualStack: Bool
    public var sharing: Sharing

    public init(
        _ transport: Transport, _ address: IPAddress, _ port: PortRange, dualStack: Bool = false, oneOf: Bool = false,
        sharing: Sharing = .exclusive
    ) {
        self.transport = transport
        self.address = .ip(address, port)
        self.oneOf = oneOf
        self.dualStack = dualStack
        self.sharing = sharing
    }

    public init(unix path: String) {
        transport = .unix
        address = .unix(path)
        oneOf = false
        dualStack = false
        sharing = .exclusive
    }

    /// A v4-mapped address is IPv6 to `ss` and IPv4 to whoever connects; this is the latter.
    public var family: Family {
        switch address {
        case .unix: .unix
        case .ip(let address, _): address.seenThroughMapping.isIPv4 ? .ipv4 : .ipv6
        }
    }

    public var port: PortRange? {
        if case .ip(_, let port) = address { port } else { nil }
    }

    public var ipAddress: IPAddress? {
        if case .ip(let address, _) = address { address } else { nil }
    }

    public var scope: Scope { ipAddress?.scope ?? .unix }

    private var sortKey: (String, String, PortRange, String) {
        switch address {
        case .ip(let ip, let port): (transport.rawValue, ip.isIPv4 ? "4" : "6", port, ip.description)
        case .unix(let path): (transport.rawValue, "u", .ephemeral, path)
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.sortKey < right.sortKey }
}

extension Socket {
    /// Whether two sockets of one network namespace cannot both be bound (EADDRINUSE).
    ///
    /// Each socket covers a set of addresses: an unspecified address all of its family, a dual-stack one all of
    /// both, any other itself. They collide where the sets intersect, in either order. SO_REUSEPORT on both lifts
    /// that; on UDP so does SO_REUSEADDR on both. Observed for all 486 pairs of `testdata/conformance/conflicts.jsonl`.
    public func collides(with other: Socket) -> Bool {
        guard transport == other.transport else { return false }
        switch (address, other.address) {
        case (.unix(let path), .unix(let otherPath)):
            return path == otherPath && !path.isEmpty
        case (.ip(let mine, let port), .ip(let theirs, let otherPort)):
            guard !port.isEphemeral, !otherPort.isEphemeral, port.overlaps(otherPort) else { return false }
            // Of a range of which one is picked, another can be taken.
            if (oneOf && port.count > 1) || (other.oneOf && otherPort.count > 1) { return false }
            if sharing == .reusePort && other.sharing == .reusePort { return false }
            if transport == .udp && sharing != .exclusive && other.sharing != .exclusive { return false }
            return Self.covered(mine, dualStack).contains { left in
                Self.covered(theirs, other.dualStack).contains { right in Self.intersect(left, right) }
            }
        case (.unix, .ip), (.ip, .unix):
            return false
        }
    }

    private static func covered(_ address: IPAddress, _ dualStack: Bool) -> [IPAddress] {
        let seen = address.seenThroughMapping
        return dualStack && seen == .v6(.unspecified) ? [.v4(.unspecified), seen] : [seen]
    }

    private static func intersect(_ left: IPAddress, _ right: IPAddress) -> Bool {
        left.isIPv4 == right.isIPv4 && (left == right || left.isUnspecified || right.isUnspecified)
    }
}
