public import ListenerModel

/// The parameters of one `listen` together.
public struct NginxListenOptions: Hashable, Sendable {
    /// Some parameter counts as an option of the socket, and binds the address explicitly.
    public var setsOptions = false
    /// nil where `ipv6only` is not given; nginx then takes it as on (since 1.3.4).
    public var ipv6Only: Bool?
    public var isDatagram = false
    public var reusePort = false
    public var tls = false
    public var isDefaultServer = false
    /// A parameter is not known, so that any of these may be otherwise.
    public var hasUnknown = false

    /// Which parameter is wrong, and why.
    public struct Problem: Error, Hashable, Sendable {
        /// The index among the parameters.
        public var index: Int
        public var reason: String
    }

    public init() {}

    /// What the words that nginx takes say, as if it did not refuse the others.
    public init(understandableOf words: [SymbolicText], module: NginxModule, version: World.Version) {
        for (index, word) in words.enumerated() {
            if let text = word.known { _ = try? read(text, index, module, version) } else { hasUnknown = true }
        }
    }

    /// Reads the words behind the address.
    public init(_ words: [SymbolicText], module: NginxModule, version: World.Version) throws(Problem) {
        var given: [(index: Int, row: NginxListenParameter)] = []
        for (index, word) in words.enumerated() {
            guard let text = word.known else {
                hasUnknown = true
                continue
            }
            given.append((index, try read(text, index, module, version)))
        }
        for datagram in given {
            switch datagram.row.effect {
            case .datagram, .quic: break
            case .none, .reusePort, .ipv6Only, .tls, .defaultServer: continue
            }
            guard let excluded = given.first(where: { $0.row.excludes.contains(datagram.row.name) }) else { continue }
            throw Problem(
                index: excluded.index,
                reason: "the parameter \"\(excluded.row.name)\" is incompatible with \"\(datagram.row.name)\"")
        }
    }

    private mutating func read(
        _ text: String, _ index: Int, _ module: NginxModule, _ version: World.Version
    ) throws(Problem) -> NginxListenParameter {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let row = NginxListenParameter.byName[String(parts[0])], let since = row.modules[module] else {
            throw Problem(index: index, reason: "invalid parameter \"\(text)\"")
        }
        switch (row.form, parts.count == 2) {
        case (.flag, false): break
        case (.value(let value), true):
            if !value.accepts(ArraySlice(parts[1].utf8)) {
                throw Problem(index: index, reason: "invalid value of the parameter \"\(text)\"")
            }
        case (.flag, true), (.value, false):
            throw Problem(index: index, reason: "invalid parameter \"\(text)\"")
        }
        if version < since {
            throw Problem(
                index: index, reason: "invalid parameter \"\(text)\" (\(module.rawValue) takes it since \(since))")
        }
        if row.setsOptions { setsOptions = true }
        switch row.effect {
        case .none: break
        case .datagram: isDatagram = true
        case .quic:
            isDatagram = true
            tls = true
        case .reusePort: reusePort = true
        case .ipv6Only: ipv6Only = parts[1] == "on"
        case .tls: tls = true
        case .defaultServer: isDefaultServer = true
        }
        return row
    }
}

extension NginxListenParameter.Value {
    fileprivate func accepts(_ text: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .anything: true
        case .number: NginxNumbers.decimal(text) != nil
        case .positiveNumber: (NginxNumbers.decimal(text) ?? 0) != 0
        case .size: Self.isSize(text)
        case .onOff: text.elementsEqual("on".utf8) || text.elementsEqual("off".utf8)
        case .keepAlive: Self.isKeepAlive(text)
        }
    }

    /// ngx_parse_size: no unit but `k` and `m`, in either case.
    private static func isSize(_ text: ArraySlice<UInt8>) -> Bool {
        guard let last = text.last else { return false }
        return NginxNumbers.decimal("kKmM".utf8.contains(last) ? text.dropLast() : text) != nil
    }

    /// `idle:interval:count`, each of which may be empty; idle and interval are times (ngx_parse_time).
    private static func isKeepAlive(_ text: ArraySlice<UInt8>) -> Bool {
        if text.elementsEqual("on".utf8) || text.elementsEqual("off".utf8) { return true }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.contains(where: { !$0.isEmpty }) else { return false }
        return parts.enumerated().allSatisfy { index, part in
            part.isEmpty || (index == 2 ? NginxNumbers.decimal(part) != nil : isTime(part))
        }
    }

    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(omittingEmptySubsequences: true) { !(0x30...0x39).contains($0) }.count > 0
            && text.first.map { (0x30...0x39).contains($0) } == true
            && text.allSatisfy { (0x30...0x39).contains($0) || "yMwdhms".utf8.contains($0) }
    }
}
