import ListenerModel

/// Pairs findings with the entries of a baseline, best fit first: the same sockets in the same file, the same
/// sockets elsewhere, fewer sockets than recorded, and last those of which only some were recorded.
struct BaselineMatching {
    private let baseline: Baseline
    private var remaining: [Int]
    /// What the entries were used for.
    private var used: [[Baseline.Identity]]
    private var byRule: [RuleAndService: [Int]] = [:]

    private struct RuleAndService: Hashable {
        var rule: String
        var service: String?
    }

    init(_ baseline: Baseline) {
        self.baseline = baseline
        remaining = baseline.entries.map(\.count)
        used = baseline.entries.map { _ in [] }
        for (index, entry) in baseline.entries.enumerated() {
            byRule[RuleAndService(rule: entry.key.rule, service: entry.key.service), default: []].append(index)
        }
    }

    /// Takes the recorded endpoints out of the breaches and returns which breaches lost some, and from which entry.
    mutating func match(_ breaches: inout [Breach]) -> [Int: [Breach.Part]] {
        var taken: [Int: [Breach.Part]] = [:]
        for fit in Fit.allCases {
            for index in breaches.indices where !breaches[index].parts.isEmpty {
                guard let entry = entry(for: breaches[index], fit) else { continue }
                let key = breaches[index].baselineKey
                let recorded = baseline.entries[entry].key.identity
                let isSame = recorded == key.identity
                let (covered, left) =
                    isSame ? (breaches[index].parts, []) : Self.split(breaches[index].parts, by: recorded)
                remaining[entry] -= 1
                used[entry].append(fit == .some ? Self.identity(of: covered) ?? key.identity : key.identity)
                taken[index, default: []] += covered
                breaches[index].parts = left
            }
        }
        return taken
    }

    private enum Fit: CaseIterable { case sameInPlace, same, fewerInPlace, fewer, some }

    private func entry(for breach: Breach, _ fit: Fit) -> Int? {
        let key = breach.baselineKey
        let candidates = byRule[RuleAndService(rule: key.rule, service: key.service)] ?? []
        return candidates.first { index in
            guard remaining[index] > 0 else { return false }
            let entry = baseline.entries[index]
            let inPlace = entry.path == breach.listener.location.path
            switch fit {
            case .sameInPlace: return inPlace && entry.key.identity == key.identity
            case .same: return entry.key.identity == key.identity
            case .fewerInPlace: return inPlace && Self.split(breach.parts, by: entry.key.identity).left.isEmpty
            case .fewer: return Self.split(breach.parts, by: entry.key.identity).left.isEmpty
            case .some: return !Self.split(breach.parts, by: entry.key.identity).covered.isEmpty
            }
        }
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
