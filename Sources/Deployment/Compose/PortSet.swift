import ListenerModel

/// A set of port numbers as a bit map of 8 KB.
struct PortSet: Hashable, Sendable {
    private var words: [UInt64] = []

    init() {}

    init(_ range: PortRange) {
        words = Array(repeating: 0, count: 1024)
        let (first, last) = (Int(range.first), Int(range.last))
        for index in first / 64...last / 64 {
            let from = index == first / 64 ? first % 64 : 0
            let to = index == last / 64 ? last % 64 : 63
            words[index] = (UInt64.max << UInt64(from)) & (UInt64.max >> UInt64(63 - to))
        }
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

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
        var port = Int(range.first)
        while port <= Int(range.last) {
            let isIn = contains(port)
            let end = min(firstPort(from: port, thatIsIn: !isIn), Int(range.last) + 1)
            runs.append((PortRange(UInt16(port), UInt16(end - 1)), isIn))
            port = end
        }
        return runs
    }

    private func contains(_ port: Int) -> Bool { !words.isEmpty && words[port / 64] & (1 << UInt64(port % 64)) != 0 }

    /// 65536 if there is none.
    private func firstPort(from start: Int, thatIsIn isIn: Bool) -> Int {
        guard !words.isEmpty else { return isIn ? 65536 : start }
        var index = start / 64
        var mask = UInt64.max << UInt64(start % 64)
        while index < words.count {
            let candidates = (isIn ? words[index] : ~words[index]) & mask
            if candidates != 0 { return index * 64 + candidates.trailingZeroBitCount }
            mask = .max
            index += 1
        }
        return 65536
    }
}
