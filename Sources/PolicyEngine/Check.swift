public import ListenerModel

/// What a policy is checked against.
public struct CheckInput: Sendable {
    public var listeners: [Listener]
    /// The `bindlint:` comments of all files that were read. None with `--no-suppressions`.
    public var suppressions: [SuppressionComment]
    public var baseline: Baseline?
    /// Files of which something could not be read: a suppression there that suppresses nothing may yet be needed.
    public var incompleteFiles: Set<String>
    /// The run is about the whole repository and not a part of it, so that what nothing needs is reported.
    public var isWholeTree: Bool

    public init(
        listeners: [Listener], suppressions: [SuppressionComment] = [], baseline: Baseline? = nil,
        incompleteFiles: Set<String> = [], isWholeTree: Bool = true
    ) {
        self.listeners = listeners
        self.suppressions = suppressions
        self.baseline = baseline
        self.incompleteFiles = incompleteFiles
        self.isWholeTree = isWholeTree
    }
}

public struct CheckResult: Sendable {
    /// Sorted by place and rule, merged by both; those about exceptions themselves are among them.
    public var findings: [Finding]
    /// What exceptions took away, with which.
    public var suppressed: [Finding]
    /// How many listeners a rule could not decide about, by rule.
    public var undecided: [String: Int]
    /// What was taken away, by whom.
    public var accepted: [Acceptance]
    /// The baseline that this run needs: what `baseline prune` writes. nil if none was given.
    public var neededBaseline: Baseline?
    public var diagnostics: [Diagnostic]
}

/// One exception and how many findings it took away.
public struct Acceptance: Sendable, Hashable {
    public var exception: Finding.Suppression
    /// Of an allowance that names one.
    public var owner: String?
    public var rules: [String]
    public var count: Int
}

extension Policy {
    /// Judges the listeners, takes away what is excepted, and reports exceptions that are wrong or not needed.
    public func check(_ input: CheckInput) -> CheckResult {
        var run = CheckRun(self, input)
        return run.result()
    }

    /// The baseline that would accept all that is found now, without what other exceptions accept. `refused` are
    /// the rules that cannot be recorded, with the findings that stay.
    public func record(_ input: CheckInput) -> (baseline: Baseline, refused: [String: Int]) {
        var input = input
        input.baseline = nil
        var run = CheckRun(self, input)
        return run.record()
    }
}

/// One run: judge, then allowances, comments, baseline; each takes endpoints away, and a finding stays while one
/// is left.
private struct CheckRun {
    private let policy: Policy
    private let input: CheckInput
    private var breaches: [Breach]
    private var undecided: [String: [Int]]
    private var inline: InlineSuppressions
    private var usedAllowances: Set<Int> = []
    private var suppressed: [(breach: Breach, suppression: Finding.Suppression, owner: String?)] = []
    private var findings: [Finding] = []
    private var diagnostics: [Diagnostic] = []
    private var neededBaseline: Baseline?

    init(_ policy: Policy, _ input: CheckInput) {
        self.policy = policy
        self.input = input
        var judgement = Judgement(policy, input.listeners)
        judgement.run()
        breaches = judgement.breaches
        undecided = judgement.undecided
        inline = InlineSuppressions(input.suppressions, policy, input.listeners)
    }

    mutating func result() -> CheckResult {
        applyAllowances()
        applyComments()
        if let baseline = input.baseline { apply(baseline) }
        reportExceptions()
        findings += FindingWriter(policy).findings(breaches.filter { !$0.parts.isEmpty })
        findings.sort(by: Self.precedes)
        let writer = FindingWriter(policy)
        let accepted = suppressed.flatMap { breach, suppression, _ in
            writer.findings([breach]).map { finding in
                var finding = finding
                finding.suppression = suppression
                return finding
            }
        }.sorted(by: Self.precedes)
        return CheckResult(
            findings: findings, suppressed: accepted, undecided: undecided.mapValues(\.count), accepted: acceptances(),
            neededBaseline: neededBaseline, diagnostics: diagnostics)
    }

    mutating func record() -> (baseline: Baseline, refused: [String: Int]) {
        applyAllowances()
        applyComments()
        let refusal = TermsCheck(terms: policy.terms, today: policy.today).baselineRefusal
        var refused: [String: Int] = [:]
        var entries: [Baseline.Key: [String: Int]] = [:]
        for breach in breaches where !breach.parts.isEmpty {
            if refusal != nil || breach.rule.noExceptions != nil {
                refused[breach.rule.id, default: 0] += 1
            } else {
                entries[breach.baselineKey, default: [:]][breach.listener.location.path, default: 0] += 1
            }
        }
        let baseline = Baseline(
            entries: entries.flatMap { key, paths in
                paths.map { Baseline.Entry(key: key, count: $0.value, path: $0.key, location: nil) }
            })
        return (baseline, refused)
    }

    // MARK: Exceptions

    /// Moves the parts that an exception takes out of a breach.
    private mutating func take(
        _ index: Int, _ parts: [Breach.Part], _ suppression: Finding.Suppression, owner: String?
    ) {
        var taken = breaches[index]
        taken.parts = parts
        breaches[index].parts.removeAll { parts.contains($0) }
        // Until the last endpoint is gone it is a finding; then the exception that took it has taken the finding.
        if breaches[index].parts.isEmpty { suppressed.append((taken, suppression, owner)) }
    }

