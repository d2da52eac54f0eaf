public import ListenerModel

/// The short syntax of port mappings, `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`, as go-connections'
/// `nat.ParsePortSpec` reads it for `docker run -p` and compose `ports:`.
///
/// Unknown parts stay unknown and known ones known: in `${IP}:8080:80` both ports are certain.
public enum PortSyntax {
    /// What the grammar rejects, with the piece that is wrong.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noContainerPort
        case address(String)
        case hostPort(String)
        case containerPort(String)
        case rangeLengths(container: String, host: String)
        case transport(String)
        case zeroTarget

        /// In the words of docker compose.
        public var description: String {
            switch self {
            case .noContainerPort: "no container port"
            case .address(let text): "invalid IP address: \(text)"
            case .hostPort(let text): "invalid hostPort: \(text)"
            case .containerPort(let text): "invalid containerPort: \(text)"
            case .rangeLengths(let container, let host):
                "invalid ranges specified for container and host ports: \(container) and \(host)"
            case .transport(let text): "invalid proto: \(text)"
            case .zeroTarget: "missing a target port"
            }
        }
    }

    public static func parse(_ text: SymbolicText) throws(Refusal) -> PublishedPort {
        let pieces = Pieces(text)
        guard !pieces.container.isEmpty else { throw .noContainerPort }
        let transport = try self.transport(text, pieces.transport)
        let hostIP = try pieces.address.map { piece throws(Refusal) in try address(text, piece) } ?? .absent
        guard let target = range(text, pieces.container) else {
            throw .containerPort(String(pieces.container))
        }
        let published = PublishedPort(
            hostIP: hostIP,
            hostPort: try hostPort(text, pieces.host, for: target, container: pieces.container),
            target: target, transport: transport)
        if target.value?.first == 0 { throw .zeroTarget }
        return published.withDoubt(about: text)
    }

    /// The fields of a text that is refused, as far as each can be read alone: what was meant may still be judged.
    public static func fieldsOfRefused(_ text: SymbolicText) -> PublishedPort {
        let pieces = Pieces(text)
        var published = PublishedPort(
            hostIP: .unknown(text), hostPort: .unknown(text), target: .unknown(text),
            transport: (try? transport(text, pieces.transport)) ?? .known(.tcp))
        if let address = pieces.address {
            if let hostIP = try? self.address(text, address) { published.hostIP = hostIP }
        } else {
            published.hostIP = .absent
        }
        if let range = range(text, pieces.container) { published.target = range }
        if let port = range(text, pieces.host)?.value { published.hostPort = .ports(port) }
        return published
    }

    /// The fields before their own grammars: everything before the last two colons is the address.
    private struct Pieces {
        /// nil or empty where nothing is written.
        var address: Substring?
        var host: Substring = ""
        var container: Substring
        var transport: Substring = ""

        init(_ text: SymbolicText) {
            var rest = text.marked[...]
            container = rest
            if let colon = rest.lastIndex(of: ":") {
                container = rest[rest.index(after: colon)...]
                rest = rest[..<colon]
                host = rest
                if let colon = rest.lastIndex(of: ":") {
                    host = rest[rest.index(after: colon)...]
                    address = rest[..<colon]
                }
            }
            if let slash = container.firstIndex(of: "/") {
                transport = container[container.index(after: slash)...]
                container = container[..<slash]
            }
        }
    }

    private static func isUnknown(_ piece: Substring) -> Bool { piece.contains(SymbolicText.mark) }

    private static func transport(_ text: SymbolicText, _ piece: Substring) throws(Refusal) -> PortField<Transport> {
        if isUnknown(piece) { return .unknown(text.slice(piece)) }
        if piece.isEmpty { return .known(.tcp) }
        guard let transport = Transport(rawValue: piece.lowercased()), transport != .unix else {
            throw .transport(String(piece))
        }
        return .known(transport)
    }

    private static func address(_ text: SymbolicText, _ piece: Substring) throws(Refusal) -> PortField<IPAddress> {
        if piece.isEmpty { return .absent }
        if isUnknown(piece) { return .unknown(text.slice(piece)) }
        let bare = piece.first == "[" && piece.last == "]" ? piece.dropFirst().dropLast() : piece
        guard !bare.contains("%"), let address = IPAddress(bare) else { throw .address(String(piece)) }
        return .known(address)
    }

    private static func hostPort(
        _ text: SymbolicText, _ piece: Substring, for target: PortField<PortRange>, container: Substring
    ) throws(Refusal) -> HostPort {
        if piece.isEmpty { return .enginePicks }
        switch range(text, piece) {
        case nil: throw .hostPort(String(piece))
        case .absent: return .enginePicks
        case .unknown(let unknown): return .unknown(unknown)
        case .known(let range):
            guard let ports = target.value, ports.count != range.count else {
                return range.isEphemeral ? .enginePicks : .ports(range)
            }
            if ports.count > 1 { throw .rangeLengths(container: String(container), host: String(piece)) }
            return .oneOf(range)
        }
    }

    /// `N` or `N-N`; nil if it is neither.
    private static func range(_ text: SymbolicText, _ piece: Substring) -> PortField<PortRange>? {
        if isUnknown(piece) { return .unknown(text.slice(piece)) }
        return PortRange(decimal: piece).map { .known($0) }
    }
}

extension PortRange {
    /// `N` or `N-N` in decimal, with leading zeros or a plus sign (Go's `strconv.ParseInt`); nil if it is neither or
    /// reversed.
    init?(decimal text: some StringProtocol) {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = ends.compactMap { UInt16(exactly: Int($0) ?? -1) }
        guard numbers.count == ends.count, let first = numbers.first, let last = numbers.last, first <= last else {
            return nil
        }
        self.init(first, last)
    }
}

extension PublishedPort {
    /// A variable in front of a literal port, or one that is the whole text, may bring an address with it:
    /// `${BIND}8080:80`, `${PORTS}`.
    fileprivate func withDoubt(about text: SymbolicText) -> PublishedPort {
        guard hostIP == .absent else { return self }
        var result = self
        switch hostPort {
        case .enginePicks:
            guard case .unknown(let whole) = target, !text.marked.contains(":") else { return self }
            result.hostPort = .unknown(whole)
            result.hostIP = .unknown(whole)
        case .unknown(let written):
            let marked = written.marked
            guard marked.count > 1, marked.first == SymbolicText.mark, !marked.contains("-") else { return self }
            result.hostIP = .unknown(written)
        case .ports, .oneOf: break
        }
        return result
    }
}
