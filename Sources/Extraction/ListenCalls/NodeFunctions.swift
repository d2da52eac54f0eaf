/// What a function outside the tree gives, a row of `Tables/node-functions.tsv`.
public enum NodeFunction: Sendable, Hashable {
    /// This argument itself.
    case argument(Int)
    /// What the options ask for under a key, or the first argument, unless it is taken.
    case asked(String)
    /// One object of all arguments: later ones come first.
    case merged
    /// Earlier ones come first.
    case filled
    /// As `merged`, of the list that is the first argument.
    case mergedList

    /// nil for a function that the table does not know.
    public static func named(_ name: String) -> NodeFunction? { table[name] }

    private static let table: [String: NodeFunction] = {
        var table: [String: NodeFunction] = [:]
        for fields in TableRows.of(EmbeddedFiles.node_functions_tsv).map({ $0.map(String.init) }) {
            guard fields.count == 3, let function = NodeFunction(word: fields[1]) else {
                preconditionFailure("node-functions.tsv: \(fields)")
            }
            for name in fields[0].split(separator: " ") { table[String(name)] = function }
        }
        return table
    }()

    private init?(word: String) {
        let parts = word.split(separator: ":").map(String.init)
        switch (parts[0], parts.count == 2 ? parts[1] : nil) {
        case ("argument", let position?):
            guard let position = Int(position) else { return nil }
            self = .argument(position)
        case ("asked", let key?): self = .asked(key)
        case ("merged", nil): self = .merged
        case ("filled", nil): self = .filled
        case ("merged-list", nil): self = .mergedList
        default: return nil
        }
    }
}
