import ListenerModel

/// A listener that breaks a rule, with the endpoints at which it does; exceptions take endpoints away.
struct Breach: Sendable {
    struct Part: Sendable, Hashable {
        var endpoint: Endpoint
        var level: Finding.Level
    }

    var rule: Rule
    var listener: Listener
    /// The listener's place among those that were checked.
    var index: Int
    var parts: [Part]

    var level: Finding.Level { parts.map(\.level).max() ?? .off }
}

/// Judges listeners by rules; exceptions come after it.
struct Judgement {
    private let policy: Policy
    private let listeners: [Listener]
    private let endpoints: [[Endpoint]]
    private(set) var breaches: [Breach] = []
    /// Listeners by rule for which it could not be decided.
    private(set) var undecided: [String: [Int]] = [:]

    init(_ policy: Policy, _ listeners: [Listener]) {
        self.policy = policy
        self.listeners = listeners
        let boundaries = policy.portBoundaries
        endpoints = listeners.map { $0.endpoints(boundaries) }
    }

    mutating func run() {
        // A sealed rule sees the contexts of its own file, not those of files below.
        let asFound = listeners.map(JudgedListener.init)
        var byLayer: [Int: [JudgedListener]] = [:]
        for rule in policy.rules {
            guard let match = rule.brokenMatch, policy.isActive(rule) else { continue }
            let subject = Subject(match)
            let layer = rule.seal?.layer ?? -1
            let contexts = (rule.seal?.environment ?? policy.environment).contexts
            let placed =
                byLayer[layer]
                ?? (contexts.isEmpty ? asFound : listeners.map { JudgedListener($0.placed(by: contexts)) })
            byLayer[layer] = placed
            for index in listeners.indices where subject.includes(placed[index]) {
                judge(placed[index], index, by: rule)
            }
        }
    }

    private mutating func judge(_ judged: JudgedListener, _ index: Int, by rule: Rule) {
        var parts: [Breach.Part] = []
        var isUndecided = false
        for endpoint in endpoints[index] {
            let facts = JudgedEndpoint(judged, at: endpoint, in: policy.repository)
            let outcome = rule.outcome(facts, in: rule.seal?.environment ?? policy.environment)
            switch outcome {
            case .silent: continue
            case .undecided:
                if policy.level(of: rule, facts) != .off { isUndecided = true }
            case .finding, .note:
                var level = policy.level(of: rule, facts)
                if outcome == .note { level = min(level, .note) }
                if judged.listener.certainty == .likely || judged.listener.guessed { level = min(level, .warning) }
                if level != .off { parts.append(Breach.Part(endpoint: endpoint, level: level)) }
            }
        }
        if !parts.isEmpty {
            breaches.append(Breach(rule: rule, listener: judged.listener, index: index, parts: parts))
        } else if isUndecided {
            undecided[rule.id, default: []].append(index)
        }
    }
}

extension Rule {
    enum Outcome: Sendable { case finding, note, undecided, silent }

    /// The contract's table of `when` against *broken* (`deny`, or not `require`).
    func outcome(_ facts: some FactSource, in environment: PolicyEnvironment) -> Outcome {
        let selected = when?.evaluate { facts.truth(of: $0, in: environment) } ?? .yes
        if selected == .no { return .silent }
        let broken: Truth
        switch breach {
        case .deny(let match): broken = match.evaluate { facts.truth(of: $0, in: environment) }
        case .require(let match): broken = !match.evaluate { facts.truth(of: $0, in: environment) }
        case nil: return .silent
        }
        switch (selected, broken) {
        case (.no, _), (_, .no): return .silent
        case (.unknown, _): return .undecided
        case (.yes, .yes): return .finding
        case (.yes, .unknown):
            switch unknown {
            case .pass: return .undecided
            case .note: return .note
            case .deny: return .finding
            }
        }
    }
}

extension Policy {
    /// The rule's level, then each override that matches, then the lowest `max`. On a sealed rule overrides from
    /// below have no say, except that they may raise one that only `--policy` seals.
    func level(of rule: Rule, _ facts: some FactSource) -> Finding.Level {
        var level = rule.level
        var cap = Finding.Level.error
        for placed in overrides {
            let override = placed.override
            let isBelowSeal = rule.seal.map { placed.layer > $0.layer } ?? false
            if isBelowSeal && rule.seal?.explicit == true { continue }
            let named = override.levels.last { $0.value.rule == rule.id }?.value.level
            guard named != nil || (override.max != nil && !isBelowSeal) else { continue }
            guard override.when.evaluate({ facts.truth(of: $0, in: placed.environment) }) == .yes else { continue }
            if let named { level = isBelowSeal ? max(level, named) : named }
            if let maximum = override.max, !isBelowSeal { cap = min(cap, maximum) }
        }
        return min(level, cap)
    }

    /// Whether it can give a finding anywhere.
    func isActive(_ rule: Rule) -> Bool {
        rule.level != .off
            || overrides.contains { placed in
                placed.override.levels.contains { $0.value.rule == rule.id && $0.value.level != .off }
            }
    }

    func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }

    /// Every port at which some predicate could change its mind.
    var portBoundaries: PortBoundaries {
        var ranges: [PortRange] = []
        var shipped: Set<String> = []
        func collect(_ match: Match?, _ environment: PolicyEnvironment) {
            match?.forEachCondition { condition in
                let names: [String]
                switch condition.values {
                case .ports(let terms):
                    for case .range(let range) in terms { ranges.append(range) }
                    names = terms.compactMap { if case .set(let name) = $0 { name } else { nil } }
                case .purposes(let purposes): names = purposes
                case .globs, .words, .addresses: names = []
                }
                for name in names {
                    if let own = environment.ports[name] {
                        ranges += own.members.map(\.ports)
                    } else if shipped.insert(name).inserted {
                        ranges += PortSet.shipped(name)?.members.map(\.ports) ?? []
                    }
                }
            }
        }
        for rule in rules { collect(rule.brokenMatch, rule.seal?.environment ?? environment) }
        for placed in overrides { collect(placed.override.when, placed.environment) }
        for placed in allowances { collect(placed.allowance.when, placed.environment) }
        return PortBoundaries(ranges)
    }
}
