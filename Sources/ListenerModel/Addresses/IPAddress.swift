/// An address of either family, without a port.
public enum IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    case v4(IPv4Address)
    case v6(IPv6Address)

    /// A strict literal of either family, IPv6 without brackets.
    public init?(_ text: some StringProtocol) {
        if let address = IPv4Address(text) {
            self = .v4(address)
        } else if let address = IPv6Address(text) {
            self = .v6(address)
        } else {
            return nil
        }
    }

    public var isUnspecified: Bool {
        switch seenThroughMapping {
        case .v4(let address): address == .unspecified
        case .v6(let address): address.high == 0 && address.low == 0
        }
    }

    /// The address that a v4-mapped one stands for, else itself: what the kernel, and so a policy, treats it as.
    public var seenThroughMapping: IPAddress {
        if case .v6(let address) = self, let mapped = address.mappedIPv4 { return .v4(mapped) }
        return self
    }

    public var isIPv4: Bool {
        if case .v4 = self { true } else { false }
    }

    public var description: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): address.description
        }
    }

    /// The form used before `:port`: IPv6 in brackets (RFC 5952 section 6).
    public var hostForm: String {
        switch self {
        case .v4(let address): address.description
        case .v6(let address): "[\(address)]"
        }
    }
}
