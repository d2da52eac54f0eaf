import ListenerModel

/// A fact that a match may ask for: the contract's list of predicates, in its order.
enum PredicateName: String, CaseIterable, Sendable {
    case path, source, service, image, network, repository
    case role, context, state, test, transport, family
    case address, scope, port, target, purpose, exposure
    case certainty, spelling, surprise, published, backend, conflict, counterpart

    /// What its values are written in.
    var grammar: ScalarGrammar {
        switch self {
        case .path, .source, .service, .image, .network, .repository: .glob
        case .address: .address
        case .port, .target: .port
        case .purpose: .name
        case .role: .words(Role.allCases.map(\.rawValue))
        case .context: .words(NetworkNamespace.Context.allCases.map(\.rawValue))
        case .state: .words(ListenerState.allCases.map(\.rawValue))
        case .test, .conflict: .words(["true", "false"])
        case .transport: .words(Transport.allCases.map(\.rawValue))
        case .family: .words(Socket.Family.allCases.map(\.rawValue) + ["unknown"])
        case .scope: .words(Scope.allCases.map(\.rawValue))
        case .exposure: .words(Exposure.allCases.map(\.rawValue))
        case .certainty: .words(Certainty.allCases.map(\.rawValue))
        case .spelling: .words(Spelling.allCases.map(\.rawValue))
        case .surprise: .words(Surprise.allCases.map(\.rawValue) + ["true", "false"])
        case .published: .words(["true", "false", "unknown"])
        case .backend: .words(Backend.allCases.map(\.rawValue))
        case .counterpart: .words(Counterpart.allCases.map(\.rawValue))
        }
    }

    var explanation: String {
        switch self {
        case .path: "the file, from the repository root; without a slash a file name anywhere"
        case .source: "the format or language: nginx, compose, go, …"
        case .service: "the compose service"
        case .image: "the service's image, with or without registry and tag"
        case .network: "a network of the compose service"
        case .repository: "the repository's name, such as acme/shop"
        case .role: "bind: a process opens it; publish: the container engine; expose: documentation only"
        case .context: "the kind of network namespace"
        case .state: "open, absorbed by a wildcard, inactive, or refused by the runtime"
        case .test: "in test code"
        case .transport: "tcp, udp, sctp or unix"
        case .family: "ipv4, ipv6 or unix; a dual-stack socket is both"
        case .address: "an address, a CIDR block, a scope word, a set, or a variable it comes from"
        case .scope: "what the address is by its bits"
        case .port: "a port, a range, a set, or ephemeral"
        case .target: "the container-side port"
        case .purpose: "what is behind it"
        case .exposure: "who can connect in the end"
        case .certainty: "how sure the text is"
        case .spelling: "how the address is written"
        case .surprise: "where the runtime does not do what the text suggests"
        case .published: "a published port reaches this bind"
        case .backend: "what stands behind a published port"
        case .conflict: "another listener of its namespace cannot coexist with it"
        case .counterpart: "the other address family that is covered on the port too"
        }
    }
}
