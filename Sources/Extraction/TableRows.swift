/// Tab-separated tables: a line a row, `#` starts a comment line.
///
/// Tables are read when the process starts, so they are split by bytes: by `Character` it takes twenty times as long.
public enum TableRows {
    /// The fields of each row.
    static func of(_ table: StaticString) -> [[Substring]] { lines(table).map { $0.parts(at: "\t") } }

    /// The rows alone.
    public static func lines(_ table: StaticString) -> [Substring] {
        let text = table.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        return text[...].parts(at: "\n").filter { !$0.isEmpty && $0.utf8.first != UInt8(ascii: "#") }
    }
}

extension Substring {
    /// The parts between ASCII separators, at most `limit` of them; empty ones count.
    public func parts(at separator: Unicode.Scalar, limit: Int = .max) -> [Substring] {
        let separator = UInt8(ascii: separator)
        return utf8.split(separator: separator, maxSplits: limit - 1, omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    /// The parts that are not empty.
    public func words(at separator: Unicode.Scalar = " ") -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator)).map(Substring.init)
    }
}
