/// The names and patterns of the image table, ready to be asked; rows are read only when they are found.
struct ImageIndex: Sendable {
    struct Row: Sendable {
        var line: Substring
        var tags: [Substring]
    }

    let rows: [Row]
    /// Row numbers by exact name, in the table's order.
    private let exact: [Substring: [Int]]
    /// Patterns with `*`, longest first.
    private let globs: [(pattern: Substring, row: Int)]

    init(_ table: StaticString) {
        let text = table.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        var rows: [Row] = []
        var exact: [Substring: [Int]] = [:]
        var globs: [(pattern: Substring, row: Int)] = []
        for line in text.split(separator: "\n") where line.utf8.first != UInt8(ascii: "#") {
            let head = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
            for pattern in head[1].split(separator: " ") {
                if pattern.utf8.contains(UInt8(ascii: "*")) {
                    globs.append((pattern, rows.count))
                } else {
                    exact[pattern, default: []].append(rows.count)
                }
            }
            rows.append(Row(line: line, tags: head[2].split(separator: " ")))
        }
        self.rows = rows
        self.exact = exact
        self.globs = globs.sorted { $0.pattern.utf8.count > $1.pattern.utf8.count }
    }

    /// An exact name beats a pattern; among those, a row whose tags match beats one without tags.
    func row(named name: String, tag: String) -> Row? {
        if let found = choose(exact[name[...]] ?? [], tag) { return found }
        return choose(globs.filter { NamePattern.matches($0.pattern, name[...]) }.map(\.row), tag)
    }

    private func choose(_ candidates: [Int], _ tag: String) -> Row? {
        let rows = candidates.map { self.rows[$0] }
        return rows.first { row in row.tags.contains { NamePattern.matches($0, tag[...]) } }
            ?? rows.first { $0.tags.isEmpty }
    }
}

/// Patterns in which `*` stands for any text, also with slashes.
enum NamePattern {
    static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
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
