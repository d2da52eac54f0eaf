import ListenerModel

/// `path:line:column: level rule message`, a line a finding, for editors and for `grep`.
struct ConciseReport {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: String {
        switch report.command {
        case .check: shown.map { line($0) + "\n" }.joined()
        case .list: report.listeners.map { line($0) + "\n" }.joined()
        }
    }

    private var shown: [Finding] {
        report.display.showSuppressed
            ? (report.findings + report.suppressed).sorted(by: Report.precedes) : report.findings
    }

    private func line(_ finding: Finding) -> String {
        let level = finding.suppression == nil ? finding.level.rawValue : "accepted"
        let location = finding.location
        return "\(report.shownPath(location.path)):\(location.start.line):\(location.start.column): "
            + "\(level) \(finding.rule) \(finding.message)".sanitised
    }

    private func line(_ listener: Listener) -> String {
        let location = listener.location
        let words = [
            listener.source.rawValue, listener.role.rawValue, listener.transport.rawValue,
            listener.shownAddresses.joined(separator: ","), listener.state.rawValue, listener.exposure.rawValue,
        ]
        return "\(report.shownPath(location.path)):\(location.start.line):\(location.start.column): "
            + words.joined(separator: " ").sanitised
    }
}
