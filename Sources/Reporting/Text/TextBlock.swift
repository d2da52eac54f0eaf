import ListenerModel

/// The parts that findings and diagnostics in text are made of: heading, quoted source, labelled paragraphs.
struct TextBlock {
    private let report: Report
    private let sources: SourceCache
    private let ink: Ink
    private var width: Int { report.display.proseWidth }
    private(set) var lines: [String] = []

    /// Labels stand in a column of their own.
    static let labelWidth = 7

    init(_ report: Report, _ sources: SourceCache) {
        self.report = report
        self.sources = sources
        ink = Ink(report.display)
    }

    var rendered: String { lines.map { $0 + "\n" }.joined() }

    /// `path:line:column: word[id]`
    mutating func heading(_ location: Location?, _ word: String, _ style: Ink.Style?, id: String, uri: String? = nil) {
        var line = ""
        if let location { line = ink.link(ink(report.place(location), .strong), to: location) + ": " }
        line += ink(word, style) + "[" + ink.link(id.sanitised, to: uri) + "]"
        append(line)
    }

    /// A line as it stands, whose parts are sanitised.
    private mutating func append(_ line: String) { lines.append(line.asOwnLine) }

    mutating func paragraph(_ text: String, _ style: Ink.Style? = nil) {
        for line in text.paragraphs.wrapped(to: width) { append(ink(line, style)) }
    }

    /// `label  text`, wrapped in its own column.
    mutating func labelled(_ label: String, _ text: String, style: Ink.Style? = nil, column: Int = labelWidth) {
        for (index, line) in text.paragraphs.wrapped(to: width - column).enumerated() {
            let head = (index == 0 ? label : "").padded(to: column)
            append((ink(head, .faint) + ink(line, style)).trimmedAtEnd)
        }
    }

    /// `label  text` on one line however long: it is there to be copied.
    mutating func verbatim(_ label: String, _ text: String) {
        append(ink(label.padded(to: Self.labelWidth) + text.sanitised, .faint))
    }

    /// Places in one column, what each says in the next.
    mutating func steps(_ label: String, _ steps: [TraceStep]) {
        let places = steps.map { report.place($0.location) }
        // Long paths do not squeeze the notes: then a note stands under its place.
        let limit = (width - Self.labelWidth) / 2
        let column = places.map(\.displayWidth).filter { $0 <= limit }.max() ?? 0
        for (index, step) in steps.enumerated() {
            let head = ink((index == 0 ? label : "").padded(to: Self.labelWidth), .faint)
            let place = ink.link(places[index], to: step.location)
            let room = width - Self.labelWidth - column - 2
            let note = step.note.paragraphs.wrapped(to: room)
            let indent = String(repeating: " ", count: Self.labelWidth + column + 2)
            if places[index].displayWidth > limit {
                append(head + place)
                for line in note where !line.isEmpty { append(indent + line) }
            } else {
                let gap = String(repeating: " ", count: column - places[index].displayWidth + 2)
                append((head + place + gap + note[0]).trimmedAtEnd)
                for line in note.dropFirst() { append(indent + line) }
            }
        }
    }

    /// The lines of the place behind a gutter, carets under the part meant, the note beside the last caret.
    mutating func quote(_ location: Location, isEnvironment: Bool, note: String, style: Ink.Style) {
        guard
            var quotation = Quotation(location, in: sources[location.path], isEnvironment: isEnvironment)
        else { return }
        let digits = String(quotation.lines.last!.number).count
        let gutter = ink(String(repeating: " ", count: digits + 2) + "|", .faint)
        quotation.crop(to: max(20, (report.display.width ?? 120) - digits - 5))
        append(gutter)
        for line in quotation.lines {
            let number = String(line.number)
            let head = String(repeating: " ", count: digits + 1 - number.count) + number + " |"
            append((ink(head, .faint) + " " + line.text).trimmedAtEnd)
            let carets = String(repeating: "^", count: max(1, line.marked.count))
            let indent = String(repeating: " ", count: line.marked.lowerBound + 1)
            let isLast = line.number == quotation.lines.last!.number
            let text = isLast && quotation.omitted == 0 ? note.sanitised : ""
            let room = width - digits - 3 - indent.count - carets.count - 1
            if text.displayWidth <= room {
                append((gutter + indent + ink(carets + " " + text, style)).trimmedAtEnd)
            } else {
                append(gutter + indent + ink(carets, style))
                // As far to the left as it takes to stay on one line.
                let whole = width - digits - 4
                let column = max(0, min(line.marked.lowerBound, whole - text.displayWidth))
                for part in text.wrapped(to: whole - column) {
                    append(gutter + String(repeating: " ", count: column + 1) + ink(part, style))
                }
            }
        }
        if quotation.omitted > 0 {
            append(gutter + " " + ink("and \(counted(quotation.omitted, "more line")): " + note.sanitised, style))
        }
        append(gutter)
    }
}

extension Report {
    /// `path:line:column` as the person in the current directory would write it.
    func place(_ location: Location) -> String { location.shown(shownPath(location.path)) }

    /// A path at the start of a line must not look like a workflow command.
    func shownPath(_ path: String) -> String {
        let shown = displayedPath(path).sanitised
        return shown.hasPrefix("::") ? "./" + shown : shown
    }
}

extension String {
    /// Sanitised line by line: what a policy writes may have paragraphs.
    fileprivate var paragraphs: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).sanitised }.joined(separator: "\n")
    }

    var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
