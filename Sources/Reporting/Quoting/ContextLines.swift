import ListenerModel

/// Which whole lines around a place may leave the file with it: never those of an environment file, in compose only
/// those of the same `ports` list, for a password may stand beside it.
enum ContextLines {
    /// 1-based lines, wider than the place; nil for none.
    static func lines(around location: Location, source: Source?, in text: SourceText) -> ClosedRange<Int>? {
        guard location.start.line >= 1, location.start.line <= location.end.line,
            location.end.line <= text.lineCount, !EnvironmentValue.isEnvironmentFile(location.path)
        else { return nil }
        let own = location.start.line...location.end.line
        switch source {
        case .env, nil: return nil
        case .compose: return portsList(around: own, in: text)
        // A command line or an instruction says nothing about its neighbours, and those may be secrets.
        case .dockerfile, .command: return own
        case .nginx, .go, .node:
            // What follows the last line break is no line.
            let end = text.line(text.lineCount)?.isEmpty == true ? text.lineCount - 1 : text.lineCount
            return max(1, own.lowerBound - 1)...max(own.upperBound, min(end, own.upperBound + 1))
        }
    }

    /// Lines that are looked at on the way up to the key of a list: a finding on each line of a long list would
    /// otherwise walk the list each time.
    private static let longestList = 200

    /// The block sequence below a `ports:` key that the lines are in, one item more at either side; or the line
    /// itself where the whole list is on it. Read by indentation alone: what is not plainly such a list has none.
    private static func portsList(around own: ClosedRange<Int>, in text: SourceText) -> ClosedRange<Int>? {
        let first = Line(text, own.lowerBound)
        if own.count == 1 && first.startsPorts { return first.isFlowList ? own : nil }
        var start = own.lowerBound
        // Up to the item's own dash.
        while start > max(1, own.lowerBound - longestList), !Line(text, start).isItem { start -= 1 }
        let item = Line(text, start)
        guard item.isItem, (start..<own.lowerBound).allSatisfy({ Line(text, $0 + 1).indent > item.indent }) else {
            return nil
        }
        var header = start - 1
        let highest = max(1, start - longestList)
        while header >= highest, Line(text, header).isItem(at: item.indent) || Line(text, header).indent > item.indent {
            header -= 1
        }
        guard header >= highest, Line(text, header).startsPorts, Line(text, header).indent <= item.indent else {
            return nil
        }
        var end = own.upperBound
        while end < text.lineCount, Line(text, end + 1).indent > item.indent, !Line(text, end + 1).isBlank { end += 1 }
        if start - 1 > header, Line(text, start - 1).isItem(at: item.indent) { start -= 1 }
        if end < text.lineCount, Line(text, end + 1).isItem(at: item.indent) { end += 1 }
        return start...end
    }

    private struct Line {
        let indent: Int
        let rest: ArraySlice<UInt8>

        init(_ text: SourceText, _ number: Int) {
            let bytes = text.line(number) ?? []
            indent = bytes.prefix { $0 == 0x20 }.count
            rest = bytes.dropFirst(indent)
        }

        var isBlank: Bool { rest.isEmpty }
        var isItem: Bool { rest.first == UInt8(ascii: "-") && (rest.count == 1 || rest.dropFirst().first == 0x20) }
        func isItem(at other: Int) -> Bool { isItem && indent == other }
        var startsPorts: Bool { rest.starts(with: "ports:".utf8) }
        /// `ports: ["80:80"]` with nothing else on the line.
        var isFlowList: Bool {
            let value = rest.dropFirst("ports:".utf8.count).drop { $0 == 0x20 }
            return value.first == UInt8(ascii: "[") && value.last == UInt8(ascii: "]")
        }
    }
}
