/// "Did you mean": the nearest of the words that would have been right.
enum Suggestion {
    /// `did you mean 'publish'?`, or a list of the words if there are few, or nil.
    static func hint(for word: String, among words: [String]) -> String? {
        if let nearest = nearest(to: word, among: words) { return "did you mean '\(nearest)'?" }
        if words.isEmpty || words.count > 14 { return nil }
        return "one of: \(words.joined(separator: ", "))"
    }

    static func nearest(to word: String, among words: [String]) -> String? {
        let word = Array(word.lowercased().utf8.prefix(64))
        // A third of the letters may be wrong: closer than that two words are rarely the same by accident.
        let limit = max(1, word.count / 3)
        return words.map { (distance(word, Array($0.utf8)), $0) }
            .filter { $0.0 <= limit }
            .min { $0 < $1 }?.1
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if abs(left.count - right.count) > 8 { return .max }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in 0..<left.count {
            var row = [i + 1]
            row.reserveCapacity(right.count + 1)
            for j in 0..<right.count {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
