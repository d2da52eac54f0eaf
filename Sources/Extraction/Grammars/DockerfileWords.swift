import ListenerModel

/// Words of a Dockerfile instruction: quotes, the escape character and variables, as BuildKit's shell lexer reads
/// them (moby/buildkit frontend/dockerfile/shell/lex.go).
struct DockerfileWords {
    let text: PlacedText
    let escape: UInt8

    private static let depthLimit = 40

    /// The ranges of words between white space outside quotes.
    func split(_ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if isBlank(text.bytes[position]) {
                position += 1
                continue
            }
            let start = position
            var quote: UInt8?
            while position < range.upperBound {
                let byte = text.bytes[position]
                if let open = quote {
                    if byte == escape && open == UInt8(ascii: "\"") {
                        position += 1
                    } else if byte == open {
                        quote = nil
                    }
                } else if byte == escape {
                    position += 1
                } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                    quote = byte
                } else if isBlank(byte) {
                    break
                }
                position += 1
            }
            position = min(position, range.upperBound)
            words.append(start..<position)
        }
        return words
    }

    /// Quotes removed, variables found.
    func value(_ range: Range<Int>) -> BuildText {
        var position = range.lowerBound
        return BuildText(parts(&position, range.upperBound, until: nil, depth: 0))
    }

    private func parts(_ position: inout Int, _ end: Int, until stop: UInt8?, depth: Int) -> [BuildText.Part] {
        var parts: [BuildText.Part] = []
        var literal: [UInt8] = []
        func flush() {
            if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        var quoted = false
        while position < end {
            let byte = text.bytes[position]
            if !quoted && byte == stop { break }
            switch byte {
            case UInt8(ascii: "'") where !quoted:
                position += 1
                while position < end, text.bytes[position] != UInt8(ascii: "'") {
                    literal.append(text.bytes[position])
                    position += 1
                }
                position += 1
            case UInt8(ascii: "\""):
                quoted.toggle()
                position += 1
            case escape where position + 1 < end:
                let next = text.bytes[position + 1]
                let special = next == UInt8(ascii: "\"") || next == UInt8(ascii: "$") || next == escape
                if quoted && !special { literal.append(byte) }
                literal.append(next)
                position += 2
            case UInt8(ascii: "$"):
                if let variable = variable(&position, end, depth: depth) {
                    flush()
                    parts.append(variable)
                } else {
                    literal.append(byte)
                    position += 1
                }
            default:
                literal.append(byte)
                position += 1
            }
        }
        position = min(position, end)
        flush()
        return parts
    }

    /// At a `$`; nil where it stands for itself.
    private func variable(_ position: inout Int, _ end: Int, depth: Int) -> BuildText.Part? {
        let start = position
        var at = position + 1
        guard at < end else { return nil }
        guard text.bytes[at] == UInt8(ascii: "{") else {
            let name = self.name(&at, end)
            guard !name.isEmpty else { return nil }
            position = at
            return .variable(name, at: text.location(start..<at))
        }
        at += 1
        let name = self.name(&at, end)
        if at < end, text.bytes[at] == UInt8(ascii: "}"), !name.isEmpty {
            position = at + 1
            return .variable(name, at: text.location(start..<at + 1))
        }
        let whenEmpty = at < end && text.bytes[at] == UInt8(ascii: ":")
        if whenEmpty { at += 1 }
        let mark = at < end ? text.bytes[at] : 0
        if !name.isEmpty, depth < Self.depthLimit,
            mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+") || mark == UInt8(ascii: "?")
        {
            at += 1
            let word = BuildText(parts(&at, end, until: UInt8(ascii: "}"), depth: depth + 1))
            position = min(at + 1, end)
            switch mark {
            case UInt8(ascii: "-"): return .default(name, word, whenEmpty: whenEmpty)
            case UInt8(ascii: "+"): return .alternative(name, word, whenEmpty: whenEmpty)
            default: return .variable(name, at: text.location(start..<position))
            }
        }
        position = closingBrace(from: at, end)
        return .expression(text.text(start..<position), at: text.location(start..<position))
    }

    private func closingBrace(from start: Int, _ end: Int) -> Int {
        var depth = 1
        for at in start..<max(start, end) {
            if text.bytes[at] == UInt8(ascii: "{") { depth += 1 }
            if text.bytes[at] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return at + 1 }
        }
        return end
    }

    private func name(_ position: inout Int, _ end: Int) -> String {
        let start = position
        while position < end, text.bytes[position].isNameByte,
            position > start || !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.bytes[position])
        {
            position += 1
        }
        return text.text(start..<position)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }
}

extension UInt8 {
    /// A letter, digit or `_`: what the name of a variable is made of (POSIX 3.231).
    var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
