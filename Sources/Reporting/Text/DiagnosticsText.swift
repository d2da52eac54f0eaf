import ListenerModel

/// What could not be read, in text. Errors in full; warnings in a line each and only the first of a kind, for real
/// repositories are full of templates; notes only when asked for.
struct DiagnosticsText {
    private let report: Report
    private let sources: SourceCache
    /// Warnings of one code that are shown before the rest is counted.
    private static let shownOfOneCode = 3

    init(_ report: Report, _ sources: SourceCache) {
        self.report = report
        self.sources = sources
    }

    var blocks: [String] {
        let all = report.policyDiagnostics + report.diagnostics
        if report.display.verbose { return all.map(full) }
        let errors = all.filter { $0.level == .error }.map(full)
        if report.display.quiet { return errors }
        return errors + [warnings(all.filter { $0.level == .warning })]
    }

    private func full(_ diagnostic: Diagnostic) -> String {
        var block = TextBlock(report, sources)
        block.heading(diagnostic.location, diagnostic.level.rawValue, diagnostic.level.style, id: diagnostic.code)
        block.paragraph(diagnostic.message, .strong)
        if let location = diagnostic.location, !location.isWholeFile {
            let isEnvironment = EnvironmentValue.isEnvironmentFile(location.path)
            block.quote(location, isEnvironment: isEnvironment, note: "", style: diagnostic.level.style)
        }
        if let hint = diagnostic.hint { block.labelled("hint", hint) }
        return block.rendered
    }

    private func warnings(_ warnings: [Diagnostic]) -> String {
        var block = TextBlock(report, sources)
        var count: [String: Int] = [:]
        for warning in warnings {
            count[warning.code, default: 0] += 1
            if count[warning.code]! <= Self.shownOfOneCode { block.line(warning) }
        }
        for (code, count) in count.sorted(by: { $0.key < $1.key }) where count > Self.shownOfOneCode {
            block.paragraph("and \(count - Self.shownOfOneCode) more of \(code); -v shows them")
        }
        return block.rendered
    }
}

extension TextBlock {
    /// A diagnostic in one paragraph.
    mutating func line(_ diagnostic: Diagnostic) {
        heading(diagnostic.location, diagnostic.level.rawValue, diagnostic.level.style, id: diagnostic.code)
        labelled("", diagnostic.message)
    }
}
