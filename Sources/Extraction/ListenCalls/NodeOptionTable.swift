/// One row of `Tables/node-options.tsv`: a function that fills in declared options, and where their defaults stand.
public struct NodeOptionParser: Sendable {
    /// The member of the result that holds the values; nil where it holds them itself.
    public var result: String?
    /// An argument and the keys below it; the first that is there counts.
    public var declarations: [(argument: Int, keys: [String])]
    /// The key of a declaration that holds the default; nil where the declaration is the default.
    public var defaultKey: String?
    public var readsEnvironment: Bool

    /// The row of a function named as in the table.
    public static func named(_ name: String) -> NodeOptionParser? { table[name] }

    private static let table: [String: NodeOptionParser] = {
        var table: [String: NodeOptionParser] = [:]
        for fields in TableRows.of(EmbeddedFiles.node_options_tsv).map({ $0.map(String.init) }) {
            guard fields.count == 6, ["flags", "env"].contains(fields[4]) else {
                preconditionFailure("node-options.tsv: \(fields)")
            }
            let places = fields[2].split(separator: "|").filter { $0 != "-" }.map { place in
                let parts = place.split(separator: ".").map(String.init)
                guard let argument = Int(parts[0]) else { preconditionFailure("node-options.tsv: \(place)") }
                return (argument, Array(parts.dropFirst()))
            }
            let row = NodeOptionParser(
                result: fields[1] == "-" ? nil : fields[1], declarations: places,
                defaultKey: fields[3] == "-" ? nil : fields[3], readsEnvironment: fields[4] == "env")
            for name in fields[0].split(separator: " ") { table[String(name)] = row }
        }
        return table
    }()
}
