import ListenerModel

extension Suggestion {
    /// `did you mean 'publish'?`, or all the words if there are few, or nil.
    static func hint(for word: String, among words: [String]) -> String? {
        if let closest = closest(to: word, among: words) { return "did you mean '\(closest)'?" }
        if words.isEmpty || words.count > 14 { return nil }
        return "one of: \(words.joined(separator: ", "))"
    }
}
