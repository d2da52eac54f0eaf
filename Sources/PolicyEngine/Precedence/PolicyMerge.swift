import ListenerModel

/// Merges documents key by key, each on top of those before it: lists are replaced, `allow` and `overrides` grow.
/// Seals are checked here, so that nothing below can change what is above them.
struct PolicyMerge {
    private(set) var policy: Policy
    var problems: Problems
    private var index: [String: Int] = [:]
    /// Where exceptions are written that terms must be compared with: with the terms above each.
    private var environments: [PolicyEnvironment] = []

    init(today: CalendarDate, problems: Problems) {
        self.problems = problems
        policy = Policy(
            rules: [], overrides: [], allowances: [], environment: PolicyEnvironment(), terms: [], today: today,
            repository: nil, documents: [], sources: [], baseline: nil, projects: [], isSealed: false)
        for rule in BuiltInRule.allCases { append(rule.rule) }
    }

    private mutating func append(_ rule: Rule) {
        index[rule.id] = policy.rules.count
        policy.rules.append(rule)
    }

    mutating func add(_ document: PolicyDocument, layer: Int) {
        policy.sources.append(document.file.name)
        policy.environment.merge(document, &problems)
        for statement in document.rules { add(statement, document) }
        for override in document.overrides {
            policy.overrides.append(
                Policy.PlacedOverride(override: override, layer: layer, environment: policy.environment))
        }
        for allowance in document.allowances {
            TermsCheck(terms: policy.terms, today: policy.today).check(allowance, document.file, &problems)
            policy.allowances.append(Policy.PlacedAllowance(allowance: allowance, environment: policy.environment))
        }
        if let baseline = document.baseline {
            if let refusal = TermsCheck(terms: policy.terms, today: policy.today).baselineRefusal {
                problems.error(.terms, "a baseline is not accepted here: \(refusal)", at: baseline.place)
            }
            policy.baseline = PolicyLoader.join(folderOf: document.file.path, baseline.value)
        }
        if let projects = document.projects { policy.projects = projects }
        if let terms = document.terms {
            TermsCheck(terms: policy.terms, today: policy.today).checkNarrowing(terms, &problems)
            policy.terms.append(terms)
        }
        for statement in document.rules where statement.lock?.value == true {
            guard let place = index[statement.id.value] else { continue }
            policy.rules[place].seal = Rule.Seal(
                explicit: true, layer: layer, environment: policy.environment, place: statement.lock!.place)
        }
    }

    /// After the last file of `--policy`: from here on rules can be added, tightened and excepted.
    mutating func sealEverything(layer: Int) {
        for position in policy.rules.indices where policy.rules[position].seal == nil {
            guard let place = policy.rules[position].statements.last?.id.place ?? policy.rules[position].place else {
                continue
            }
            policy.rules[position].seal = Rule.Seal(
                explicit: false, layer: layer, environment: policy.environment, place: place)
        }
    }

    // MARK: Rules

    private mutating func add(_ statement: RuleStatement, _ document: PolicyDocument) {
        let id = statement.id.value
        guard let position = index[id] else {
            guard let rule = Rule(statement) else {
                if statement.isBroken { return }
                problems.error(
                    .missingKey, "the new rule '\(id)' needs 'deny' or 'require'", hint: newRuleHint(id),
                    at: statement.id.place)
                return
            }
            append(rule)
            return
        }
        let rule = policy.rules[position]
        if rule.isBuiltIn, statement.when ?? statement.deny ?? statement.require != nil || statement.lock != nil {
            problems.error(
                .badValue, "'\(id)' is built in; only its level and its texts can be changed", at: statement.id.place)
            return
        }
        if let seal = rule.seal {
            // A pack that a repository adds has rules of the same name; the sealed ones stay as they are.
            if case .pack = document.file.owner {
                if !seal.explicit, let level = statement.level?.value, level > rule.level {
                    policy.rules[position].level = level
                }
                return
            }
            guard !seal.explicit, rule.isTightened(by: statement) else {
                let hint =
                    rule.noExceptions != nil
                    ? "take it out of this file" : "to except it write an allowance under 'allow'"
                problems.error(
                    .locked,
                    "'\(id)' is locked by \(seal.place.origin)"
                        + (seal.explicit ? "" : ": files below can only make it stricter"), hint: hint,
                    at: statement.id.place)
                return
            }
        }
        policy.rules[position].apply(statement)
    }

    private func newRuleHint(_ id: String) -> String? {
        if let nearest = Suggestion.closest(to: id, among: Array(index.keys)) {
            return "or did you mean '\(nearest)'?"
        }
        if let pack = PackRules.pack(of: id) { return "the pack '\(pack)' has this rule: extends: \(pack)" }
        return nil
    }

    // MARK: References, once everything is known

    mutating func checkReferences() {
        for rule in policy.rules {
            guard let match = rule.brokenMatch else { continue }
            let before = problems.diagnostics.count
            match.checkNames(in: rule.seal?.environment ?? policy.environment, &problems)
            let isWhole = !rule.statements.contains(where: \.isBroken) && problems.diagnostics.count == before
            guard isWhole else { continue }
            Satisfiability.check(rule, in: rule.seal?.environment ?? policy.environment, &problems)
        }
        for placed in policy.overrides {
            placed.override.when.checkNames(in: placed.environment, &problems)
            Satisfiability.check(
                placed.override.when, "this override", placed.override.place, in: placed.environment, &problems)
            for level in placed.override.levels { checkOverride(level, placed) }
        }
        for placed in policy.allowances {
            placed.allowance.when.checkNames(in: placed.environment, &problems)
            Satisfiability.check(
                placed.allowance.when, "this allowance", placed.allowance.place, in: placed.environment, &problems)
            for id in placed.allowance.rules { checkAllowed(id) }
        }
    }

    private mutating func checkOverride(
        _ level: Sourced<(rule: String, level: Finding.Level)>, _ placed: Policy.PlacedOverride
    ) {
        guard let rule = known(level.value.rule, level.place), let seal = rule.seal, placed.layer > seal.layer else {
            return
        }
        if seal.explicit || level.value.level < rule.level {
            problems.error(
                .locked,
                "'\(rule.id)' is locked by \(seal.place.origin)"
                    + (seal.explicit ? "" : ": files below can only raise its level"), at: level.place)
        }
    }

    private mutating func checkAllowed(_ id: Sourced<String>) {
        guard let rule = known(id.value, id.place) else { return }
        if let place = rule.noExceptions {
            problems.error(
                .locked, "nobody may except '\(rule.id)': \(place.origin) says so", at: id.place)
        } else if rule.isBuiltIn {
            problems.error(
                .badValue, "'\(rule.id)' cannot be excepted", hint: "change its level under 'rules'", at: id.place)
        }
    }

    /// The rule of that id. One that only a pack has which is not in use is no mistake, but there is nothing to check.
    private mutating func known(_ id: String, _ place: Place) -> Rule? {
        if let position = index[id] { return policy.rules[position] }
        if PackRules.pack(of: id) == nil {
            problems.error(
                .unknownName, "there is no rule '\(id)'",
                hint: Suggestion.closest(to: id, among: index.keys.sorted()).map { "did you mean '\($0)'?" }, at: place)
        }
        return nil
    }
}
