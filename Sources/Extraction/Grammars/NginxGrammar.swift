public import ListenerModel

/// nginx's configuration language: words, quotes, blocks, exactly as `ngx_conf_read_token`
/// (src/core/ngx_conf_file.c) reads them, plus the tags of template languages that a file may still hold.
///
/// What nginx refuses is recorded and reading goes on: one wrong line does not hide the listeners behind it.
public enum NginxGrammar {
    /// Levels of blocks; nginx's own directives nest no deeper than about ten.
    static let depthLimit = 100
    /// Words, comments and mistakes; so many take about a gigabyte.
    static let itemLimit = 2_000_000
    /// `NGX_CONF_BUFFER`: what a word may not fill, nor a comment.
    static let bufferSize = 4096

    /// Reads a whole file. `isTemplate`: its name says that a tool expands it before nginx reads it.
    public static func read(_ text: SourceText, isTemplate: Bool = false) -> NginxFile {
        var reader = NginxReader(text, isTemplate: isTemplate)
        return reader.file()
    }
}

private struct NginxReader {
    private enum Terminator { case semicolon, blockStart, blockEnd, endOfFile }

    private struct OpenBlock {
        var words: [NginxWord]
        var isConditional: Bool
        var hasConditionalArguments: Bool
        var body = NginxBlock()
    }

    private let text: SourceText
    private let bytes: [UInt8]
    private var tags: TemplateTags
    private var position = 0
    private var open: [OpenBlock] = []
    private var top = NginxBlock()
    private var errors: [NginxSyntaxError] = []
    private var comments: [Range<Int>] = []
    /// How many words and placeholders were read.
    private var items = 0
    private var isTemplate = false

    /// Conditions and loops of the template that are open.
    private var conditions = 0
    /// The directive that is being read.
    private var words: [NginxWord] = []
    private var startedInCondition = false
    private var conditionInside = false

    init(_ text: SourceText, isTemplate: Bool) {
        self.text = text
        bytes = text.bytes
        tags = TemplateTags(text.bytes, jinja: isTemplate)
        self.isTemplate = isTemplate
    }

    mutating func file() -> NginxFile {
        reading: while true {
            switch readDirective() {
            case .semicolon:
                append(directive(body: .none))
            case .blockStart:
                if open.count == NginxGrammar.depthLimit {
                    errors.append(NginxSyntaxError(problem: .tooDeep, range: position - 1..<position))
                    words = []
                    break reading
                }
                if words.first?.text.known?.hasSuffix("_by_lua_block") == true {
                    readLua()
                } else {
                    open.append(
                        OpenBlock(
                            words: words, isConditional: startedInCondition, hasConditionalArguments: conditionInside))
                    words = []
                }
            case .blockEnd:
                if open.isEmpty {
                    errors.append(NginxSyntaxError(problem: .unexpected(UInt8(ascii: "}")), range: last))
                } else {
                    closeBlock()
                }
            case .endOfFile:
                if let unclosed = open.last {
                    errors.append(NginxSyntaxError(problem: .endInBlock, range: unclosed.words[0].range))
                }
                break reading
            }
        }
        if isFull { errors.append(NginxSyntaxError(problem: .tooMany, range: position..<position)) }
        while !open.isEmpty { closeBlock() }
        return NginxFile(body: top, errors: errors, comments: comments, isTemplate: isTemplate)
    }

    /// The byte that was read last.
    private var last: Range<Int> { position - 1..<position }

    private var isFull: Bool { items + errors.count + comments.count > NginxGrammar.itemLimit }

    private mutating func directive(body: NginxDirective.Body) -> NginxDirective {
        defer { words = [] }
        return NginxDirective(
            name: words[0], arguments: Array(words.dropFirst()), body: body, isConditional: startedInCondition,
            hasConditionalArguments: conditionInside)
    }

    private mutating func append(_ directive: NginxDirective) {
        if open.isEmpty {
            top.directives.append(directive)
        } else {
            open[open.count - 1].body.directives.append(directive)
        }
    }

    private mutating func closeBlock() {
        let closed = open.removeLast()
        append(
            NginxDirective(
                name: closed.words[0], arguments: Array(closed.words.dropFirst()), body: .block(closed.body),
                isConditional: closed.isConditional, hasConditionalArguments: closed.hasConditionalArguments))
    }

