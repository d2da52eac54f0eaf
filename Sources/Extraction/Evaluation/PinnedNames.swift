internal import ListenerModel

/// What branches around a place say about a name there.
extension Evaluator {
    /// What a name is known to be where it stands because a branch around has asked: `"unix"` inside
    /// `if network == "unix"` and inside `case "unix":` of `switch network`.
    func pinned(_ name: String, in scope: LexicalScope) -> Alternatives? {
        for step in scope.steps.reversed() {
            switch step.branch.kind {
            case .condition(let condition):
                guard step.arm == 0, case .binary(let operation, let left, let right) = condition.kind,
                    operation == "==" || operation == "===", case .name(name) = left.kind,
                    case .string(let text) = right.kind, !text.isEmpty
                else { continue }
                return .text(text)
            case .choice(let subject?, let cases):
                guard case .name(name) = subject.kind, cases.indices.contains(step.arm) else { continue }
                let texts = cases[step.arm].compactMap { value -> Outcome? in
                    if case .string(let text) = value.kind { Outcome(.text(SymbolicText(text))) } else { nil }
                }
                if texts.count == cases[step.arm].count, !texts.isEmpty { return Alternatives(texts) }
            case .choice, .maybe: continue
            }
        }
        return nil
    }

    /// The values of a name without those that a branch around has ruled out: in `default:` what the cases have, in
    /// `else` what the condition has.
    func remaining(_ values: Alternatives, of name: String, in scope: LexicalScope) -> Alternatives {
        guard values.outcomes.count > 1, !scope.steps.isEmpty else { return values }
        var excluded: Set<String> = []
        for step in scope.steps {
            switch step.branch.kind {
            case .condition(let condition):
                guard step.arm == 1, case .binary(let operation, let left, let right) = condition.kind,
                    operation == "==" || operation == "===", case .name(name) = left.kind,
                    case .string(let text) = right.kind
                else { continue }
                excluded.insert(text)
            case .choice(let subject?, let cases):
                guard case .name(name) = subject.kind, cases.indices.contains(step.arm), cases[step.arm].isEmpty else {
                    continue
                }
                for value in cases.flatMap(\.self) {
                    if case .string(let text) = value.kind { excluded.insert(text) }
                }
            case .choice, .maybe: continue
            }
        }
        let left = values.outcomes.filter { $0.value.text?.known.map { excluded.contains($0) } != true }
        return left.isEmpty ? values : Alternatives(left)
    }
}
