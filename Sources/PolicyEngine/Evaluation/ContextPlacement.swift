import ListenerModel

extension Listener {
    /// The listener where the last declaration that covers its file says it runs. Only where no deployment file
    /// has placed it: what is read weighs more than what is declared.
    func placed(by declarations: [ContextDeclaration]) -> Listener {
        guard namespace == .unknown, let declaration = declarations.last(where: { $0.covers(location.path) }) else {
            return self
        }
        var placed = self
        switch declaration.context {
        case .host:
            placed.namespace = .host
            placed.exposure = scope.exposureOnHost
        case .container:
            placed.namespace = .container(
                project: RepositoryPath.parent(location.path), service: RepositoryPath.name(location.path))
            // A container's loopback is its own; whether anything publishes the rest is not known.
            if scope == .loopback || scope == .unix { placed.exposure = .isolated } else { placed.exposure = .unknown }
        case .unknown:
            return self
        }
        return placed
    }
}

extension Scope {
    /// Who can connect to an address of this scope on a host.
    var exposureOnHost: Exposure {
        switch self {
        case .wildcard, .global: .public
        case .shared, .private, .linkLocal, .multicast, .reserved: .private
        case .loopback, .unix: .host
        case .name, .unknown, .none: .unknown
        }
    }
}
