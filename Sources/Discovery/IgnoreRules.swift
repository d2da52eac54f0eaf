internal import ListenerModel

/// The rules of one ignore file, in the format of gitignore(5). A pattern that no path can match is dropped, as
/// git does; the good lines still count.
struct IgnoreRules: Sendable {
    enum Verdict { case ignored, included }

    private struct Rule {
        var glob: Glob
        var negated: Bool
        var folderOnly: Bool
    }

    private let rules: [Rule]
    /// The bytes of a path that come before what the rules are about: the ignore file's folder and its slash.
    private let base: Int

    /// `folder` is the path of the folder that the rules are relative to.
    init(_ bytes: [UInt8], in folder: String) {
        base = folder.isEmpty ? 0 : folder.utf8.count + 1
        var rest = bytes[...]
        if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
        rules = rest.split(separator: UInt8(ascii: "\n")).compactMap(Self.rule)
    }

    var isEmpty: Bool { rules.isEmpty }

    /// What the last rule that matches says; nil if none does. `path` is relative to the repository root.
    func verdict(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Verdict? {
        let path = path.dropFirst(base)
        for rule in rules.reversed() where isFolder || !rule.folderOnly {
            if rule.glob.matches(path) { return rule.negated ? .included : .ignored }
        }
        return nil
    }

    private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
        var text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if text.first == UInt8(ascii: "#") { return nil }
        text = trimmingBlanks(text)
        let negated = text.first == UInt8(ascii: "!")
        if negated { text = text.dropFirst() }
        let folderOnly = text.last == UInt8(ascii: "/")
        if folderOnly { text = text.dropLast() }
        guard let pattern = String(validating: text, as: UTF8.self), let glob = try? Glob(pattern) else { return nil }
        return Rule(glob: glob, negated: negated, folderOnly: folderOnly)
    }

    /// Blanks at the end do not count, unless a backslash stands before them.
    private static func trimmingBlanks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var offset = line.startIndex
        while offset < line.endIndex {
            let escaped = line[offset] == UInt8(ascii: "\\")
            let next = min(offset + (escaped ? 2 : 1), line.endIndex)
            if escaped || line[offset] != UInt8(ascii: " ") { end = next }
            offset = next
        }
        return line[..<end]
    }
}
