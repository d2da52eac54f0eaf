import ListenerModel

/// Host and port of a request as a server program splits them.
struct ServerAddress {
    enum Part {
        case absent
        case known(String)
        case unknown

        init(_ text: SymbolicText?) {
            switch text?.unsetAsEmpty {
            case nil: self = .absent
            case let text?: self = text.known.map(Part.known) ?? .unknown
            }
        }
    }

    var host: Part = .absent
    var port: Part = .absent
    /// A unix socket's path.
    var path: String?
    /// Named in the text: `:53/udp`.
    var transport: Transport?
    var refusal: String?
    /// A text that holds a port and nothing before it: `8080`.
    var isPortAlone = false

    init(_ request: ListenRequest, _ dialect: ServerDialect) {
        switch request.address {
        case .parts(let host, let port):
            self.host = Part(host)
            self.port = Part(port)
            if case .known("") = self.port { self.port = .absent }
            if request.network == .unix { path = host?.known }
            if dialect.emptyHostIsAbsent, case .known("") = self.host { self.host = .absent }
        case .combined(let text):
            let text = text.unsetAsEmpty
            if request.network == .unix {
                path = text.known
            } else if dialect.emptyHostIsAbsent && text.known == "" {
                return
            } else {
                split(text, dialect)
            }
        }
    }

    private mutating func split(_ text: SymbolicText, _ dialect: ServerDialect) {
        let mark = SymbolicText.mark
        var rest = text.marked[...]
        if let scheme = rest.firstRange(of: "://") {
            let name = rest[..<scheme.lowerBound]
            rest = rest[scheme.upperBound...]
            if name == "unix" || name == "ipc" {
                path = rest.contains(mark) ? nil : String(rest)
                return
            }
            if let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) { rest = rest[..<end] }
        } else if rest.hasPrefix("unix:") {
            path = String(rest.dropFirst(5))
            return
        } else if rest.hasPrefix("/") {
            path = String(rest)
            return
        }
        if let slash = rest.lastIndex(of: "/"), let named = Transport(rawValue: String(rest[slash...].dropFirst())) {
            transport = named
            rest = rest[..<slash]
        }
        /// An unknown part alone may hold anything.
        func part(_ piece: Substring) -> Part { piece.contains(mark) ? .unknown : .known(String(piece)) }

        if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
            host = part(rest[...close])
            let after = rest[rest.index(after: close)...]
            if after.hasPrefix(":") { port = part(after.dropFirst()) }
            if case .known("") = port { port = .absent }
            return
        }
        let colons = rest.count { $0 == ":" }
        if colons >= 2 {
            guard dialect.portAfterBareIPv6, let last = rest.lastIndex(of: ":") else {
                host = part(rest)
                return
            }
            host = part(rest[..<last])
            port = part(rest[rest.index(after: last)...])
        } else if let colon = rest.firstIndex(of: ":") {
            host = part(rest[..<colon])
            let number = rest[rest.index(after: colon)...]
            port = number.isEmpty ? .absent : part(number)
        } else if rest == String(mark) {
            host = .unknown
            port = .unknown
        } else {
            readBare(rest, part(rest), dialect)
        }
    }

    private mutating func readBare(_ text: Substring, _ part: Part, _ dialect: ServerDialect) {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        switch dialect.bare {
        case .host: host = part
        case .port: port = part
        case .either where isNumber: port = part
        case .either: host = part
        case .refused(let reason):
            if isNumber { port = part } else { host = part }
            refusal = reason
        }
        if case .absent = host { isPortAlone = true }
    }
}
