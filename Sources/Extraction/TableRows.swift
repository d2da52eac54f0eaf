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
        pieces(at: UInt8(ascii: separator), limit: limit, keepsEmpty: true)
    }

    /// The parts that are not empty.
    public func words(at separator: Unicode.Scalar = " ") -> [Substring] {
        pieces(at: UInt8(ascii: separator), limit: .max, keepsEmpty: false)
    }

    /// By offsets, which are indices at no cost in text that is stored as UTF-8: the tables are half of what a short
    /// run does, and `split` takes six times as long.
    private func pieces(at separator: UInt8, limit: Int, keepsEmpty: Bool) -> [Substring] {
        var result: [Substring] = []
        func add(_ range: Range<Int>) {
            if range.isEmpty && !keepsEmpty { return }
            let start = utf8.index(startIndex, offsetBy: range.lowerBound)
            result.append(Substring(utf8[start..<utf8.index(start, offsetBy: range.count)]))
        }
        var copy = self
        copy.withUTF8 { bytes in
            var start = 0
            for end in bytes.indices where bytes[end] == separator && result.count < limit - 1 {
                add(start..<end)
                start = end + 1
            }
            add(start..<bytes.count)
        }
        return result
    }
}
