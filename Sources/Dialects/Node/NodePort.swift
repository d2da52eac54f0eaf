import ListenerModel

/// A port argument as `lib/net.js` reads it: `normalizeArgs`, `isPipeName`, `validatePort`.
struct NodePort {
    enum Reading {
        case port(UInt16)
        /// A first argument that is no number.
        case path(SymbolicText)
        /// Nothing is given, or `undefined`.
        case absent
        case unknown
        case refused(String)
    }

    let reading: Reading
    /// Something stands in the port's place, be it undefined.
    let isWritten: Bool
    let absentPort: UInt16?

    init(_ text: SymbolicText?, _ dialect: NodeDialect) {
        absentPort = dialect.absentPort
        isWritten = text != nil
        reading = text.map { Self.read($0, dialect) } ?? .absent
    }

    /// nil where the port is not known or refused.
    var range: PortRange? {
        switch reading {
        case .port(let port): PortRange(port)
        case .absent: (absentPort ?? (isWritten ? 0 : nil)).map { PortRange($0) }
        case .path, .unknown, .refused: nil
        }
    }

    private static func read(_ text: SymbolicText, _ dialect: NodeDialect) -> Reading {
        let unset = text.parts.count == 1 && text.unknowns.contains { $0.isUnset }
        if unset {
            return dialect.convertsPort ? badPort("NaN") : .absent  // node-http-env-unset-num, node-http-env-unset
        }
        guard let known = text.unsetAsUndefined.known else {
            // `:${PORT}` can be no number, whatever the variable holds.
            if dialect.form == .arguments, !dialect.convertsPort, isPath(text) { return .path(text) }
            return .unknown
        }
        let value = ECMAScriptNumber.number(known)
        if !dialect.convertsPort {
            if known.utf8.allSatisfy({ $0 == 0x20 }) { return badPort("'\(known)'") }
            // isPipeName: a text whose number is not 0 or more.
            if dialect.form == .arguments, value.map({ $0 < 0 }) ?? true { return .path(text) }
        }
        guard let value, value >= 0, value < 65536, value.rounded() == value else { return badPort(known) }
        return .port(UInt16(value))
    }

    /// Whether a text with unknown parts is a path by what is known: it starts with `/`, `.` or `:`.
    private static func isPath(_ text: SymbolicText) -> Bool {
        guard case .literal(let first)? = text.parts.first else { return false }
        return first.hasPrefix("/") || first.hasPrefix(".") || first.hasPrefix(":")
    }

    private static func badPort(_ value: String) -> Reading {
        .refused("Node takes no port but 0 to 65535 and this is \(value) (ERR_SOCKET_BAD_PORT)")
    }
}

extension Unknown {
    var isUnset: Bool { if case .unset = cause { true } else { false } }
}

extension SymbolicText {
    /// In text that is put together an unset variable reads as "undefined".
    var unsetAsUndefined: SymbolicText {
        SymbolicText(
            parts.map { part in
                if case .unknown(let unknown) = part, unknown.isUnset { .literal("undefined") } else { part }
            })
    }
}
