import ListenerModel

/// The lines of a scanned file that a report shows for one place.
struct Quotation {
    /// The lines of the place, from the first; at most `limit`.
    private(set) var lines: [QuotedLine]
    /// Lines of the place beyond the limit.
    let omitted: Int

    /// nil where the file does not have the place (it changed, or is not to be had).
    init?(_ location: Location, in source: SourceText?, isEnvironment: Bool, limit: Int = 6) {
        guard let source, !location.isWholeFile, location.start.line >= 1, location.end.line >= location.start.line,
            Self.holds(source, location.start.line, location.range.lowerBound),
            Self.holds(source, location.end.line, location.range.upperBound)
        else { return nil }
        let last = min(location.end.line, location.start.line + limit - 1)
        omitted = location.end.line - last
        lines = (location.start.line...last).map { number in
            let line = source.line(number)!
            let start = number == location.start.line ? location.range.lowerBound : Self.textStart(of: line)
            let end = number == location.end.line ? location.range.upperBound : line.endIndex
            // A place may end in the line break that the line is without.
            let marked = min(start, line.endIndex)..<max(min(start, line.endIndex), min(end, line.endIndex))
            return isEnvironment
                ? Self.environmentLine(number, line, marked) : QuotedLine(number: number, bytes: line, marked: marked)
        }
    }

    /// Whether a byte of the file, or the end of the line, is in a line.
    private static func holds(_ source: SourceText, _ number: Int, _ offset: Int) -> Bool {
        guard let line = source.line(number) else { return false }
        let next = source.line(number + 1)?.startIndex ?? line.endIndex + 1
        return line.startIndex <= offset && offset < next
    }

    mutating func crop(to width: Int) {
        for index in lines.indices { lines[index].crop(to: width) }
    }

    private static func textStart(of line: ArraySlice<UInt8>) -> Int {
        line.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.endIndex
    }

    /// The key, which is no secret, and the value if it is an address or a port; the rest of the line stays out.
    private static func environmentLine(_ number: Int, _ line: ArraySlice<UInt8>, _ marked: Range<Int>) -> QuotedLine {
        let value = String(decoding: line[marked], as: UTF8.self)
        let before = line[..<marked.lowerBound]
        let key = before.allSatisfy(isOfKey) ? Array(before) : []
        let shown = key + Array((EnvironmentValue.isAddressOrPort(value) ? value : EnvironmentValue.hidden).utf8)
        return QuotedLine(number: number, bytes: shown[...], marked: key.count..<shown.count)
    }

    /// `export KEY = "`
    private static func isOfKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-. \t=:\"'".utf8.contains(byte)
        }
    }
}
