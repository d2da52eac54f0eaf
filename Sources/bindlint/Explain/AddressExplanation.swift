internal import Dialects
internal import ListenerModel
internal import Reporting

/// What `explain` says about a listen address, 80 columns wide: its readings, who can connect, what each runtime
/// makes of it, what to write instead.
struct AddressExplanation {
    let text: String
    let readings: [AddressReading]
    let dialects: [any Dialect]
    /// Headings in bold.
    var bold = false

    private static let width = 80
    private static let column = 14

    /// nil if `text` is no listen address in any spelling. A bare word could be one, but is more likely the id of a
    /// rule: it has to be followed by a port, or have a dot, to be read as a host.
    init?(of text: String, dialects: [any Dialect]) {
        readings = AddressReading.readings(of: text)
        guard let first = readings.first else { return nil }
        if case .name(let name) = first.host, first.port == nil, name != "localhost", !name.contains(".") { return nil }
        self.text = text
        self.dialects = dialects
    }

    func rendered() -> String {
        var page = readingsPart()
        page += heading("who can connect")
        let scopes = readings.map(\.scope).unique
        for scope in scopes {
            let readings = readings.filter { $0.scope == scope }.map(\.canonical).joined(separator: ", ")
            page += row("", (scopes.count > 1 ? "\(readings): " : "") + ScopeWords.whoCanConnect(scope), column: 2)
        }
        page += heading("what each runtime opens for \"\(text)\"")
        for dialect in dialects { page += outcome(dialect) }
        page += advice()
        return page
    }

    // MARK: - Readings

    private func readingsPart() -> String {
        if readings.count == 1, let reading = readings.first { return description(reading) }
        var part = "\(text) can be read in \(readings.count) ways\n"
        for (index, reading) in readings.enumerated() { part += "\n\(index + 1). " + description(reading) }
        return part
    }

    private func description(_ reading: AddressReading) -> String {
        var part = styled(reading.canonical) + "\n"
        part += row("", ReadingWords.meaning(of: reading), column: 2)
        for note in ReadingWords.notes(on: reading, writtenAs: text) { part += row("", note, column: 2) }
        return part
    }

    // MARK: - Runtimes

    private func outcome(_ dialect: any Dialect) -> String {
        let whole = dialect.binding(of: ListenRequest(network, .combined(SymbolicText(text))), in: .standard)
        var part = row(dialect.name, BindingWords.summary(of: whole)) + sockets(whole)
        if whole.refusal == nil && whole.surprise != .socketFile { return part }
        for reading in readings {
            guard let parts = reading.parts else { continue }
            let binding = dialect.binding(of: ListenRequest(network, parts.address), in: .standard)
            if binding.sockets.isEmpty || binding.surprise == .socketFile { continue }
            part += row("", "with \(parts.words): " + BindingWords.summary(of: binding)) + sockets(binding)
        }
        return part
    }

    private func sockets(_ binding: Binding) -> String {
        let sockets = binding.sockets.sorted()
        if sockets.allSatisfy({ $0.family == .unix }) { return "" }
        let ss = "ss \(sockets.list(\.ssForm))"
        let netstat = "netstat \(sockets.list(\.netstatForm))"
        let fit = ss.count + netstat.count + 3 <= Self.width - Self.column
        return row("", ss + (fit ? "   " : "\n") + netstat)
    }

    /// What the text itself says about the transport, else TCP. A runtime that has no place for it reads it anyway.
    private var network: ListenRequest.Network {
        switch readings.first?.transport {
        case .udp: .udp
        case .unix where text.hasPrefix("@"): .unix
        case .tcp, .sctp, .unix, nil: .tcp
        }
    }

    // MARK: - Advice

    private func advice() -> String {
        guard let reading = readings.first, reading.scope != .unix else { return "" }
        let names = Set(dialects.map(\.name))
        let rows = SpellingAdvice.rows.filter {
            names.contains($0.dialect) && ($0.transport == .udp) == (reading.transport == .udp)
        }
        if rows.isEmpty { return "" }
        var part = heading("to choose who can connect, write")
        for audience in SpellingAdvice.Audience.allCases {
            part += row("", audience.rawValue, column: 2)
            for row in rows where row.audience == audience {
                part += self.row("  " + row.dialect, row.text(port: portText(reading)))
            }
        }
        return part
    }

    private func portText(_ reading: AddressReading) -> String {
        guard case .range(let range) = reading.port, range.count == 1, !range.isEphemeral else { return "PORT" }
        return range.description
    }

    // MARK: - Layout

    private func heading(_ text: String) -> String { "\n" + styled(text) + "\n" }

    private func styled(_ text: String) -> String { bold ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

    private func row(_ head: String, _ text: String, column: Int = column) -> String {
        let lines = text.wrapped(to: Self.width - column)
        let start = head.isEmpty ? "" : "  " + head
        return lines.enumerated().map { index, line in
            (index == 0 ? start : "").padded(to: column) + line + "\n"
        }.joined()
    }
}

extension AddressReading {
    /// Host and port as two arguments; nil where one of them is no argument by itself.
    fileprivate var parts: (address: ListenRequest.Address, words: String)? {
        guard target == nil, device == nil, case .range(let range) = port else { return nil }
        let port = SymbolicText(range.description)
        switch host {
        case .omitted: return (.parts(host: nil, port: port), "port \(range) and no host")
        case .address(let address):
            let host = SymbolicText(address.description)
            return (.parts(host: host, port: port), "host \(address) and port \(range)")
        case .name(let name):
            return (.parts(host: SymbolicText(name), port: port), "host \(name) and port \(range)")
        case .asterisk: return (.parts(host: "*", port: port), "host * and port \(range)")
        case .path: return nil
        }
    }
}

extension [Socket] {
    fileprivate func list(_ form: (Socket) -> String) -> String { map(form).unique.joined(separator: ", ") }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order of its first place.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
