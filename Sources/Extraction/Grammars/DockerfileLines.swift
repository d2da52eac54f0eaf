import ListenerModel

/// A Dockerfile cut into instructions: parser directives, comments, continuation lines and here-documents
/// (moby/buildkit frontend/dockerfile/parser).
struct DockerfileLines {
    struct Line {
        /// From the instruction's word on, continuation lines joined, comments left out.
        var text: PlacedText
        /// Bodies of here-documents, in the order in which the line names them.
        var heredocs: [PlacedText]
    }

    private(set) var lines: [Line] = []
    private(set) var escape = UInt8(ascii: "\\")
    /// Ranges of comments, from the `#` to the end of the line.
    private(set) var comments: [Range<Int>] = []
    /// Offset of a here-document's line that never ends.
    private(set) var unclosedHeredoc: Int?

    private let source: SourceText
    private var bytes: [UInt8] { source.bytes }
    private var position = 0

    init(_ source: SourceText) {
        self.source = source
        if source.bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
        readDirectives()
        while position < source.bytes.count { readInstruction() }
    }

    /// `# escape=…` works only in comments of the form `# name=value` before anything else.
    private mutating func readDirectives() {
        var at = position
        while at < bytes.count {
            let line = trimmed(lineRange(at))
            guard !line.isEmpty, bytes[line.lowerBound] == UInt8(ascii: "#") else { return }
            let text = bytes[line.lowerBound + 1..<line.upperBound]
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return }
            let name = String(decoding: bytes[trimmed(text.startIndex..<equals)], as: UTF8.self).lowercased()
            let value = bytes[trimmed(equals + 1..<text.endIndex)]
            guard ["escape", "syntax", "check"].contains(name) else { return }
            if name == "escape", value.count == 1, let byte = value.first { escape = byte }
            at = next(at)
        }
    }

    private mutating func readInstruction() {
        let first = trimmed(lineRange(position))
        if first.isEmpty || bytes[first.lowerBound] == UInt8(ascii: "#") {
            if !first.isEmpty { comments.append(first) }
            position = next(position)
            return
        }
        var text = PlacedText(source, at: first.lowerBound)
        var isFirst = true
        while position < bytes.count {
            let whole = lineRange(position)
            let line = isFirst ? first.lowerBound..<trimmed(whole).upperBound : whole.lowerBound..<trimmedEnd(whole)
            position = next(position)
            let content = trimmed(line)
            if !isFirst && (content.isEmpty || bytes[content.lowerBound] == UInt8(ascii: "#")) {
                if !content.isEmpty { comments.append(content) }
                continue
            }
            isFirst = false
            guard continues(line) else {
                text.append(line)
                break
            }
            text.append(line.lowerBound..<line.upperBound - 1)
        }
        lines.append(Line(text: text, heredocs: readHeredocs(of: text)))
    }

    /// The escape character at the end continues a line unless another stands before it.
    private func continues(_ line: Range<Int>) -> Bool {
        guard let last = bytes[line].last, last == escape else { return false }
        return line.count == 1 || bytes[line.upperBound - 2] != escape
    }

    private mutating func readHeredocs(of text: PlacedText) -> [PlacedText] {
        let word = String(decoding: text.bytes.prefix { $0.isNameByte }, as: UTF8.self).uppercased()
        guard word == "RUN" || word == "COPY" || word == "ADD" else { return [] }
        return Heredoc.find(in: text).map { heredoc in
            let start = position
            var body = PlacedText(source, at: position)
            while position < bytes.count {
                let whole = lineRange(position)
                var line = whole.lowerBound..<trimmedEnd(whole)
                if heredoc.stripsTabs {
                    while !line.isEmpty, bytes[line.lowerBound] == 0x09 { line = line.lowerBound + 1..<line.upperBound }
                }
                let after = next(position)
                position = after
                if bytes[line].elementsEqual(heredoc.name) { return body }
                body.append(line.lowerBound..<after)
            }
            unclosedHeredoc = start
            return body
        }
    }

    // MARK: Lines

    /// The line at an offset without its line feed.
    private func lineRange(_ start: Int) -> Range<Int> {
        start..<(bytes[start...].firstIndex(of: 0x0a) ?? bytes.count)
    }

    private func next(_ start: Int) -> Int { min(lineRange(start).upperBound + 1, bytes.count) }

    private func trimmedEnd(_ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, [0x20, 0x09, 0x0d].contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        let end = trimmedEnd(range)
        var start = range.lowerBound
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        return start..<end
    }
}

/// `<<NAME`, `<<-NAME`, `<<"NAME"` in an instruction line.
struct Heredoc {
    var name: [UInt8]
    var stripsTabs: Bool
    /// In the instruction's text.
    var range: Range<Int>

    static func find(in text: PlacedText) -> [Heredoc] {
        let bytes = text.bytes
        var found: [Heredoc] = []
        var position = 0
        while position + 2 < bytes.count {
            guard bytes[position] == UInt8(ascii: "<"), bytes[position + 1] == UInt8(ascii: "<"),
                position == 0 || bytes[position - 1] == 0x20 || bytes[position - 1] == 0x09
                    || bytes[position - 1].isNameByte
            else {
                position += 1
                continue
            }
            let start = position
            position += 2
            let stripsTabs = bytes[position] == UInt8(ascii: "-")
            if stripsTabs { position += 1 }
            var quote: UInt8?
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") {
                quote = bytes[position]
                position += 1
            }
            let name = Array(bytes[position...].prefix { $0.isNameByte || $0 == UInt8(ascii: ".") })
            position += name.count
            if let quote {
                guard position < bytes.count, bytes[position] == quote else { continue }
                position += 1
            }
            if !name.isEmpty { found.append(Heredoc(name: name, stripsTabs: stripsTabs, range: start..<position)) }
        }
        return found
    }
}
