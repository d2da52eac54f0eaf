import ListenerModel

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
        return choose(globs.filter { StarPattern.matches(name[...], $0.pattern) }.map(\.row), tag)
    }

    private func choose(_ candidates: [Int], _ tag: String) -> Row? {
        let rows = candidates.map { self.rows[$0] }
        return rows.first { row in row.tags.contains { StarPattern.matches(tag[...], $0) } }
            ?? rows.first { $0.tags.isEmpty }
    }
}
