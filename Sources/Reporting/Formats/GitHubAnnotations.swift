import ListenerModel

/// Workflow commands of GitHub Actions, which it shows as annotations: worst first, for it shows 10 of each level
/// per step, and a closing notice says how many it leaves out.
struct GitHubAnnotations {
    private let report: Report
    /// GitHub's limit per level and step.
    private static let shownPerLevel = 10

    private struct Annotation {
        var command: Command
        var location: Location?
        var title: String
        var message: String
    }

    private enum Command: String, CaseIterable { case error, warning, notice }

    init(_ report: Report) { self.report = report }

    var rendered: String {
        let all = annotations
        var shown: [Annotation] = []
        var hidden = 0
        for command in Command.allCases {
            let some = all.filter { $0.command == command }
            hidden += max(0, some.count - Self.shownPerLevel)
            // Errors and warnings beyond the limit are still in the log of the job. The last place among the notices
            // is for the closing one.
            shown += command == .notice ? Array(some.prefix(Self.shownPerLevel)) : some
        }
        if hidden > 0 {
            let notices = shown.count { $0.command == .notice }
            if notices == Self.shownPerLevel {
                shown.removeLast()
                hidden += 1
            }
            shown.append(
                Annotation(
                    command: .notice, location: nil, title: report.tool.name,
                    message: "\(counted(hidden, "more finding")) that GitHub does not show here"))
        }
        return shown.map { line($0) + "\n" }.joined()
    }

    private var annotations: [Annotation] {
        let diagnostics = (report.policyDiagnostics + report.diagnostics).filter { $0.level != .note }.map {
            diagnostic in
            Annotation(
                command: diagnostic.level == .error ? .error : .warning, location: diagnostic.location,
                title: diagnostic.code,
                message: [diagnostic.message, diagnostic.hint].compactMap(\.self).joined(separator: "\n"))
        }
        let findings = report.findings.map { finding in
            let command: Command =
                switch finding.level {
                case .error: .error
                case .warning: .warning
                case .note, .off: .notice
                }
            let fix = finding.fix.map { "Fix: " + $0 }
            return Annotation(
                command: command, location: finding.location, title: finding.rule,
                message: [finding.message, finding.why, fix].compactMap(\.self).joined(separator: "\n"))
        }
        return diagnostics + findings
    }

    private func line(_ annotation: Annotation) -> String {
        var properties: [String] = []
        if let location = annotation.location {
            properties.append("file=" + Self.escapedProperty(location.path))
            if !location.isWholeFile {
                properties += ["line=\(location.start.line)", "endLine=\(location.end.line)"]
                // GitHub reads columns only for places within one line.
                if location.start.line == location.end.line {
                    properties += ["col=\(location.start.column)", "endColumn=\(location.end.column)"]
                }
            }
        }
        properties.append("title=" + Self.escapedProperty(annotation.title))
        return "::\(annotation.command.rawValue) \(properties.joined(separator: ","))::"
            + Self.escapedMessage(annotation.message)
    }

    /// `%` is escaped together with what is escaped by it, so nothing is escaped twice.
    private static func escapedMessage(_ text: String) -> String {
        escaped(text, also: [])
    }

    private static func escapedProperty(_ text: String) -> String {
        escaped(text, also: [":", ","])
    }

    private static func escaped(_ text: String, also others: Set<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%", "\r", "\n": result.append(contentsOf: hexadecimal(scalar))
            case _ where others.contains(scalar): result.append(contentsOf: hexadecimal(scalar))
            case _ where scalar.isInvisibleControl: continue
            // Inside of a line, the runners of GitHub (its older syntax) and Azure obey these too.
            case "[" where result.endsInCommandMark: result.append(contentsOf: " [".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return ("%" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits).unicodeScalars
    }
}
