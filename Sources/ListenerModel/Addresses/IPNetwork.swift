/// A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3).
public struct IPNetwork: Hashable, Sendable, CustomStringConvertible {
    public let address: IPAddress
    public let prefixLength: Int

    public enum ParseError: Error, Equatable {
        case notAnAddress
        /// The prefix is not a number from 0 to `maximum`.
        case badPrefix(maximum: Int)
        /// Bits are set after the prefix; `meant` has them cleared.
        case hostBitsSet(meant: String)
    }

    public init(_ text: some StringProtocol) throws(ParseError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { throw .notAnAddress }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let number = Int(parts[1]), (0...width).contains(number), parts[1].utf8.allSatisfy({ $0 >= 0x30 })
            else { throw .badPrefix(maximum: width) }
            length = number
        }
        self.init(address, prefixLength: length)
        if self.address != address { throw .hostBitsSet(meant: description) }
    }

    /// The block of this length that `address` is in.
    public init(_ address: IPAddress, prefixLength: Int) {
        self.prefixLength = prefixLength
        self.address = Self.clearHostBits(address, prefixLength)
    }

    public func contains(_ other: IPAddress) -> Bool {
        guard other.isIPv4 == address.isIPv4 else { return false }
        var bare = other
        if case .v6(var v6) = other {
            v6.zone = nil
            bare = .v6(v6)
        }
        return Self.clearHostBits(bare, prefixLength) == address
    }

    private static func clearHostBits(_ address: IPAddress, _ length: Int) -> IPAddress {
        func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : bits >= 64 ? .max : ~(UInt64.max >> UInt64(bits)) }
        switch address {
        case .v4(let v4):
            return .v4(IPv4Address(bits: v4.bits & UInt32(truncatingIfNeeded: mask(length + 32))))
        case .v6(let v6):
            return .v6(IPv6Address(high: v6.high & mask(length), low: v6.low & mask(length - 64), zone: v6.zone))
        }
    }

    public var description: String { "\(address)/\(prefixLength)" }
}
