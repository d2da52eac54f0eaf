import ListenerModel

/// One document: the envelope of the contract, section 4.
struct JSONReport {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: [UInt8] {
        JSONDocument.object(indented: true) { document in
            document.number("schema", JSONSchema.version)
            document.object("tool") { tool in
                tool.string("name", report.tool.name)
                tool.string("version", report.tool.version)
            }
            switch report.command {
            case .check: check(&document)
            case .list: list(&document)
            }
        }
    }

    private func check(_ document: inout JSONObject) {
        document.strings("policy", report.policies)
        document.array("findings") { array in
            for finding in report.findings { array.object { $0.finding(finding, in: report) } }
        }
        diagnostics(&document)
        document.summary(of: report)
        document.number("exitStatus", report.exit.code)
    }

    private func list(_ document: inout JSONObject) {
        document.array("listeners") { array in
            for listener in report.listeners { array.object { $0.listener(listener, in: report) } }
        }
        diagnostics(&document)
        document.unread(of: report)
    }

    private func diagnostics(_ document: inout JSONObject) {
        document.array("diagnostics") { array in
            for diagnostic in report.policyDiagnostics + report.diagnostics {
                array.object { $0.diagnostic(diagnostic, in: report) }
            }
        }
    }
}

enum JSONSchema {
    /// Raised when a field changes its meaning or goes away, not when one is added.
    static let version = 1
}

extension JSONObject {
    /// `suppressed`, `undecided`, `unread`, and `statistics` where they are asked for.
    mutating func summary(of report: Report) {
        object("suppressed") { object in
            object.number("count", report.suppressed.count)
            for kind in [Finding.Suppression.Kind.allowance, .inline, .baseline] {
                object.number(kind.rawValue, report.suppressed.count { $0.suppression?.kind == kind })
            }
            object.array("by") { array in
                for entry in Self.exceptions(report.suppressed) {
                    array.object { object in
                        object.string("kind", entry.suppression.kind.rawValue)
                        if let location = entry.suppression.location { object.start(location, in: report) }
                        object.string("reason", entry.suppression.reason)
                        object.string("owner", ifAny: report.owners[entry.suppression])
                        object.number("count", entry.count)
                    }
                }
            }
            if report.display.showSuppressed {
                object.array("findings") { array in
                    for finding in report.suppressed { array.object { $0.finding(finding, in: report) } }
                }
            }
        }
        object("undecided") { object in
            for (rule, count) in report.undecided.sorted(by: { $0.key < $1.key }) { object.number(rule, count) }
        }
        unread(of: report)
        guard report.display.statistics else { return }
        object("statistics") { object in
            let groups = Dictionary(grouping: report.findings, by: \.rule)
            for (rule, findings) in groups.sorted(by: { $0.key < $1.key }) { object.number(rule, findings.count) }
        }
    }

    mutating func unread(of report: Report) {
        object("unread") { object in
            for reason in Unread.Reason.allCases {
                object.array(reason.rawValue) { array in
                    for group in report.unread.groups(reason) {
                        array.object { object in
                            object.string("kind", group.kind)
                            object.number("count", group.count)
                            object.strings("examples", group.examples.map(report.displayedPath))
                        }
                    }
                }
            }
        }
    }

    /// Each exception with the number of findings that it took away, in the order of the places.
    private static func exceptions(_ suppressed: [Finding]) -> [(suppression: Finding.Suppression, count: Int)] {
        Dictionary(grouping: suppressed.compactMap(\.suppression)) { $0 }.map { ($0.key, $0.value.count) }.sorted {
            left, right in
            func key(_ exception: Finding.Suppression) -> (String, String, Position, String) {
                (
                    exception.kind.rawValue, exception.location?.path ?? "",
                    exception.location?.start ?? Position(line: 0, column: 0), exception.reason
                )
            }
            return key(left.0) < key(right.0)
        }
    }
}
