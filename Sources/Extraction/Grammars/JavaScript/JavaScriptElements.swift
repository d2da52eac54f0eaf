// JSX (the JSX specification, chapter "JSX Definition"): text between tags is not ECMAScript, what stands in braces is.

extension JavaScriptLexer {
    /// Whether the `<` here starts an element and not a comparison or a list of type parameters.
    func startsElement() -> Bool {
        guard operandFollows else { return false }
        let first = byte(position + 1)
        if first == UInt8(ascii: ">") { return true }
        guard Self.isWord(first), !(0x30...0x39).contains(first) else { return false }
        var end = position + 1
        while Self.isWord(byte(end)) { end += 1 }
        while byte(end) == 0x20 { end += 1 }
        // `<T,>(x) =>`, `<T extends U>(x) =>`
        if byte(end) == UInt8(ascii: ",") || bytes[end...].starts(with: "extends ".utf8) { return false }
        guard byte(end) == UInt8(ascii: ">"), byte(end + 1) == UInt8(ascii: "(") else { return true }
        return !parametersFollow(end + 1)
    }

    /// `<T>(…) =>` or `<T>(…):` rather than `<b>(…)</b>`: what stands after the parenthesis decides. Text of an
    /// element holds no `>`, so that looking a short way is enough.
    private func parametersFollow(_ start: Int) -> Bool {
        var depth = 0
        var end = start
        while end < min(start + 2048, bytes.count) {
            if bytes[end] == UInt8(ascii: "(") { depth += 1 }
            if bytes[end] == UInt8(ascii: ")") { depth -= 1 }
            end += 1
            if depth == 0 { break }
        }
        while byte(end) == 0x20 { end += 1 }
        return byte(end) == UInt8(ascii: ":") || (byte(end) == UInt8(ascii: "=") && byte(end + 1) == 0x3e)
    }

    /// One step inside of an opening tag: a name, an attribute, or its end.
    mutating func tag() {
        switch bytes[position] {
        case UInt8(ascii: "{"): embedded()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            // No escapes, and line breaks are fine.
            let quote = bytes[position]
            position += 1
            while position < bytes.count, bytes[position] != quote { position += 1 }
            position = min(position + 1, bytes.count)
        case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: "*"): comment(blockFrom: position)
        case UInt8(ascii: "/") where byte(position + 1) == UInt8(ascii: ">"):
            position += 1
            end()
        case UInt8(ascii: ">"):
            position += 1
            open[open.count - 1].kind = .children
        case UInt8(ascii: "<"):
            if position > 0, Self.isWord(bytes[position - 1]) {
                typeArguments()
            } else {
                element()
            }
        default: position += 1
        }
    }

    /// `<Table<Row> …>`
    private mutating func typeArguments() {
        var depth = 0
        repeat {
            if bytes[position] == UInt8(ascii: "<") { depth += 1 }
            if bytes[position] == UInt8(ascii: ">") { depth -= 1 }
            position += 1
        } while depth > 0 && position < bytes.count
    }

    /// One step between an opening and a closing tag.
    mutating func children() {
        switch bytes[position] {
        case UInt8(ascii: "{"): embedded()
        case UInt8(ascii: "<"):
            guard byte(position + 1) == UInt8(ascii: "/") else { return element() }
            while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
            end()
        default: position += 1
        }
    }

    private mutating func element() {
        open.append(Opening(kind: .tag, token: tokens.count))
        add(.elementStart, length: 1)
    }

    private mutating func embedded() {
        open.append(Opening(kind: .brace, token: tokens.count))
        add(.leftBrace, length: 1)
    }

    private mutating func end() {
        let opening = open.removeLast()
        add(.elementEnd, length: 1)
        pair(opening.token, tokens.count - 1)
    }
}
