import Dialects
public import ListenerModel

/// Which environment variables mean listening (`Tables/env-keys.tsv`).
public enum ListeningVariables {
    /// A variable with its value and the place of the value.
    public struct Variable: Sendable {
        public var name: String
        public var value: SymbolicText
        public var location: Location

        public init(name: String, value: SymbolicText, location: Location) {
            self.name = name
            self.value = value
            self.location = location
        }
    }

    /// The listeners that the variables of one environment name, `likely` each: what reads them is not known. Of
    /// several variables with one name the last counts.
    public static func declarations(of variables: [Variable], in source: SourceText) -> [Declaration] {
        var remaining: [String: Variable] = [:]
        for variable in variables { remaining[variable.name] = variable }
        var found: [Declaration] = []
        let possible = remaining.keys.reduce(into: patterned) { $0 += byName[$1] ?? [] }
        for row in Set(possible).sorted() {
            found += rows[row].declarations(&remaining, in: source)
        }
        return found.sorted { $0.location < $1.location }
    }

    /// The listeners of variables that hold flags: `NODE_OPTIONS=--inspect=0.0.0.0`. Whatever program is started
    /// there opens them.
    /// `kind` is the format of the file they stand in.
    public static func flags(of variable: Variable, in source: SourceText, kind: Source) -> [Declaration] {
        (byName[variable.name] ?? []).flatMap { rows[$0].flags(of: variable, in: source, kind: kind) }
    }

    private static let rows = TableRows.of(EmbeddedFiles.env_keys_tsv).map(ListeningVariableRow.init)
    /// The places of the rows that know a name, ascending.
    private static let byName = rows.indices.reduce(into: [String: [Int]]()) { result, row in
        for name in rows[row].names { result[name, default: []].append(row) }
    }
    /// The places of the rows that may know any name.
    private static let patterned = rows.indices.filter { rows[$0].hasPatterns }
}

private struct ListeningVariableRow: Sendable {
    private var hosts: [String]
    private var ports: [String]
    private var addresses: [String]
    /// Ports and addresses of which a `*` stands for any part.
    private var portPatterns: [String]
    private var addressPatterns: [String]
    private var commands: [(name: String, program: Substring)]
    private var dialect: ServerDialect?
    private var isHostUnknown: Bool
    private var purposes: [Purpose]

    init(_ fields: [Substring]) {
        func words(_ field: Substring) -> [Substring] { field == "-" ? [] : field.words(at: ",") }
        func isPattern(_ name: Substring) -> Bool { name.utf8.contains(UInt8(ascii: "*")) }
        hosts = words(fields[0]).map(String.init)
        ports = words(fields[1]).filter { !isPattern($0) }.map(String.init)
        portPatterns = words(fields[1]).filter(isPattern).map(String.init)
        addresses = words(fields[2]).filter { !isPattern($0) }.map(String.init)
        addressPatterns = words(fields[2]).filter(isPattern).map(String.init)
        commands = words(fields[3]).map { item in
            let parts = item.words(at: "=")
            return (String(parts[0]), parts[1])
        }
        let isKnown = fields[5] != "-" && fields[5] != "?"
        dialect = ServerDialects.named(String(fields[4]))?.defaults(
            host: isKnown ? String(fields[5]) : nil, port: UInt16(fields[6]))
        isHostUnknown = fields[5] == "?"
        purposes = fields[7] == "-" ? [] : fields[7].words(at: "+").map { Purpose(rawValue: String($0)) }
    }

    var names: [String] { hosts + ports + addresses + commands.map(\.name) }
    var hasPatterns: Bool { !portPatterns.isEmpty || !addressPatterns.isEmpty }

    func flags(of variable: ListeningVariables.Variable, in source: SourceText, kind: Source) -> [Declaration] {
        guard let command = commands.first(where: { $0.name == variable.name }) else { return [] }
        let place = CommandWord("", at: variable.location)
        let program = command.program.split(separator: " ").map { word in
            CommandWord(SymbolicText(String(word)), at: place.location)
        }
        let text = PlacedText(variable.value, in: source, at: variable.location.range)
        // A flag that counts only before the script must not see the stand-in for one.
        let words = program.prefix(1) + ShellWords.words(in: text) + program.dropFirst()
        return CommandReader(words: Array(words), in: source).declarations.map { declaration in
            var declaration = declaration
            declaration.source = kind
            declaration.trace = []
            return declaration
        }
    }

