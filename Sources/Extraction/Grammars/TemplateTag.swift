/// A tag of a template language inside a file of another language: Jinja, Go templates, Handlebars, ERB and its
/// kin, autoconf's `@NAME@`.
struct TemplateTag: Hashable {
    enum Kind: Hashable {
        /// Leaves text: `{{ port }}`, `<%= port %>`, `@PORT@`.
        case expression
        /// Leaves any amount of text from elsewhere: `{{ template "x" . }}`, `{% include "x" %}`, `{{> x }}`.
        case inclusion
        /// Opens a condition or a loop.
        case open
        /// Ends a condition or a loop.
        case close
        /// Leaves nothing: `{# … #}`, `{% set x = 1 %}`, `{{ else }}`.
        case silent
    }

    var kind: Kind
    var range: Range<Int>
    /// Between the marks, without white space: the name for a trace.
    var name: String
}

/// Finds tags in one file. Ends of tags are looked up once for the whole file, so that many openings without an
/// end cost no more than one.
struct TemplateTags {
    private let bytes: [UInt8]
    private let jinja: Bool
    /// By mark: no end stands between these two, and one at the second (or none until the end of the file).
    private var ends: [[UInt8]: (from: Int, end: Int)] = [:]
    /// No tag is longer; what looks like one is text.
    private static let longest = 4096

    /// `jinja`: the file's name says so, and `{#` opens a comment (in nginx, `{# …` is a block and its comment).
    init(_ bytes: [UInt8], jinja: Bool) {
        self.bytes = bytes
        self.jinja = jinja
    }

    /// The tag that starts at `position`.
    mutating func tag(at position: Int) -> TemplateTag? {
        guard position + 1 < bytes.count else { return nil }
        switch (bytes[position], bytes[position + 1]) {
        case (UInt8(ascii: "{"), UInt8(ascii: "{")):
            return tag(at: position, end: "}}") { Self.kind(ofDoubleBraces: $0) }
        case (UInt8(ascii: "{"), UInt8(ascii: "%")):
            return tag(at: position, end: "%}") { Self.kind(ofStatement: $0) }
        case (UInt8(ascii: "{"), UInt8(ascii: "#")) where jinja:
            return tag(at: position, end: "#}") { _ in .silent }
        case (UInt8(ascii: "<"), UInt8(ascii: "%")):
            return tag(at: position, end: "%>") { Self.kind(ofERB: $0) }
        case (UInt8(ascii: "@"), _):
            return autoconf(at: position)
        default:
            return nil
        }
    }

    private mutating func tag(at start: Int, end mark: String, kind: (String) -> TemplateTag.Kind) -> TemplateTag? {
        guard let end = nextEnd(Array(mark.utf8), from: start + 2), end - start <= Self.longest else { return nil }
        let inner = Self.trimmed(bytes[start + 2..<end])
        return TemplateTag(kind: kind(inner), range: start..<end + 2, name: Self.withoutTrimMarks(inner))
    }

    private func autoconf(at start: Int) -> TemplateTag? {
        var end = start + 1
        while end < bytes.count, Self.isNameByte(bytes[end]), end - start < Self.longest { end += 1 }
        guard end > start + 1, end < bytes.count, bytes[end] == UInt8(ascii: "@") else { return nil }
        return TemplateTag(
            kind: .expression, range: start..<end + 1, name: String(decoding: bytes[start + 1..<end], as: UTF8.self))
    }

    /// The next `mark` at or after `position`.
    private mutating func nextEnd(_ mark: [UInt8], from position: Int) -> Int? {
        let known = ends[mark]
        if let known, known.from <= position, position <= known.end {
            return known.end < bytes.count ? known.end : nil
        }
        // Before what is known, only the gap is searched.
        let isBefore = known.map { position < $0.from } ?? false
        let limit = isBefore ? known!.from : bytes.count
        var end = position
        while end < limit && !(bytes[end] == mark[0] && end + 1 < bytes.count && bytes[end + 1] == mark[1]) { end += 1 }
        if isBefore && end == limit { end = known!.end }
        ends[mark] = (position, end)
        return end < bytes.count ? end : nil
    }

    /// Go templates, Handlebars and Jinja expressions.
    private static func kind(ofDoubleBraces inner: String) -> TemplateTag.Kind {
        let text = withoutTrimMarks(inner)
        guard let first = text.utf8.first else { return .silent }
        if first == UInt8(ascii: "#") || first == UInt8(ascii: "^") { return .open }
        if first == UInt8(ascii: ">") { return .inclusion }
        if first == UInt8(ascii: "!") || text.hasPrefix("/*") { return .silent }
        if first == UInt8(ascii: "/") { return .close }
        let word = text.prefix { $0.isLetter || $0 == "_" }
        switch word {
        case "if", "range", "with", "define", "block": return .open
        case "end": return .close
        case "else", "break", "continue": return .silent
        case "template", "include", "tpl", "partial": return .inclusion
        default:
            let isAssignment = first == UInt8(ascii: "$") && (text.contains(":=") || text.contains(" = "))
            return isAssignment ? .silent : .expression
        }
    }

    /// Jinja, Twig, Liquid.
    private static func kind(ofStatement inner: String) -> TemplateTag.Kind {
        let text = withoutTrimMarks(inner)
        let word = text.prefix { $0.isLetter || $0 == "_" }
        switch word {
        case "if", "for", "macro", "call", "filter", "block", "with", "unless", "raw": return .open
        case "set": return text.contains("=") ? .silent : .open
        case "include", "import", "extends": return word == "include" ? .inclusion : .silent
        default: return word.hasPrefix("end") ? .close : .silent
        }
    }

    /// ERB, EPP, EJS.
    private static func kind(ofERB inner: String) -> TemplateTag.Kind {
        if inner.hasPrefix("=") || inner.hasPrefix("-=") { return .expression }
        if inner.hasPrefix("#") { return .silent }
        let text = withoutTrimMarks(inner)
        let word = text.prefix { $0.isLetter }
        switch word {
        case "if", "unless", "case", "for", "while", "until": return .open
        case "end": return .close
        case "else", "elsif", "when": return .silent
        default:
            if text.hasSuffix("{") || text.hasSuffix("do") || text.hasSuffix("|") {
                return text.hasPrefix("}") ? .silent : .open
            }
            return text.hasPrefix("}") ? .close : .silent
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.drop { $0 <= 0x20 }, as: UTF8.self)
    }

    /// Without the marks that only trim white space or ask for output.
    private static func withoutTrimMarks(_ text: String) -> String {
        var rest = Substring(text)
        while let first = rest.first, "-~+=& \t\n\r".contains(first) { rest.removeFirst() }
        while let last = rest.last, "-~+ \t\n\r".contains(last) { rest.removeLast() }
        if rest.first == "{" && rest.last == "}" { rest = rest.dropFirst().dropLast() }
        return String(rest)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
