import ListenerModel

/// The lines of a scanned file that a report shows for one place.
struct Quotation {
    /// The lines of the place, from the first; at most `limit`.
    private(set) var lines: [QuotedLine]
    /// Lines of the place beyond the limit.
    let omitted: Int

    /// nil where the file does not have the place (it changed, or is not to be had).
    init?(_ location: Location, in source: SourceText?, isEnvironment: Bool, limit: Int = 6) {
        guard let source, location.start.line >= 1, location.end.line >= location.start.line else { return nil }
        lines = []
        let last = min(location.end.line, location.start.line + limit - 1)
        omitted = location.end.line - last
        for number in location.start.line...last {
            guard let line = source.line(number) else { return nil }
            let start = number == location.start.line ? location.start.column - 1 : Self.indentation(of: line)
            let end = number == location.end.line ? location.end.column - 1 : Int.max
            let columns = start..<max(start, end)
            if isEnvironment {
                lines.append(Self.environmentLine(number, line, columns))
            } else {
                lines.append(QuotedLine(number: number, bytes: line, columns: columns))
            }
        }
    }

    mutating func crop(to width: Int) {
        for index in lines.indices { lines[index].crop(to: width) }
    }

    private static func indentation(of line: ArraySlice<UInt8>) -> Int {
        line.prefix { $0 == 0x20 || $0 == 0x09 }.count
    }

    /// The key, which is no secret, and the value if it is an address or a port; the rest of the line stays out.
    private static func environmentLine(
        _ number: Int, _ line: ArraySlice<UInt8>, _ columns: Range<Int>
    ) -> QuotedLine {
        let units = Array(String(decoding: line, as: UTF8.self).utf16)
        let place = columns.clamped(to: 0..<units.count)
        let value = String(decoding: units[place], as: UTF16.self)
        let before = units[..<place.lowerBound]
        let isKey = before.allSatisfy { unit in
            guard let scalar = Unicode.Scalar(unit) else { return false }
            return scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789_-. \t=:\"'".unicodeScalars.contains(scalar))
        }
        let key = isKey ? String(decoding: before, as: UTF16.self) : ""
        let shown = EnvironmentValue.isAddressOrPort(value) ? value : EnvironmentValue.hidden
        let start = key.utf16.count
        return QuotedLine(number: number, bytes: (key + shown).utf8, columns: start..<start + shown.utf16.count)
    }
}
