import ListenerModel

/// Environment files hold passwords beside addresses: of them only values that are an address or a port are shown,
/// and never the lines around.
enum EnvironmentValue {
    static let hidden = "***"

    static func isEnvironmentFile(_ path: String) -> Bool {
        let name = RepositoryPath.name(path)
        return name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env")
    }

    /// A port, a range of ports, an address or `localhost`, with a port or without, the address in brackets or not.
    static func isAddressOrPort(_ text: some StringProtocol) -> Bool {
        let value = unquoted(text[...])
        if isPort(value) || isHost(value) { return true }
        guard let colon = value.lastIndex(of: ":") else { return false }
        let host = value[..<colon]
        return isPort(value[value.index(after: colon)...]) && (host.isEmpty || isHost(host))
    }

    private static func unquoted<Text: StringProtocol>(_ text: Text) -> Text.SubSequence
    where Text.SubSequence == Text {
        guard text.count >= 2, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" else {
            return text
        }
        return text.dropFirst().dropLast()
    }

    private static func isPort(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt16(part) != nil
        }
    }

    private static func isHost(_ text: some StringProtocol) -> Bool {
        if text == "*" || text == "localhost" { return true }
        if text.hasPrefix("["), text.hasSuffix("]") { return IPAddress(text.dropFirst().dropLast()) != nil }
        return IPAddress(text) != nil
    }
}

extension Listener {
    /// The text as written, as far as it may be shown.
    var shownText: String {
        guard source == .env, !EnvironmentValue.isAddressOrPort(text) else { return text }
        return EnvironmentValue.hidden
    }
}
