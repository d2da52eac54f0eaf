import ListenerModel

/// The end of a report in text: what was found, read, not read, judged by, accepted and left undecided, and why the
/// exit status is what it is.
struct SummaryText {
    private let report: Report
    /// Paths named as examples for one kind of unread files.
    private static let shownExamples = 2
    /// Rules named as undecided.
    private static let shownRules = 3

    init(_ report: Report) { self.report = report }

    var rendered: String { rendered(items) }

    /// The last line alone.
    var exitRendered: String { rendered([exit]) }

    private func rendered(_ items: [(label: String, text: String)]) -> String {
        var block = TextBlock(report, SourceCache(report))
        for (label, text) in items {
            if label.isEmpty {
                block.paragraph(text, .strong)
            } else {
                block.labelled(label, text, column: 11)
            }
        }
        return block.rendered
    }

    /// The lines with their labels; the first, without one, says what was found.
    var items: [(label: String, text: String)] {
        switch report.command {
        case .list:
            let items = [("", counted(report.listeners.count, "listener")), ("read", read)] + unread
            return report.exit.code == 0 ? items : items + [exit]
        case .check:
            var items = [("", found), ("read", read)] + unread + [("policy", policy)]
            if !report.suppressed.isEmpty { items.append(("accepted", accepted)) }
            if !report.undecided.isEmpty { items.append(("undecided", undecided)) }
            return items + [exit]
        }
    }

    private var found: String {
        guard !report.findings.isEmpty else { return "no findings" }
        let levels: [(Finding.Level, String)] = [(.error, "error"), (.warning, "warning"), (.note, "note")]
        let counts = levels.compactMap { level, word -> String? in
            let count = report.findings.count { $0.level == level }
            return count == 0 ? nil : counted(count, word)
        }
        let files = Set(report.findings.map(\.location.path)).count
        return "\(counts.asList) in \(counted(files, "file"))"
    }

    private var read: String {
        let kinds = Dictionary(grouping: report.files, by: \.source).map { (count: $0.value.count, source: $0.key) }
            .sorted { ($1.count, $0.source.rawValue) < ($0.count, $1.source.rawValue) }
            .map { "\($0.count) \($0.source.rawValue)" }
        let files = counted(report.files.count, "file")
        let listeners = report.command == .check ? "; \(counted(report.listeners.count, "listener"))" : ""
        return files + (kinds.isEmpty ? "" : ": " + kinds.joined(separator: ", ")) + listeners
    }

    private var unread: [(String, String)] {
        Unread.Reason.allCases.compactMap { reason in
            let groups = report.unread.groups(reason)
            if groups.isEmpty { return nil }
            let kinds = groups.map { group in
                let shown = group.examples.prefix(report.display.verbose ? Int.max : Self.shownExamples)
                    .map(report.shownPath)
                let more = group.count > shown.count ? ", …" : ""
                let examples = shown.isEmpty ? "" : " (\(shown.joined(separator: ", "))\(more))"
                return "\(group.count) \(group.kind)\(examples)"
            }
            return ("not read", "\(reason.words): \(kinds.joined(separator: ", "))")
        }
    }

    private var policy: String {
        let rules = report.rules.count { $0.level != .off }
        return report.policies.asList + (rules == 0 ? "" : " (\(counted(rules, "rule")))")
    }

    /// Who took findings away, so that nothing disappears unseen.
    private var accepted: String {
        let groups = Dictionary(grouping: report.suppressed.compactMap(\.suppression)) { exception in
            let owner = report.owners[exception].map { " of " + $0 } ?? ""
            return exception.kind.article + owner
                + (exception.location.map { " in " + report.shownPath($0.path) } ?? "")
        }
        let parts = groups.sorted { $0.key < $1.key }.map { "\($0.value.count) by \($0.key)" }
        let hint = report.display.showSuppressed ? "" : "; --show-suppressed shows them"
        return "\(counted(report.suppressed.count, "finding")): \(parts.joined(separator: ", "))\(hint)"
    }

    private var undecided: String {
        let rules = report.undecided.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
        let shown = rules.prefix(report.display.verbose ? Int.max : Self.shownRules)
        let more = rules.count > shown.count ? ", …; -v shows all" : ""
        let total = report.undecided.values.reduce(0, +)
        return "\(counted(total, "judgement")), for a fact is unknown: \(shown.joined(separator: ", "))\(more)"
    }

    private var exit: (String, String) { ("exit", "\(report.exit.code): \(reason)") }

    private var reason: String {
        let failOn = report.exit.failOn
        if report.exit.causes.isEmpty {
            guard failOn != .off else { return "--fail-on never" }
            return report.findings.isEmpty ? "nothing was found" : "nothing at or above \(failOn.rawValue)"
        }
        // What makes the run untrustworthy decides the status, and so comes first.
        let untrustworthy = report.exit.causes.filter(\.isUntrustworthy)
        var sentences = untrustworthy.prefix(Self.shownCauses).map(words)
        // Each has a diagnostic of its own above.
        if untrustworthy.count > Self.shownCauses {
            sentences.append("and \(untrustworthy.count - Self.shownCauses) more of the kind")
        }
        sentences += report.exit.causes.filter { !$0.isUntrustworthy }.map(words)
        return sentences.joined(separator: "; ")
    }

    private static let shownCauses = 3

    private func words(_ cause: Report.ExitStatus.Cause) -> String {
        switch cause {
        case .findings(let count): "\(counted(count, "finding")) at or above \(report.exit.failOn.rawValue)"
        case .undecided(let count): "\(counted(count, "judgement")) undecided (--fail-on-unknown)"
        case .unreadFile(let path): "\(report.shownPath(path)) could not be read, and the run depends on it"
        case .strictInput(let count): "\(counted(count, "file")) could not be read (--strict-input)"
        case .missingPath(let path): "\(path.sanitised) does not exist"
        case .noKnownFile: "no file of a known kind (--allow-empty accepts that)"
        }
    }
}

extension Unread.Reason {
    fileprivate var words: String {
        switch self {
        case .ignored: "hidden by ignore files"
        case .template: "templates"
        case .tooLarge: "larger than --max-file-size"
        case .unreadable: "not readable"
        case .unsupported: "signs of listeners bindlint cannot read yet"
        }
    }
}
