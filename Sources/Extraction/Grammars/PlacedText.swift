public import ListenerModel

/// Text put together from pieces of a file (continuation lines joined, escapes read) that still knows where in the
/// file each of its bytes stands.
public struct PlacedText: Sendable {
    public let source: SourceText
    public private(set) var bytes: [UInt8] = []
    /// For each byte of `bytes` where in the file it starts, ascending.
    private var offsets: [Int] = []
    /// How many bytes of the file one of `bytes` stands for, where that is not one.
    private var widths: [Int: Int] = [:]
    /// What the marks (`SymbolicText.mark`) in `bytes` stand for, in order.
    public private(set) var unknowns: [Unknown] = []
    /// Where an empty text stands.
    private let start: Int

    public init(_ source: SourceText, at start: Int) {
        self.source = source
        self.start = start
    }

    /// A piece of a file, byte for byte.
    public init(_ source: SourceText, _ range: Range<Int>) {
        self.init(source, at: range.lowerBound)
        append(range)
    }

    /// The value of a scalar that stands at `range` of a file. Where it is written there as it is (with quotes
    /// around it at most) each byte gets its own place, else all have that of the whole scalar.
    public init(_ value: SymbolicText, in source: SourceText, at range: Range<Int>) {
        self.init(source, at: range.lowerBound)
        unknowns = value.unknowns
        bytes = Array(value.marked.utf8)
        let written = source.bytes[range.clamped(to: 0..<source.bytes.count)]
        for margin in [0, 1] where written.count == bytes.count + 2 * margin {
            let inner = written.dropFirst(margin).dropLast(margin)
            if inner.elementsEqual(bytes) {
                offsets = Array(inner.indices)
                return
            }
        }
        spread = range
    }

    /// The range that every byte has where places are not known one by one.
    private var spread: Range<Int>?

    public mutating func append(_ range: Range<Int>) {
        bytes += source.bytes[range]
        offsets += Array(range)
    }

    /// A byte that stands for what is written at `offset`.
    public mutating func append(_ byte: UInt8, at offset: Int) {
        bytes.append(byte)
        offsets.append(offset)
    }

    /// Text that stands for all of `range`.
    mutating func append(_ text: String, for range: Range<Int>) {
        for byte in text.utf8 {
            widths[bytes.count] = range.count
            append(byte, at: range.lowerBound)
        }
    }

    /// A part that is not known, written at `range`.
    public mutating func append(_ unknown: Unknown, at range: Range<Int>) {
        unknowns.append(unknown)
        append(String(SymbolicText.mark), for: range)
    }

    public var count: Int { bytes.count }

    /// The place in the file of a range of `bytes`.
    public func fileRange(_ range: Range<Int>) -> Range<Int> {
        if let spread { return spread }
        if range.isEmpty {
            let at = range.lowerBound < offsets.count ? offsets[range.lowerBound] : (offsets.last ?? start - 1) + 1
            return at..<at
        }
        let last = range.upperBound - 1
        return offsets[range.lowerBound]..<max(offsets[range.lowerBound], offsets[last] + (widths[last] ?? 1))
    }

    public func location(_ range: Range<Int>) -> Location { source.location(fileRange(range)) }

    public var location: Location { location(0..<count) }

    public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    public subscript(range: Range<Int>) -> PlacedText {
        var result = PlacedText(source, at: fileRange(range).lowerBound)
        result.bytes = Array(bytes[range])
        if spread == nil { result.offsets = Array(offsets[range]) }
        if !widths.isEmpty {
            for index in range { if let width = widths[index] { result.widths[index - range.lowerBound] = width } }
        }
        result.spread = spread
        if !unknowns.isEmpty {
            let marks = SymbolicText.marks(in: bytes[...])
            result.unknowns = zip(marks, unknowns).filter { range.contains($0.0) }.map(\.1)
        }
        return result
    }
}

extension SymbolicText {
    /// The mark for an unknown part, in UTF-8.
    static let markBytes: [UInt8] = [0xef, 0xbf, 0xbc]

    /// Where marks start.
    static func marks(in bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.indices.filter { bytes[$0] == markBytes[0] && bytes[$0...].starts(with: markBytes) }
    }
}
