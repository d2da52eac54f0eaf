import ListenerModel
import YAMLTree

/// What a test says of rules. One that it does not name must not fire and must not be excused; that it cannot be
/// decided is no failure.
struct Expectation {
    private enum Verdict: String, CaseIterable { case fires, silent, undecided, excused }

    private var byRule: [(rule: String, verdict: Verdict)] = []

    init(_ test: YAMLNode) {
        for verdict in Verdict.allCases {
            guard let node = test[verdict.rawValue] else { continue }
            for rule in (node.sequence ?? [node]).compactMap({ $0.scalar?.text }) { byRule.append((rule, verdict)) }
        }
    }

    var named: [String] { byRule.map(\.rule) }

    /// `annotated`: a file whose findings its own comments expect.
    func failures(_ outcome: CheckResult, _ policy: Policy, annotated: String?) -> [String] {
        let firing = Set(outcome.findings.map(\.rule))
        let excused = Set(outcome.suppressed.map(\.rule)).subtracting(firing)
        func verdict(_ rule: String) -> Verdict {
            if firing.contains(rule) { return .fires }
            if excused.contains(rule) { return .excused }
            return outcome.undecided[rule] == nil ? .silent : .undecided
        }
        var failures: [String] = []
        for (rule, expected) in byRule {
            guard policy.rule(rule) != nil else {
                failures.append("there is no rule '\(rule)'" + (policy.suggestion(for: rule).map { ": \($0)" } ?? ""))
                continue
            }
            let found = verdict(rule)
            if found != expected {
                failures.append("'\(rule)' should be \(Self.words(expected)) and is \(Self.words(found))")
            }
        }
        let named = Set(named)
        for finding in outcome.findings where !named.contains(finding.rule) && finding.location.path != annotated {
            // The day of a test is not the day of the allowance.
            if finding.rule == BuiltInRule.allowanceExpired.rawValue { continue }
            let failure = "'\(finding.rule)' fires: \(finding.message)"
            if !failures.contains(failure) { failures.append(failure) }
        }
        for rule in excused.sorted() where !named.contains(rule) { failures.append("'\(rule)' is excused") }
        return failures
    }

    private static func words(_ verdict: Verdict) -> String {
        switch verdict {
        case .fires: "firing"
        case .silent: "silent"
        case .undecided: "undecided"
        case .excused: "excused"
        }
    }
}
