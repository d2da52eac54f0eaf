import ListenerModel

/// For a person at a terminal: each finding teaches what happens, where it comes from, why it matters and what to
/// write instead; the end says what was read and judged, what was not, and why the run ends as it does.
struct TextReport {
    private let report: Report
    /// What listens inside the containers of a service.
    private let binds: [String: [Listener]]
    private let sources: SourceCache
    private let neverSuppressible: Set<String>

    init(_ report: Report) {
        self.report = report
        sources = SourceCache(report)
        neverSuppressible = Set(report.rules.filter { !$0.suppressible }.map(\.id))
        binds = Dictionary(grouping: report.listeners.filter { $0.role == .bind }) { $0.service ?? "" }
    }

    var rendered: String {
        var blocks: [String] = []
        switch (report.command, report.display.statistics) {
        case (.check, false): blocks = findings
        case (.check, true): blocks = [StatisticsTable(report).rendered]
        case (.list, false): blocks = [ListenerTable(report).rendered]
        case (.list, true): blocks = [StatisticsTable(report).rendered]
        }
        blocks.append(contentsOf: DiagnosticsText(report, sources).blocks)
        if !report.display.quiet { blocks.append(SummaryText(report).rendered) }
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var findings: [String] {
        var explained: Set<String> = []
        let shown =
            report.display.showSuppressed
            ? (report.findings + report.suppressed).sorted(by: Report.precedes) : report.findings
        return shown.map { finding in
            // What was said once about a rule in a file is not repeated for its next finding there.
            let topic = [finding.location.path, finding.rule, finding.why ?? ""].joined(separator: "\u{0}")
            let isNew = explained.insert(topic).inserted || report.display.verbose
            return block(finding, explaining: isNew)
        }
    }

    private func block(_ finding: Finding, explaining: Bool) -> String {
        var block = TextBlock(report, sources)
        let isSuppressed = finding.suppression != nil
        let style = isSuppressed ? Ink.Style.strong : finding.level.style
        block.heading(
            finding.location, isSuppressed ? "accepted" : finding.level.rawValue, style, id: finding.rule,
            uri: report.tool.helpURI(finding.rule))
        block.paragraph(finding.message, .strong)
        let listener = finding.listener
        let isEnvironment = listener?.source == .env || EnvironmentValue.isEnvironmentFile(finding.location.path)
        block.quote(
            finding.location, isEnvironment: isEnvironment, note: listener.map(effect) ?? "", style: style)
        if finding.services.count > 1 { block.labelled("in", "services " + finding.services.asList) }
        block.steps("from", finding.chain)
        if let suppression = finding.suppression {
            let place = suppression.location.map { " in " + report.place($0) } ?? ""
            block.labelled("kept", "\(suppression.kind.article)\(place): \(suppression.reason)")
            return block.rendered
        }
        if explaining, let why = finding.why { block.labelled("why", why) }
        if let fix = finding.fix { block.labelled("fix", fix) }
        if explaining { keep(finding, &block) }
        return block.rendered
    }

    private func effect(_ listener: Listener) -> String {
        if let conflict = listener.conflict, listener.surprise == nil {
            return "takes \(listener.addressList), as \(report.place(conflict)) does"
        }
        guard listener.role == .publish, let service = listener.service else { return listener.effect(backends: []) }
        let related = Set(listener.related.map(\.location))
        return listener.effect(
            backends: (binds[service] ?? []).filter { related.isEmpty || related.contains($0.location) })
    }

    /// The comment that would accept this finding, in the file's own syntax; where the format has no comments, the
    /// entry of a policy. Nothing for rules that no comment can excuse.
    private func keep(_ finding: Finding, _ block: inout TextBlock) {
        guard let listener = finding.listener, !neverSuppressible.contains(finding.rule) else { return }
        let path = finding.location.path
        if path.hasSuffix(".json") {
            let entry = "{ rule: \(finding.rule), when: { path: \"\(path)\" }, reason: REASON }"
            block.verbatim("keep", entry)
            block.labelled("", "in the list allow: of bindlint.yaml, for JSON has no comments")
            return
        }
        let mark: String
        switch listener.source {
        case .go, .node: mark = "//"
        case .nginx, .compose, .env, .dockerfile, .command: mark = "#"
        }
        block.verbatim("keep", "\(mark) bindlint: ignore[\(finding.rule)] -- REASON (until DATE)")
        // A `#` behind a value or an instruction is a part of it.
        if listener.source == .env || listener.source == .dockerfile || path.isDockerfile {
            block.labelled("", "on a line of its own, above")
        }
    }
}

extension String {
    fileprivate var isDockerfile: Bool {
        let name = RepositoryPath.name(self)
        return name.hasPrefix("Dockerfile") || name.hasPrefix("Containerfile") || name.hasSuffix(".Dockerfile")
    }
}

extension Finding {
    /// The other places that take part and the way back to the literals, each said once: from a published port over
    /// the container's listener to the value.
    var chain: [TraceStep] {
        var seen: Set<TraceStep> = []
        let steps = listener?.role == .publish ? trace + related : related + trace
        return steps.filter { seen.insert($0).inserted }
    }
}

extension Finding.Suppression.Kind {
    var article: String {
        switch self {
        case .allowance: "an allowance"
        case .inline: "a comment"
        case .baseline: "the baseline"
        }
    }
}
