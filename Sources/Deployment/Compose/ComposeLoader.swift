import Extraction
import ListenerModel
import YAMLTree

/// Merges the files of one project into one tree of values, following `include` and `extends`.
struct ComposeLoader {
    /// Ports that stand in a file and are not in force, because `!reset` or `!override` takes them away.
    struct DroppedPorts {
        var service: String
        var serviceLocation: Location
        var ports: ComposeValue
        var reason: String
    }

    private let sources: ComposeSources
    private let variables: (String) -> EnvironmentValue
    private(set) var refusal: ComposeFile.Refusal?
    private(set) var dropped: [DroppedPorts] = []
    /// By service: from where it was extended, nearest first.
    private(set) var extended: [String: [TraceStep]] = [:]
    /// By path: many services may extend one file.
    private var plain: [String: ComposeMapping] = [:]

    init(_ sources: ComposeSources, variables: @escaping (String) -> EnvironmentValue) {
        self.sources = sources
        self.variables = variables
    }

    /// The merged tree; its top level is always a mapping.
    mutating func load(_ files: [String], folder: String, includedFrom chain: [String] = []) -> ComposeMapping {
        var model = ComposeMapping()
        for path in files {
            if chain.contains(path) {
                refuse("include cycle: \(chain.joined(separator: " → ")) → \(path)", at: Location(file: path))
                continue
            }
            guard sources.mayMerge(path), let file = take(path) else { continue }
            for document in file.documents {
                merge(document, of: file, folder: folder, into: &model, chain: chain + [path])
            }
        }
        return model
    }

    private mutating func take(_ path: String) -> ComposeFile? {
        guard let file = sources.file(path) else { return nil }
        if let reason = file.refusal, refusal == nil { refusal = reason }
        return file
    }

    private mutating func refuse(_ reason: String, at location: Location) {
        if refusal == nil { refusal = .init(reason, at: location) }
    }

    private mutating func merge(
        _ document: YAMLNode, of file: ComposeFile, folder: String, into model: inout ComposeMapping, chain: [String]
    ) {
        var reader = ComposeReader(origin: .init(text: file.text, folder: folder), variables: variables)
        let value = reader.read(document)
        if let reason = reader.refusal, refusal == nil { refusal = reason }
        guard var incoming = topLevel(of: value, in: file) else { return }
        noteResets(in: incoming)
        withoutResets(&incoming)
        include(into: &incoming, from: value, folder: folder, chain: chain)
        clear(reader.cleared, in: &model, by: file)
        extend(&incoming, in: file, clearing: reader.cleared)
        var whole = value
        whole.content = .mapping(model)
        var other = value
        other.content = .mapping(incoming)
        model = ComposeMerge.merge(whole, other).mapping ?? model
    }

    /// The sections of a document; one in the first format is all services.
    private func topLevel(of document: ComposeValue, in file: ComposeFile) -> ComposeMapping? {
        guard file.isVersionOne else { return document.mapping }
        var sections = ComposeMapping()
        sections.set(.init(key: "services", keyLocation: document.location, value: document))
        return sections
    }

    // MARK: !reset and !override

    /// `ports: !reset [...]`: what is written there is not in force either.
    private mutating func noteResets(in incoming: ComposeMapping) {
        for service in incoming["services"]?.mapping?.entries ?? [] {
            let ports = service.value["ports"]
            guard let ports, ports.isReset || service.value.isReset else { continue }
            dropped.append(
                .init(
                    service: service.key, serviceLocation: service.keyLocation, ports: ports,
                    reason: "taken away by !reset"))
        }
    }

    private func withoutResets(_ mapping: inout ComposeMapping) {
        mapping.removeAll(where: \.value.isReset)
        for entry in mapping.entries {
            if var inner = entry.value.mapping {
                withoutResets(&inner)
                var value = entry.value
                value.content = .mapping(inner)
                mapping.setValue(value, of: entry.key)
            }
        }
    }

    private mutating func clear(_ paths: [[String]], in model: inout ComposeMapping, by file: ComposeFile) {
        for path in paths {
            for service in model["services"]?.mapping?.entries ?? [] {
                guard
                    path == ["services", service.key, "ports"] || path == ["services", service.key]
                        || path == ["services"], let ports = service.value["ports"]
                else { continue }
                dropped.append(
                    .init(
                        service: service.key, serviceLocation: service.keyLocation, ports: ports,
                        reason: "taken away by a tag in \(file.path)"))
            }
            Self.remove(path[...], from: &model)
        }
    }

    private static func remove(_ path: ArraySlice<String>, from mapping: inout ComposeMapping) {
        guard let key = path.first else { return }
        if path.count == 1 { return mapping.remove(key) }
        guard var value = mapping[key], var inner = value.mapping else { return }
        remove(path.dropFirst(), from: &inner)
        value.content = .mapping(inner)
        mapping.setValue(value, of: key)
    }

