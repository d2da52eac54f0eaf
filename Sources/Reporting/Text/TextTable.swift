/// Columns of text, two spaces apart. Where they are wider than the terminal, columns of words are wrapped, the last
/// first; after that places are cut at their start.
struct TextTable {
    struct Column {
        enum Kind {
            /// As wide as its widest cell.
            case plain
            /// Set against the right edge.
            case number
            /// May be wrapped between words.
            case words
            /// `a/long/path.yaml:9:10`, of which the end says most.
            case place
        }

        let title: String
        let kind: Kind

        init(_ title: String, _ kind: Kind = .plain) {
            self.title = title
            self.kind = kind
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []
    /// Narrower than this a place says nothing.
    private static let narrowestPlace = 16
    private static let comfortableWords = 16

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ row: [String]) {
        precondition(row.count == columns.count)
        rows.append(row.map(\.sanitised))
    }

    /// - Parameters:
    ///   - width: columns of the terminal; nil for as wide as it gets.
    ///   - style: the ink of a cell, by its column and text.
    func rendered(width: Int?, ink: Ink, style: (Int, String) -> Ink.Style?) -> String {
        var widths = columns.indices.map { column in cells(column).map(\.displayWidth).max() ?? 0 }
        if let width { shrink(&widths, to: width) }
        return line(columns.map(\.title), widths, ink) { _, _ in .faint }
            + rows.map { line($0, widths, ink, style) }.joined()
    }

    private func cells(_ column: Int) -> [String] { [columns[column].title] + rows.map { $0[column] } }

    private func shrink(_ widths: inout [Int], to width: Int) {
        var excess = widths.reduce(2 * (columns.count - 1), +) - width
        func narrow(_ column: Int, to narrowest: Int) {
            let taken = min(max(0, excess), max(0, widths[column] - narrowest))
            widths[column] -= taken
            excess -= taken
        }
        // A column of few words to the line is hard to read, so all give some before one gives all; then the last,
        // which holds the prose, gives last.
        let wrapping = columns.indices.filter { columns[$0].kind == .words }
        for column in wrapping.reversed() {
            narrow(column, to: max(Self.comfortableWords, cells(column).map(\.narrowest).max() ?? 0))
        }
        for column in wrapping { narrow(column, to: cells(column).map(\.narrowest).max() ?? 0) }
        for (column, about) in columns.enumerated() where about.kind == .place {
            narrow(column, to: Self.narrowestPlace)
        }
    }

    private func line(_ row: [String], _ widths: [Int], _ ink: Ink, _ style: (Int, String) -> Ink.Style?) -> String {
        let cells = row.enumerated().map { column, cell -> [String] in
            switch columns[column].kind {
            case .plain: [cell]
            case .number: [String(repeating: " ", count: max(0, widths[column] - cell.displayWidth)) + cell]
            case .words: cell.wrapped(to: widths[column])
            case .place: [cell.truncatedAtStart(to: widths[column])]
            }
        }
        return (0..<(cells.map(\.count).max() ?? 0)).map { index in
            let parts = cells.enumerated().map { column, parts -> String in
                let part = index < parts.count ? parts[index] : ""
                let gap = String(repeating: " ", count: max(0, widths[column] - part.displayWidth))
                return ink(part, style(column, row[column])) + gap
            }
            return parts.joined(separator: "  ").trimmedAtEnd.asOwnLine + "\n"
        }.joined()
    }
}
