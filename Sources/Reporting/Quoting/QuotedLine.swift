/// One line of a scanned file, fit to be shown, with the part that a report points at.
struct QuotedLine {
    let number: Int
    private(set) var text: String
    /// Columns of the display, from 0.
    private(set) var marked: Range<Int>

    /// Bytes of a line that are looked at before and after the start of the marked part: a minified script is one line
    /// of a megabyte, and no terminal shows it.
    private static let reach = (before: 1000, after: 4000)

    /// - Parameters:
    ///   - bytes: the line without its line break.
    ///   - marked: the part pointed at, as indices of `bytes`.
    init(number: Int, bytes: ArraySlice<UInt8>, marked: Range<Int>) {
        self.number = number
        let marked = marked.clamped(to: bytes.startIndex..<bytes.endIndex)
        var shown = String.UnicodeScalarView()
        var column = 0
        func show(_ bytes: ArraySlice<UInt8>) {
            for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
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
        }
        let near = Self.near(marked.lowerBound, in: bytes)
        if near.startIndex > bytes.startIndex { show(Array("…".utf8)[...]) }
        show(near[..<marked.lowerBound])
        let first = column
        show(near[marked.clamped(to: near.startIndex..<near.endIndex)])
        let last = column
        show(near[min(marked.upperBound, near.endIndex)...])
        if near.endIndex < bytes.endIndex { show(Array("…".utf8)[...]) }
        text = String(shown)
        self.marked = first..<last
    }

    /// What is within reach of a place, beginning and ending between characters.
    private static func near(_ place: Int, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = max(bytes.startIndex, place - reach.before)
        while start > bytes.startIndex, start < place, bytes[start] & 0xc0 == 0x80 { start += 1 }
        var end = min(bytes.endIndex, place + reach.after)
        while end < bytes.endIndex, end > place, bytes[end] & 0xc0 == 0x80 { end -= 1 }
        return bytes[start..<end]
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
