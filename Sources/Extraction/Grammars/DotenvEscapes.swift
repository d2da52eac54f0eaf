/// The escapes of a value in double quotes: those of Go's rune literals without hexadecimal and Unicode ones,
/// `\$` for a dollar sign that starts no variable, octal with a leading zero (compose-go `expandEscapes`).
enum DotenvEscapes {
    static func expanded(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let escaped = bytes[index + 1]
            if let replacement = single[escaped] {
                result += replacement
                index += 2
            } else if let (byte, length) = octal(bytes[(index + 1)...]) {
                result += Array(String(Unicode.Scalar(byte)).utf8)
                index += 1 + length
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let single: [UInt8: [UInt8]] = [
        UInt8(ascii: "a"): [0x07], UInt8(ascii: "b"): [0x08], UInt8(ascii: "f"): [0x0c], UInt8(ascii: "n"): [0x0a],
        UInt8(ascii: "r"): [0x0d], UInt8(ascii: "t"): [0x09], UInt8(ascii: "v"): [0x0b],
        UInt8(ascii: "\\"): [UInt8(ascii: "\\")], UInt8(ascii: "\""): [UInt8(ascii: "\"")],
        UInt8(ascii: "$"): Array("$$".utf8),
    ]

    /// `0` and three octal digits; fewer are left as they stand.
    private static func octal(_ bytes: ArraySlice<UInt8>) -> (UInt8, length: Int)? {
        guard bytes.first == UInt8(ascii: "0") else { return nil }
        let digits = bytes.dropFirst().prefix(3)
        guard digits.count == 3,
            let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
        else { return nil }
        return (value, 4)
    }
}
