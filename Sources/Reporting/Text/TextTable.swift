/// Columns of text, two spaces apart. Where they are wider than the terminal the last column is wrapped, after that
/// places are cut at their start.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []
    /// The column that holds places: `a/long/path.yaml:9:10`.
    private let placeColumn: Int

    init(header: [String], placeColumn: Int) {
        self.header = header
        self.placeColumn = placeColumn
    }

    mutating func add(_ row: [String]) {
        precondition(row.count == header.count)
        rows.append(row.map(\.sanitised))
    }

    /// - Parameters:
    ///   - width: columns of the terminal; nil for as wide as it gets.
    ///   - style: the ink of a cell, by its column and text.
    func rendered(width: Int?, ink: Ink, style: (Int, String) -> Ink.Style?) -> String {
        var widths = header.indices.map { column in
            ([header[column]] + rows.map { $0[column] }).map(\.displayWidth).max() ?? 0
        }
        if rows.allSatisfy({ $0.last == "" }) { widths[header.count - 1] = 0 }
        if let width { shrink(&widths, to: width) }
        var result = line(header, widths, ink) { _, _ in .faint }
        for row in rows { result += line(row, widths, ink, style) }
        return result
    }

    private func shrink(_ widths: inout [Int], to width: Int) {
        let last = header.count - 1
        let gaps = 2 * last
        func excess() -> Int { widths.reduce(gaps, +) - width }
        if excess() > 0 { widths[last] = max(min(widths[last], 14), widths[last] - excess()) }
        if excess() > 0 { widths[placeColumn] = max(min(widths[placeColumn], 16), widths[placeColumn] - excess()) }
    }

    private func line(_ row: [String], _ widths: [Int], _ ink: Ink, _ style: (Int, String) -> Ink.Style?) -> String {
        let cells = row.enumerated().map { column, cell -> [String] in
            column == placeColumn
                ? [cell.truncatedAtStart(to: max(1, widths[column]))]
                : column == row.count - 1 ? cell.wrapped(to: max(1, widths[column])) : [cell]
        }
        var result = ""
        for index in 0..<(cells.map(\.count).max() ?? 0) {
            let line = cells.enumerated().map { column, parts -> String in
                let part = index < parts.count ? parts[index] : ""
                let gap = String(repeating: " ", count: max(0, widths[column] - part.displayWidth))
                return ink(part, style(column, row[column])) + gap
            }.joined(separator: "  ")
            result += line.trimmedAtEnd.asOwnLine + "\n"
        }
        return result
    }
}
