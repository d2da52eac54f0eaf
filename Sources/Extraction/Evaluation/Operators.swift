public import ListenerModel

/// Operators and choices, which most defaults are made of: `||`, `??`, `if x == "" { x = … }`.
extension Evaluator {
    func unary(_ operation: String, _ operand: Expression, _ site: EvaluationSite) -> Alternatives {
        let value = value(operand, in: site.scope, frame: site.frame)
        switch operation {
        case "&", "*", "await": return value
        case "!":
            return value.map { outcome in
                self.truth(of: outcome.value).map { Alternatives(.bool(!$0)) } ?? .unknown(site.written)
            }
        default:
            return value.map { outcome in
                self.language.unary(operation, outcome.value).map { Alternatives($0) } ?? .unknown(site.written)
            }
        }
    }

    func binary(_ operation: String, _ left: Expression, _ right: Expression, _ site: EvaluationSite) -> Alternatives {
        let (scope, frame) = (site.scope, site.frame)
        func value(_ expression: Expression) -> Alternatives { self.value(expression, in: scope, frame: frame) }
        switch operation {
        case "+": return concatenate(value(left), value(right), written: site.written)
        case "||", "??": return fallback(value(left), value(right), whenEmpty: operation == "||")
        case "&&":
            let first = value(left)
            switch truth(of: first.first.value) {
            case true: return value(right)
            case false: return first
            default: return .unknown(site.written)
            }
        case "==", "===", "!=", "!==":
            let isEqual = operation.utf8.first == UInt8(ascii: "=")
            return value(left).combined(with: value(right)) { left, right in
                Self.areEqual(left, right).map { .bool($0 == isEqual) } ?? .unknown(site.written)
            }
        case ",": return value(right)
        case "<", "<=", ">", ">=":
            return value(left).combined(with: value(right)) { left, right in
                guard case .number(let left) = left, case .number(let right) = right,
                    let left = left.known.flatMap({ Double($0) }), let right = right.known.flatMap({ Double($0) })
                else { return .unknown(site.written) }
                switch operation {
                case "<": return .bool(left < right)
                case "<=": return .bool(left <= right)
                case ">": return .bool(left > right)
                default: return .bool(left >= right)
                }
            }
        case "-", "*", "/", "%":
            return value(left).combined(with: value(right)) { left, right in
                guard case .number(let left) = left, case .number(let right) = right,
                    let left = left.known.flatMap({ Int($0) }), let right = right.known.flatMap({ Int($0) }),
                    let result = Self.arithmetic(operation, left, right)
                else { return .unknown(site.written) }
                return .number(SymbolicText(String(result)))
            }
        default: return .unknown(site.written)
        }
    }

    private static func arithmetic(_ operation: String, _ left: Int, _ right: Int) -> Int? {
        switch operation {
        case "-": left.subtractingReportingOverflow(right).overflow ? nil : left - right
        case "*": left.multipliedReportingOverflow(by: right).overflow ? nil : left * right
        case "/": right == 0 || (left == .min && right == -1) ? nil : left / right
        case "%": right == 0 || (left == .min && right == -1) ? nil : left % right
        default: nil
        }
    }

    /// `+`: a sum of numbers, else texts one after the other.
    public func concatenate(_ left: Alternatives, _ right: Alternatives, written: String = "") -> Alternatives {
        left.combined(with: right) { left, right in
            if case .number(let first) = left, case .number(let second) = right,
                let first = first.expected.flatMap({ Int($0) }), let second = second.expected.flatMap({ Int($0) })
            {
                let (sum, overflow) = first.addingReportingOverflow(second)
                return overflow ? .unknown(written) : .number(SymbolicText(String(sum)))
            }
            guard let first = language.joined(left), let second = language.joined(right) else {
                return .unknown(written)
            }
            // Without a text on either side it may be a sum.
            guard left.isText || right.isText else { return .unknown(written) }
            if first.parts.count + second.parts.count > 64 { return .unknown(written) }
            return .text(first + second)
        }
    }

    /// `left || right`, `left ?? right`: the left one unless it is empty or absent.
    public func fallback(_ left: Alternatives, _ right: Alternatives, whenEmpty: Bool) -> Alternatives {
        left.map { outcome in
            switch outcome.value {
            case .null, .undefined: return right
            // Nothing of it is known: it may be absent.
            case .text(let text) where text.isOpaque, .number(let text) where text.isOpaque:
                return right.asDefaults.joined(with: Alternatives(outcome.value))
            case .text(let text):
                if whenEmpty && text.known == "" { return right }
                return Self.present(outcome.value, whenAbsent: right, whenEmpty: whenEmpty)
            case .number(let text):
                if whenEmpty && (text.known == "0" || text.known == "NaN") { return right }
                return Self.present(outcome.value, whenAbsent: right, whenEmpty: whenEmpty)
            case .bool(false) where whenEmpty: return right
            // What something outside the tree gives may be there or not.
            case .unknown, .symbol, .instance: return right.asDefaults.joined(with: Alternatives(outcome.value))
            case .bool, .object, .list, .function, .type: return Alternatives(outcome.value)
            }
        }
    }

