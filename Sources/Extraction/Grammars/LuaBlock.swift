/// Finds the end of the Lua code in a `*_by_lua_block { … }` as ngx_lua's own lexer does
/// (ngx_http_lua_lex.rl): braces in strings, long brackets and comments do not count.
enum LuaBlock {
    /// The offset behind the closing brace of the block whose code starts at `start`; nil if it is not closed.
    static func end(in bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        var depth = 1
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "}"):
                depth -= 1
                position += 1
                if depth == 0 { return position }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard let end = endOfString(in: bytes, from: position + 1, quote: byte) else { return nil }
                position = end
            case UInt8(ascii: "["):
                guard let level = longBracketLevel(in: bytes, at: position) else {
                    position += 1
                    continue
                }
                guard let end = endOfLongBracket(in: bytes, from: position + level + 2, level: level) else {
                    return nil
                }
                position = end
            case UInt8(ascii: "-") where position + 1 < bytes.count && bytes[position + 1] == byte:
                position += 2
                if let level = longBracketLevel(in: bytes, at: position) {
                    guard let end = endOfLongBracket(in: bytes, from: position + level + 2, level: level) else {
                        return nil
                    }
                    position = end
                } else {
                    while position < bytes.count && bytes[position] != 0x0a { position += 1 }
                }
            default:
                position += 1
            }
        }
        return nil
    }

    private static func endOfString(in bytes: [UInt8], from start: Int, quote: UInt8) -> Int? {
        var position = start
        while position < bytes.count {
            if bytes[position] == quote { return position + 1 }
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// The number of `=` in `[==[`; nil if no long bracket opens at `start`.
    private static func longBracketLevel(in bytes: [UInt8], at start: Int) -> Int? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "[") else { return nil }
        var position = start + 1
        while position < bytes.count && bytes[position] == UInt8(ascii: "=") { position += 1 }
        return position < bytes.count && bytes[position] == UInt8(ascii: "[") ? position - start - 1 : nil
    }

    private static func endOfLongBracket(in bytes: [UInt8], from start: Int, level: Int) -> Int? {
        var position = start
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "]") else {
                position += 1
                continue
            }
            var next = position + 1
            while next < bytes.count && bytes[next] == UInt8(ascii: "=") { next += 1 }
            if next < bytes.count && bytes[next] == UInt8(ascii: "]") && next - position - 1 == level {
                return next + 1
            }
            position = next
        }
        return nil
    }
}
