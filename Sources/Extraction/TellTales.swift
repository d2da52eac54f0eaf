internal import ListenerModel

/// Signs of listeners in files that no extractor reads yet (`Tables/telltales.tsv`): a report that is silent about
/// them must say that it is.
public enum TellTales {
    /// Whether a file is worth opening by its name.
    public static func mayConcern(_ path: String) -> Bool { rows.contains { $0.name.matches(path) } }

    /// The kind of listener that the file declares in a way that bindlint cannot read; nil if there is no sign.
    public static func kind(of bytes: [UInt8], path: String) -> String? {
        rows.first { row in
            row.name.matches(path) && (row.needles.isEmpty || row.needles.contains { bytes.firstOffset(of: $0) != nil })
        }?.kind
    }

    private struct Row: Sendable {
        var kind: String
        var name: Glob
        var needles: [[UInt8]]
    }

    private static let rows: [Row] = "\(EmbeddedFiles.telltales_tsv)".split(separator: "\n").compactMap { line in
        if line.hasPrefix("#") { return nil }
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields.count == 3, let name = try? Glob(String(fields[1])) else {
            preconditionFailure("telltales.tsv: \(line)")
        }
        return Row(kind: String(fields[0]), name: name, needles: fields[2].split(separator: "|").map { Array($0.utf8) })
    }
}
