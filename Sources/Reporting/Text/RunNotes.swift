/// What standard error says beside a format that has no room for it: files that could not be read, statistics where
/// they are asked for, and why a run is not to be trusted; with `-v` the whole summary. The text format says all this
/// itself.
public struct RunNotes {
    private let report: Report

    public init(_ report: Report) { self.report = report }

    /// Empty for a run without trouble.
    public var rendered: String {
        var errorsOnly = report
        errorsOnly.display.quiet = !report.display.verbose
        var blocks = DiagnosticsText(errorsOnly, SourceCache(report)).blocks
        if report.display.statistics { blocks.append(StatisticsTable(report).rendered) }
        if report.display.verbose {
            blocks.append(SummaryText(report).rendered)
        } else if !report.exit.isTrustworthy {
            blocks.append(SummaryText(report).exitRendered)
        }
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