    private mutating func readLua() {
        if let end = LuaBlock.end(in: bytes, from: position) {
            position = end
        } else {
            errors.append(NginxSyntaxError(problem: .endInLua, range: words[0].range))
            position = bytes.count
        }
        append(directive(body: .lua))
    }

    // MARK: Words

    private mutating func readDirective() -> Terminator {
        words = []
        conditionInside = false
        while position < bytes.count, !isFull {
            let byte = bytes[position]
            if Self.isSpace(byte) {
                position += 1
            } else if let tag = tags.tag(at: position) {
                read(tag)
            } else if let unknown = variableStatement() {
                add(placeholder: unknown)
            } else {
                switch byte {
                case UInt8(ascii: "#"):
                    readComment()
                case UInt8(ascii: ";"):
                    position += 1
                    if !words.isEmpty { return .semicolon }
                    errors.append(NginxSyntaxError(problem: .unexpected(byte), range: last))
                case UInt8(ascii: "{"):
                    position += 1
                    if words.isEmpty {
                        errors.append(NginxSyntaxError(problem: .unexpected(byte), range: last))
                        add(NginxWord(text: "", range: last))
                    }
                    return .blockStart
                case UInt8(ascii: "}"):
                    if words.isEmpty {
                        position += 1
                        return .blockEnd
                    }
                    // Read again as the end of the block once the directive is done.
                    errors.append(NginxSyntaxError(problem: .unexpected(byte), range: position..<position + 1))
                    return .semicolon
                case UInt8(ascii: "\""), UInt8(ascii: "'"):
                    readQuoted(byte)
                default:
                    readBare()
                }
            }
        }
        if words.isEmpty || isFull { return .endOfFile }
        errors.append(NginxSyntaxError(problem: .endInDirective, range: words[0].range))
        return .semicolon
    }

    private mutating func add(_ word: NginxWord) {
        items += 1
        if words.isEmpty { startedInCondition = conditions > 0 }
        words.append(word)
    }

