import Dialects
import ListenerModel

/// One row of the table applied to one command.
struct CommandListener {
    private let row: CommandRow
    private let invocation: Invocation
    private let source: SourceText
    private let arguments: CommandArguments

    init?(_ row: CommandRow, _ invocation: Invocation, _ source: SourceText) {
        arguments = CommandArguments(
            invocation.arguments, of: row)
        guard row.conditions.allSatisfy({ [arguments] in arguments.satisfy($0, program: invocation.program) }) else {
            return nil
        }
        self.row = row
        self.invocation = invocation
        self.source = source
    }

    /// What fills one role, and whether it is written or the program's own default.
    private struct Filling {
        var text: SymbolicText
        var word: CommandWord?
        /// Written on the command line, as a flag or an assignment.
        var isWritten: Bool
    }

    var declarations: [Declaration] {
        guard !row.flags.contains(where: { $0.role == .off && !arguments.values(of: $0).isEmpty }) else { return [] }
        let defaultIsUnknown = arguments.defaultIsUnknown(row.conditions, program: invocation.program)
        let addresses = fillings(.address)
        let hosts = fillings(.host) + everyInterface
        let ports = fillings(.port)
        let counting = row.flags.filter { !$0.has("n") }
        let isWritten =
            (addresses + hosts + ports).contains(where: \.isWritten)
            && counting.contains { flag in !arguments.values(of: flag).isEmpty || assigned(flag) != nil }
        if !isWritten && (row.needsFlag || defaultIsUnknown || row.confidence == .memory) { return [] }

        let written = addresses.filter(\.isWritten)
        if case .nodeInspector = row.dialect {
            // The last address counts, wherever the debugger is turned on.
            guard let last = written.last(where: { !$0.text.isEmpty }) ?? written.last else { return [] }
            let request = NodeInspector.request(argument: last.text.isEmpty ? nil : last.text)
            return [declaration(request: request.address, host: last, port: nil)]
        }
        if !written.isEmpty {
            let flag = row.flags.first { $0.role == .address }
            let all = flag?.has("+") == true || flag?.has(",") == true ? written : Array(written.suffix(1))
            return all.compactMap { declaration(address: $0, ports: ports, flag: flag) }
        }
        if let variable = addresses.first, hosts.isEmpty && ports.isEmpty {
            return [declaration(request: .combined(variable.text), host: variable, port: nil)]
        }
        let hostList: [Filling?] = hosts.isEmpty ? [nil] : hosts
        let portList: [Filling?] = ports.isEmpty ? [nil] : ports
        return hostList.flatMap { host in
            portList.map { port in
                declaration(request: .parts(host: host?.text, port: port?.text), host: host, port: port)
            }
        }
    }

    // MARK: Roles

    private func assigned(_ flag: CommandFlag) -> CommandWord? {
        flag.variables.lazy.compactMap { invocation.assignments[$0] }.first
    }

    /// The values of a role: the flags', else an assignment's, else the variable that the program reads.
    private func fillings(_ role: CommandFlag.Role) -> [Filling] {
        let flags = row.flags.filter { $0.role == role }
        var found: [Filling] = []
        for flag in flags {
            var values: [Filling] = arguments.values(of: flag).flatMap { value -> [Filling] in
                switch value {
                case .word(let word): return pieces(word, flag)
                case .bare(let word): return [Filling(text: SymbolicText(), word: word, isWritten: true)]
                }
            }
            // Of several hosts or ports the last counts, unless all do.
            if role != .address, !flag.has("+"), !flag.has(","), !flag.has(" "), !flag.has(";"), !flag.has("w") {
                values = values.suffix(1)
            }
            found += values
        }
        if found.isEmpty {
            for flag in flags {
                if let word = assigned(flag) { found += pieces(word, flag) }
            }
        }
        if found.isEmpty, let flag = flags.first(where: { !$0.variables.isEmpty }) {
            found = [Filling(text: variable(flag.variables[...]), word: nil, isWritten: false)]
        }
        return found
    }

    /// `all:` flags open every interface.
    private var everyInterface: [Filling] {
        row.flags.filter { $0.role == .all }.flatMap { arguments.values(of: $0) }.prefix(1).map { value in
            switch value {
            case .word(let word), .bare(let word):
                Filling(text: SymbolicText("0.0.0.0"), word: word, isWritten: true)
            }
        }
    }

    /// A variable that the program reads; where it is not set the text is empty and the default counts.
    private func variable(_ names: ArraySlice<String>) -> SymbolicText {
        guard let name = names.first else { return SymbolicText() }
        let fallback = Unknown.Fallback(variable(names.dropFirst()), whenEmpty: true)
        return SymbolicText(Unknown(.environment(name), fallback: fallback))
    }

