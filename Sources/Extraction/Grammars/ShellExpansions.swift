import ListenerModel

/// What `$` and backquotes stand for (POSIX.1-2017, "Word Expansions").
extension ShellWords {
    /// At a `$`.
    mutating func dollar(depth: Int) -> SymbolicText {
        let start = position
        position += 1
        guard position < bytes.count else { return "$" }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            return braced(start, depth: depth)
        case UInt8(ascii: "("):
            skipParentheses()
            return expression(start)
        case let byte where byte.isNameByte && !byte.isDigit:
            while position < bytes.count, bytes[position].isNameByte { position += 1 }
            let name = text.text(start + 1..<position)
            return SymbolicText(Unknown(.environment(name), at: text.location(start..<position)))
        case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "$"),
            UInt8(ascii: "!"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            position += 1
            return expression(start)
        default:
            return "$"
        }
    }

    /// `${NAME}`, `${NAME:-word}`; what does more than that is an expression.
    private mutating func braced(_ start: Int, depth: Int) -> SymbolicText {
        position += 1
        let nameStart = position
        while position < bytes.count, bytes[position].isNameByte { position += 1 }
        let name = text.text(nameStart..<position)
        if position < bytes.count, bytes[position] == UInt8(ascii: "}"), !name.isEmpty {
            position += 1
            return SymbolicText(Unknown(.environment(name), at: text.location(start..<position)))
        }
        let whenEmpty = position < bytes.count && bytes[position] == UInt8(ascii: ":")
        if whenEmpty { position += 1 }
        let mark = position < bytes.count ? bytes[position] : 0
        guard !name.isEmpty, depth < Self.depthLimit,
            mark == UInt8(ascii: "-") || mark == UInt8(ascii: "=") || mark == UInt8(ascii: "?")
        else {
            skipBraces()
            return expression(start)
        }
        position += 1
        let word = bracedWord(depth: depth + 1)
        let fallback = mark == UInt8(ascii: "?") ? nil : Unknown.Fallback(word, whenEmpty: whenEmpty)
        return SymbolicText(Unknown(.environment(name), fallback: fallback, at: text.location(start..<position)))
    }

    /// To behind the closing brace.
    private mutating func bracedWord(depth: Int) -> SymbolicText {
        var result = SymbolicText()
        while position < bytes.count, bytes[position] != UInt8(ascii: "}") {
            switch bytes[position] {
            case UInt8(ascii: "$"):
                result.append(dollar(depth: depth))
            case UInt8(ascii: "\""):
                position += 1
                result.append(doubleQuoted(depth: depth))
            case UInt8(ascii: "'"):
                let start = position + 1
                position = bytes[start...].firstIndex(of: UInt8(ascii: "'")) ?? bytes.count
                result.append(.literal(text.text(start..<position)))
                position = min(position + 1, bytes.count)
            default:
                let start = position
                let special: [UInt8] = [UInt8(ascii: "$"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "}")]
                if let unknown = unknownAtMark() {
                    result.append(.unknown(unknown))
                    continue
                }
                repeat {
                    position += 1
                } while position < bytes.count && !special.contains(bytes[position])
                    && bytes[position] != SymbolicText.markBytes[0]
                result.append(.literal(text.text(start..<position)))
            }
        }
        position = min(position + 1, bytes.count)
        return result
    }

    private func expression(_ start: Int) -> SymbolicText {
        SymbolicText(Unknown(.expression(text.text(start..<position)), at: text.location(start..<position)))
    }

    mutating func backquoted() -> Unknown {
        let start = position
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "`") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
        return Unknown(.expression(text.text(start..<position)), at: text.location(start..<position))
    }

    private mutating func skipBraces() { skip(UInt8(ascii: "{"), UInt8(ascii: "}"), depth: 1) }

    private mutating func skipParentheses() { skip(UInt8(ascii: "("), UInt8(ascii: ")"), depth: 0) }

    /// To behind the one that closes the `depth` that are open.
    private mutating func skip(_ opening: UInt8, _ closing: UInt8, depth: Int) {
        var depth = depth
        while position < bytes.count {
            if bytes[position] == opening { depth += 1 }
            if bytes[position] == closing { depth -= 1 }
            position += 1
            if depth == 0 { return }
        }
    }
}
