import ListenerModel

/// Findings as SARIF results. Files are hashed once, whatever the number of findings in them.
struct SARIFResults {
    private let report: Report
    private let rules: SARIFRules
    private let sources: SourceCache
    private var hashes: [String: LineHash] = [:]
    private let policyPlaces: [String: Location]
    /// Bytes: a line of a minified script is no help to a reader.
    private static let longestContext = 4000

    init(_ report: Report, _ rules: SARIFRules) {
        self.report = report
        self.rules = rules
        sources = SourceCache(report)
        policyPlaces = Dictionary(
            report.rules.compactMap { rule in rule.definition.map { (rule.id, $0) } }
        ) { first, _ in first }
    }

    mutating func result(_ finding: Finding) -> SARIF.Result {
        let text = sources[finding.location.path]
        let causes = causes(of: finding)
        return SARIF.Result(
            ruleID: finding.rule, ruleIndex: rules.index(of: finding.rule), level: finding.level.sarif,
            message: message(finding, causes),
            location: location(finding, text),
            related: causes, flow: flow(finding), lineHash: lineHash(finding.location, text),
            fingerprint: finding.fingerprint,
            suppressions: report.display.showSuppressed ? finding.suppression.map { [suppression($0)] } ?? [] : nil,
            fix: finding.edit.map { edit in
                SARIF.Fix(
                    description: "Write \(edit.replacement)", path: edit.location.path,
                    deleted: SARIF.Region(start: edit.location.start, end: edit.location.end),
                    inserted: edit.replacement)
            })
    }

    private mutating func lineHash(_ location: Location, _ text: SourceText?) -> String? {
        guard let text else { return nil }
        if hashes[location.path] == nil { hashes[location.path] = LineHash(text.bytes) }
        return hashes[location.path]!.hash(ofLine: location.start.line)
    }

    private func location(_ finding: Finding, _ text: SourceText?) -> SARIF.Location {
        let place = finding.location
        var region = SARIF.Region(start: place.start, end: place.end)
        guard let text else { return SARIF.Location(path: place.path, region: region) }
        let snippet = text.text(place.range)
        let isEnvironment = finding.listener?.source == .env || EnvironmentValue.isEnvironmentFile(place.path)
        if !place.range.isEmpty, !isEnvironment || EnvironmentValue.isAddressOrPort(snippet) {
            region.snippet = snippet
        }
        return SARIF.Location(path: place.path, region: region, context: context(finding, region, text))
    }

    /// Whole lines, and so wider than the region; nil where it is not (SARIF1008).
    private func context(_ finding: Finding, _ region: SARIF.Region, _ text: SourceText) -> SARIF.Region? {
        guard let lines = ContextLines.lines(around: finding.location, source: finding.listener?.source, in: text),
            let first = text.line(lines.lowerBound), let last = text.line(lines.upperBound)
        else { return nil }
        let whole = text.location(first.startIndex..<last.endIndex)
        guard whole.start < region.start || region.end < whole.end, whole.range.count <= Self.longestContext else {
            return nil
        }
        return SARIF.Region(start: whole.start, end: whole.end, snippet: text.text(whole.range))
    }

    /// The chain from the finding to its causes, ending at the policy's line, numbered from 1.
    private func causes(of finding: Finding) -> [SARIF.Location] {
        var steps = finding.chain.map { ($0.location, $0.note) }
        if let conflict = finding.listener?.conflict, !steps.contains(where: { $0.0 == conflict }) {
            steps.append((conflict, "cannot be open together with this"))
        }
        if let policy = policyPlaces[finding.rule] { steps.append((policy, "rule \(finding.rule)")) }
        return steps.enumerated().map { index, step in
            SARIF.Location(step.0, id: index + 1, message: step.1.sanitised)
        }
    }

    /// The first sentence stands alone; then the causes as links to the related locations.
    private func message(_ finding: Finding, _ causes: [SARIF.Location]) -> String {
        let first = finding.message.oneLine.sanitised.asSentence.escapingLinks
        let services = finding.services.count > 1 ? " Services: \(finding.services.asList)." : ""
        guard !causes.isEmpty else { return first + services }
        let links = causes.map { cause in
            let place = cause.region.map { "\(cause.path):\($0.start.line)" } ?? cause.path
            return "[\(place.sanitised.escapingLinkText)](\(cause.id!)) (\(cause.message!.escapingLinks))"
        }
        return "\(first)\(services) See \(links.joined(separator: ", "))."
    }

    /// Only Go and Node have values that flow; the literal comes first, the listening call last.
    private func flow(_ finding: Finding) -> [SARIF.Location] {
        guard let listener = finding.listener, !finding.trace.isEmpty else { return [] }
        switch listener.source {
        case .go, .node: break
        case .nginx, .compose, .env, .dockerfile, .command: return []
        }
        let steps = finding.trace.filter { $0.location != listener.location }
        guard !steps.isEmpty else { return [] }
        return steps.reversed().map { SARIF.Location($0.location, message: $0.note.sanitised) }
            + [SARIF.Location(listener.location, message: "listens here")]
    }

    private func suppression(_ suppression: Finding.Suppression) -> SARIF.Suppression {
        let kind: SARIF.Suppression.Kind =
            switch suppression.kind {
            case .inline: .inSource
            case .allowance, .baseline: .external
            }
        return SARIF.Suppression(
            kind: kind, justification: suppression.reason, location: suppression.location.map { SARIF.Location($0) })
    }
}

extension RuleDescription {
    /// The line of the policy file that defines it; nil for a pack's rule, and for a file outside the repository.
    fileprivate var definition: Location? {
        guard let origin = origins.first, let colon = origin.lastIndex(of: ":"),
            let line = Int(origin[origin.index(after: colon)...]), line > 0
        else { return nil }
        let path = String(origin[..<colon])
        guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("..") else { return nil }
        let start = Position(line: line, column: 1)
        return Location(path: path, start: start, end: start, range: 0..<0)
    }
}

extension String {
    /// In a message `[text](1)` is a link (3.11.6): what only looks like one is escaped.
    fileprivate var escapingLinks: String {
        var result = ""
        for character in unicodeScalars {
            if character == "(" && result.hasSuffix("]") {
                result.insert("\\", at: result.index(before: result.endIndex))
            }
            result.unicodeScalars.append(character)
        }
        return result
    }

    fileprivate var escapingLinkText: String {
        var result = ""
        for character in self {
            if "[]\\".contains(character) { result += "\\" }
            result.append(character)
        }
        return result
    }
}
