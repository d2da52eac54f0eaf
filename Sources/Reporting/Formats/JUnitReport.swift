import ListenerModel

/// JUnit's XML: a suite per file, a failing case per finding, a passing one per clean file, an error per file that
/// could not be read.
struct JUnitReport {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: String {
        JUnitDocument(
            name: report.tool.name, suites: cases.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        ).rendered
    }

    /// By file; what has no file belongs to the run as a whole.
    private var cases: [String: [JUnitDocument.Case]] {
        var cases: [String: [JUnitDocument.Case]] = [:]
        for diagnostic in report.policyDiagnostics + report.diagnostics where diagnostic.level == .error {
            let path = diagnostic.location?.path ?? report.tool.name
            cases[path, default: []].append(
                JUnitDocument.Case(
                    name: name(diagnostic.code, diagnostic.location), outcome: .error, message: diagnostic.message,
                    details: diagnostic.hint ?? ""))
        }
        for finding in report.findings {
            let details = ["\(finding.location.path):\(finding.location.start.line)", finding.why, finding.fix]
            cases[finding.location.path, default: []].append(
                JUnitDocument.Case(
                    name: name(finding.rule, finding.location), outcome: .failed(level: finding.level.rawValue),
                    message: finding.message, details: details.compactMap(\.self).joined(separator: "\n")))
        }
        if report.display.showSuppressed {
            for finding in report.suppressed {
                cases[finding.location.path, default: []].append(
                    JUnitDocument.Case(
                        name: name(finding.rule, finding.location), outcome: .skipped,
                        message: finding.suppression?.reason ?? ""))
            }
        }
        for file in report.files where cases[file.path] == nil {
            cases[file.path] = [JUnitDocument.Case(name: report.tool.name, outcome: .passed)]
        }
        return cases
    }

    private func name(_ id: String, _ location: Location?) -> String {
        guard let location, !location.isWholeFile else { return id }
        return "\(id) at line \(location.start.line), column \(location.start.column)"
    }
}
