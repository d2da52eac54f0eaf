import ListenerModel

extension Listener {
    /// What the runtime makes of the text, in a few words: the note beside the caret.
    /// - Parameter backends: the binds of the same service, for what a published port leads to.
    func effect(backends: [Listener]) -> String {
        if let surprise { return effect(of: surprise) }
        switch state {
        case .refused: return "is refused: \(stateReason ?? "the runtime does not accept this text")"
        case .inactive: return "is not in force: \(stateReason ?? "something else replaces it")"
        case .absorbed: return "is served through the wildcard socket of its port"
        case .open: break
        }
        switch role {
        case .expose: return "documents a port and opens none"
        case .publish: return publishEffect(backends)
        case .bind: return bindEffect
        }
    }

    private func effect(of surprise: Surprise) -> String {
        switch surprise {
        case .failOpen: "publishes on every interface while the variable is unset"
        case .socketFile: "makes a socket file of this name and opens no port"
        case .ignoredHost: "is not read as a host here: \(opening)"
        case .ignoredIPv6Only: "has no effect here: \(opening)"
        case .portsIgnored: "does nothing under this network mode"
        case .randomPort: "lets the system pick a port at each start"
        case .widerThanWritten: "is wider than it looks: \(opening)"
        case .replaced: "replaces an entry for the same port"
        }
    }

    private var opening: String { "opens \(addressList)" }

    /// At most three addresses.
    var addressList: String {
        let shown = shownAddresses
        return shown.count <= 3 ? shown.asList : "\(shown[0]), \(shown[1]) and \(shown.count - 2) more"
    }

    private func publishEffect(_ backends: [Listener]) -> String {
        let service = service ?? "the container"
        let port = target.map { "port \($0)" } ?? "a port"
        switch backend {
        case .loopback:
            let loopback = backends.first { bind in
                bind.scope == .loopback && (target.map { bind.port?.overlaps($0) ?? false } ?? true)
            }
            let address = loopback?.host ?? "its own loopback"
            return "leads to \(port) of \(service), open on \(address) only"
        case .unbound: return "leads to \(port) of \(service), where nothing listens"
        case .bound, .unknown, nil:
            return sockets.isEmpty ? "leads to \(port) of \(service)" : "\(opening) for \(port) of \(service)"
        }
    }

    private var bindEffect: String {
        if transport == .unix { return "opens the socket \(addressList)" }
        if sockets.isEmpty {
            switch (host, port) {
            case (nil, nil): return "opens an address that only the run will show"
            case (nil, let port?): return "opens port \(port) on an address that only the run will show"
            case (_, nil): return "opens a port that only the run will show, on \(host ?? "?")"
            case (_, _?): return "stands for \(addressList)"
            }
        }
        switch scope {
        case .wildcard: return "\(opening), on every interface\(owner)\(families)"
        case .loopback: return "\(opening): only \(loopbackWords)"
        case .global, .shared, .private, .linkLocal, .multicast, .reserved, .unix, .name, .unknown, .none:
            return opening
        }
    }

    private var owner: String {
        switch namespace {
        case .host: " of the host"
        case .container(_, let service): " of container \(service)"
        case .unknown: ""
        }
    }

    /// What `*:80` and `0.0.0.0:80` do not say by themselves.
    private var families: String {
        let wildcards = sockets.filter { $0.scope == .wildcard }
        let both = wildcards.contains(where: \.dualStack)
        switch (both || wildcards.contains { $0.family == .ipv4 }, both || wildcards.contains { $0.family == .ipv6 }) {
        case (true, true): return ", IPv4 and IPv6"
        case (true, false): return ", IPv4 only"
        case (false, true): return ", IPv6 only"
        case (false, false): return ""
        }
    }

    private var loopbackWords: String {
        switch namespace {
        case .host, .unknown: "the same machine can connect"
        case .container(_, let service): "container \(service) itself can connect"
        }
    }
}
