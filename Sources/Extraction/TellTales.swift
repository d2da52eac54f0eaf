internal import ListenerModel

/// Signs of listeners in files that no extractor reads yet (`Tables/telltales.tsv`): a report that is silent about
/// them must say that it is.
public enum TellTales {
    /// The kind of listener that the file declares in a way that bindlint cannot read; nil if there is no sign.
    public static func kind(of bytes: [UInt8], path: String, _ kinds: FileKinds) -> String? {
        if !kinds.mayTell { return nil }
        return rows.indices.first { row in
            kinds.mayTell(row) && rows[row].name.matches(path) && (rows[row].needles?.occurs(in: bytes) ?? true)
        }.map { rows[$0].kind }
    }

    /// By row.
    static var names: [FileNames] { TableRows.of(EmbeddedFiles.telltales_tsv).map { FileNames([String($0[1])]) } }

    private struct Row: Sendable {
        var kind: String
        var name: Glob
        /// nil where the name suffices.
        var needles: NeedleSet?
    }

    /// Made when the first file may hold such a sign, which in most trees is never.
    private static let rows: [Row] = TableRows.of(EmbeddedFiles.telltales_tsv).map { fields in
        guard fields.count == 3, let name = try? Glob(String(fields[1])) else {
            preconditionFailure("telltales.tsv: \(fields)")
        }
        let needles = fields[2].words(at: "|").map(String.init)
        return Row(kind: String(fields[0]), name: name, needles: needles.isEmpty ? nil : NeedleSet(needles))
    }
}
