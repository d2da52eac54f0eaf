import Extraction
import ListenerModel

/// Reads the merged mapping of one service.
struct ServiceReader {
    let sources: ComposeSources
    let project: ComposeMapping
    let activeProfiles: Set<String>
    let variables: (String) -> EnvironmentValue

    func read(_ entry: ComposeMapping.Entry) -> ComposeService {
        var service = ComposeService(name: entry.key, location: entry.keyLocation)
        let value = entry.value
        service.image = value["image"]?.located
        service.build = value["build"].map(build)
        service.command = value["command"].map(words)
        service.entrypoint = value["entrypoint"].map(words)
        service.workingDirectory = value["working_dir"]?.located
        service.containerName = value["container_name"]?.located
        service.environment = environment(of: value)
        service.expose = (value["expose"]?.sequence ?? []).compactMap(exposed)
        service.networkMode = networkMode(value["network_mode"])
        readNetworks(value, &service)
        service.profiles = (value["profiles"]?.sequence ?? []).compactMap(\.known)
        service.replicas = replicas(value)
        service.inactive = inactivity(service, value)
        service.volumes = (value["volumes"]?.sequence ?? []).compactMap(mount)
        service.configs =
            files(value["configs"], section: "configs", folder: "/")
            + files(value["secrets"], section: "secrets", folder: "/run/secrets/")
        return service
    }

    private func inactivity(_ service: ComposeService, _ value: ComposeValue) -> String? {
        if !service.profiles.isEmpty && !activeProfiles.contains("*")
            && activeProfiles.isDisjoint(with: service.profiles)
        {
            return "profile \(service.profiles.joined(separator: ", ")) is not active"
        }
        if service.replicas == 0 { return "scaled to no container" }
        if value["provider"] != nil { return "a provider runs it, not the engine" }
        return nil
    }

    private func replicas(_ value: ComposeValue) -> Int? {
        guard let written = value["scale"] ?? value["deploy"]?["replicas"], !written.isNull else { return 1 }
        return written.scalar?.integer ?? written.known.flatMap { Int($0) }
    }

    private func networkMode(_ value: ComposeValue?) -> ComposeService.NetworkMode {
        guard let text = value?.text, text != SymbolicText() else { return .networks }
        guard let mode = text.known else { return .other(text) }
        switch mode {
        case "host": return .host
        case "none": return .none
        case "bridge", "default": return .bridge
        default: break
        }
        if mode.hasPrefix("service:") { return .service(String(mode.dropFirst(8))) }
        if mode.hasPrefix("container:") { return .container(String(mode.dropFirst(10))) }
        return .other(text)
    }

    private func readNetworks(_ value: ComposeValue, _ service: inout ComposeService) {
        guard case .networks = service.networkMode else { return }
        let named = value["networks"].map { ComposeMerge.names($0) }?.mapping?.entries ?? []
        service.networks = named.isEmpty ? ["default"] : named.map(\.key)
        for network in named {
            if let priority = network.value["gw_priority"]?.scalar?.integer {
                service.gatewayPriority[network.key] = priority
            }
        }
    }

    // MARK: commands

    private func words(_ value: ComposeValue) -> ComposeService.Words {
        if let items = value.sequence, !items.isEmpty {
            return .words(items.map { Located($0.text ?? SymbolicText(), at: $0.location) })
        }
        if let text = value.located, text.value != SymbolicText() { return .shell(text) }
        return .cleared(value.location)
    }

    private func exposed(_ value: ComposeValue) -> ComposeService.ExposedPort? {
        guard let text = value.text else { return nil }
        let pieces = (text.known ?? "").split(separator: "/", omittingEmptySubsequences: false)
        let ends = (pieces.first ?? "").split(separator: "-").map { UInt16($0) }
        var port: PortRange?
        if let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last {
            port = PortRange(first, last)
        }
        return .init(
            location: value.location, text: value.writtenText, port: port,
            transport: pieces.count > 1 ? Transport(rawValue: pieces[1].lowercased()) ?? .tcp : .tcp)
    }

    private func build(_ value: ComposeValue) -> ComposeService.Build {
        let mapping = ComposeMerge.buildMapping(value)
        var build = ComposeService.Build(
            location: mapping["context"]?.location ?? value.location, target: mapping["target"]?.text,
            arguments: mapping["args"].map { entries($0, variables) } ?? [])
        if let inline = mapping["dockerfile_inline"], let text = inline.known {
            build.inline = Located(text, at: inline.location)
        }
        let folder = mapping["context"]?.origin.folder ?? value.origin.folder
        let context = mapping["context"] == nil ? "." : mapping["context"]?.known
        guard let context, !context.contains("://"), !context.hasPrefix("git@"),
            let path = RepositoryPath.join(folder, context)
        else { return build }
        build.context = path
        if build.inline == nil {
            let name = mapping["dockerfile"] == nil ? "Dockerfile" : mapping["dockerfile"]?.known
            build.dockerfile = name.flatMap { RepositoryPath.join(path, $0) }
        }
        return build
    }

