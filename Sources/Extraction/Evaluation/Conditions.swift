internal import ListenerModel

/// Which branch of a program runs: what its condition says of values of which parts are not known.
extension Evaluator {
    /// Whether a value counts as true; nil where that is not known.
    func truth(of value: Value) -> Bool? {
        switch value {
        case .bool(let bool): bool
        case .null, .undefined: false
        case .text(let text): text.known.map { !$0.isEmpty } ?? (text.hasLiteral ? true : nil)
        case .number(let text): text.known.map { $0 != "0" && $0 != "NaN" }
        case .object, .list, .function, .type: true
        case .symbol, .instance, .unknown: nil
        }
    }

    static func areEqual(_ left: Value, _ right: Value) -> Bool? {
        switch (left, right) {
        case (.text(let left), .text(let right)), (.number(let left), .number(let right)):
            guard let left = left.known, let right = right.known else { return nil }
            return left == right
        case (.bool(let left), .bool(let right)): return left == right
        case (.null, .null), (.undefined, .undefined), (.null, .undefined), (.undefined, .null): return true
        case (.null, .object), (.object, .null), (.undefined, .object), (.object, .undefined): return false
        default: return nil
        }
    }

    /// `then` or `otherwise` by the condition; both where it is not known.
    func choose(
        _ condition: Expression, in scope: LexicalScope, _ frame: Frame?, then: () -> Alternatives,
        otherwise: () -> Alternatives
    ) -> Alternatives {
        if let test = presence(condition, in: scope) {
            var subject = value(test.subject, in: scope, frame: frame).first
            if test.isFirstResult, case .list(let results) = subject.value, let first = results.first {
                if results.count > 1, case .bool(let isFound) = results[1].first.value {
                    // What is asked is known itself: `rest, ok := strings.CutPrefix(…)`.
                    let isDefault = subject.isDefault || results[1].first.isDefault
                    let (likely, other) = isFound == test.holdsIfPresent ? (then, otherwise) : (otherwise, then)
                    return isDefault ? likely().joined(with: other()).asDefaults : likely()
                }
                subject = first.first
            }
            let (filled, absent) = test.holdsIfPresent ? (then, otherwise) : (otherwise, then)
            let isDefault = subject.isDefault || subject.value.restsOnFallback
            switch isPresent(subject.value, whenEmpty: test.whenEmpty) {
            case true where !isDefault: return filled()
            case false where !isDefault: return absent()
            case true: return filled().joined(with: absent()).asDefaults
            case false: return absent().joined(with: filled()).asDefaults
            default: break
            }
            if let text = subject.value.text, text.parts.contains(where: \.isVariable) {
                return filled().map { outcome in
                    let isList = if case .list = outcome.value { true } else { false }
                    if isList || outcome.value.text?.parts.contains(where: \.isVariable) == true {
                        return Self.present(outcome.value, whenAbsent: absent(), whenEmpty: test.whenEmpty)
                    }
                    return absent().asDefaults.joined(with: Alternatives(outcome.value))
                }
            }
            let (present, missing) = (filled(), absent())
            return missing.first.value.isUnknown
                ? present.joined(with: missing) : missing.asDefaults.joined(with: present)
        }
        let outcome = value(condition, in: scope, frame: frame).first
        switch truth(of: outcome.value) {
        case true: return outcome.isDefault ? then().joined(with: otherwise()).asDefaults : then()
        case false: return outcome.isDefault ? otherwise().joined(with: then()).asDefaults : otherwise()
        default:
            let (first, second) = (otherwise(), then())
            let both = first.first.value.isUnknown ? second.joined(with: first) : first.joined(with: second)
            return both.outcomes.count > 1 ? both.asDefaults : both
        }
    }

    /// Whether a value is there: fallbacks count as what they stand for.
    private func isPresent(_ value: Value, whenEmpty: Bool) -> Bool? {
        switch value {
        case .null, .undefined: return false
        case .text(let text), .number(let text):
            if text.hasLiteral, text.known == nil { return true }
            guard let expected = text.expected else { return nil }
            let isNumber = if case .number = value { true } else { false }
            return !whenEmpty || (isNumber ? expected != "0" : !expected.isEmpty)
        case .bool(let bool): return bool
        case .object, .list, .function, .type: return true
        // A library function may give nothing.
        case .symbol, .instance, .unknown: return nil
        }
    }

