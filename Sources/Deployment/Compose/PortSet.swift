import ListenerModel

/// A set of port numbers as a bit map of 8 KB.
struct PortSet: Hashable, Sendable {
    private var words: [UInt64] = []

    init() {}

    init(_ range: PortRange) {
        words = Array(repeating: 0, count: 1024)
        for port in Int(range.first)...Int(range.last) { words[port >> 6] |= 1 << (port & 63) }
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    func contains(_ port: UInt16) -> Bool { !words.isEmpty && words[Int(port) >> 6] & (1 << (Int(port) & 63)) != 0 }

    mutating func formUnion(_ other: PortSet) {
        if words.isEmpty {
            words = other.words
        } else if !other.words.isEmpty {
            for index in words.indices { words[index] |= other.words[index] }
        }
    }

    func intersection(_ other: PortSet) -> PortSet {
        var result = PortSet()
        if !words.isEmpty && !other.words.isEmpty { result.words = zip(words, other.words).map { $0 & $1 } }
        return result
    }

    /// The parts of `range` that are in the set and those that are not, ascending.
    func split(_ range: PortRange) -> [(run: PortRange, isIn: Bool)] {
        var runs: [(run: PortRange, isIn: Bool)] = []
        for port in range.first...range.last {
            let isIn = contains(port)
            if let last = runs.last, last.isIn == isIn {
                runs[runs.count - 1].run = PortRange(last.run.first, port)
            } else {
                runs.append((PortRange(port), isIn))
            }
        }
        return runs
    }
}
