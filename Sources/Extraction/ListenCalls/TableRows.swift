/// Tab-separated tables: a line a row, `#` starts a comment line.
enum TableRows {
    static func of(_ table: StaticString) -> [[Substring]] {
        table.description.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
    }
}
