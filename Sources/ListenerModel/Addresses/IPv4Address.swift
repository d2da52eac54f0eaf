#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An IPv4 address (RFC 791), as its 32 bits in host order.
public struct IPv4Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var bits: UInt32

    public init(bits: UInt32) { self.bits = bits }

    /// Four dotted decimals without leading zeros: the textual form of RFC 6943 section 3.1.1 ("strict").
    public init?(_ text: some StringProtocol) {
        var address = in_addr()
        // inet_pton(3) reads no further than a NUL.
        guard !text.utf8.contains(0), inet_pton(AF_INET, String(text), &address) == 1 else { return nil }
        bits = UInt32(bigEndian: address.s_addr)
    }

    /// The forms of inet_aton(3) ("loose" in RFC 6943): `127.1`, `0x7f.0.0.1`, `2130706433`, `0`.
    public init?(loose text: some StringProtocol) {
        // inet_aton accepts anything after a blank.
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        var address = in_addr()
        guard inet_aton(String(text), &address) != 0 else { return nil }
        bits = UInt32(bigEndian: address.s_addr)
    }

    /// `0.0.0.0`, the unspecified address.
    public static let unspecified = IPv4Address(bits: 0)
    /// `127.0.0.1`
    public static let loopback = IPv4Address(bits: 0x7f00_0001)

    public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }

    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 0xff).\(bits >> 8 & 0xff).\(bits & 0xff)"
    }
}
