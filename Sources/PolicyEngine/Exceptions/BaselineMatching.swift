import ListenerModel

/// Pairs findings with the entries of a baseline, best fit first: the same sockets in the same file, the same
/// sockets elsewhere, fewer sockets than recorded, and last those of which only some were recorded.
struct BaselineMatching {
    private let baseline: Baseline
    private var remaining: [Int]
    /// What the entries were used for.
    private var used: [[Baseline.Identity]]
    /// Entries by what they hold, and by each of their sockets; those with ranges can cover sockets that are not
    /// written in them.
    private var byKey: [Baseline.Key: [Int]] = [:]
    private var bySocket: [RuleAndSocket: [Int]] = [:]
    private var withRanges: [RuleAndSocket: [Int]] = [:]

    private struct RuleAndSocket: Hashable {
        var rule: String
        var service: String?
        var socket: RecordedSocket?
    }

    init(_ baseline: Baseline) {
        self.baseline = baseline
        remaining = baseline.entries.map(\.count)
        used = baseline.entries.map { _ in [] }
        for (index, entry) in baseline.entries.enumerated() {
            let key = entry.key
            byKey[key, default: []].append(index)
            guard case .sockets(let sockets) = key.identity else { continue }
            for socket in sockets {
                let isRange = socket.ports.map { $0.count > 1 } ?? false
                if isRange {
                    let any = RuleAndSocket(rule: key.rule, service: key.service, socket: nil)
                    withRanges[any, default: []].append(index)
                } else {
                    let one = RuleAndSocket(rule: key.rule, service: key.service, socket: socket)
                    bySocket[one, default: []].append(index)
                }
            }
        }
    }

    /// Takes the recorded endpoints out of the breaches and returns which breaches lost some, and which.
    mutating func match(_ breaches: inout [Breach]) -> [Int: [Breach.Part]] {
        var taken: [Int: [Breach.Part]] = [:]
        for fit in Fit.allCases {
            for index in breaches.indices where !breaches[index].parts.isEmpty {
                let key = breaches[index].baselineKey
                guard let entry = entry(for: breaches[index], key, fit) else { continue }
                let recorded = baseline.entries[entry].key.identity
                let (covered, left) =
                    recorded == key.identity
                    ? (breaches[index].parts, []) : Self.split(breaches[index].parts, by: recorded)
                remaining[entry] -= 1
                used[entry].append(fit == .some ? Self.identity(of: covered) ?? key.identity : key.identity)
                taken[index, default: []] += covered
                breaches[index].parts = left
            }
        }
        return taken
    }

    private enum Fit: CaseIterable { case sameInPlace, same, fewerInPlace, fewer, some }

    private func entry(for breach: Breach, _ key: Baseline.Key, _ fit: Fit) -> Int? {
        let path = breach.listener.location.path
        func isFree(_ index: Int) -> Bool { remaining[index] > 0 }
        func isInPlace(_ index: Int) -> Bool { baseline.entries[index].path == path }
        func split(_ index: Int) -> (covered: [Breach.Part], left: [Breach.Part]) {
            Self.split(breach.parts, by: baseline.entries[index].key.identity)
        }
        switch fit {
        case .sameInPlace: return byKey[key]?.first { isFree($0) && isInPlace($0) }
        case .same: return byKey[key]?.first { isFree($0) }
        case .fewerInPlace: return overlapping(breach).first { isFree($0) && isInPlace($0) && split($0).left.isEmpty }
        case .fewer: return overlapping(breach).first { isFree($0) && split($0).left.isEmpty }
        case .some: return overlapping(breach).first { isFree($0) && !split($0).covered.isEmpty }
        }
    }

    /// Entries that may cover some of the breach's sockets.
    private func overlapping(_ breach: Breach) -> [Int] {
        let rule = breach.rule.id
        let service = breach.listener.service
        var found = withRanges[RuleAndSocket(rule: rule, service: service, socket: nil)] ?? []
        for part in breach.parts {
            guard let socket = RecordedSocket(part.endpoint) else { continue }
            found += bySocket[RuleAndSocket(rule: rule, service: service, socket: socket)] ?? []
        }
        return Set(found).sorted()
    }

    private static func split(
        _ parts: [Breach.Part], by identity: Baseline.Identity
    ) -> (covered: [Breach.Part], left: [Breach.Part]) {
        guard case .sockets(let recorded) = identity else { return ([], parts) }
        var covered: [Breach.Part] = []
        var left: [Breach.Part] = []
        for part in parts {
            if let socket = RecordedSocket(part.endpoint), recorded.contains(where: { $0.covers(socket) }) {
                covered.append(part)
            } else {
                left.append(part)
            }
        }
        return (covered, left)
    }

    private static func identity(of parts: [Breach.Part]) -> Baseline.Identity? {
        let sockets = parts.compactMap { RecordedSocket($0.endpoint) }
        return sockets.isEmpty ? nil : .sockets(RecordedSocket.joined(sockets))
    }

    /// Entries, or repeats of them, that no finding needs any more.
    var stale: [(entry: Baseline.Entry, gone: Int)] {
        baseline.entries.indices.filter { remaining[$0] > 0 }.map { (baseline.entries[$0], remaining[$0]) }
    }

    /// The baseline without what is stale, and with sockets that are no longer there taken out.
    var needed: Baseline {
        var entries: [Baseline.Entry] = []
        for (index, entry) in baseline.entries.enumerated() {
            for (identity, uses) in Dictionary(grouping: used[index], by: { $0 }) {
                var needed = entry
                needed.key.identity = identity
                needed.count = uses.count
                entries.append(needed)
            }
        }
        return Baseline(entries: entries)
    }
}
