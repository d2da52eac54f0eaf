import ListenerModel

/// What the words of a file mean: the sets and contexts of the file and of all that it builds on. Every rule,
/// override and allowance keeps the environment it was written in, so that a file below cannot give a name another
/// meaning behind its back.
struct PolicyEnvironment: Sendable {
    /// Sets that policies define; shipped ones are looked up where no policy does.
    var ports: [String: PortSet] = [:]
    var addresses: [String: [AddressTerm]] = [:]
    var contexts: [ContextDeclaration] = []

    func portSet(_ name: String) -> PortSet? { ports[name] ?? PortSet.shipped(name) }

    var portSetNames: [String] { Array(Set(PortSet.shippedNames).union(ports.keys)).sorted() }

    /// The purposes that a policy may ask for.
    var purposes: [String] { Array(Set(Self.purposesByEvidence).union(portSetNames)).sorted() }

    /// What files and images say besides the port sets.
    private static let purposesByEvidence = [
        "admin", "cache", "database", "debug", "dns", "file-sharing", "identity", "mail", "metrics", "orchestration",
        "other", "queue", "remote-access", "runtime", "search", "status", "storage", "web",
    ]
}

extension PolicyEnvironment {
    /// Takes over a document's sets and contexts: a set's own name inside it is what it was before.
    mutating func merge(_ document: PolicyDocument, _ problems: inout Problems) {
        let before = self
        var resolver = SetResolver(document: document, before: before)
        for set in document.ports {
            ports[set.name.value] = PortSet(members: resolver.ports(set.name.value, &problems))
        }
        for set in document.addresses { addresses[set.name.value] = resolver.addresses(set.name.value, &problems) }
        if let contexts = document.contexts { self.contexts = contexts }
    }
}

/// Flattens the sets of one file: names refer to sets of the same file, then to those before it.
private struct SetResolver {
    let document: PolicyDocument
    let before: PolicyEnvironment
    private var open: [String] = []

    init(document: PolicyDocument, before: PolicyEnvironment) {
        self.document = document
        self.before = before
    }

    mutating func ports(_ name: String, _ problems: inout Problems) -> [PortSet.Member] {
        guard let set = document.ports.first(where: { $0.name.value == name }) else { return [] }
        open.append(name)
        defer { open.removeLast() }
        return set.terms.flatMap { term -> [PortSet.Member] in
            switch term.value {
            case .range(let range): return [PortSet.Member(ports: range, transport: nil)]
            case .ephemeral, .unknown: return []
            case .set(let other):
                if other != name, document.ports.contains(where: { $0.name.value == other }) {
                    return isCycle(other, term.place, &problems) ? [] : ports(other, &problems)
                }
                if let known = before.portSet(other) { return known.members }
                let names = before.portSetNames + document.ports.map(\.name.value)
                problems.error(
                    .unknownName, "there is no port set '\(other)'",
                    hint: Suggestion.hint(for: other, among: names.filter { $0 != name }), at: term.place)
                return []
            }
        }
    }

    mutating func addresses(_ name: String, _ problems: inout Problems) -> [AddressTerm] {
        guard let set = document.addresses.first(where: { $0.name.value == name }) else { return [] }
        open.append(name)
        defer { open.removeLast() }
        return set.terms.flatMap { term -> [AddressTerm] in
            guard case .set(let other) = term.value else { return [term.value] }
            if other != name, document.addresses.contains(where: { $0.name.value == other }) {
                return isCycle(other, term.place, &problems) ? [] : addresses(other, &problems)
            }
            if let known = before.addresses[other] { return known }
            let names = before.addresses.keys + document.addresses.map(\.name.value)
            problems.error(
                .unknownName, "there is no address set '\(other)'",
                hint: Suggestion.hint(
                    for: other, among: names.filter { $0 != name } + Scope.allCases.map(\.rawValue)), at: term.place)
            return []
        }
    }

    private func isCycle(_ name: String, _ place: Place, _ problems: inout Problems) -> Bool {
        guard open.contains(name) else { return false }
        // Each set of the circle comes by here; once is enough.
        guard open.min() == name else { return true }
        problems.error(
            .cycle, "the sets \(open.joined(separator: ", ")) are made of each other", hint: nil, at: place)
        return true
    }
}

extension Match {
    /// Reports names of sets, purposes and sources that do not exist.
    func checkNames(in environment: PolicyEnvironment, _ problems: inout Problems) {
        forEachCondition { condition in
            func unknown(_ kind: String, _ name: String, _ known: [String]) {
                problems.error(
                    .unknownName, "there is no \(kind) '\(name)'", hint: Suggestion.hint(for: name, among: known),
                    at: condition.place)
            }
            switch condition.values {
            case .ports(let terms):
                for case .set(let name) in terms where environment.portSet(name) == nil {
                    unknown("port set", name, environment.portSetNames + ["ephemeral", "unknown"])
                }
            case .addresses(let terms):
                for case .set(let name) in terms where environment.addresses[name] == nil {
                    unknown("address set", name, environment.addresses.keys.sorted() + Scope.allCases.map(\.rawValue))
                }
            case .purposes(let names):
                let known = environment.purposes + ["unknown"]
                for name in names where !known.contains(name) { unknown("purpose", name, known) }
            case .globs(let globs) where condition.predicate == .source:
                let sources = Source.allCases.map(\.rawValue)
                for glob in globs where !sources.contains(where: { glob.matches($0) }) {
                    unknown("source", glob.pattern, sources)
                }
            case .globs, .words: break
            }
        }
    }
}
