/// A JSON array of strings, the exec form of a Dockerfile instruction (RFC 8259). Anything else is no exec form and
/// so shell text, as for the builder.
enum JSONStrings {
    /// One string: the value, and the range between its quotes.
    struct Element {
        var value: String
        var inner: Range<Int>
    }

    static func parse(_ text: PlacedText, _ range: Range<Int>) -> [Element]? {
        let bytes = text.bytes
        var position = range.lowerBound
        func skipBlanks() {
            while position < range.upperBound, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
        }
        func take(_ byte: UInt8) -> Bool {
            skipBlanks()
            guard position < range.upperBound, bytes[position] == byte else { return false }
            position += 1
            return true
        }
        guard take(UInt8(ascii: "[")) else { return nil }
        var elements: [Element] = []
        if !take(UInt8(ascii: "]")) {
            repeat {
                guard take(UInt8(ascii: "\"")), let end = closingQuote(bytes, position, range.upperBound),
                    let value = unescaped(bytes[position..<end])
                else { return nil }
                elements.append(Element(value: value, inner: position..<end))
                position = end + 1
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { return nil }
        }
        skipBlanks()
        return position == range.upperBound ? elements : nil
    }

    private static func closingQuote(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var position = start
        while position < end {
            if bytes[position] == UInt8(ascii: "\"") { return position }
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "\\") {
                let piece = [byte] + rest.prefix { $0 != UInt8(ascii: "\\") }
                rest = rest.dropFirst(piece.count - 1)
                units += String(decoding: piece, as: UTF8.self).utf16
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): units.append(0x0a)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0d)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0c)
            case let escaped? where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(escaped):
                units.append(UInt16(escaped))
            case UInt8(ascii: "u"):
                guard rest.count >= 4, let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
                else { return nil }
                units.append(unit)
                rest = rest.dropFirst(4)
            default: return nil
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
