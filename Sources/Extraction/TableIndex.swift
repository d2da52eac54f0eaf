internal import ListenerModel

/// Finds the rows of an embedded table by the words of one of its columns. Only rows that are asked for become strings:
/// a process that starts to read ten files has no use for most of them.
public struct TableIndex: Sendable {
    private struct Key: Sendable {
        var hash: UInt64
        /// Where the row starts in the table.
        var row: Int
    }

    private let table: StaticString
    /// By hash, then by row.
    private var keys: [Key] = []
    private var patternWords: [(word: Range<Int>, row: Int)] = []

    /// - Parameter column: words in it are separated by blanks; those with a `*` are patterns.
    public init(_ table: StaticString, column: Int) {
        self.table = table
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        var row = 0
        while row < bytes.count {
            var position = row
            var tabs = 0
            if bytes[row] != UInt8(ascii: "#") {
                while tabs < column, position < bytes.count {
                    if bytes[position] == UInt8(ascii: "\t") { tabs += 1 }
                    position += 1
                }
                position = addWords(bytes, from: position, row: row)
            }
            while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            row = position + 1
        }
        keys.sort { ($0.hash, $0.row) < ($1.hash, $1.row) }
    }

    private mutating func addWords(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, row: Int) -> Int {
        var start = start
        while true {
            var end = start
            var hash = WordHash()
            var isPattern = false
            while end < bytes.count, bytes[end] > UInt8(ascii: " ") {
                hash.add(bytes[end])
                if bytes[end] == UInt8(ascii: "*") { isPattern = true }
                end += 1
            }
            if isPattern {
                patternWords.append((start..<end, row))
            } else if end > start {
                keys.append(Key(hash: hash.value, row: row))
            }
            guard end < bytes.count, bytes[end] == UInt8(ascii: " ") else { return end }
            start = end + 1
        }
    }

    /// The rows whose column may hold the word, in the order of the table: all that do, and hardly ever another.
    public func rows(of word: String) -> [Substring] {
        var hash = WordHash()
        for byte in word.utf8 { hash.add(byte) }
        let first = keys.partitioningIndex { $0.hash >= hash.value }
        return keys[first...].prefix { $0.hash == hash.value }.map { row(at: $0.row) }
    }

    /// The patterns of the column, each with a way to its row.
    public var patterns: [(pattern: Substring, row: Int)] {
        patternWords.map { (Substring(text($0.word)), $0.row) }
    }

    /// The row that starts there.
    public func row(at start: Int) -> Substring {
        let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        return Substring(text(start..<end))
    }

    private func text(_ range: Range<Int>) -> String {
        String(
            decoding: UnsafeBufferPointer(start: table.utf8Start + range.lowerBound, count: range.count), as: UTF8.self)
    }
}
