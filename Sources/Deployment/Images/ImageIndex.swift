internal import Extraction
import ListenerModel

/// The names and patterns of the image table, ready to be asked; rows are read only when they are found.
struct ImageIndex: Sendable {
    private let table: TableIndex
    /// Patterns with `*`, longest first.
    private let patterns: [(pattern: Substring, row: Int)]

    init(_ table: StaticString) {
        self.table = TableIndex(table, column: 1)
        patterns = self.table.patterns.sorted { $0.pattern.utf8.count > $1.pattern.utf8.count }
    }

    /// The fields of the row for an image. An exact name beats a pattern; among those, a row whose tags match beats
    /// one without tags.
    func row(named name: String, tag: String) -> [Substring]? {
        let named = table.rows(of: name).map { $0.parts(at: "\t") }.filter { $0[1].words().contains(name[...]) }
        if let found = choose(named, tag) { return found }
        let matching = patterns.filter { StarPattern.matches(name[...], $0.pattern) }
        return choose(matching.map { table.row(at: $0.row).parts(at: "\t") }, tag)
    }

    private func choose(_ rows: [[Substring]], _ tag: String) -> [Substring]? {
        rows.first { $0[2].words().contains { StarPattern.matches(tag[...], $0) } } ?? rows.first { $0[2].isEmpty }
    }
}
