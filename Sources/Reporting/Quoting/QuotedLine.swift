/// One line of a scanned file, fit to be shown, with the part that a report points at.
struct QuotedLine {
    let number: Int
    private(set) var text: String
    /// Columns of the display, from 0.
    private(set) var marked: Range<Int>

    /// - Parameters:
    ///   - bytes: the line without its line break.
    ///   - columns: the part pointed at, in UTF-16 code units from 0.
    init(number: Int, bytes: some Sequence<UInt8>, columns: Range<Int>) {
        self.number = number
        var shown = String.UnicodeScalarView()
        var unit = 0
        var column = 0
        var start: Int?
        var end: Int?
        for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
            if start == nil && unit >= columns.lowerBound { start = column }
            if end == nil && unit >= columns.upperBound { end = column }
            unit += scalar.utf16.count
            if scalar == "\t" {
                let width = 4 - column % 4
                shown.append(contentsOf: repeatElement(" ", count: width))
                column += width
            } else if !scalar.isInvisibleControl {
                if scalar == "[" && shown.endsInCommandMark {
                    shown.append(" ")
                    column += 1
                }
                shown.append(scalar)
                column += scalar.displayWidth
            }
        }
        text = String(shown)
        let first = start ?? column
        marked = first..<max(first, end ?? column)
    }

    /// Cuts what does not fit into `width` columns, so that the marked part stays in sight.
    mutating func crop(to width: Int) {
        guard text.displayWidth > width, width > 2 else { return }
        // A third of the room stands before the marked part, as far as there is anything.
        let start = max(0, min(marked.lowerBound - width / 3, text.displayWidth - width))
        var kept = String.UnicodeScalarView()
        var column = 0
        var used = start > 0 ? 1 : 0
        var skipped = 0
        for scalar in text.unicodeScalars {
            let next = column + scalar.displayWidth
            // The mark of what was cut takes one column at either end.
            if column < start + (start > 0 ? 1 : 0) {
                skipped = next
            } else if used + scalar.displayWidth < width || (next == text.displayWidth && used + 1 <= width) {
                kept.append(scalar)
                used += scalar.displayWidth
            } else {
                kept.append("…")
                break
            }
            column = next
        }
        let shift = skipped - (start > 0 ? 1 : 0)
        text = (start > 0 ? "…" : "") + String(kept)
        let end = text.displayWidth
        marked = min(max(0, marked.lowerBound - shift), end)..<min(max(0, marked.upperBound - shift), end)
    }
}