    /// Quotes are special only where a word starts, and something that ends a word must follow them.
    private mutating func readQuoted(_ quote: UInt8) {
        position += 1
        let start = position
        var pieces: [TemplateTag] = []
        while position < bytes.count, bytes[position] != quote {
            if let tag = tags.tag(at: position) {
                isTemplate = true
                pieces.append(tag)
                position = tag.range.upperBound
            } else {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
        }
        position = min(position, bytes.count)
        add(word(start..<position, pieces))
        guard position < bytes.count else { return }
        position += 1
        guard position < bytes.count else { return }
        let next = bytes[position]
        if !Self.isSpace(next) && next != UInt8(ascii: ";") && next != UInt8(ascii: "{") && next != UInt8(ascii: ")")
            && tags.tag(at: position) == nil
        {
            errors.append(NginxSyntaxError(problem: .unexpected(next), range: position..<position + 1))
        }
    }

    private mutating func readBare() {
        let start = position
        var pieces: [TemplateTag] = []
        var afterDollar = false
        reading: while position < bytes.count {
            let byte = bytes[position]
            if let tag = tags.tag(at: position) {
                guard let piece = textLeft(by: tag) else { break }
                isTemplate = true
                pieces.append(piece)
                position = piece.range.upperBound
                continue
            }
            switch byte {
            case UInt8(ascii: "{") where afterDollar:
                position += 1
            case UInt8(ascii: "\\"):
                afterDollar = false
                position += 2
            case UInt8(ascii: "$"):
                afterDollar = true
                position += 1
            case 0x20, 0x09, 0x0d, 0x0a, UInt8(ascii: ";"), UInt8(ascii: "{"):
                break reading
            default:
                afterDollar = false
                position += 1
            }
        }
        position = min(position, bytes.count)
        add(word(start..<position, pieces))
    }

    private mutating func readComment() {
        let start = position
        while position < bytes.count && bytes[position] != 0x0a { position += 1 }
        let end = position > start && bytes[position - 1] == 0x0d ? position - 1 : position
        comments.append(start..<end)
        if position - start >= NginxGrammar.bufferSize && position < bytes.count {
            errors.append(NginxSyntaxError(problem: .tooLong, range: start..<position))
        }
    }

    private mutating func word(_ range: Range<Int>, _ pieces: [TemplateTag]) -> NginxWord {
        if range.count >= NginxGrammar.bufferSize {
            errors.append(NginxSyntaxError(problem: .tooLong, range: range))
        }
        var result = SymbolicText()
        var start = range.lowerBound
        for piece in pieces {
            result.append(.literal(unescaped(start..<piece.range.lowerBound)))
            result.append(.unknown(Unknown(.template(piece.name), at: text.location(piece.range))))
            start = piece.range.upperBound
        }
        result.append(.literal(unescaped(start..<range.upperBound)))
        return NginxWord(text: result, range: range)
    }

    /// `\" \' \\ \t \r \n` are replaced; any other backslash stays.
    private func unescaped(_ range: Range<Int>) -> String {
        let slice = bytes[range]
        guard slice.contains(UInt8(ascii: "\\")) else { return String(decoding: slice, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(slice.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < range.upperBound, let plain = Self.escapes[bytes[index + 1]] {
                result.append(plain)
                index += 2
            } else {
                result.append(byte)
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"),
        UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0d,
        UInt8(ascii: "n"): 0x0a,
    ]

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a
    }

    // MARK: Templates

    /// A tag where a word may start.
    private mutating func read(_ tag: TemplateTag) {
        isTemplate = true
        switch tag.kind {
        case .expression where !words.isEmpty || !isAloneOnLine(tag.range):
            readBare()
        case .expression, .inclusion:
            position = tag.range.upperBound
            if words.isEmpty {
                add(placeholder: Unknown(.template(tag.name), at: text.location(tag.range)))
            } else {
                conditionInside = true
            }
        case .open where textLeft(by: tag) != nil && !words.isEmpty:
            readBare()
        case .open, .close, .silent:
            position = tag.range.upperBound
            if !words.isEmpty { conditionInside = true }
            if tag.kind == .open { conditions += 1 }
            if tag.kind == .close { conditions = max(0, conditions - 1) }
        }
    }

    private mutating func add(placeholder: Unknown) {
        items += 1
        if open.isEmpty {
            top.placeholders.append(placeholder)
        } else {
            open[open.count - 1].body.placeholders.append(placeholder)
        }
    }

    /// A condition inside a word is a few tags long; looking further for its end would cost too much.
    private static let longestInlineCondition = 256

    /// What a tag inside a word stands for: itself if it leaves text, a whole condition that is a part of the word
    /// (`{% if v6 %}[::]:{% endif %}80`), or nil if the word ends before it.
    private mutating func textLeft(by tag: TemplateTag) -> TemplateTag? {
        switch tag.kind {
        case .expression: return tag
        case .inclusion, .close, .silent: return nil
        case .open: break
        }
        var depth = 1
        var end = tag.range.upperBound
        guard end < bytes.count, !Self.isSpace(bytes[end]) else { return nil }
        while end < bytes.count, end - tag.range.lowerBound < Self.longestInlineCondition {
            if let inner = tags.tag(at: end) {
                end = inner.range.upperBound
                if inner.kind == .open { depth += 1 }
                if inner.kind == .close { depth -= 1 }
                if depth == 0 {
                    return TemplateTag(kind: .expression, range: tag.range.lowerBound..<end, name: tag.name)
                }
            } else if [0x0a, UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}")].contains(bytes[end]) {
                return nil
            } else {
                end += 1
            }
        }
        return nil
    }

    /// `${NAME}` alone on a line where a directive should start: envsubst puts directives there.
    private mutating func variableStatement() -> Unknown? {
        guard words.isEmpty, bytes[position] == UInt8(ascii: "$"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "{")
        else { return nil }
        var end = position + 2
        while end < bytes.count, bytes[end] > 0x20, bytes[end] != UInt8(ascii: "}") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "}"), isAloneOnLine(position..<end + 1) else { return nil }
        let name = text.text(position + 2..<end)
        let unknown = Unknown(.environment(name), at: text.location(position..<end + 1))
        position = end + 1
        isTemplate = true
        return unknown
    }

    private func isAloneOnLine(_ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end < bytes.count, Self.isSpace(bytes[end]), bytes[end] != 0x0a { end += 1 }
        guard end == bytes.count || bytes[end] == 0x0a || bytes[end] == UInt8(ascii: "#") else { return false }
        var start = range.lowerBound
        while start > 0, Self.isSpace(bytes[start - 1]), bytes[start - 1] != 0x0a { start -= 1 }
        return start == 0 || bytes[start - 1] == 0x0a
    }
}
