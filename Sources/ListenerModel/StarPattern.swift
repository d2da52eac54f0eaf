/// Patterns of names that are no paths (image names, flags): `*` stands for any text, slashes too. For paths see
/// `Glob`.
public enum StarPattern {
    public static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
        let pattern = Array(pattern.utf8)
        let text = Array(text.utf8)
        var (p, t) = (0, 0)
        // Where to resume after the last `*`: it takes one byte more each time.
        var retry: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count && pattern[p] == UInt8(ascii: "*") {
                retry = (p + 1, t)
                p += 1
            } else if p < pattern.count && pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let (afterStar, taken) = retry {
                retry = (afterStar, taken + 1)
                p = afterStar
                t = taken + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
