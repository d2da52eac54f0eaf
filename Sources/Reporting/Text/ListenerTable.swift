import ListenerModel

/// `bindlint list`: `ss -tulpn` for a repository, the widest exposure first.
struct ListenerTable {
    private static let columns: [TextTable.Column] = [
        .init("EXPOSURE"), .init("PROTO"), .init("LISTENS ON", .words), .init("IN", .words),
        .init("WRITTEN AT", .place),
        .init("NOTES", .words),
    ]
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: String {
        if report.listeners.isEmpty { return "" }
        var table = TextTable(Self.columns)
        for row in rows { table.add(row) }
        return table.rendered(width: report.display.width, ink: Ink(report.display)) { column, text in
            switch (column, text) {
            case (0, Exposure.public.rawValue): .error
            case (0, Exposure.unknown.rawValue): .warning
            case (2, _): .strong
            default: nil
            }
        }
    }

    /// One row a listener: exposure, transport, sockets, whose they are, place, notes.
    var rows: [[String]] {
        report.listeners.sorted(by: Self.precedes).map { listener in
            [
                listener.role == .expose ? "-" : listener.exposure.rawValue,
                listener.transport.rawValue,
                listener.shownAddresses.joined(separator: " "),
                listener.whereabouts,
                report.place(listener.location),
                notes(listener).joined(separator: ", "),
            ]
        }
    }

    /// What there is to say beyond the usual; the reason for a state only when asked for, for it may be long.
    private func notes(_ listener: Listener) -> [String] {
        var notes = listener.purpose.map(\.rawValue)
        if listener.role == .expose { notes.append("documentation only") }
        if listener.state != .open {
            let reason = report.display.verbose ? listener.stateReason.map { ": " + $0 } : nil
            notes.append(listener.state.rawValue + (reason ?? ""))
        }
        if let surprise = listener.surprise { notes.append(surprise.rawValue) }
        switch listener.backend {
        case .loopback, .unbound: notes.append("backend: \(listener.backend!.rawValue)")
        case .bound, .unknown, nil: break
        }
        switch listener.certainty {
        case .certain, .unknown: break
        case .default: notes.append("by default")
        case .likely: notes.append("likely")
        }
        if listener.conflict != nil { notes.append("conflict") }
        if listener.test { notes.append("test") }
        return notes
    }

    /// Widest exposure first, then as `ss` sorts: transport, port, address.
    private static func precedes(_ left: Listener, _ right: Listener) -> Bool {
        func key(_ listener: Listener) -> (Int, String, PortRange, String) {
            (
                listener.role == .expose ? Int.max : listener.exposure.listOrder, listener.transport.rawValue,
                listener.port ?? PortRange(.max), listener.shownAddresses.joined(separator: " ")
            )
        }
        let (mine, other) = (key(left), key(right))
        return mine == other ? Listener.precedes(left, right) : mine < other
    }
}

extension Exposure {
    /// What may be public stands beside what is.
    fileprivate var listOrder: Int {
        switch self {
        case .public: 0
        case .unknown: 1
        case .private: 2
        case .network: 3
        case .host: 4
        case .isolated: 5
        }
    }
}

extension Listener {
    /// Where the socket is, and for a published port what it leads to: `host`, `web`, `->db:5432`.
    fileprivate var whereabouts: String {
        if role == .publish {
            return "->\(service ?? "?"):\(target.map(\.description) ?? "?")"
        }
        switch namespace {
        case .host: return "host"
        case .container(_, let service): return service
        case .unknown: return "?"
        }
    }
}
