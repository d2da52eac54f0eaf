/// A file's path and bytes, with its line starts: turns byte ranges into places that a person can find.
public struct SourceText: Sendable {
    /// Relative to the repository root, `/` as separator.
    public let path: String
    public let bytes: [UInt8]
    /// The byte offset at which each line starts; the first is 0.
    private let lineStarts: [Int]
    /// For each line the offset of its first byte above 0x7f, or `Int.max`: before that a column is a difference,
    /// so that asking for every word of one long line is not quadratic.
    private let asciiEnds: [Int]
    /// Columns within lines that are long behind such a byte, by offset.
    private let columns: [(offset: Int, units: Int)]
    private static let columnStep = 512

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        if bytes.isEmpty {
            // Of many files nothing but their path is kept: they share their one empty line.
            (lineStarts, asciiEnds) = Self.emptyLine
            columns = []
            return
        }
        var starts = [0]
        var ends = [Int.max]
        for (offset, byte) in bytes.enumerated() {
            if byte == 0x0a {
                starts.append(offset + 1)
                ends.append(.max)
            } else if byte >= 0x80, ends[ends.count - 1] == .max {
                ends[ends.count - 1] = offset
            }
        }
        lineStarts = starts
        asciiEnds = ends
        columns = Self.columns(of: bytes, lineStarts: starts, asciiEnds: ends)
    }

    /// A place every few hundred bytes with the UTF-16 code units from the line's first byte above 0x7f to there. A
    /// place is one where decoding may start: behind a byte of ASCII.
    private static func columns(
        of bytes: [UInt8], lineStarts: [Int], asciiEnds: [Int]
    ) -> [(offset: Int, units: Int)] {
        var columns: [(offset: Int, units: Int)] = []
        for line in lineStarts.indices where asciiEnds[line] != .max {
            let end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
            var (offset, units) = (asciiEnds[line], 0)
            while offset + columnStep < end {
                var next = offset + columnStep
                let farthest = min(next + 4, end)
                while next < farthest, bytes[next] >= 0x80 && bytes[next] < 0xc0 { next += 1 }
                units += utf16Length(bytes[offset..<next])
                offset = next
                columns.append((offset, units))
            }
        }
        return columns
    }

    private static let emptyLine = (starts: [0], asciiEnds: [Int.max])

    public var lineCount: Int { lineStarts.count }

    /// The place of a byte range; offsets beyond the end count as the end.
    public func location(_ range: Range<Int>) -> Location {
        Location(path: path, start: position(range.lowerBound), end: position(range.upperBound), range: range)
    }

    public func position(_ offset: Int) -> Position {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineStarts.partitioningIndex { $0 > offset } - 1
        let ascii = min(offset, asciiEnds[line])
        var (start, units) = (ascii, 0)
        if offset > ascii + Self.columnStep, let known = lastColumn(upTo: offset), known.offset > ascii {
            (start, units) = known
        }
        units += Self.utf16Length(bytes[start..<offset])
        return Position(line: line + 1, column: ascii - lineStarts[line] + units + 1)
    }

    private func lastColumn(upTo offset: Int) -> (offset: Int, units: Int)? {
        columns[..<columns.partitioningIndex { $0.offset > offset }].last
    }

    /// The bytes of a 1-based line without its line break; nil where there is no such line.
    public func line(_ number: Int) -> ArraySlice<UInt8>? {
        guard number >= 1, number <= lineStarts.count else { return nil }
        let start = lineStarts[number - 1]
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        if end > start && bytes[end - 1] == 0x0d { end -= 1 }
        return bytes[start..<end]
    }

    /// The text of a byte range; bytes that are not UTF-8 become U+FFFD.
    public func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// UTF-16 code units of UTF-8 bytes: one for each character that starts, two above the basic plane. A byte
    /// that starts no character counts as one (it is read as U+FFFD).
    private static func utf16Length(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.isEmpty ? 0 : String(decoding: bytes, as: UTF8.self).utf16.count
    }
}
