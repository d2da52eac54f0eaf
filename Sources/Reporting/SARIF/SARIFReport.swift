import ListenerModel

/// SARIF 2.1.0 as GitHub's code scanning, editors and the standard's own validators want it.
struct SARIFReport {
    private let report: Report
    private let rules: SARIFRules
    private let limit: Int

    /// - Parameter limit: GitHub refuses a run with more results.
    init(_ report: Report, limit: Int = 25_000) {
        self.report = report
        self.limit = limit
        rules = SARIFRules(report)
    }

    var rendered: [UInt8] {
        JSONDocument.object(indented: true) { log in
            log.string("$schema", SARIF.schema)
            log.string("version", "2.1.0")
            log.array("runs") { $0.object(run) }
        }
    }

    private func run(_ run: inout JSONObject) {
        let all =
            report.display.showSuppressed
            ? (report.findings + report.suppressed).sorted(by: Report.precedes) : report.findings
        let isCut = all.count > limit
        let findings = isCut ? Array(Report.worstFirst(all).prefix(limit)) : all
        run.object("tool") { $0.object("driver", driver) }
        run.object("automationDetails") { $0.string("id", "bindlint/") }
        run.string("columnKind", "utf16CodeUnits")
        run.object("originalUriBaseIds") { bases in
            bases.object(SARIF.rootID) { base in
                base.object("description") { $0.string("text", "The root folder of the repository.") }
            }
        }
        run.array("invocations") { $0.object { invocation(&$0, omitted: all.count - findings.count) } }
        run.array("results") { array in
            var results = SARIFResults(report, rules)
            for finding in findings { array.object { results.result(finding).write(to: &$0) } }
        }
    }

    private func driver(_ driver: inout JSONObject) {
        driver.string("name", report.tool.name)
        driver.string("version", report.tool.version)
        driver.string("semanticVersion", report.tool.version)
        driver.string("informationUri", report.tool.informationURI)
        driver.array("rules") { array in
            for rule in rules.rules { array.object { rule.write(to: &$0) } }
        }
    }

    private func invocation(_ invocation: inout JSONObject, omitted: Int) {
        invocation.bool("executionSuccessful", report.exit.isTrustworthy)
        invocation.number("exitCode", report.exit.code)
        if !rules.overrides.isEmpty {
            invocation.array("ruleConfigurationOverrides") { array in
                for override in rules.overrides { array.object { override.write(to: &$0) } }
            }
        }
        var execution = report.diagnostics.map(notification)
        if omitted > 0 {
            execution.append(
                SARIF.Notification(
                    id: "too-many-results", level: .error,
                    message:
                        "\(counted(omitted, "finding")) left out: a run holds at most \(limit), the worst first."
                ))
        }
        invocation.notifications("toolExecutionNotifications", execution)
        let names = report.policies.isEmpty ? "" : "Judged by \(report.policies.asList)."
        let policy =
            names.isEmpty ? [] : [SARIF.Notification(id: "policy", level: .note, message: names)]
        invocation.notifications("toolConfigurationNotifications", policy + report.policyDiagnostics.map(notification))
    }

    private func notification(_ diagnostic: Diagnostic) -> SARIF.Notification {
        let text = [diagnostic.message, diagnostic.hint].compactMap { $0?.asSentence }.joined(separator: " ")
        return SARIF.Notification(
            id: diagnostic.code, level: diagnostic.level.sarif, message: text,
            location: diagnostic.location.map { SARIF.Location($0) })
    }
}

extension SARIF.Location {
    /// A place without its text.
    init(_ location: Location, id: Int? = nil, message: String? = nil) {
        self.init(
            id: id, path: location.path,
            region: location.isWholeFile ? nil : SARIF.Region(start: location.start, end: location.end),
            message: message)
    }
}

extension JSONObject {
    fileprivate mutating func notifications(_ key: String, _ notifications: [SARIF.Notification]) {
        if notifications.isEmpty { return }
        array(key) { array in
            for notification in notifications { array.object { notification.write(to: &$0) } }
        }
    }
}
