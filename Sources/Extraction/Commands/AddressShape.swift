import ListenerModel

/// What a text must look like to be taken for an address without knowing the program.
enum AddressShape {
    static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isDigit) }

    static func isPort(_ text: String) -> Bool {
        text == String(SymbolicText.mark) || isNumber(text) && (UInt32(text) ?? .max) <= 65535
    }

    /// A number, or host and port: `8080`, `:8080`, `0.0.0.0:8080`, `[::1]:80`, `host:80`. An unknown part counts
    /// as a number.
    static func isAddressOrPort(_ text: String) -> Bool {
        if text.isEmpty || text.contains("/") || text.hasPrefix("-") { return false }
        return isPort(text) || isAddress(text)
    }

    /// Whether a text gives host and port both, or the path of a socket.
    static func isComplete(_ text: String) -> Bool {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            if text.hasPrefix("unix:") { return true }
        }
        if rest.hasPrefix("/") || rest.hasPrefix("unix:") { return true }
        rest = rest.prefix { $0 != "/" }
        if let bracket = rest.lastIndex(of: "]") { rest = rest[bracket...] }
        guard let colon = rest.lastIndex(of: ":") else { return false }
        return rest.index(after: colon) < rest.endIndex
    }

    /// Host and port, or an IP address, or a URL of a listener.
    static func isAddress(_ text: String) -> Bool {
        var rest = text[...]
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        if IPAddress(rest) != nil { return true }
        guard let colon = rest.lastIndex(of: ":") else { return false }
        let port = rest[rest.index(after: colon)...].prefix { $0 != "/" }
        guard !port.isEmpty, port.allSatisfy({ ("0"..."9").contains($0) || $0 == SymbolicText.mark }) else {
            return false
        }
        let host = rest[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { return true }
        return host.utf8.allSatisfy {
            $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "+") || $0 >= 0x80
        }
    }
}
