/// How ECMAScript turns text into a number (ECMA-262 7.1.4.1.1, 19.2.5).
public enum ECMAScriptNumber {
    /// `Number(text)`; nil for NaN. Blank text is 0.
    public static func number(_ text: String) -> Double? {
        let trimmed = trim(text[...])
        if trimmed.isEmpty { return 0 }
        let radixes: [(prefix: String, radix: Int)] = [
            ("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2),
        ]
        for (prefix, radix) in radixes where trimmed.hasPrefix(prefix) {
            let digits = trimmed.dropFirst(2)
            guard digits.utf8.allSatisfy({ $0 != 0x2b && $0 != 0x2d }) else { return nil }
            return UInt64(digits, radix: radix).map { Double($0) }
        }
        switch trimmed {
        case "Infinity", "+Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: break
        }
        // Swift's grammar is wider: hexadecimal floats, "inf", "nan".
        let allowed = trimmed.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == 0x2e || byte | 0x20 == 0x65 || byte == 0x2b || byte == 0x2d
        }
        guard allowed, trimmed.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        return Double(trimmed) ?? Double("0" + trimmed) ?? Double(trimmed + "0")
    }

    /// `parseInt(text, 10)`, which reads as far as it can, also with the prefix `0x`; nil for NaN.
    public static func parseInt(_ text: String) -> Double? {
        var rest = trim(text[...])
        let negative = rest.first == "-"
        if negative || rest.first == "+" { rest = rest.dropFirst() }
        let isHexadecimal = rest.hasPrefix("0x") || rest.hasPrefix("0X")
        if isHexadecimal { rest = rest.dropFirst(2) }
        let digits = rest.prefix { $0.isASCII && (isHexadecimal ? $0.isHexDigit : $0.isNumber) }
        guard !digits.isEmpty else { return nil }
        let value = UInt64(digits, radix: isHexadecimal ? 16 : 10).map { Double($0) } ?? .infinity
        return negative ? -value : value
    }

    /// White space and line breaks of ECMAScript, as far as they are ASCII, and the byte order mark.
    private static func trim(_ text: Substring) -> Substring {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool {
            (0x09...0x0d).contains(scalar.value) || scalar == " " || scalar == "\u{a0}" || scalar == "\u{feff}"
        }
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isBlank(first) { scalars = scalars.dropFirst() }
        while let last = scalars.last, isBlank(last) { scalars = scalars.dropLast() }
        return Substring(scalars)
    }
}