    // MARK: include

    private mutating func include(
        into incoming: inout ComposeMapping, from value: ComposeValue, folder: String, chain: [String]
    ) {
        guard let includes = incoming["include"] else { return }
        guard let items = includes.sequence else { return refuse("include must be a list", at: includes.location) }
        for item in items {
            guard let included = sources.include(item, folder: folder, parent: variables) else { continue }
            var loader = ComposeLoader(sources, variables: included.variables)
            let imported = loader.load(included.files, folder: included.folder, includedFrom: chain)
            if refusal == nil { refusal = loader.refusal }
            dropped += loader.dropped
            extended.merge(loader.extended) { own, _ in own }
            for section in ["services", "networks", "configs", "secrets", "volumes"] {
                guard let from = imported[section] else { continue }
                guard let own = incoming.entry(section) else {
                    incoming.set(.init(key: section, keyLocation: from.location, value: from))
                    continue
                }
                incoming.setValue(ComposeMerge.merge(from, own.value, at: [section]), of: section)
            }
        }
    }

    // MARK: extends

    private mutating func extend(_ incoming: inout ComposeMapping, in file: ComposeFile, clearing paths: [[String]]) {
        guard var section = incoming["services"], var services = section.mapping else { return }
        for name in services.entries.map(\.key) {
            var visited: Set<String> = []
            _ = extendedService(name, &services, in: file, clearing: paths, &visited)
        }
        section.content = .mapping(services)
        incoming.setValue(section, of: "services")
    }

    private mutating func extendedService(
        _ name: String, _ services: inout ComposeMapping, in file: ComposeFile, clearing paths: [[String]],
        _ visited: inout Set<String>
    ) -> ComposeValue? {
        guard let service = services[name], var mapping = service.mapping, let extends = mapping["extends"] else {
            return services[name]
        }
        guard visited.insert(file.path + "\n" + name).inserted, visited.count < 100 else {
            refuse("circular extends of \(name)", at: extends.location)
            return service
        }
        mapping.remove("extends")
        var own = service
        own.content = .mapping(mapping)
        guard let reference = extends.known ?? extends["service"]?.known else {
            refuse("extends needs the name of a service", at: extends.location)
            return own
        }
        var base: ComposeValue?
        var steps: [TraceStep] = []
        if let path = extends["file"] {
            guard let baseFile = sources.referred(path, relativeTo: path.origin.folder).flatMap({ take($0) }) else {
                return own
            }
            var baseServices = plainServices(of: baseFile)
            base = extendedService(reference, &baseServices, in: baseFile, clearing: [], &visited)
            if let place = baseServices.entry(reference)?.keyLocation {
                steps = [TraceStep(place, "\(name) extends \(reference)")]
            }
        } else {
            base = extendedService(reference, &services, in: file, clearing: paths, &visited)
            if let place = services.entry(reference)?.keyLocation {
                steps = [TraceStep(place, "\(name) extends \(reference)")] + (extended[reference] ?? [])
            }
        }
        guard let base, var inherited = base.mapping else {
            refuse("\(name) extends \(reference), which is not there", at: extends.location)
            return own
        }
        extended[name] = steps
        for path in paths where path.starts(with: ["services", name]) {
            Self.remove(path.dropFirst(2), from: &inherited)
        }
        var source = base
        source.content = .mapping(inherited)
        let merged = ComposeMerge.merge(source, own, at: ["services", name])
        services.setValue(merged, of: name)
        return merged
    }

    /// The services of an extended file, its relative paths seen from its own folder, neither included nor extended.
    private mutating func plainServices(of file: ComposeFile) -> ComposeMapping {
        if let known = plain[file.path] { return known }
        let services = readPlainServices(of: file)
        plain[file.path] = services
        return services
    }

    private mutating func readPlainServices(of file: ComposeFile) -> ComposeMapping {
        var model = ComposeMapping()
        for document in file.documents {
            var reader = ComposeReader(
                origin: .init(text: file.text, folder: RepositoryPath.parent(file.path)), variables: variables)
            let value = reader.read(document)
            if let reason = reader.refusal, refusal == nil { refusal = reason }
            guard var incoming = topLevel(of: value, in: file) else { continue }
            withoutResets(&incoming)
            for path in reader.cleared { Self.remove(path[...], from: &model) }
            var whole = value
            whole.content = .mapping(model)
            var other = value
            other.content = .mapping(incoming)
            model = ComposeMerge.merge(whole, other).mapping ?? model
        }
        return model["services"]?.mapping ?? ComposeMapping()
    }
}
