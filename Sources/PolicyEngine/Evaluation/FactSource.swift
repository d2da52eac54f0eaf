import ListenerModel

/// A fact with a closed list of words.
enum WordFact: Sendable, Equatable {
    case known(String)
    case unknown
    /// The fact cannot apply: no predicate about it is true.
    case notApplicable
    /// Nothing is said about it: only for a search over all possible listeners.
    case open
}

enum AddressFact: Sendable, Hashable {
    case ip(IPAddress)
    /// A host name: its addresses are a resolver's to say.
    case name
    case unix
    /// `EXPOSE` has no address.
    case none
    case unknown
    case open

    var scope: WordFact {
        switch self {
        case .ip(let address): .known(address.scope.rawValue)
        case .name: .known(Scope.name.rawValue)
        case .unix: .known(Scope.unix.rawValue)
        case .none: .known(Scope.none.rawValue)
        case .unknown: .unknown
        case .open: .open
        }
    }

    var family: WordFact {
        switch self {
        case .ip(let address):
            .known((address.seenThroughMapping.isIPv4 ? Socket.Family.ipv4 : .ipv6).rawValue)
        case .unix: .known(Socket.Family.unix.rawValue)
        case .none: .notApplicable
        case .name, .unknown: .unknown
        case .open: .open
        }
    }
}

enum PortFact: Sendable, Hashable {
    /// One port, or several that no predicate of the policy tells apart.
    case range(PortRange)
    case unknown
    case notApplicable
    case open
}

/// What a condition is tested on: the facts of one listener at one of its sockets.
protocol FactSource {
    func word(_ predicate: PredicateName) -> WordFact
    /// The texts that a glob may match; nil if unknown, empty if the fact does not apply.
    func texts(_ predicate: PredicateName) -> [String]?
    var address: AddressFact { get }
    var port: PortFact { get }
    var target: PortFact { get }
    var transport: Transport? { get }
    func truth(ofGlob glob: Glob, _ predicate: PredicateName) -> Truth
    func hasPurpose(_ name: String, in environment: PolicyEnvironment) -> Truth
    /// Whether the address is what that variable holds.
    func addressComes(fromVariable name: String) -> Truth
}

extension FactSource {
    /// True or false where the fact is known, false where it cannot apply; where it is unknown, true if the values
    /// have `unknown`, else unknown.
    func truth(of condition: Condition, in environment: PolicyEnvironment) -> Truth {
        switch condition.values {
        case .words(let words):
            truth(word(condition.predicate), condition.predicate == .surprise ? Self.anySurprise(words) : words)
        case .globs(let globs): globs.any { truth(ofGlob: $0, condition.predicate) }
        case .ports(let terms):
            truth(condition.predicate == .target ? target : port, terms, environment)
        case .addresses(let terms): truth(terms, environment)
        case .purposes(let names): names.any { hasPurpose($0, in: environment) }
        }
    }

    func truth(ofGlob glob: Glob, _ predicate: PredicateName) -> Truth {
        guard let texts = texts(predicate) else { return glob.pattern == "unknown" ? .yes : .unknown }
        return Truth(texts.contains { glob.matches($0) })
    }

    /// `surprise: true` is any of them; `false` is the word for none.
    private static func anySurprise(_ words: Set<String>) -> Set<String> {
        words.contains("true") ? words.union(Surprise.allCases.map(\.rawValue)) : words
    }

    private func truth(_ fact: WordFact, _ words: Set<String>) -> Truth {
        switch fact {
        case .known(let word): Truth(words.contains(word))
        case .unknown: words.contains("unknown") ? .yes : .unknown
        case .notApplicable: .no
        case .open: .unknown
        }
    }

    private func truth(_ fact: PortFact, _ terms: [PortTerm], _ environment: PolicyEnvironment) -> Truth {
        switch fact {
        case .notApplicable: return .no
        case .open: return .unknown
        case .unknown: return terms.contains(.unknown) ? .yes : .unknown
        case .range(let ports):
            return terms.any { term in
                switch term {
                case .ephemeral: return Truth(ports.isEphemeral)
                case .unknown: return .no
                case .range(let wanted): return Truth(!ports.isEphemeral && wanted.overlaps(ports))
                case .set(let name):
                    guard !ports.isEphemeral, let set = environment.portSet(name) else { return .no }
                    guard let transport else {
                        return Truth(set.contains(ports, .tcp) || set.contains(ports, .udp))
                    }
                    return Truth(set.contains(ports, transport))
                }
            }
        }
    }

    private func truth(_ terms: [AddressTerm], _ environment: PolicyEnvironment) -> Truth {
        if case .open = address { return .unknown }
        return terms.any { term in
            if case .set(let name) = term {
                return (environment.addresses[name] ?? []).any { truth(ofAddress: $0) }
            }
            return truth(ofAddress: term)
        }
    }

    private func truth(ofAddress term: AddressTerm) -> Truth {
        switch (term, address) {
        case (.unknown, let address): return Truth(address == .unknown)
        case (.variable(let name), _): return addressComes(fromVariable: name)
        case (.scope(let wanted), let address): return truth(address.scope, [wanted.rawValue])
        case (.network(let network), .ip(let address)): return Truth(network.contains(address.seenThroughMapping))
        case (.network, .name), (.network, .unknown), (.network, .open): return .unknown
        case (.network, .unix), (.network, .none): return .no
        // Sets are flat: their names were resolved when the policy was merged.
        case (.set, _): return .no
        }
    }
}
