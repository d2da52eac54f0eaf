extension RandomAccessCollection {
    /// The first place whose element is in the second part of a collection that is ordered so that all for which
    /// `isAfter` does not hold come first; its end if there is none. Asks about as often as the count has binary digits.
    @inlinable
    public func partitioningIndex(where isAfter: (Element) -> Bool) -> Index {
        var start = startIndex
        var length = count
        while length > 0 {
            let half = length / 2
            let middle = index(start, offsetBy: half)
            if isAfter(self[middle]) {
                length = half
            } else {
                start = index(after: middle)
                length -= half + 1
            }
        }
        return start
    }
}
