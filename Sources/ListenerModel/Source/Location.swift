/// 1-based; the column counts UTF-16 code units, as editors and SARIF do.
public struct Position: Hashable, Comparable, Sendable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// A place in a file of the tree. The end is exclusive.
public struct Location: Hashable, Comparable, Sendable {
    /// Relative to the repository root, `/` as separator.
    public var path: String
    public var start: Position
    public var end: Position
    /// The bytes in the file.
    public var range: Range<Int>

    public init(path: String, start: Position, end: Position, range: Range<Int>) {
        self.path = path
        self.start = start
        self.end = end
        self.range = range
    }

    /// The whole file, where there is no better place to point at.
    public init(file path: String) {
        self.init(path: path, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1), range: 0..<0)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.path, left.start, left.end) < (right.path, right.start, right.end)
    }
}

/// One step from a listen construct back to a literal, or along the files that join it to a published port.
public struct TraceStep: Hashable, Sendable {
    public var location: Location
    public var note: String

    public init(_ location: Location, _ note: String) {
        self.location = location
        self.note = note
    }
}
