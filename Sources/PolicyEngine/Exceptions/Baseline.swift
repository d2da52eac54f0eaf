import ListenerModel

/// Findings that were there when the rule came: recorded, so that only new or wider sockets are reported.
///
/// An entry holds rule, service and sockets (or host, port and text where there are none) and how often that
/// occurs. Paths only break ties and lines are not kept, so reformatting, moves and renames change nothing.
public struct Baseline: Sendable {
    var entries: [Entry]

    /// How many findings it stands for.
    public var count: Int { entries.reduce(0) { $0 + $1.count } }

    struct Entry: Sendable {
        var key: Key
        var count: Int
        var path: String
        /// In the baseline file; nil for one that is not written yet.
        var location: Location?
    }

    struct Key: Sendable, Hashable, Comparable {
        var rule: String
        var service: String?
        var identity: Identity

        func covers(_ other: Key) -> Bool {
            guard rule == other.rule, service == other.service else { return false }
            guard case .sockets(let mine) = identity, case .sockets(let theirs) = other.identity else {
                return identity == other.identity
            }
            return theirs.allSatisfy { wanted in mine.contains { $0.covers(wanted) } }
        }

        static func < (left: Self, right: Self) -> Bool { left.order.lexicographicallyPrecedes(right.order) }
        private var order: [String] { [rule, service ?? ""] + identity.words }
    }

    enum Identity: Sendable, Hashable {
        /// Sorted.
        case sockets([RecordedSocket])
        case text(host: String?, port: String?, text: String)

        fileprivate var words: [String] {
            switch self {
            case .sockets(let sockets): sockets.map(\.description)
            case .text(let host, let port, let text): [host ?? "", port ?? "", text]
            }
        }
    }

    /// How many findings this has that another has not, or has with narrower sockets: what writing it would let pass.
    public func growth(over other: Baseline) -> Int {
        struct Group: Hashable {
            var rule: String
            var service: String?
        }
        var recorded: [Key: Int] = [:]
        for entry in other.entries { recorded[entry.key, default: 0] += entry.count }
        var missing: [Entry] = []
        for var entry in entries {
            let same = min(entry.count, recorded[entry.key] ?? 0)
            recorded[entry.key]? -= same
            entry.count -= same
            if entry.count > 0 { missing.append(entry) }
        }
        // What is not recorded as it is may be a part of what is.
        var wider: [Group: [(key: Key, count: Int)]] = [:]
        for (key, count) in recorded.sorted(by: { $0.key < $1.key }) where count > 0 {
            wider[Group(rule: key.rule, service: key.service), default: []].append((key, count))
        }
        return missing.reduce(0) { sum, entry in
            var count = entry.count
            let group = Group(rule: entry.key.rule, service: entry.key.service)
            for index in (wider[group] ?? []).indices where count > 0 && wider[group]![index].key.covers(entry.key) {
                let used = min(count, wider[group]![index].count)
                wider[group]![index].count -= used
                count -= used
            }
            return sum + count
        }
    }
}

/// `tcp 0.0.0.0:8080`, `tcp [::]:8000-8010`, `unix /run/app.sock`
struct RecordedSocket: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Everything but the port: `tcp 0.0.0.0`, or all of a unix socket.
    var endpoint: String
    var ports: PortRange?

    var description: String { ports.map { "\(endpoint):\($0)" } ?? endpoint }

    static func < (left: Self, right: Self) -> Bool {
        (left.endpoint, left.ports ?? .ephemeral) < (right.endpoint, right.ports ?? .ephemeral)
    }

    init(endpoint: String, ports: PortRange?) {
        self.endpoint = endpoint
        self.ports = ports
    }

    init?(_ endpoint: Endpoint) {
        switch (endpoint.address, endpoint.port) {
        case (.ip(let address), .range(let ports)):
            self.init(endpoint: "\(endpoint.transport.rawValue) \(address.hostForm)", ports: ports)
        case (.unix, _): self.init(endpoint: "unix \(endpoint.unixPath ?? "")", ports: nil)
        default: return nil
        }
    }

    /// Reads `description`.
    init?(_ text: String) {
        if text.hasPrefix("unix ") {
            self.init(endpoint: text, ports: nil)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let ends = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = UInt16(ends[0]), let last = UInt16(ends[ends.count - 1]),
            first <= last
        else { return nil }
        self.init(endpoint: String(text[..<colon]), ports: PortRange(first, last))
    }

    func covers(_ other: RecordedSocket) -> Bool {
        guard endpoint == other.endpoint else { return false }
        guard let ports, let wanted = other.ports else { return ports == other.ports }
        return ports.first <= wanted.first && wanted.last <= ports.last
    }

    /// Neighbouring port ranges of one address as one.
    static func joined(_ sockets: [RecordedSocket]) -> [RecordedSocket] {
        var result: [RecordedSocket] = []
        for socket in Set(sockets).sorted() {
            if let last = result.last, last.endpoint == socket.endpoint, let before = last.ports,
                let next = socket.ports,
                Int(next.first) <= Int(before.last) + 1
            {
                result[result.count - 1].ports = PortRange(before.first, max(before.last, next.last))
            } else {
                result.append(socket)
            }
        }
        return result
    }
}

extension Breach {
    var baselineKey: Baseline.Key {
        let sockets = listener.sockets.isEmpty ? [] : parts.compactMap { RecordedSocket($0.endpoint) }
        let identity: Baseline.Identity =
            sockets.isEmpty
            ? .text(host: listener.host, port: listener.port?.description, text: listener.text)
            : .sockets(RecordedSocket.joined(sockets))
        return Baseline.Key(rule: rule.id, service: listener.service, identity: identity)
    }
}