    /// Whether the branches that lead to a definition are taken, as far as is known; false also where only a default
    /// says so.
    public func isReached(_ definition: Definition) -> Bool? {
        var result: Bool? = true
        for step in definition.steps {
            guard case .condition(let condition) = step.branch.kind else {
                result = nil
                continue
            }
            guard let holds = holds(condition, in: step.branch.scope) else {
                result = nil
                continue
            }
            if holds != (step.arm == 0) { return false }
        }
        return result
    }

    /// Whether a field is put in where it is empty: `if c.Addr == "" { c.Addr = … }`.
    public func fillsEmptiness(_ write: SourceFile.FieldWrite) -> Bool {
        guard let step = write.definition.steps.last, step.arm == 0, case .condition(let condition) = step.branch.kind,
            let file = write.definition.scope.file, let test = presence(condition, in: step.branch.scope),
            !test.holdsIfPresent, !test.isFirstResult
        else { return false }
        return file.written(test.subject.range) == "\(file.written(write.object.range)).\(write.field)"
    }

    private func holds(_ condition: Expression, in scope: LexicalScope) -> Bool? {
        guard let test = presence(condition, in: scope) else {
            return truth(of: value(condition, in: scope).first.value)
        }
        if test.isFirstResult { return nil }
        return isPresent(value(test.subject, in: scope).first.value, whenEmpty: test.whenEmpty)
            .map { $0 == test.holdsIfPresent }
    }

    private struct Presence {
        var subject: Expression
        /// The condition holds where the subject is there (`x != ""`), not where it is missing (`x == ""`).
        var holdsIfPresent: Bool
        var whenEmpty: Bool
        /// The subject is a call, and what counts the first of its results.
        var isFirstResult = false
    }

    /// `x == ""`, `x != nil`, `len(x) > 0`, `!x`, `ok` after `x, ok := …`.
    private func presence(_ condition: Expression, in scope: LexicalScope) -> Presence? {
        switch condition.kind {
        case .unary("!", let inner):
            guard var test = presence(inner, in: scope) else { return nil }
            test.holdsIfPresent.toggle()
            return test
        case .binary(let operation, let left, let right):
            if case .call(let call) = left.kind, case .name("len") = call.callee.kind,
                let subject = call.arguments.first,
                case .number("0") = right.kind
            {
                return Presence(subject: subject, holdsIfPresent: operation != "==", whenEmpty: true)
            }
            if operation == "||" || operation == "&&" { return bothPresences(left, right, in: scope) }
            guard ["==", "!=", "===", "!=="].contains(operation) else { return nil }
            let holds = operation.utf8.first == UInt8(ascii: "!")
            if let whenEmpty = Self.emptiness(right, in: scope) {
                return Presence(subject: left, holdsIfPresent: holds, whenEmpty: whenEmpty)
            }
            if let whenEmpty = Self.emptiness(left, in: scope) {
                return Presence(subject: right, holdsIfPresent: holds, whenEmpty: whenEmpty)
            }
            return nil
        case .name(let name):
            if case .result(let expression, 1)? = scope.lookup(name)?.definitions.last?.source {
                return Presence(subject: expression, holdsIfPresent: true, whenEmpty: false, isFirstResult: true)
            }
            return Presence(subject: condition, holdsIfPresent: true, whenEmpty: true)
        case .member: return Presence(subject: condition, holdsIfPresent: true, whenEmpty: true)
        default: return nil
        }
    }

    /// `x == null || x === ""`, `x && x !== ""`: two tests of one thing.
    private func bothPresences(_ left: Expression, _ right: Expression, in scope: LexicalScope) -> Presence? {
        guard var first = presence(left, in: scope), let second = presence(right, in: scope),
            first.holdsIfPresent == second.holdsIfPresent, first.isFirstResult == second.isFirstResult,
            let file = scope.file, file.written(first.subject.range) == file.written(second.subject.range)
        else { return nil }
        first.whenEmpty = first.whenEmpty || second.whenEmpty
        return first
    }

    /// Whether a literal, or a constant for one, stands for "nothing": true if it is the empty text or zero, false if
    /// it is absence itself.
    private static func emptiness(_ expression: Expression, in scope: LexicalScope) -> Bool? {
        switch expression.kind {
        case .string(""), .number("0"): return true
        case .null, .undefined: return false
        case .name(let name):
            guard let definitions = scope.lookup(name)?.definitions, definitions.count == 1,
                case .value(let value) = definitions[0].source
            else { return nil }
            if case .string("") = value.kind { return true }
            return nil
        default: return nil
        }
    }
}
