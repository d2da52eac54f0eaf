/// "Did you mean …?" for options, commands, keys, rule ids and whatever else is a word of a known list.
public enum Suggestion {
    /// The candidate closest to `word`, if it is close enough to be what was meant: at most a third of the
    /// letters wrong, swapped, missing or too many, or `word` is the start of one candidate alone.
    public static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().utf8)
        if typed.isEmpty { return nil }
        var best: (candidate: String, distance: Int)?
        var continued: [String] = []
        for candidate in candidates {
            let known = Array(candidate.lowercased().utf8)
            if typed.count >= 3, known.starts(with: typed) { continued.append(candidate) }
            let limit = max(1, min(typed.count, known.count) / 3)
            if abs(known.count - typed.count) > limit { continue }
            let distance = editDistance(typed, known)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate ?? (continued.count == 1 ? continued[0] : nil)
    }

    /// The number of single-byte insertions, deletions, substitutions and swaps of neighbours between two texts
    /// (Damerau 1964, in its restricted form: no piece is edited twice).
    static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, mine) in left.enumerated() {
            var current = [row + 1]
            for (column, theirs) in right.enumerated() {
                var cost = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (mine == theirs ? 0 : 1))
                if row > 0, column > 0, mine == right[column - 1], left[row - 1] == theirs {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
