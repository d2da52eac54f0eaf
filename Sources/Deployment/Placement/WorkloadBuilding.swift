internal import Extraction
internal import ListenerModel

extension Workload {
    /// The container of one compose service.
    init(_ service: ComposeService, of project: ComposeProject, index: Int, store: inout UnitStore) {
        self.init(
            namespace: Self.namespace(of: service, in: project), project: index, service: service)
        var reference = service.image?.value
        if let build = service.build, let context = build.context {
            if let path = build.dockerfile, let dockerfile = store.dockerfile(at: path) {
                let arguments = Dictionary(
                    build.arguments.compactMap { entry in entry.value.map { (entry.name, $0) } },
                    uniquingKeysWith: { _, last in last })
                if let resolved = dockerfile.image(target: build.target?.known, arguments: arguments) {
                    self.build = Build(dockerfile: path, context: context, image: resolved)
                    reference = resolved.base
                }
            }
            let shown = context.isEmpty ? "." : context
            origin = TraceStep(build.location, "\(service.name) is built from \(shown)")
        }
        image = service.image?.value.known
        facts = reference.flatMap(ImageTable.lookup)
        addImageFiles(tree: store.tree)
        for mount in service.volumes {
            guard let source = mount.source, let target = mount.target.known else { continue }
            files.add(.init(treePath: source, containerPath: target, inferred: false, location: mount.location))
        }
        for config in service.configs {
            guard let file = config.file, let target = config.target.known else { continue }
            files.add(.init(treePath: file, containerPath: target, inferred: false, location: config.location))
        }
    }

    /// The container that a Dockerfile describes and no compose file builds: its folder is taken for its context.
    /// nil if there is no stage in it.
    init?(_ dockerfile: Dockerfile, at path: String, tree: any SourceTree) {
        guard let image = dockerfile.image() else { return nil }
        let context = RepositoryPath.parent(path)
        self.init(
            namespace: .container(project: context.isEmpty ? "." : context, service: RepositoryPath.name(path)),
            build: Build(dockerfile: path, context: context, image: image),
            facts: ImageTable.lookup(image.base),
            origin: TraceStep(Location(file: path), "\(path) puts it into a container"), inferred: true)
        addImageFiles(tree: tree)
    }

    private mutating func addImageFiles(tree: any SourceTree) {
        guard let build else { return }
        for content in build.image.contents {
            for source in Self.expand(content.source, in: build.context, tree: tree) {
                var destination = content.destination
                // A file goes into a folder; a folder's contents go to the destination itself.
                if destination.hasSuffix("/") && !tree.isFolder(source) { destination += RepositoryPath.name(source) }
                files.add(
                    .init(
                        treePath: source, containerPath: destination, inferred: content.making == .built,
                        location: content.location))
            }
        }
    }

    /// The paths of the tree that a `COPY` source names: wildcards as in Go's filepath.Match.
    private static func expand(_ source: String, in context: String, tree: any SourceTree) -> [String] {
        guard source.contains(where: { "*?[".contains($0) }) else {
            return RepositoryPath.join(context, source).map { [$0] } ?? []
        }
        var found = [context]
        for part in source.split(separator: "/") {
            guard let pattern = try? Glob(String(part)) else { return [] }
            found = found.flatMap { folder in
                (tree.entries(of: folder) ?? []).filter { pattern.matches($0.name) }
                    .compactMap { RepositoryPath.join(folder, $0.name) }
            }
        }
        return found
    }

    private static func namespace(of service: ComposeService, in project: ComposeProject) -> NetworkNamespace {
        var service = service
        var seen: Set<String> = []
        while seen.insert(service.name).inserted {
            switch service.networkMode {
            case .host: return .host
            case .service(let name):
                guard let next = project.service(name) else { return .unknown }
                service = next
            case .container(let name):
                guard let next = project.services.first(where: { $0.containerName?.value.known == name }) else {
                    return .unknown
                }
                service = next
            case .other: return .unknown
            case .networks, .none, .bridge:
                return .container(project: project.folder.isEmpty ? "." : project.folder, service: service.name)
            }
        }
        return .unknown
    }
}
