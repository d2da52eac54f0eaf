/// The output formats, one writer each.
public enum ReportFormat: String, CaseIterable, Sendable {
    case text, concise, json, jsonl, sarif, github, gitlab, junit, markdown

    /// UTF-8, ending in a newline unless there is nothing to say.
    public func render(_ report: Report) -> [UInt8] {
        switch self {
        case .text: Array(TextReport(report).rendered.utf8)
        case .concise: Array(ConciseReport(report).rendered.utf8)
        case .json: JSONReport(report).rendered
        case .jsonl: JSONLinesReport(report).rendered
        case .sarif: SARIFReport(report).rendered
        case .github: Array(GitHubAnnotations(report).rendered.utf8)
        case .gitlab: GitLabCodeQuality(report).rendered
        case .junit: Array(JUnitReport(report).rendered.utf8)
        case .markdown: Array(MarkdownReport(report).rendered.utf8)
        }
    }

    /// Whether `list` has this format: the others report findings, and an inventory has none.
    public var hasInventory: Bool {
        switch self {
        case .text, .concise, .json, .jsonl, .markdown: true
        case .sarif, .github, .gitlab, .junit: false
        }
    }
}