    /// `value` where the variable in it is set, else `absent`: the variable gets a fallback if the two texts agree
    /// around it, else both remain.
    static func present(_ value: Value, whenAbsent absent: Alternatives, whenEmpty: Bool) -> Alternatives {
        if case .list(let elements) = value { return found(elements, orAbsent: absent) }
        guard let text = value.text, case .unknown(let variable)? = text.parts.first(where: \.isVariable) else {
            return Alternatives(value)
        }
        var results: [Outcome] = []
        for outcome in absent.outcomes {
            guard let other = outcome.value.text, let middle = text.fitting(other, around: variable) else { continue }
            var filled = variable
            if let fallback = variable.fallback {
                // `a || b || c`: the last one stands in for what stood in so far, if that may be absent.
                if let known = fallback.text.known, !known.isEmpty || !whenEmpty { return Alternatives(value) }
                let next = present(.text(fallback.text), whenAbsent: Alternatives(.text(middle)), whenEmpty: whenEmpty)
                let inner = next.first.value.text.flatMap { $0 == fallback.text ? nil : $0 } ?? middle
                filled.fallback = .init(inner, whenEmpty: fallback.whenEmpty)
            } else {
                filled.fallback = .init(middle, whenEmpty: whenEmpty)
            }
            let parts = text.parts.map { part -> SymbolicText.Part in
                part == .unknown(variable) ? .unknown(filled) : part
            }
            let whole = SymbolicText(parts)
            var result = outcome
            if case .number = value { result.value = .number(whole) } else { result.value = .text(whole) }
            result.isDefault = true
            results.append(result)
        }
        if !results.isEmpty { return Alternatives(results) }
        return absent.asDefaults.joined(with: Alternatives(value))
    }

    /// `return value, true` beside `return "", false`: whether it is there is what its value says.
    private static func found(_ elements: [Alternatives], orAbsent absent: Alternatives) -> Alternatives {
        guard case .list(let others) = absent.first.value, others.count == elements.count else {
            return Alternatives(.list(elements))
        }
        return Alternatives(
            .list(
                zip(elements, others).map { element, other in
                    guard case .bool(let first) = element.first.value else { return element }
                    if case .bool(first) = other.first.value { return element }
                    return .unknown("ok")
                }))
    }

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

    private static func areEqual(_ left: Value, _ right: Value) -> Bool? {
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

extension SymbolicText {
    /// Made of expressions that are not known and of nothing else.
    var isOpaque: Bool {
        !parts.isEmpty
            && parts.allSatisfy { part in
                if case .unknown(let unknown) = part, case .expression = unknown.cause { true } else { false }
            }
    }

    var hasLiteral: Bool { parts.contains { if case .literal = $0 { true } else { false } } }

    /// The part of `other` that stands where `variable` stands in this text, if the rest is the same.
    func fitting(_ other: SymbolicText, around variable: Unknown) -> SymbolicText? {
        guard let index = parts.firstIndex(of: .unknown(variable)) else { return nil }
        if parts.count == 1 { return other }
        guard let text = other.known else { return nil }
        let before = SymbolicText(Array(parts[..<index])).known
        let after = SymbolicText(Array(parts[(index + 1)...])).known
        guard let before, let after, text.hasPrefix(before), text.hasSuffix(after),
            text.utf8.count >= before.utf8.count + after.utf8.count
        else { return nil }
        return SymbolicText(String(text.dropFirst(before.count).dropLast(after.count)))
    }
}

extension SymbolicText {
    /// The text with every variable replaced by its fallback; nil where one has none.
    public var expected: String? {
        parts.reduce("") { result, part in
            guard let result else { return nil }
            switch part {
            case .literal(let literal): return result + literal
            case .unknown(let unknown): return unknown.fallback?.text.known.map { result + $0 }
            }
        }
    }
}

extension Value {
    var isText: Bool {
        if case .text = self { true } else { false }
    }

    /// Known only by what stands in for a variable.
    var restsOnFallback: Bool {
        guard let text else { return false }
        return text.known == nil && text.expected != nil
    }
}

extension SymbolicText.Part {
    /// A variable of the process environment.
    public var isVariable: Bool {
        if case .unknown(let unknown) = self, case .environment = unknown.cause { true } else { false }
    }
}