    // MARK: environment

    /// A mapping or a list of `KEY=value` as entries; a bare name has what the shell gives it.
    private func entries(
        _ value: ComposeValue, _ variables: (String) -> EnvironmentValue
    ) -> [EnvironmentEntry] {
        (ComposeMerge.keyValues(value).mapping?.entries ?? []).map { entry in
            guard !entry.value.isNull else {
                var inherited: SymbolicText?
                if case .value(let text, _) = variables(entry.key) { inherited = text }
                return EnvironmentEntry(name: entry.key, value: inherited, location: entry.keyLocation)
            }
            let number = entry.value.scalar?.integer.map { SymbolicText(String($0)) }
            return EnvironmentEntry(
                name: entry.key, value: number ?? entry.value.text ?? SymbolicText(), location: entry.value.location)
        }
    }

    private func environment(of value: ComposeValue) -> ServiceEnvironment {
        var environment = ServiceEnvironment()
        var found: [String: EnvironmentEntry] = [:]
        for item in value["env_file"].map({ ComposeMerge.list($0).sequence ?? [] }) ?? [] {
            readEnvFile(item, into: &found, &environment.isComplete)
        }
        if let own = value["environment"] {
            for entry in entries(own, variables) { found[entry.name] = entry }
        }
        environment.entries = found.values.sorted { $0.name < $1.name }
        return environment
    }

    /// Later files win. A file that is not in the tree leaves the environment incomplete, even an optional one:
    /// who deploys may have it.
    private func readEnvFile(
        _ item: ComposeValue, into found: inout [String: EnvironmentEntry], _ isComplete: inout Bool
    ) {
        var format = Dotenv.Format.interpolated
        if let written = item["format"] {
            if written.known == "raw" { format = .raw } else { return sources.refuseEnvFormat(written) }
        }
        guard let written = item.mapping == nil ? item : item["path"],
            let text = sources.serviceEnvFile(written, isRequired: item["required"]?.known != "false")
        else {
            isComplete = false
            return
        }
        let outer = variables
        let soFar = found
        let (variables, problems) = sources.dotenv(text, format: format) { name in
            let value = outer(name)
            if case .value = value { return value }
            return soFar[name]?.value.map { .value($0, at: nil) } ?? value
        }
        if !problems.isEmpty { isComplete = false }
        for variable in variables {
            switch variable.value {
            case .value(let value, _):
                found[variable.key] = EnvironmentEntry(name: variable.key, value: value, location: variable.location)
            case .unknown:
                found[variable.key] = EnvironmentEntry(name: variable.key, value: nil, location: variable.location)
            case .unset: break
            }
        }
    }

    // MARK: files

    private func mount(_ value: ComposeValue) -> ComposeService.Mount? {
        if let mapping = value.mapping {
            guard mapping["type"]?.known == "bind", let target = mapping["target"]?.text else { return nil }
            return .init(
                location: value.location,
                source: mapping["source"]?.known.flatMap { RepositoryPath.join(value.origin.folder, $0) },
                target: target)
        }
        guard let text = value.text else { return nil }
        let marked = text.marked
        let pieces = marked.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count >= 2, let first = pieces.first, !first.isEmpty else { return nil }
        let source = text.slice(first)
        // A name without a dot or a slash in front is a volume.
        guard let start = first.first, start == "." || start == "/" || start == "~" || start == SymbolicText.mark
        else { return nil }
        return .init(
            location: value.location, source: source.known.flatMap { RepositoryPath.join(value.origin.folder, $0) },
            target: text.slice(pieces[1]))
    }

    private func files(_ value: ComposeValue?, section: String, folder: String) -> [ComposeService.MountedConfig] {
        (value?.sequence ?? []).compactMap { item in
            guard let name = item.known ?? item["source"]?.known else { return nil }
            let target = item["target"]?.text ?? SymbolicText(name)
            let isAbsolute = target.marked.hasPrefix("/")
            var config = ComposeService.MountedConfig(
                location: item.location, target: isAbsolute ? target : SymbolicText(folder) + target)
            guard let definition = project[section]?[name] else { return config }
            if let file = definition["file"], let path = file.known {
                config.file = RepositoryPath.join(file.origin.folder, path)
            }
            config.content = definition["content"]?.located
            return config
        }
    }
}
