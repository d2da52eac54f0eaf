internal import ListenerModel

/// A sorted list of paths that is searched: the scan's order already is that order, and a hash of each path costs more
/// than all questions about them.
struct PathSet: Sendable {
    let sorted: [String]

    init(_ paths: [String]) { sorted = paths.sorted() }

    /// Those that are one of the folders or files, or below one; sorted.
    func below(_ places: [String]) -> [String] {
        let found = places.flatMap { place -> ArraySlice<String> in
            if place.isEmpty { return sorted[...] }
            // 0 is the character after the slash.
            let (start, end) = (place + "/", place + "0")
            let below = sorted.partitioningIndex { $0 >= start }..<sorted.partitioningIndex { $0 >= end }
            return sorted[below] + (contains(place) ? [place] : [])
        }
        return Set(found).sorted()
    }

    func contains(_ path: String) -> Bool {
        let index = sorted.partitioningIndex { $0 >= path }
        return index < sorted.count && sorted[index] == path
    }
}
