import ListenerModel

/// An object a line, each with `schema` and `type`: `list` writes a listener a line, `check` a finding a line and a
/// last line of type `summary`; diagnostics come after what was found.
struct JSONLinesReport {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: [UInt8] {
        var lines: [[UInt8]] = []
        switch report.command {
        case .list:
            for listener in report.listeners { lines.append(line("listener") { $0.listener(listener, in: report) }) }
        case .check:
            for finding in report.findings { lines.append(line("finding") { $0.finding(finding, in: report) }) }
        }
        for diagnostic in report.policyDiagnostics + report.diagnostics {
            lines.append(line("diagnostic") { $0.diagnostic(diagnostic, in: report) })
        }
        if report.command == .check {
            lines.append(
                line("summary") { object in
                    object.string("version", report.tool.version)
                    object.strings("policy", report.policies)
                    object.summary(of: report)
                    object.number("exitStatus", report.exit.code)
                })
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")])) + (lines.isEmpty ? [] : [UInt8(ascii: "\n")])
    }

    private func line(_ type: String, _ members: (inout JSONObject) -> Void) -> [UInt8] {
        JSONDocument.object(indented: false) { object in
            object.number("schema", JSONSchema.version)
            object.string("type", type)
            members(&object)
        }
    }
}
