/// What the text between quotes or backticks stands for (ECMA-262 12.9.4, 12.9.6).
enum JavaScriptLiteral {
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        // Escapes may be halves of a surrogate pair, so the value is made of UTF-16 code units.
        var plain = bytes.startIndex
        var position = bytes.startIndex
        func flush(_ end: Int) {
            if plain < end { units += Array(String(decoding: bytes[plain..<end], as: UTF8.self).utf16) }
        }
        while position < bytes.endIndex {
            guard bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.endIndex else {
                position += 1
                continue
            }
            flush(position)
            let (unit, length) = escape(bytes[(position + 1)...])
            units += unit
            position += 1 + length
            plain = position
        }
        flush(bytes.endIndex)
        return String(decoding: units, as: UTF16.self)
    }

    /// What follows a backslash, and how many bytes it takes.
    private static func escape(_ bytes: ArraySlice<UInt8>) -> ([UInt16], Int) {
        let first = bytes[bytes.startIndex]
        switch first {
        case UInt8(ascii: "n"): return ([0x0a], 1)
        case UInt8(ascii: "t"): return ([0x09], 1)
        case UInt8(ascii: "r"): return ([0x0d], 1)
        case UInt8(ascii: "b"): return ([0x08], 1)
        case UInt8(ascii: "f"): return ([0x0c], 1)
        case UInt8(ascii: "v"): return ([0x0b], 1)
        case 0x0d where bytes.dropFirst().first == 0x0a: return ([], 2)
        case 0x0a, 0x0d: return ([], 1)
        case UInt8(ascii: "x"):
            if let value = number(bytes.dropFirst().prefix(2), radix: 16, digits: 2) { return ([UInt16(value)], 3) }
            return ([UInt16(first)], 1)
        case UInt8(ascii: "u"):
            let rest = bytes.dropFirst()
            if rest.first == UInt8(ascii: "{"), let close = rest.prefix(12).firstIndex(of: UInt8(ascii: "}")) {
                let digits = rest[(rest.startIndex + 1)..<close]
                if let value = number(digits, radix: 16, digits: digits.count), let scalar = Unicode.Scalar(value) {
                    return (Array(String(Character(scalar)).utf16), close - bytes.startIndex + 1)
                }
            } else if let value = number(rest.prefix(4), radix: 16, digits: 4) {
                return ([UInt16(value)], 5)
            }
            return ([UInt16(first)], 1)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let digits = bytes.prefix(first < UInt8(ascii: "4") ? 3 : 2).prefix { (0x30...0x37).contains($0) }
            return ([UInt16(number(digits, radix: 8, digits: digits.count) ?? 0)], digits.count)
        default:
            // The whole character, which may be of several bytes.
            let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
            return (Array(String(decoding: bytes.prefix(length), as: UTF8.self).utf16), min(length, bytes.count))
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>, radix: Int, digits count: Int) -> UInt32? {
        guard digits.count == count, count > 0 else { return nil }
        return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
    }
}
