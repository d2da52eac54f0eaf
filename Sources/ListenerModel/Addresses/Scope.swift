/// What an address is by its bits alone. The raw values are the words of the policy language and of JSON.
public enum Scope: String, CaseIterable, Sendable {
    /// The unspecified address: every interface.
    case wildcard
    /// Routable on the internet.
    case global
    /// RFC 6598, between a carrier and its customers.
    case shared
    /// RFC 1918 and RFC 4193.
    case `private`
    /// RFC 3927 and RFC 4291 section 2.5.6.
    case linkLocal = "link-local"
    case multicast
    /// Set aside by RFC 6890 and its registry: documentation, benchmarking, future use.
    case reserved
    case loopback
    case unix
    /// A host name that only a resolver could turn into addresses.
    case name
    case unknown
    /// No address at all: `EXPOSE`.
    case none

    /// Wider first: the scope of a listener with several sockets is the first of theirs in this order.
    public static func widest(_ scopes: some Sequence<Scope>) -> Scope? {
        scopes.min { allCases.firstIndex(of: $0)! < allCases.firstIndex(of: $1)! }
    }
}

extension IPAddress {
    /// The scope by the special-purpose registries (RFC 6890); a v4-mapped address has that of the IPv4 address.
    public var scope: Scope {
        let address = seenThroughMapping
        if address.isUnspecified { return .wildcard }
        return Self.specialBlocks.first { $0.block.contains(address) }?.scope ?? .global
    }

    private static let specialBlocks: [(block: IPNetwork, scope: Scope)] = [
        ("127.0.0.0/8", .loopback),  // RFC 1122
        ("10.0.0.0/8", .private),  // RFC 1918
        ("172.16.0.0/12", .private),
        ("192.168.0.0/16", .private),
        ("100.64.0.0/10", .shared),  // RFC 6598
        ("169.254.0.0/16", .linkLocal),  // RFC 3927
        ("224.0.0.0/4", .multicast),  // RFC 5771
        ("0.0.0.0/8", .reserved),  // RFC 791, "this network"
        ("192.0.0.0/24", .reserved),  // RFC 6890
        ("192.0.2.0/24", .reserved),  // RFC 5737, documentation
        ("198.51.100.0/24", .reserved),
        ("203.0.113.0/24", .reserved),
        ("198.18.0.0/15", .reserved),  // RFC 2544, benchmarking
        ("240.0.0.0/4", .reserved),  // RFC 1112, and 255.255.255.255
        ("::1/128", .loopback),  // RFC 4291
        ("fe80::/10", .linkLocal),
        ("fc00::/7", .private),  // RFC 4193
        ("ff00::/8", .multicast),
        ("fec0::/10", .reserved),  // RFC 3879, once site-local
        ("2001:db8::/32", .reserved),  // RFC 3849, documentation
        ("3fff::/20", .reserved),  // RFC 9637, documentation
        ("100::/64", .reserved),  // RFC 6666, discard
        ("2001::/23", .reserved),  // RFC 2928, IETF protocols
    ].map { text, scope in (try! IPNetwork(text), scope) }
}
