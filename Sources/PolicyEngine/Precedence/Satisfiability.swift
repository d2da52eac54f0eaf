import ListenerModel

/// Finds matches that no listener can satisfy: `transport: unix` with a port, `role: bind` with a `backend`.
/// A search over representative facts, cut short as soon as the match is decided; where it gets long the match
/// passes for possible.
enum Satisfiability {
    static func check(_ rule: Rule, in environment: PolicyEnvironment, _ problems: inout Problems) {
        guard let match = rule.brokenMatch, let place = rule.place, !isPossible(match, in: environment) else { return }
        let hint =
            if let when = rule.when, !isPossible(when, in: environment) {
                "no listener is all of what 'when' asks for"
            } else if case .require = rule.breach {
                "whatever 'when' selects is what 'require' asks for"
            } else {
                "what 'deny' forbids is nothing that 'when' selects"
            }
        problems.error(.impossible, "the rule '\(rule.id)' can never be broken", hint: hint, at: place)
    }

    static func check(
        _ match: Match, _ noun: String, _ place: Place, in environment: PolicyEnvironment, _ problems: inout Problems
    ) {
        if !isPossible(match, in: environment) {
            problems.error(.impossible, "\(noun) is for no listener at all", hint: nil, at: place)
        }
    }

    static func isPossible(_ match: Match, in environment: PolicyEnvironment) -> Bool {
        // One predicate with values is true of something; only several can exclude each other.
        var count = 0
        match.forEachCondition { _ in count += 1 }
        if count < 2 { return true }
        var search = Search(match, environment)
        return search.run(0)
    }
}

/// Facts of which some are still open.
private struct PossibleListener: FactSource {
    var words: [PredicateName: WordFact] = [:]
    var globs: [GlobFact: Bool] = [:]
    var purposes: [String: Bool] = [:]
    var address = AddressFact.open
    var port = PortFact.open
    var target = PortFact.open
    var transport: Transport?

    struct GlobFact: Hashable {
        var predicate: PredicateName
        var pattern: String
    }

    func word(_ predicate: PredicateName) -> WordFact {
        if predicate == .scope { return address.scope }
        if predicate == .family { return address.family }
        if predicate == .transport { return transport.map { .known($0.rawValue) } ?? .open }
        return words[predicate] ?? .open
    }

    func texts(_ predicate: PredicateName) -> [String]? { nil }

    func truth(ofGlob glob: Glob, _ predicate: PredicateName) -> Truth {
        if predicate == .source {
            guard case .known(let source) = word(.source) else { return .unknown }
            return Truth(glob.matches(source))
        }
        return globs[GlobFact(predicate: predicate, pattern: glob.pattern)].map { Truth($0) } ?? .unknown
    }

    func hasPurpose(_ name: String, in environment: PolicyEnvironment) -> Truth {
        purposes[name].map { Truth($0) } ?? .unknown
    }

    func addressComes(fromVariable name: String) -> Truth {
        switch address {
        case .unix, .none: .no
        case .ip, .name, .unknown, .open: .yes
        }
    }
}

private struct Search {
    /// One open fact: the ways in which it can be.
    private typealias Choice = [@Sendable (inout PossibleListener) -> Void]

    private let match: Match
    private let environment: PolicyEnvironment
    private var choices: [Choice] = []
    private var listener = PossibleListener()
    private var budget = 20_000

    init(_ match: Match, _ environment: PolicyEnvironment) {
        self.match = match
        self.environment = environment
        collectChoices()
    }

    mutating func run(_ depth: Int) -> Bool {
        budget -= 1
        if budget < 0 { return true }
        switch match.evaluate({ listener.truth(of: $0, in: environment) }) {
        case .yes: return true
        case .no: return false
        case .unknown: break
        }
        guard depth < choices.count else { return false }
        let before = listener
        for choose in choices[depth] {
            choose(&listener)
            if run(depth + 1) { return true }
            listener = before
        }
        return false
    }

    private mutating func collectChoices() {
        var words: Set<PredicateName> = []
        var globs: Set<PossibleListener.GlobFact> = []
        var purposes: Set<String> = []
        var networks: Set<IPNetwork> = []
        var ports: [PredicateName: [PortRange]] = [:]
        match.forEachCondition { condition in
            switch condition.values {
            case .words: words.insert(condition.predicate)
            case .globs(let patterns):
                if condition.predicate == .source { words.insert(.source) }
                for glob in patterns where condition.predicate != .source {
                    globs.insert(.init(predicate: condition.predicate, pattern: glob.pattern))
                }
            case .purposes(let names): purposes.formUnion(names)
            case .addresses(let terms):
                for case .network(let network) in terms.flatMap(resolved) { networks.insert(network) }
            case .ports(let terms): ports[condition.predicate, default: []] += terms.flatMap(ranges)
            }
        }
        if !words.isDisjoint(with: [.published, .backend]) { words.insert(.role) }
        let isAboutSockets =
            !networks.isEmpty || !ports.isEmpty || !words.isDisjoint(with: [.scope, .family, .transport])
            || match.names(.address)
        if isAboutSockets { choices.append(endpointChoice(networks, ports: ports[.port])) }
        if let target = ports[.target] { choices.append(targetChoice(target)) }
        if words.remove(.role) != nil { choices.append(roleChoice(words)) }
        for predicate in words.subtracting([.scope, .family, .transport, .published, .backend]).sorted() {
            choices.append(wordChoice(predicate))
        }
        for purpose in purposes.sorted() {
            choices.append([{ $0.purposes[purpose] = true }, { $0.purposes[purpose] = false }])
        }
        for glob in globs { choices.append([{ $0.globs[glob] = true }, { $0.globs[glob] = false }]) }
    }

