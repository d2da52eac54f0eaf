import ListenerModel

extension Glob {
    /// The glob of a text, with what is special to policies: they have lists, so braces would only be a second way
    /// to say the same, and silently match nothing.
    static func inPolicy(_ text: String) throws(ScalarProblem) -> Glob {
        if text.utf8.contains(UInt8(ascii: "{")), !text.utf8.contains(UInt8(ascii: "\\")) {
            throw ScalarProblem(message: "'\(text)' has braces", hint: "write a list of globs")
        }
        do throws(Malformation) {
            return try Glob(text)
        } catch {
            throw ScalarProblem(message: "'\(text)' is no glob: \(error)")
        }
    }

    /// Whether it is true of every path: `**`, `*`, `**/*`.
    var matchesEverything: Bool {
        let isAnchored = pattern.hasPrefix("/")
        let parts = pattern.split(separator: "/")
        guard parts.allSatisfy({ $0.utf8.allSatisfy { $0 == UInt8(ascii: "*") } }) else { return false }
        let fixed = parts.count { $0.utf8.count == 1 }
        return fixed == 0 || (fixed == 1 && (parts.count > 1 || !isAnchored))
    }
}
