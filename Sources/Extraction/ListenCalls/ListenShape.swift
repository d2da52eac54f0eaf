internal import ListenerModel

/// Texts that look like a listen address, and names that say that something listens: together a `likely` listener.
public enum ListenShape {
    /// `:8080`, `0.0.0.0:8080`, `[::]:8080`, `localhost:8080`: an optional host that is an address or `localhost`,
    /// and a port. Other host names are what clients dial.
    public static func matches(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0,
            text.utf8.count < 60
        else { return false }
        var host = text[..<colon]
        if host.isEmpty || host == "localhost" || host == "*" { return true }
        if host.first == "[" && host.last == "]" { host = host.dropFirst().dropLast() }
        return IPAddress(host) != nil
    }

    /// `127.0.0.1:8080`, `example.org:443`, `[::1]:0`: what no path of a socket looks like.
    public static func isHostAndPort(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), !text.contains("/"), !text.hasPrefix("@") else { return false }
        return UInt16(text[text.index(after: colon)...]) != nil
    }

    /// Whether a quoted text `matches` and a listening name is not far: somewhere in the same file.
    public static func occurs(in bytes: [UInt8]) -> Bool {
        let colon = SIMD16(repeating: UInt8(ascii: ":"))
        let zero = SIMD16(repeating: UInt8(ascii: "0"))
        let isShaped = ByteBlocks.scan(bytes) { here, next in
            (here .== colon) .& (next &- zero .< SIMD16(repeating: 10))
        } until: { bytes, position in
            guard bytes[position] == UInt8(ascii: ":") else { return false }
            var end = position + 1
            while end < bytes.count, end - position <= 6, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
            guard end > position + 1, end < bytes.count, isQuote(bytes[end]) else { return false }
            var start = position
            while start > 0, position - start < 60, !isQuote(bytes[start - 1]), bytes[start - 1] != 0x0a { start -= 1 }
            return start > 0 && bytes[start - 1] == bytes[end]
                && matches(String(decoding: bytes[start..<end], as: UTF8.self))
        }
        return isShaped && names.occurs(in: bytes)
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x60 || byte == 0x27 }

    /// What every listening name and every text that explains one as such holds.
    private static let names = NeedleSet(
        ["listen", "bind", "serve"].flatMap { [$0, $0.prefix(1).uppercased() + $0.dropFirst(), $0.uppercased()] })

    /// Whether a field, variable or flag is named after listening: `listenAddr`, `bind-address`, `http.listen`.
    public static func isListeningName(_ name: String) -> Bool {
        let words = words(of: name)
        if words.contains(where: { clientWords.contains($0) }) { return false }
        return words.contains { $0.hasPrefix("listen") || $0 == "bind" || $0 == "bindaddr" || $0 == "serve" }
    }

    /// Whether a name may be one if its surroundings say so: `addr`, `address`.
    public static func isAddressName(_ name: String) -> Bool {
        let words = words(of: name)
        return words.contains { ["addr", "address", "hostport"].contains($0) }
            && !words.contains(where: { clientWords.contains($0) })
    }

    private static let clientWords: Set<String> = [
        "dial", "remote", "target", "upstream", "backend", "advertise", "advertised", "public", "external", "client",
        "connect", "proxy", "peer", "redis", "db", "database", "broker", "endpoint", "url", "forward", "destination",
        "dst", "etcd", "kafka", "smtp", "ldap", "collector",
    ]

    /// The lower-case words of a name in any convention.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var previousIsUpper = false
        for byte in name.utf8 {
            let isUpper = byte >= 0x41 && byte <= 0x5a
            let isLetter = isUpper || (byte >= 0x61 && byte <= 0x7a)
            if !isLetter || (isUpper && !previousIsUpper) {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
            }
            if isLetter { word.append(byte | 0x20) }
            previousIsUpper = isUpper
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
