#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An IPv6 address (RFC 4291) with its zone (RFC 4007), if one was written.
public struct IPv6Address: Hashable, Comparable, Sendable, CustomStringConvertible {
    public var high: UInt64
    public var low: UInt64
    /// The zone id after `%`: `eth0` in `fe80::1%eth0`.
    public var zone: String?

    public init(high: UInt64, low: UInt64, zone: String? = nil) {
        self.high = high
        self.low = low
        self.zone = zone
    }

    /// What Linux takes for the name of an interface (`dev_valid_name` in net/core/dev.c), without what ends an address
    /// in brackets.
    public static func isZone(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte > 0x20 && byte != 0x7f && !":/[]%".utf8.contains(byte)
            }
    }

    /// Any textual form of RFC 4291 section 2.2, without brackets, with a zone of RFC 4007 section 11 or none.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 && parts[1].isEmpty { return nil }
        var address = in6_addr()
        // inet_pton(3) reads no further than a NUL.
        guard !text.utf8.contains(0), inet_pton(AF_INET6, String(parts[0]), &address) == 1 else { return nil }
        (high, low) = withUnsafeBytes(of: &address) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        if parts.count == 2, !Self.isZone(parts[1]) { return nil }
        zone = parts.count == 2 ? String(parts[1]) : nil
    }

    /// `::`, the unspecified address.
    public static let unspecified = IPv6Address(high: 0, low: 0)
    /// `::1`
    public static let loopback = IPv6Address(high: 0, low: 1)

    /// The IPv4 address inside `::ffff:0:0/96` (RFC 4291 section 2.5.5.2).
    public var mappedIPv4: IPv4Address? {
        high == 0 && low >> 32 == 0xffff ? IPv4Address(bits: UInt32(truncatingIfNeeded: low)) : nil
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low, left.zone ?? "") < (right.high, right.low, right.zone ?? "")
    }

    /// The canonical form of RFC 5952; a v4-mapped address ends in dotted decimals (its section 5).
    public var description: String {
        let suffix = zone.map { "%" + $0 } ?? ""
        if let mapped = mappedIPv4 { return "::ffff:\(mapped)\(suffix)" }
        let groups = [high, low].flatMap { half in
            [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
        }
        let gap = Self.longestZeroRun(groups)
        func joined(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard let gap else { return joined(groups[...]) + suffix }
        return joined(groups[..<gap.lowerBound]) + "::" + joined(groups[gap.upperBound...]) + suffix
    }

    /// The first longest run of two or more zero groups (RFC 5952 section 4.2).
    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count && groups[end] == 0 { end += 1 }
            if end - start >= 2 && end - start > (best?.count ?? 0) { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }
}
