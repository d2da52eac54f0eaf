internal import ListenerModel

/// Ranges merged into disjoint ones, so that what meets any of them is found by halving.
struct MergedRanges {
    /// Ascending; none touches the next.
    private var ranges: [Range<Int>] = []

    init(_ all: some Sequence<Range<Int>>) {
        for range in all.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }

    /// Whether some position is both in `range` and in one of them.
    func overlap(_ range: Range<Int>) -> Bool {
        let next = ranges.partitioningIndex { $0.upperBound > range.lowerBound }
        return next < ranges.count && ranges[next].overlaps(range)
    }
}
