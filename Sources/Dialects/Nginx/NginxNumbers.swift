internal import ListenerModel

/// nginx's own parsers of numbers and addresses (src/core/ngx_string.c, ngx_inet.c), which read some texts
/// otherwise than the C library does.
enum NginxNumbers {
    /// ngx_atoi: decimal digits only, leading zeros allowed; nil where it does not fit.
    static func decimal(_ text: ArraySlice<UInt8>) -> Int? {
        if text.isEmpty { return nil }
        var value = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowAgain) = product.addingReportingOverflow(Int(byte - 0x30))
            if overflow || overflowAgain { return nil }
            value = sum
        }
        return value
    }

    static func decimal(_ text: Substring.UTF8View) -> Int? { decimal(ArraySlice(text)) }

    /// ngx_inet_addr: four numbers and three dots. Leading zeros are decimal, an empty number is 0. nil also for
    /// 255.255.255.255, which is its sign for failure (getaddrinfo then reads it).
    static func ipv4(_ text: ArraySlice<UInt8>) -> IPv4Address? {
        var bits: UInt32 = 0
        var octet: UInt32 = 0
        var dots = 0
        for byte in text {
            switch byte {
            case 0x30...0x39:
                octet = octet * 10 + UInt32(byte - 0x30)
                if octet > 255 { return nil }
            case UInt8(ascii: "."):
                bits = bits << 8 | octet
                octet = 0
                dots += 1
            default: return nil
            }
        }
        guard dots == 3 else { return nil }
        bits = bits << 8 | octet
        return bits == .max ? nil : IPv4Address(bits: bits)
    }

    /// A number that C's inet_aton would read as octal and nginx reads as decimal.
    static func hasLeadingZero(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(separator: UInt8(ascii: ".")).contains { octet in
            octet.count > 1 && octet.first == UInt8(ascii: "0") && octet.contains { $0 != UInt8(ascii: "0") }
        }
    }

    /// ngx_inet6_addr: no zone; eight groups may not also hold `::`.
    static func ipv6(_ text: ArraySlice<UInt8>) -> IPv6Address? {
        var rest = text
        if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
        var groups: [UInt16] = []
        var zeros: Int?
        var group: UInt16 = 0
        var nibbles = 0
        var start = rest.startIndex
        var dotted = false
        scanning: for index in rest.indices {
            let byte = rest[index]
            switch byte {
            case UInt8(ascii: ":"):
                if nibbles > 0 {
                    groups.append(group)
                    if groups.count == 8 { return nil }
                    nibbles = 0
                    group = 0
                } else if zeros == nil {
                    zeros = groups.count
                } else {
                    return nil
                }
                start = index + 1
            case UInt8(ascii: ".") where nibbles > 0:
                guard groups.count <= 6, start > rest.startIndex, let tail = ipv4(rest[start...]) else { return nil }
                groups.append(UInt16(tail.bits >> 16))
                group = UInt16(truncatingIfNeeded: tail.bits)
                dotted = true
                break scanning
            default:
                guard let digit = hexDigit(byte), nibbles < 4 else { return nil }
                nibbles += 1
                group = group << 4 | digit
            }
        }
        if nibbles == 0 && zeros == nil && !dotted { return nil }
        groups.append(group)
        if groups.count == 8 { return zeros == nil ? address(groups) : nil }
        guard let zeros else { return nil }
        groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: zeros)
        return address(groups)
    }

    private static func address(_ groups: [UInt16]) -> IPv6Address {
        func half(_ part: ArraySlice<UInt16>) -> UInt64 { part.reduce(0) { $0 << 16 | UInt64($1) } }
        return IPv6Address(high: half(groups[..<4]), low: half(groups[4...]))
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case 0x30...0x39: UInt16(byte - 0x30)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
