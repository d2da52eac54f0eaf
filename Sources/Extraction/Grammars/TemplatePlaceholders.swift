public import ListenerModel

/// `{{ name }}` in text that is filled in before the program reads it: Jinja, Go templates, Mustache.
public enum TemplatePlaceholders {
    /// The text with each placeholder unknown.
    public static func symbolic(_ text: String) -> SymbolicText {
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: "{")) else { return SymbolicText(text) }
        var result = SymbolicText()
        var literalStart = 0
        var position = 0
        while let open = pair(UInt8(ascii: "{"), in: bytes, from: position),
            let close = pair(UInt8(ascii: "}"), in: bytes, from: open + 2)
        {
            result.append(.literal(String(decoding: bytes[literalStart..<open], as: UTF8.self)))
            let name = String(decoding: bytes[open + 2..<close], as: UTF8.self)
            result.append(
                .unknown(Unknown(.template(String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())))))
            literalStart = close + 2
            position = literalStart
        }
        result.append(.literal(String(decoding: bytes[literalStart...], as: UTF8.self)))
        return result
    }

    /// Whether the bytes hold a placeholder or a template statement, `{%`.
    public static func occur(in bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { first, second in
            first == UInt8(ascii: "{") && (second == UInt8(ascii: "{") || second == UInt8(ascii: "%"))
        }
    }

    private static func pair(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == byte && bytes[index + 1] == byte { return index }
            index += 1
        }
        return nil
    }
}
