internal import Extraction
internal import ListenerModel

/// One container that the tree describes: what runs in it, what it sees of the tree, and its environment.
struct Workload {
    var namespace: NetworkNamespace
    /// The index of its compose project; nil for a Dockerfile that no compose file builds.
    var project: Int?
    var service: ComposeService?
    var build: Build?
    /// The service's `image:` where it is known.
    var image: String?
    /// Of that image, or of the base of what is built.
    var facts: ImageFacts?
    var files = ContainerFiles()
    /// What its command says about listening.
    var commands: [Declaration] = []
    /// What its image's command says where the service has one of its own.
    var replacedCommands: [Declaration] = []
    /// The files or packages that its command starts; empty if that cannot be told.
    var entryPoints: Set<String> = []
    /// How the tree says that this is a container, for traces: `web is built from ./web`.
    var origin: TraceStep?
    /// That it is a container, or which folder is its build context, is an inference.
    var inferred = false

    /// A Dockerfile's target stage in its build context.
    struct Build {
        var dockerfile: String
        var context: String
        var image: Dockerfile.Image
    }

    /// Ports that are only documented: `EXPOSE` of the image and `expose:` of the service.
    func exposed(text: (Location) -> String) -> [Listener] {
        let documented =
            (build?.image.exposed ?? []).map { port in
                Listener(
                    expose: text(port.location), at: port.location, port: port.ports, transport: port.transport,
                    source: .dockerfile)
            }
            + (service?.expose ?? []).map { port in
                Listener(
                    expose: port.text, at: port.location, port: port.port, transport: port.transport, source: .compose)
            }
        return documented.map { listener in
            var listener = listener
            listener.namespace = namespace
            listener.service = service?.name
            listener.image = image
            listener.networks = networks
            return listener
        }
    }

    var networks: [String] {
        guard let service else { return [] }
        switch service.networkMode {
        case .host: return ["host"]
        case .none: return ["none"]
        case .bridge: return ["bridge"]
        case .networks: return service.networks
        case .service, .container, .other: return []
        }
    }

    /// The process environment: the service's, over the image's `ENV`. A name that neither has may still be set by
    /// the base image, so it is unknown rather than unset.
    func variable(_ name: String) -> EnvironmentValue {
        let own = service?.environment.variable(name) ?? .unset
        if own != .unset { return own }
        if let entry = build?.image.environmentVariable(name) {
            return .value(entry.value, at: entry.location)
        }
        return .unknown
    }

    /// Whether what is declared runs in this container, and whether that is only an inference; nil if it does not.
    func runs(_ declaration: Declaration) -> (inferred: Bool, via: TraceStep?)? {
        let path = declaration.location.path
        let entry = files.entry(holding: path)
        // What is compiled is in the image though its source is not.
        guard entry != nil || build.map({ RepositoryPath.contains($0.context, path) }) == true else { return nil }
        let via = origin ?? entry.map { TraceStep($0.location, "puts \(path) into the container") }
        if !entryPoints.isEmpty && !declaration.entryPoints.isEmpty {
            return entryPoints.isDisjoint(with: declaration.entryPoints) ? nil : (inferred, via)
        }
        guard let entry else { return nil }
        return (inferred || entry.inferred || !entryPoints.isEmpty, via)
    }
}