    private func pieces(_ word: CommandWord, _ flag: CommandFlag) -> [Filling] {
        if flag.has("m") {
            // kubectl port-forward: `LOCAL:REMOTE`, `:REMOTE` for a random local port.
            let local = word.text.marked.prefix { $0 != ":" }
            let isRandom = local.isEmpty
            let piece = word.prefix(local.utf8.count)
            return [Filling(text: isRandom ? "0" : piece.text, word: isRandom ? word : piece, isWritten: true)]
        }
        let separators: [UInt8] = [",", ";"].filter { flag.has($0) }.compactMap(\.asciiValue)
        guard !separators.isEmpty else { return [Filling(text: word.text, word: word, isWritten: true)] }
        let bytes = Array(word.text.marked.utf8)
        var found: [Filling] = []
        var start = 0
        for end in 0...bytes.count where end == bytes.count || separators.contains(bytes[end]) {
            if end > start {
                let piece = word.dropping(start).prefix(end - start)
                found.append(Filling(text: piece.text, word: piece, isWritten: true))
            }
            start = end + 1
        }
        return found
    }

    // MARK: Declarations

    private func declaration(address: Filling, ports: [Filling], flag: CommandFlag?) -> Declaration? {
        let text = address.text.marked
        func has(_ option: Character) -> Bool { flag?.has(option) == true }
        if has("0"), text == "0" || text.isEmpty { return nil }
        if has("s"), !AddressShape.isAddress(text) { return nil }
        if has("f") { return forwarding(address) }
        if has("o") { return socat(address) }
        if has("p") {
            guard let colon = text.lastIndex(of: ":") else { return nil }
            let port = address.text.slice(text[text.index(after: colon)...].prefix { $0 != "/" })
            return declaration(request: .parts(host: nil, port: port), host: nil, port: address)
        }
        // `-p` beside `-l HOST`: the port of an address that names none.
        if let port = ports.last(where: \.isWritten), !AddressShape.isAddress(text) || IPAddress(text) != nil {
            return declaration(request: .parts(host: address.text, port: port.text), host: address, port: port)
        }
        return declaration(request: .combined(address.text), host: address, port: nil)
    }

    /// ssh -L `[BIND:]PORT:HOST:HOSTPORT`; a path opens a unix socket.
    private func forwarding(_ address: Filling) -> Declaration? {
        let text = address.text.marked
        guard !text.hasPrefix("/") else { return nil }
        let end = text.lastIndex(of: ":").flatMap { text[..<$0].lastIndex(of: ":") }
        guard let end else { return nil }
        let local = text[..<end].hasSuffix("]") ? text[..<end] : text[..<end]
        return declaration(request: .combined(address.text.slice(local)), host: address, port: nil)
    }

    /// socat `PORT,bind=HOST,fork`.
    private func socat(_ address: Filling) -> Declaration? {
        let text = address.text.marked
        let options = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let port = options.first, !port.isEmpty else { return nil }
        let host = options.dropFirst().first { $0.lowercased().hasPrefix("bind=") }.map {
            address.text.slice($0.dropFirst(5))
        }
        return declaration(
            request: .parts(host: host, port: address.text.slice(port)), host: host == nil ? nil : address,
            port: address)
    }

    private func declaration(
        request address: ListenRequest.Address, host: Filling?, port: Filling?
    ) -> Declaration {
        let isProved = row.confidence != .memory
        let word = [host, port].compactMap { $0?.isWritten == true ? $0?.word : nil }.first ?? invocation.programWord
        var trace: [TraceStep] = []
        if word != invocation.programWord {
            trace.append(TraceStep(invocation.programWord.location, "\(invocation.program) is started here"))
        }
        if let port, port.isWritten, let portWord = port.word, portWord.location != word.location {
            trace.append(TraceStep(portWord.location, "its port"))
        }
        let isComplete =
            switch address {
            case .combined(let text): host?.isWritten == true && AddressShape.isComplete(text.marked)
            case .parts: host?.isWritten == true && port?.isWritten == true
            }
        var result = Declaration(
            location: word.location, text: written(word), source: .command,
            meaning: .request(ListenRequest(row.network, address), dialect: dialect(host)),
            certainty: !isProved ? .likely : isComplete ? .certain : .default,
            purpose: row.purposes, trace: trace)
        result.section = section
        return result
    }

    /// The section of the file that the row or `--config` names.
    private var section: Declaration.Section? {
        guard var section = row.section else { return nil }
        let words = invocation.arguments.compactMap(\.text.known)
        for (index, word) in words.enumerated() {
            if word == "--config" || word == "-c", index + 1 < words.count {
                section.file = words[index + 1]
            } else if word.hasPrefix("--config=") {
                section.file = String(word.dropFirst("--config=".count))
            }
        }
        return section
    }

    private func dialect(_ host: Filling?) -> any Dialect {
        switch row.dialect {
        case .nodeInspector: return NodeDialect.inspector
        case .server(let server):
            // Defaults from memory are no facts.
            let port = row.confidence == .memory ? nil : row.port
            var dialect = server.defaults(host: row.host, port: port)
            if row.isHostUnknown { dialect.absent = .unknown }
            dialect.emptyHostIsAbsent = host?.isWritten != true
            return dialect
        }
    }

    private func written(_ word: CommandWord) -> String {
        word.location.path == source.path ? source.text(word.location.range) : word.text.marked
    }
}
