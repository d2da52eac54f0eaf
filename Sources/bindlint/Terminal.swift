#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What standard output can show.
enum Terminal {
    /// Columns; nil where there is no terminal.
    static var width: Int? {
        guard StandardStream.output.isTerminal else { return nil }
        if let columns = variable("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// `--color`, then NO_COLOR (no-color.org), FORCE_COLOR and CLICOLOR_FORCE, then what the terminal is.
    static func showsColour(_ choice: ColorChoice) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if variable("NO_COLOR") != nil { return false }
        if let force = variable("FORCE_COLOR") ?? variable("CLICOLOR_FORCE") { return force != "0" }
        return StandardStream.output.isTerminal && variable("TERM") != "dumb"
    }

    /// An absolute path as a `file:` URI that ends in a slash (RFC 8089).
    static func fileURI(_ folder: String) -> String {
        let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
        let hex = Array("0123456789ABCDEF".utf8)
        var uri = Array("file://".utf8)
        for byte in (folder.hasSuffix("/") ? folder : folder + "/").utf8 {
            uri += unreserved.contains(byte) ? [byte] : [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
        return String(decoding: uri, as: UTF8.self)
    }

    /// nil if it is not set, or empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
