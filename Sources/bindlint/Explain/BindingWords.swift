internal import Dialects
internal import ListenerModel

/// What a runtime opens, in words.
enum BindingWords {
    static func summary(of binding: Binding) -> String {
        if let refusal = binding.refusal { return "refused: \(refusal)" }
        var parts = [opened(binding)]
        if let surprise = binding.surprise.flatMap(words) { parts.append(surprise) }
        return parts.joined(separator: "; ")
    }

    private static func opened(_ binding: Binding) -> String {
        let sockets = binding.sockets
        if sockets.isEmpty {
            return binding.scope == .name
                ? "the addresses of the name \(binding.host ?? ""), if it has any"
                : "an address that the text alone does not tell"
        }
        if case .unix(let path) = sockets[0].address {
            return path.hasPrefix("@") ? "the abstract unix socket \(path)" : "a unix socket, the file \(path)"
        }
        let addresses = sockets.compactMap(\.ipAddress)
        switch Scope.widest(addresses.map(\.scope)) {
        case .wildcard: return "every interface, " + families(sockets)
        case .loopback: return "only this machine, " + families(sockets)
        case .global, .shared, .private, .linkLocal, .multicast, .reserved, .unix, .name, .unknown, .none?, nil:
            return addresses.map(\.description).unique.joined(separator: " and ")
        }
    }

    private static func families(_ sockets: [Socket]) -> String {
        let both = sockets.contains(where: \.dualStack)
        let hasIPv4 = both || sockets.contains { $0.family == .ipv4 }
        let hasIPv6 = both || sockets.contains { $0.family == .ipv6 }
        if hasIPv4 && hasIPv6 { return "IPv4 and IPv6, in \(both ? "one socket" : "two sockets")" }
        return hasIPv4 ? "IPv4 only" : "IPv6 only"
    }

    /// nil for surprises that only a whole deployment can have.
    private static func words(_ surprise: Surprise) -> String? {
        switch surprise {
        case .socketFile: "no port is opened: the runtime takes the text for the path of a unix socket"
        case .ignoredHost: "the host is not read"
        case .ignoredIPv6Only: "ipv6only has no effect"
        case .randomPort: "on a port that the system picks at each start"
        case .widerThanWritten: "more than is written"
        case .failOpen, .portsIgnored, .replaced: nil
        }
    }
}
