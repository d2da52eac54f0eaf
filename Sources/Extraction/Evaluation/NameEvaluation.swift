internal import ListenerModel

/// What a name stands for where it is used: the writes that can reach that place, joined.
extension Evaluator {
    func name(_ name: String, _ path: [String], _ site: EvaluationSite) -> Alternatives {
        guard let binding = site.scope.lookup(name) else {
            let value = language.unbound(name, in: site.scope, self) ?? .unknown(name)
            return path.reduce(value) { member($1, of: $0, site) }
        }
        return value(of: binding, path, at: site)
    }

    /// The values of a name, or of a field below it, as seen from `site`.
    public func value(of binding: NameBinding, _ path: [String] = [], at site: EvaluationSite) -> Alternatives {
        let function = site.scope.functionScope
        let home = binding.scope.functionScope
        let offset = site.expression.range.lowerBound
        let key = Key(
            binding: ObjectIdentifier(binding), path: path, offset: function === home ? offset : -1,
            frame: site.frame.map(ObjectIdentifier.init))
        guard active.insert(key).inserted else {
            cut()
            return .unknown(site.written)
        }
        defer { active.remove(key) }

        let relevant = binding.definitions.filter { path.starts(with: $0.path) }
        guard !relevant.isEmpty else {
            return language.unbound(binding.name, in: site.scope, self) ?? .unknown(site.written)
        }
        var own: [Definition] = []
        var here: [Definition] = []
        var elsewhere: [(scope: LexicalScope, definitions: [Definition])] = []
        for definition in relevant {
            let place = definition.scope.functionScope
            if place === home || (home.kind == .package && place.kind == .file) {
                if home !== function || definition.offset <= offset { own.append(definition) }
            } else if place === function {
                if definition.offset <= offset { here.append(definition) }
            } else if let index = elsewhere.firstIndex(where: { $0.scope === place }) {
                elsewhere[index].definitions.append(definition)
            } else {
                elsewhere.append((place, [definition]))
            }
        }
        let use = function === home ? site.scope.steps : []
        var current = fold(own[...], 0, nil, path, site.frame, seenFrom: use)
        let isSet = own.contains { if case .zero = $0.source { false } else { true } }
        for group in elsewhere {
            guard let value = fold(group.definitions[...], 0, current, path, site.frame) else { continue }
            current =
                isSet || group.scope !== elsewhere[0].scope ? current?.joined(with: value).asDefaults ?? value : value
        }
        let result = fold(here[...], 0, current, path, site.frame, seenFrom: site.scope.steps)
        return result.map { aliased($0, binding, path, site) } ?? .unknown(site.written)
    }

    /// Objects of a name whose fields are assigned to remember the name, so that they have these fields elsewhere.
    func aliased(
        _ values: Alternatives, _ binding: NameBinding, _ path: [String], _ site: EvaluationSite
    ) -> Alternatives {
        guard binding.definitions.contains(where: { $0.path.count > path.count && $0.path.starts(with: path) })
        else { return values }
        return Alternatives(
            values.outcomes.map { outcome in
                guard case .object(var object) = outcome.value, object.alias == nil else { return outcome }
                object.alias = (binding, path, site)
                var outcome = outcome
                outcome.value = .object(object)
                return outcome
            })
    }

    /// Goes through definitions in order: later ones replace earlier ones, those in branches add to them.
    ///
    /// `level` is how many enclosing branches have been entered; `seenFrom` the branches in which the use stands;
    /// with `leaving` an arm that ends the function counts (its `return` is what is asked for).
    func fold(
        _ definitions: ArraySlice<Definition>, _ level: Int, _ initial: Alternatives?, _ path: [String],
        _ frame: Frame?,
        seenFrom use: [BranchStep] = [], leaving: Bool = true
    ) -> Alternatives? {
        var current = initial
        var rest = definitions
        while let definition = rest.first {
            guard definition.steps.count > level else {
                current = value(of: definition, path, current, frame)
                rest = rest.dropFirst()
                continue
            }
            let branch = definition.steps[level].branch
            let group = rest.prefix { $0.steps.count > level && $0.steps[level].branch === branch }
            rest = rest.dropFirst(group.count)
            if use.count > level, use[level].branch === branch {
                // The use stands in one arm: the others are not on its way.
                let arm = use[level].arm
                let same = group.filter { $0.steps[level].arm == arm }
                current = fold(same[...], level + 1, current, path, frame, seenFrom: use, leaving: leaving)
                continue
            }
            let before = current
            func arm(_ index: Int) -> Alternatives? {
                let inside = group.filter { $0.steps[level].arm == index }
                if inside.isEmpty || (leaving && branch.leaving.contains(index)) { return nil }
                return fold(inside[...], level + 1, before, path, frame, leaving: leaving)
            }
            current = join(branch, before, frame, arm)
        }
        return current
    }

    /// The value after a branch whose arms set it to something, or to nothing.
    func join(
        _ branch: Branch, _ before: Alternatives?, _ frame: Frame?, _ arm: (Int) -> Alternatives?
    ) -> Alternatives? {
        switch branch.kind {
        case .maybe:
            guard let inside = arm(0) else { return before }
            return before.map { $0.joined(with: inside) } ?? inside
        case .condition(let condition):
            let (then, otherwise) = (arm(0) ?? before, arm(1) ?? before)
            guard let then else { return otherwise }
            guard let otherwise else { return then }
            return choose(condition, in: branch.scope, frame, then: { then }, otherwise: { otherwise })
        case .choice(let subject, let cases):
            let chosen =
                subject.map { choice($0, cases, in: branch.scope, frame) } ?? firstTrue(cases, in: branch.scope, frame)
            if let chosen, !chosen.isDefault { return arm(chosen.arm) ?? before }
            var order = Array(cases.indices)
            if let chosen {
                order.removeAll { $0 == chosen.arm }
                order.insert(chosen.arm, at: 0)
            }
            let isComplete = cases.contains(where: \.isEmpty)
            var values = order.compactMap(arm)
            if !isComplete, let before { values.insert(before, at: chosen == nil ? 0 : min(1, values.count)) }
            guard let first = values.first else { return before }
            return values.dropFirst().reduce(first) { $0.joined(with: $1) }
        }
    }

    func choice(
        _ subject: Expression, _ cases: [[Expression]], in scope: LexicalScope, _ frame: Frame?
    ) -> (arm: Int, isDefault: Bool)? {
        let outcome = value(subject, in: scope, frame: frame).first
        guard let text = outcome.value.text?.known else { return nil }
        for (arm, values) in cases.enumerated() {
            for one in values {
                guard let other = value(one, in: scope, frame: frame).first.value.text?.known else { return nil }
                if other == text { return (arm, outcome.isDefault) }
            }
        }
        return cases.firstIndex(where: \.isEmpty).map { ($0, outcome.isDefault) }
    }

    /// The first case of a `switch` without a subject whose condition holds, if all before it are known not to.
    func firstTrue(
        _ cases: [[Expression]], in scope: LexicalScope, _ frame: Frame?
    ) -> (arm: Int, isDefault: Bool)? {
        var isDefault = false
        for (arm, conditions) in cases.enumerated() where !conditions.isEmpty {
            guard conditions.count == 1 else { return nil }
            let outcome = value(conditions[0], in: scope, frame: frame).first
            isDefault = isDefault || outcome.isDefault
            switch truth(of: outcome.value) {
            case true: return (arm, isDefault)
            case false: continue
            default: return nil
            }
        }
        return cases.firstIndex(where: \.isEmpty).map { ($0, isDefault) }
    }
}