    private func resolved(_ term: AddressTerm) -> [AddressTerm] {
        if case .set(let name) = term { environment.addresses[name] ?? [] } else { [term] }
    }

    private func ranges(_ term: PortTerm) -> [PortRange] {
        switch term {
        case .range(let range): [range]
        case .set(let name): environment.portSet(name)?.members.map(\.ports) ?? []
        case .ephemeral, .unknown: []
        }
    }

    /// Transport, address and port together: a unix socket has neither of the latter.
    private func endpointChoice(_ networks: Set<IPNetwork>, ports: [PortRange]?) -> Choice {
        let addresses = Self.addresses(networks)
        let ports = ports.map { PortFact.representatives($0) } ?? [.open]
        var choice: Choice = []
        for transport in [Transport.tcp, .udp, .sctp] {
            for address in addresses {
                for port in ports {
                    choice.append { listener in
                        listener.transport = transport
                        listener.address = address
                        listener.port = port
                    }
                }
            }
        }
        choice.append { listener in
            listener.transport = .unix
            listener.address = .unix
            listener.port = .notApplicable
            listener.target = .notApplicable
        }
        return choice
    }

    private func targetChoice(_ ranges: [PortRange]) -> Choice {
        PortFact.representatives(ranges).map { fact in
            { listener in if listener.target != .notApplicable { listener.target = fact } }
        }
    }

    private func roleChoice(_ words: Set<PredicateName>) -> Choice {
        var choice: Choice = [
            { listener in
                listener.words[.role] = .known("expose")
                listener.words[.published] = .notApplicable
                listener.words[.backend] = .notApplicable
            }
        ]
        for published in [WordFact.known("true"), .known("false"), .unknown] {
            choice.append { listener in
                listener.words[.role] = .known("bind")
                listener.words[.published] = published
                listener.words[.backend] = .notApplicable
            }
        }
        for backend in Backend.allCases {
            choice.append { listener in
                listener.words[.role] = .known("publish")
                listener.words[.published] = .notApplicable
                listener.words[.backend] = backend == .unknown ? .unknown : .known(backend.rawValue)
            }
        }
        return choice
    }

    private func wordChoice(_ predicate: PredicateName) -> Choice {
        var words = Source.allCases.map(\.rawValue)
        if case .words(let own) = predicate.grammar { words = own }
        // What `surprise: true` is about is any of the others.
        return words.filter { predicate != .surprise || $0 != "true" }.map { word in
            { $0.words[predicate] = .known(word) }
        }
    }

    /// One address of every scope and family, and of each block its ends and their neighbours.
    private static func addresses(_ networks: Set<IPNetwork>) -> [AddressFact] {
        let ends = Set(networks.prefix(200).flatMap(\.boundary)).subtracting(representativeAddresses)
        return representatives + ends.sorted().map { .ip($0) }
    }

    private static let representativeAddresses = [
        "0.0.0.0", "::", "8.8.8.8", "2606:4700::1", "100.64.0.1", "10.0.0.1", "fd00::1", "169.254.0.1", "fe80::1",
        "224.0.0.1", "ff02::1", "192.0.2.1", "2001:db8::1", "127.0.0.1", "::1",
    ].map { IPAddress($0)! }

    private static let representatives: [AddressFact] =
        representativeAddresses.map { .ip($0) } + [.name, .none, .unknown]
}

extension PortFact {
    /// A port of each kind that the ranges tell apart.
    fileprivate static func representatives(_ ranges: [PortRange]) -> [PortFact] {
        var ports: Set<Int> = [1, 65_535]
        for range in ranges.prefix(500) {
            ports.formUnion([Int(range.first), Int(range.last), Int(range.first) - 1, Int(range.last) + 1])
        }
        let known = ports.filter { (1...65_535).contains($0) }.sorted().map { PortFact.range(PortRange(UInt16($0))) }
        return known + [.range(.ephemeral), .unknown]
    }
}

extension IPNetwork {
    /// The first and the last address, and those beside them.
    fileprivate var boundary: [IPAddress] {
        switch address {
        case .v4(let first):
            let last = first.bits | (prefixLength == 0 ? .max : ~(UInt32.max << UInt32(32 - prefixLength)))
            return [first.bits, last, first.bits &- 1, last &+ 1].map { .v4(IPv4Address(bits: $0)) }
        case .v6(let first):
            let highHost: UInt64 =
                prefixLength >= 64 ? 0 : ~(prefixLength == 0 ? 0 : UInt64.max << UInt64(64 - prefixLength))
            let lowHost: UInt64 = prefixLength <= 64 ? .max : ~(UInt64.max << UInt64(128 - prefixLength))
            let last = IPv6Address(high: first.high | highHost, low: first.low | lowHost)
            let before = IPv6Address(high: first.low == 0 ? first.high &- 1 : first.high, low: first.low &- 1)
            let after = IPv6Address(high: last.low == .max ? last.high &+ 1 : last.high, low: last.low &+ 1)
            return [.v6(first), .v6(last), .v6(before), .v6(after)]
        }
    }
}

extension PredicateName: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
