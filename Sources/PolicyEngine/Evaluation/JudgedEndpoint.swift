import ListenerModel

/// A listener that rules look at, each at all its endpoints: shared, since a copy of a listener costs twenty others.
final class JudgedListener: Sendable {
    let listener: Listener

    init(_ listener: Listener) { self.listener = listener }
}

/// The facts of a listener at one of its endpoints.
struct JudgedEndpoint: FactSource {
    private let judged: JudgedListener
    let endpoint: Endpoint
    let repository: String?

    var listener: Listener { judged.listener }

    init(_ judged: JudgedListener, at endpoint: Endpoint, in repository: String?) {
        self.judged = judged
        self.endpoint = endpoint
        self.repository = repository
    }

    var address: AddressFact { endpoint.address }
    var port: PortFact { endpoint.port }
    var target: PortFact { endpoint.target }
    var transport: Transport? { endpoint.transport }

    func word(_ predicate: PredicateName) -> WordFact {
        switch predicate {
        case .role: .known(listener.role.rawValue)
        case .state: .known(listener.state.rawValue)
        case .test: .known(listener.test ? "true" : "false")
        case .transport: .known(listener.transport.rawValue)
        case .context: Self.orUnknown(listener.namespace.context.rawValue)
        case .family: endpoint.address.family
        case .scope:
            endpoint.address == .unknown ? Self.orUnknown(listener.scope.rawValue) : endpoint.address.scope
        case .exposure: Self.orUnknown(listener.exposure.rawValue)
        // That nothing is certain is itself known.
        case .certainty: .known(listener.certainty.rawValue)
        case .spelling: .known(listener.spelling.rawValue)
        case .surprise: .known(listener.surprise?.rawValue ?? "false")
        case .published:
            listener.role == .bind
                ? listener.published.map { .known($0 ? "true" : "false") } ?? .unknown : .notApplicable
        case .backend:
            listener.role == .publish ? Self.orUnknown((listener.backend ?? .unknown).rawValue) : .notApplicable
        case .conflict: .known(listener.conflict == nil ? "false" : "true")
        case .counterpart: listener.counterpart.map { .known($0.rawValue) } ?? .notApplicable
        case .path, .source, .service, .image, .network, .repository, .address, .port, .target, .purpose: .notApplicable
        }
    }

    private static func orUnknown(_ word: String) -> WordFact { word == "unknown" ? .unknown : .known(word) }

    func texts(_ predicate: PredicateName) -> [String]? {
        switch predicate {
        case .path: [listener.location.path]
        case .source: [listener.source.rawValue]
        case .service: listener.service.map { [$0] } ?? []
        case .image: listener.image.map(Self.imageNames) ?? []
        case .network: listener.networks
        case .repository: repository.map { [$0] }
        case .role, .context, .state, .test, .transport, .family, .address, .scope, .port, .target, .purpose, .exposure,
            .certainty, .spelling, .surprise, .published, .backend, .conflict, .counterpart:
            []
        }
    }

    /// The spellings under which people know an image: `docker.io/library/postgres:16` is `postgres`.
    static func imageNames(_ image: String) -> [String] {
        var names = [image]
        let slash = image.lastIndex(of: "/")
        let nameStart = slash.map { image.index(after: $0) } ?? image.startIndex
        // A colon before the last slash is a registry's port.
        let mark = image[nameStart...].firstIndex { $0 == ":" || $0 == "@" } ?? image.endIndex
        names.append(String(image[..<mark]))
        names.append(String(image[nameStart...]))
        names.append(String(image[nameStart..<mark]))
        return Array(Set(names))
    }

    func hasPurpose(_ name: String, in environment: PolicyEnvironment) -> Truth {
        if listener.purpose.contains(Purpose(rawValue: name)) { return .yes }
        // A policy's own sets are not in the listener's facts; a port on either side of a publish counts.
        if let set = environment.ports[name] {
            for case .range(let ports) in [port, target] where !ports.isEphemeral {
                if set.contains(ports, endpoint.transport) { return .yes }
            }
        }
        let isKnown = !listener.purpose.isEmpty || port != .unknown || target != .unknown
        return isKnown ? .no : name == "unknown" ? .yes : .unknown
    }

    func addressComes(fromVariable name: String) -> Truth {
        VariableEvidence.truth(that: endpoint.address, of: listener, isValueOf: name)
    }
}
