import ListenerModel

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

extension [String] {
    /// `a`, `a and b`, `a, b and c`.
    var asList: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + last!
    }
}

extension Listener {
    /// The sockets as `ss` prints them; where there are none, what is known of the address, `?` for the rest.
    var shownAddresses: [String] {
        if !sockets.isEmpty { return sockets.map(\.ssForm) }
        guard transport != .unix else { return [host ?? "?"] }
        let host = host.map { IPAddress($0)?.hostForm ?? $0 } ?? "?"
        return ["\(host):\(port.map { $0.isEphemeral ? "random" : $0.description } ?? "?")"]
    }
}

extension Location {
    /// `path:line:column`, or the path where the place is the whole file.
    func shown(_ path: String) -> String {
        isWholeFile ? path : "\(path):\(start.line):\(start.column)"
    }

    /// There was no better place to point at than the file.
    var isWholeFile: Bool { range.isEmpty && start == end && start == Position(line: 1, column: 1) }
}
