/// The values of Go's literals (specification, "String literals", "Integer literals").
public enum GoLiterals {
    /// The value of an interpreted or raw string literal with its quotes. An escape that Go does not know stays as
    /// written.
    public static func string(_ literal: ArraySlice<UInt8>) -> String {
        guard let quote = literal.first else { return "" }
        var body = literal.dropFirst()
        if body.last == quote { body = body.dropLast() }
        if quote == UInt8(ascii: "`") {
            // "Carriage return characters inside raw string literals are discarded."
            return String(decoding: body.filter { $0 != 0x0d }, as: UTF8.self)
        }
        if !body.contains(UInt8(ascii: "\\")) { return String(decoding: body, as: UTF8.self) }
        var result: [UInt8] = []
        var index = body.startIndex
        while index < body.endIndex {
            guard body[index] == UInt8(ascii: "\\"), index + 1 < body.endIndex else {
                result.append(body[index])
                index += 1
                continue
            }
            let kind = body[index + 1]
            index += 2
            switch kind {
            case UInt8(ascii: "n"): result.append(0x0a)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "r"): result.append(0x0d)
            case UInt8(ascii: "a"): result.append(0x07)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0c)
            case UInt8(ascii: "v"): result.append(0x0b)
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): result.append(kind)
            case UInt8(ascii: "x"): result.append(UInt8(truncatingIfNeeded: digits(body, &index, 2, radix: 16)))
            case UInt8(ascii: "u"): append(digits(body, &index, 4, radix: 16), to: &result)
            case UInt8(ascii: "U"): append(digits(body, &index, 8, radix: 16), to: &result)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                result.append(UInt8(truncatingIfNeeded: digits(body, &index, 3, radix: 8)))
            default: result += [UInt8(ascii: "\\"), kind]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digits(_ body: ArraySlice<UInt8>, _ index: inout Int, _ count: Int, radix: UInt32) -> UInt32 {
        var value: UInt32 = 0
        var left = count
        while left > 0, index < body.endIndex, let digit = Character(Unicode.Scalar(body[index])).hexDigitValue,
            digit < radix
        {
            value = value &* radix &+ UInt32(digit)
            index += 1
            left -= 1
        }
        return value
    }

    private static func append(_ code: UInt32, to result: inout [UInt8]) {
        result += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }

    /// The value of an integer literal: `8080`, `0x1F90`, `0o17600`, `017600`, `0b1`, `8_080`; nil for anything else.
    public static func integer(_ literal: String) -> Int? {
        let text = String(literal.utf8.filter { $0 != UInt8(ascii: "_") }.map { Character(Unicode.Scalar($0)) })
        if text.count > 1, text.first == "0" {
            let rest = text.dropFirst(2)
            switch text.dropFirst().first {
            case "x", "X": return Int(rest, radix: 16)
            case "o", "O": return Int(rest, radix: 8)
            case "b", "B": return Int(rest, radix: 2)
            default: return Int(text.dropFirst(), radix: 8)
            }
        }
        return Int(text)
    }
}
