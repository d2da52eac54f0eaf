extension [UInt8] {
    /// Whether this is no text, by the rule of git and ripgrep: there is a NUL among the first bytes. Text in UTF-16
    /// with its byte order mark is text.
    public var looksBinary: Bool {
        if starts(with: [0xff, 0xfe]) || starts(with: [0xfe, 0xff]) { return false }
        return self[..<Swift.min(8000, count)].contains(0)
    }
}