    private mutating func applyAllowances() {
        for (position, placed) in policy.allowances.enumerated() {
            let allowance = placed.allowance
            if let until = allowance.until?.value, until < policy.today { continue }
            let ids = Set(allowance.rules.map(\.value))
            for index in breaches.indices where ids.contains(breaches[index].rule.id) {
                let judged = JudgedListener(breaches[index].listener)
                let parts = breaches[index].parts.filter { part in
                    let facts = JudgedEndpoint(judged, at: part.endpoint, in: policy.repository)
                    return allowance.when.evaluate { facts.truth(of: $0, in: placed.environment) } == .yes
                }
                guard !parts.isEmpty else { continue }
                usedAllowances.insert(position)
                take(
                    index, parts,
                    Finding.Suppression(
                        kind: .allowance, reason: allowance.reason, location: allowance.place.location),
                    owner: allowance.owner)
            }
        }
    }

    private mutating func applyComments() {
        for index in breaches.indices where !breaches[index].parts.isEmpty {
            let rule = breaches[index].rule.id
            if let suppression = inline.suppression(of: rule, on: breaches[index].listener) {
                take(index, breaches[index].parts, suppression, owner: nil)
            }
        }
        // What could not be decided may become a finding once it can: its comment is needed.
        for (rule, indices) in undecided {
            for index in indices { _ = inline.suppression(of: rule, on: input.listeners[index]) }
        }
    }

    private mutating func apply(_ baseline: Baseline) {
        if let refusal = TermsCheck(terms: policy.terms, today: policy.today).baselineRefusal {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "baseline-refused", "the baseline is not used: \(refusal)",
                    hint: "an allowance can have an owner and a last day"))
            neededBaseline = baseline
            return
        }
        var matching = BaselineMatching(baseline)
        var open = breaches.indices.filter { !breaches[$0].parts.isEmpty && breaches[$0].rule.noExceptions == nil }
            .map { breaches[$0] }
        let positions = breaches.indices.filter {
            !breaches[$0].parts.isEmpty && breaches[$0].rule.noExceptions == nil
        }
        let taken = matching.match(&open)
        for (offset, parts) in taken.sorted(by: { $0.key < $1.key }) {
            take(
                positions[offset], parts,
                Finding.Suppression(kind: .baseline, reason: "recorded in the baseline", location: nil), owner: nil)
        }
        neededBaseline = matching.needed
        guard input.isWholeTree else { return }
        for (entry, gone) in matching.stale {
            guard let rule = policy.rule(entry.key.rule), policy.isActive(rule) || !rule.isBuiltIn else { continue }
            let of = entry.count == 1 ? "" : "\(gone) of \(entry.count) recorded findings of "
            let service = entry.key.service.map { " in \($0)" } ?? ""
            report(
                .baselineStale, "\(of)'\(entry.key.rule)'\(service) \(entry.count == 1 ? "is" : "are") gone",
                at: entry.location ?? Location(file: entry.path))
        }
    }

    private mutating func reportExceptions() {
        for finding in inline.findings { report(finding.rule, finding.message, at: finding.location) }
        for (message, location) in inline.unused(policy, incomplete: input.incompleteFiles) {
            report(.suppressionUnused, message, at: location)
        }
        for (position, placed) in policy.allowances.enumerated() where concernsThisRepository(placed) {
            let allowance = placed.allowance
            let rules = allowance.rules.map { "'\($0.value)'" }.joined(separator: ", ")
            if let until = allowance.until?.value, until < policy.today {
                report(
                    .allowanceExpired, "the allowance for \(rules) ended on \(until) and excuses nothing",
                    at: allowance.place.location)
            } else if input.isWholeTree, !usedAllowances.contains(position),
                allowance.rules.contains(where: { policy.rule($0.value).map(policy.isActive) ?? false })
            {
                report(
                    .allowanceUnused, "nothing needs the allowance for \(rules)", at: allowance.place.location)
            }
        }
    }

    /// An organisation's file holds allowances for many repositories: in the others they are neither expired nor
    /// unused.
    private func concernsThisRepository(_ placed: Policy.PlacedAllowance) -> Bool {
        let when = placed.allowance.when
        guard when.names(.repository) else { return true }
        let facts = PlaceFacts(path: "", repository: policy.repository)
        guard policy.repository != nil else { return false }
        return when.evaluate { condition in
            condition.predicate == .repository ? facts.truth(of: condition, in: placed.environment) : .unknown
        } != .no
    }

    private mutating func report(_ builtIn: BuiltInRule, _ message: String, at location: Location) {
        guard let rule = policy.rule(builtIn.rawValue) else { return }
        let level = policy.level(of: rule, PlaceFacts(path: location.path, repository: policy.repository))
        if level == .off { return }
        findings.append(
            Finding(
                rule: rule.id, level: level, message: message, why: rule.text("why"), fix: rule.text("fix"),
                location: location))
    }

    private func acceptances() -> [Acceptance] {
        var order: [Finding.Suppression] = []
        var byException: [Finding.Suppression: Acceptance] = [:]
        for (breach, suppression, owner) in suppressed {
            if byException[suppression] == nil {
                order.append(suppression)
                byException[suppression] = Acceptance(exception: suppression, owner: owner, rules: [], count: 0)
            }
            byException[suppression]!.count += 1
            if !byException[suppression]!.rules.contains(breach.rule.id) {
                byException[suppression]!.rules.append(breach.rule.id)
            }
        }
        return order.compactMap { byException[$0] }
    }

    private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.location != right.location { return left.location < right.location }
        if left.rule != right.rule { return left.rule < right.rule }
        if left.services != right.services { return left.services.lexicographicallyPrecedes(right.services) }
        return left.message < right.message
    }
}
