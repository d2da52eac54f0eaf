import ListenerModel
import YAMLTree

/// A listener made from the facts that a policy test gives; what it leaves out is what a plain TCP server on a host
/// would have.
struct TestListener {
    let node: YAMLNode
    let file: PolicyFile

    private func text(_ key: String) -> String? { node[key]?.scalar?.text }
    private func word<Word: RawRepresentable<String>>(_ key: String) -> Word? {
        text(key).flatMap { Word(rawValue: $0) }
    }
    private func texts(_ key: String) -> [String] {
        node[key].map { ($0.sequence ?? [$0]).compactMap { $0.scalar?.text } } ?? []
    }

    var listener: Listener {
        let role: Role = word("role") ?? .bind
        let transport: Transport = word("transport") ?? .tcp
        let isDual = text("address") == "*"
        let host = text("address").flatMap { $0 == "unknown" ? nil : $0 == "*" ? "::" : $0 }
        let ip = host.flatMap { IPAddress($0) }
        let ports = ports("port")
        let scope: Scope =
            if role == .expose { .none } else if transport == .unix { .unix } else {
                ip?.scope ?? (host == nil ? .unknown : .name)
            }
        var listener = Listener(
            location: Location(file: text("path") ?? "example"), text: text("text") ?? text("address") ?? "",
            source: word("source") ?? (role == .publish ? .compose : .command), role: role, namespace: namespace,
            service: text("service"), image: text("image"), networks: texts("network"), transport: transport,
            host: ip?.description ?? host, port: transport == .unix ? nil : ports,
            target: transport == .unix ? nil : self.ports("target") ?? ports, state: word("state") ?? .open,
            scope: scope)
        listener.sockets = listener.state == .open ? sockets(transport, ip, host, ports, isDual) : []
        let isKnown = host != nil && (ports != nil || transport == .unix)
        listener.certainty = word("certainty") ?? (isKnown ? .certain : .unknown)
        listener.spelling = word("spelling") ?? (scope == .name ? .name : .explicit)
        listener.surprise = word("surprise")
        listener.published = node["published"]?.bool
        listener.backend = role == .publish ? word("backend") ?? .unknown : nil
        listener.counterpart = word("counterpart")
        listener.conflict = node["conflict"]?.bool == true ? listener.location : nil
        listener.test = node["test"]?.bool ?? false
        listener.purpose = purpose(listener)
        listener.exposure = word("exposure") ?? exposure(listener)
        return listener
    }

    private var namespace: NetworkNamespace {
        switch word("context") ?? NetworkNamespace.Context.host {
        case .host: .host
        case .container: .container(project: "", service: text("service") ?? "service")
        case .unknown: .unknown
        }
    }

    private func ports(_ key: String) -> PortRange? {
        guard let text = text(key), let term = try? PortTerm(text) else { return nil }
        switch term {
        case .range(let range): return range
        case .ephemeral: return .ephemeral
        case .unknown, .set: return nil
        }
    }

    private func sockets(
        _ transport: Transport, _ ip: IPAddress?, _ host: String?, _ ports: PortRange?, _ isDual: Bool
    ) -> [Socket] {
        if transport == .unix { return host.map { [Socket(unix: $0)] } ?? [] }
        guard let ip, let ports, word("role") != Role.expose else { return [] }
        return [Socket(transport, ip, ports, dualStack: isDual)]
    }

    private func purpose(_ listener: Listener) -> [Purpose] {
        if node["purpose"] != nil { return texts("purpose").map { Purpose(rawValue: $0) } }
        var purposes: Set<Purpose> = []
        for ports in [listener.port, listener.target].compactMap({ $0 }) where !ports.isEphemeral {
            purposes.formUnion(PortSets.purposes(port: ports.first, transport: listener.transport))
        }
        return purposes.sorted()
    }

    private func exposure(_ listener: Listener) -> Exposure {
        switch listener.namespace.context {
        case .host: listener.scope.exposureOnHost
        case .container:
            if listener.scope == .loopback || listener.scope == .unix {
                .isolated
            } else {
                listener.published.map { $0 ? .public : .network } ?? .unknown
            }
        case .unknown: listener.scope == .loopback || listener.scope == .unix ? .host : .unknown
        }
    }
}
