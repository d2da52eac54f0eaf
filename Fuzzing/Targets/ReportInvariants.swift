import Deployment
import ListenerModel
import PolicyEngine
import Reporting
import YAMLTree

/// What holds of every output, whatever the files say.
enum ReportInvariants {
    static func check(_ deployment: Deployment, _ files: [String: [UInt8]]) throws(Violation) {
        for report in reports(deployment, files) {
            for format in ReportFormat.allCases {
                let bytes = format.render(report)
                if format == .json, format.render(report) != bytes { throw Violation("it differs from itself") }
                try OutputInvariants.check(bytes, format)
            }
        }
    }

    private static let day = CalendarDate("2026-11-28")!

    /// The inventory, and the findings by the tree's own policy or else by all that is shipped.
    private static func reports(_ deployment: Deployment, _ files: [String: [UInt8]]) -> [Report] {
        let own = files["bindlint.yaml"] == nil ? nil : "bindlint.yaml"
        let request = PolicyRequest(files: own == nil ? Packs.names : [], repositoryFile: own, today: day)
        let loaded = Policy.load(request) { path in files[path].map { .bytes($0) } ?? .missing }
        var report = Report(
            tool: Report.Tool(version: "0", informationURI: "https://example.org/bindlint"), command: .list,
            listeners: deployment.listeners, diagnostics: deployment.diagnostics,
            files: deployment.filesRead.map { Report.ReadFile(path: $0.path, source: $0.source) },
            source: { path in files[path].map { SourceText(path: path, bytes: $0) } })
        report.policyDiagnostics = loaded.diagnostics
        report.display.width = 100
        guard let policy = loaded.policy else { return [report] }
        let result = policy.check(
            CheckInput(
                listeners: deployment.listeners, suppressions: deployment.suppressions.values.flatMap { $0 }))
        var check = report
        check.command = .check
        check.policies = policy.sources
        check.findings = result.findings
        check.suppressed = result.suppressed
        for accepted in result.accepted { check.owners[accepted.exception] = accepted.owner }
        check.undecided = result.undecided
        check.policyDiagnostics += result.diagnostics
        check.rules = policy.descriptions()
        check.display.showSuppressed = true
        check.display.verbose = true
        return [report, check]
    }
}

/// What holds of the bytes of one format.
enum OutputInvariants {
    static func check(_ bytes: [UInt8], _ format: ReportFormat) throws(Violation) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Violation("\(format) is not UTF-8") }
        if let scalar = text.unicodeScalars.first(where: { isActive($0) }) {
            throw Violation("\(format) holds U+\(String(scalar.value, radix: 16))")
        }
        switch format {
        case .json, .sarif, .gitlab: try checkJSON(bytes, format)
        case .jsonl: for line in bytes.split(separator: 0x0a) { try checkJSON(Array(line), format) }
        case .github:
            for line in text.split(separator: "\n") where !isAnnotation(line) {
                throw Violation("github has the line \(line)")
            }
        case .text, .concise:
            for line in text.split(separator: "\n") {
                let line = line.drop { $0 == " " }
                if line.hasPrefix("::") { throw Violation("\(format) has the command \(line)") }
            }
        case .junit, .markdown: break
        }
        if text.contains("##vso[") || text.contains("##[") {
            if ![.json, .jsonl, .sarif, .gitlab, .junit].contains(format) {
                throw Violation("\(format) has a command")
            }
        }
    }

    /// A terminal acts on it, or shows what follows in another order.
    static func isActive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0a: false
        case 0..<0x20, 0x7f..<0xa0, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
        default: false
        }
    }

    private static func isAnnotation(_ line: Substring) -> Bool {
        ["::error ", "::warning ", "::notice "].contains { line.hasPrefix($0) }
    }

    private static func checkJSON(_ bytes: [UInt8], _ format: ReportFormat) throws(Violation) {
        let stream = YAMLStream(bytes)
        if let error = stream.error { throw Violation("\(format) is no JSON: \(error.problem)") }
        if stream.documents.count != 1 { throw Violation("\(format) has \(stream.documents.count) documents") }
    }
}
