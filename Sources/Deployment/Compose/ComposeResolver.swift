import Extraction
import ListenerModel

/// Makes a project of its outline: load and merge, read the services, place their ports, find conflicts.
enum ComposeResolver {
    static func resolve(
        _ outline: ComposeProjects.Outline, _ sources: ComposeSources, _ world: World
    ) -> ComposeProject {
        sources.begin()
        let variables = sources.variables(envFiles: outline.envFiles)
        var loader = ComposeLoader(sources, variables: variables)
        let model = loader.load(outline.files, folder: outline.folder)
        var project = ComposeProject(
            folder: outline.folder, name: name(of: model, in: outline.folder), files: outline.files, alsoRead: [],
            services: [], networks: networks(of: model), refusal: nil, diagnostics: [])

        let profiles =
            outline.profiles.isEmpty
            ? sources.setting("COMPOSE_PROFILES", variables)?.split(separator: ",").map {
                String($0.filter { $0 != " " })
            }
                ?? [] : outline.profiles
        let reader = ServiceReader(
            sources: sources, project: model, activeProfiles: world.profiles.union(profiles), variables: variables)
        let sections = services(of: model, dropped: loader.dropped)
        project.services = sections.map { section in
            var service = reader.read(section)
            service.extends = loader.extended[section.key] ?? []
            return service
        }
        let ports = sections.map { section in section.value["ports"].map(PortReader.entries) ?? [] }
        project.refusal =
            sources.refusal ?? loader.refusal ?? ComposeValidation.refusal(of: model)
            ?? ports.joined().lazy.filter(\.stopsProject)
            .compactMap { entry in entry.refusal.map { .init($0, at: entry.location) } }.first
        if project.refusal == nil && outline.isWhole && !sources.isIncomplete {
            project.refusal = ComposeValidation.inconsistency(
                of: model, started: project.services.filter { $0.inactive == nil || $0.replicas == 0 })
        }
        let placement = PortPlacement(
            world: world, networks: project.networks, projectRefusal: project.refusal?.reason)
        for (index, entries) in ports.enumerated() {
            let service = project.services[index]
            project.services[index].ports =
                placement.place(entries, of: service) + dropped(loader.dropped, service, placement)
        }
        PortConflicts.mark(&project.services)
        project.alsoRead = sources.alsoRead.filter { !outline.files.contains($0) }
        project.diagnostics = sources.diagnostics
        return project
    }

    /// The services in order of their names, with those that a tag takes away altogether.
    private static func services(
        of model: ComposeMapping, dropped: [ComposeLoader.DroppedPorts]
    ) -> [ComposeMapping.Entry] {
        var services = model["services"]?.mapping ?? ComposeMapping()
        for lost in dropped where services.entry(lost.service) == nil {
            var empty = lost.ports
            empty.content = .mapping(ComposeMapping())
            services.set(.init(key: lost.service, keyLocation: lost.serviceLocation, value: empty))
        }
        return services.entries.sorted { $0.key < $1.key }
    }

    private static func dropped(
        _ dropped: [ComposeLoader.DroppedPorts], _ service: ComposeService, _ placement: PortPlacement
    ) -> [PortMapping] {
        dropped.filter { $0.service == service.name }.flatMap { lost in
            placement.place(PortReader.entries(of: lost.ports), of: service).map { mapping in
                var mapping = mapping
                mapping.close(.inactive, lost.reason)
                return mapping
            }
        }
    }

    /// `name:`, else the folder's, in the letters that compose allows.
    private static func name(of model: ComposeMapping, in folder: String) -> String {
        if let name = model["name"]?.known { return name }
        let allowed = RepositoryPath.name(folder).lowercased().utf8.filter { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return String(decoding: allowed.drop { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }, as: UTF8.self)
    }

    private static func networks(of model: ComposeMapping) -> [String: ComposeNetwork] {
        var networks = ["default": ComposeNetwork(name: "default")]
        for entry in model["networks"]?.mapping?.entries ?? [] {
            let value = entry.value
            let options = value["driver_opts"]
            networks[entry.key] = ComposeNetwork(
                name: entry.key, location: entry.keyLocation, driver: value["driver"]?.known,
                isInternal: value["internal"]?.isTrue ?? false, enableIPv6: value["enable_ipv6"]?.isTrue ?? false,
                hostBinding: options?["com.docker.network.bridge.host_binding_ipv4"]?.located,
                isRouted: options?["com.docker.network.bridge.gateway_mode_ipv4"]?.known == "routed",
                isExternal: value["external"].map { $0.isTrue || $0.mapping != nil } ?? false)
        }
        return networks
    }
}