    /// Takes the variables it reads out of `remaining`, so that later rows do not count them again.
    func declarations(
        _ remaining: inout [String: ListeningVariables.Variable], in source: SourceText
    ) -> [Declaration] {
        var found: [Declaration] = []
        for command in commands {
            guard let variable = remaining.removeValue(forKey: command.name) else { continue }
            found += flags(of: variable, in: source, kind: .env)
        }
        guard let dialect else { return found }
        for name in addressPatterns {
            for key in remaining.keys.sorted() where StarPattern.matches(key[...], name[...]) {
                guard let variable = remaining.removeValue(forKey: key) else { continue }
                found += self.addresses(variable, port: nil, dialect, source)
            }
        }
        for name in portPatterns {
            for key in remaining.keys.sorted() where StarPattern.matches(key[...], name[...]) {
                guard let variable = remaining.removeValue(forKey: key) else { continue }
                found += pair(host: nil, port: variable, dialect, source)
            }
        }
        func take(_ names: [String]) -> ListeningVariables.Variable? {
            for name in names { if let variable = remaining[name] { return variable } }
            return nil
        }
        let port = take(ports)
        if let address = take(addresses) {
            let listeners = self.addresses(address, port: port, dialect, source)
            if !listeners.isEmpty {
                for name in addresses + ports { remaining[name] = nil }
                return found + listeners
            }
        }
        let listeners = pair(host: take(hosts), port: port, dialect, source)
        if !listeners.isEmpty { for name in hosts + ports { remaining[name] = nil } }
        return found + listeners
    }

    private func pair(
        host: ListeningVariables.Variable?, port: ListeningVariables.Variable?, _ dialect: ServerDialect,
        _ source: SourceText
    ) -> [Declaration] {
        let host = host.flatMap { Self.isHost($0.value.marked) ? $0 : nil }
        // Several ports in one variable: ASP.NET Core's HTTP_PORTS.
        let ports = port.map { Self.pieces($0.value) } ?? []
        let valid = ports.filter { AddressShape.isPort($0.marked) }
        guard host != nil || !valid.isEmpty, valid.count == ports.count else { return [] }
        // A host name alone, such as HOST=localhost, is more often one to connect to.
        if valid.isEmpty, let host, IPAddress(host.value.marked) == nil { return [] }
        let portTexts: [SymbolicText?] = valid.isEmpty ? [nil] : valid
        return portTexts.map { text in
            var trace: [TraceStep] = []
            if host != nil, let port { trace.append(TraceStep(port.location, "\(port.name) is its port")) }
            return declaration(
                .parts(host: host?.value ?? unknownHost(port), port: text), at: (host ?? port)!, dialect, trace, source)
        }
    }

    /// No default is known: not every interface, but unknown.
    private func unknownHost(_ port: ListeningVariables.Variable?) -> SymbolicText? {
        guard isHostUnknown, let port else { return nil }
        return SymbolicText(Unknown(.expression("the host beside \(port.name)"), at: port.location))
    }

    private func addresses(
        _ variable: ListeningVariables.Variable, port: ListeningVariables.Variable?, _ dialect: ServerDialect,
        _ source: SourceText
    ) -> [Declaration] {
        Self.pieces(variable.value).compactMap { text in
            let marked = text.marked
            if IPAddress(marked) != nil, let port, AddressShape.isPort(port.value.marked) {
                let trace = [TraceStep(port.location, "\(port.name) is its port")]
                return declaration(.parts(host: text, port: port.value), at: variable, dialect, trace, source)
            }
            // OLLAMA_HOST and the like take a host alone; of a name that only means listening an address is asked.
            guard AddressShape.isAddress(marked) || marked.hasPrefix("/") || (!isHostUnknown && Self.isHost(marked))
            else { return nil }
            return declaration(.combined(text), at: variable, dialect, [], source)
        }
    }

    private func declaration(
        _ address: ListenRequest.Address, at variable: ListeningVariables.Variable, _ dialect: ServerDialect,
        _ trace: [TraceStep], _ source: SourceText
    ) -> Declaration {
        Declaration(
            location: variable.location, text: source.text(variable.location.range), source: .env,
            meaning: .request(ListenRequest(.tcp, address), dialect: dialect), certainty: .likely, purpose: purposes,
            trace: trace)
    }

    private static func isHost(_ text: String) -> Bool {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        return text == "*" || text == "localhost" || IPAddress(bare) != nil
    }

    private static func pieces(_ text: SymbolicText) -> [SymbolicText] { text.split { $0 == "," || $0 == ";" } }
}
