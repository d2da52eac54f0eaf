import Extraction
import ListenerModel

/// The rules of compose's schema that a typing error breaks most: unknown keys, kinds of values.
enum ComposeValidation {
    private static let sections: Set<String> = [
        "name", "version", "services", "networks", "volumes", "configs", "secrets", "include", "models",
    ]

    /// Why compose refuses the merged project.
    static func refusal(of model: ComposeMapping) -> ComposeFile.Refusal? {
        for entry in model.entries where !sections.contains(entry.key) && !entry.key.hasPrefix("x-") {
            return .init("additional properties '\(entry.key)' not allowed", at: entry.keyLocation)
        }
        for service in model["services"]?.mapping?.entries ?? [] {
            if let reason = reason(against: service) { return reason }
        }
        return nil
    }

    private static func reason(against service: ComposeMapping.Entry) -> ComposeFile.Refusal? {
        guard isName(service.key) else {
            return .init("services additional properties '\(service.key)' not allowed", at: service.keyLocation)
        }
        guard let mapping = service.value.mapping else {
            return service.value.isNull
                ? nil : .init("services.\(service.key) must be a mapping", at: service.keyLocation)
        }
        for entry in mapping.entries
        where !ComposeShape.serviceKeys.contains(entry.key) && !entry.key.hasPrefix("x-") {
            return .init(
                "services.\(service.key) additional properties '\(entry.key)' not allowed", at: entry.keyLocation)
        }
        if let mode = mapping["network_mode"], let networks = mapping.entry("networks"), !mode.isNull,
            ComposeMerge.names(networks.value).mapping?.entries.isEmpty == false
        {
            return .init(
                "service \(service.key) declares mutually exclusive network_mode and networks",
                at: networks.keyLocation)
        }
        return nil
    }

    /// What compose finds once it has all files (compose-go `loader/validate.go`): services without an origin and
    /// references to nothing. Services that are not started are not looked at.
    static func inconsistency(of model: ComposeMapping, started: [ComposeService]) -> ComposeFile.Refusal? {
        let startedNames = Set(started.map(\.name))
        for service in started {
            guard let entry = model["services"]?.mapping?.entry(service.name) else { continue }
            func refusal(_ reason: String, at value: ComposeValue? = nil) -> ComposeFile.Refusal {
                .init("service \"\(service.name)\" \(reason)", at: value?.location ?? entry.keyLocation)
            }
            let value = entry.value
            if service.image == nil && service.build == nil && value["provider"] == nil {
                return refusal("has neither an image nor a build context")
            }
            for name in service.networks
            where name != "default" && model["networks"]?[name] == nil && model["networks"]?.mapping?.entry(name) == nil
            {
                return refusal("refers to undefined network \(name)", at: value["networks"])
            }
            if case .service(let name) = service.networkMode, !startedNames.contains(name) {
                return refusal("shares the network of \(name), which is not started", at: value["network_mode"])
            }
            for dependency in ComposeMerge.names(value["depends_on"] ?? value).mapping?.entries ?? []
            where value["depends_on"] != nil && !startedNames.contains(dependency.key) {
                let isKnown = model["services"]?[dependency.key] != nil
                if isKnown && dependency.value["required"]?.known == "false" { continue }
                return refusal("depends on \(dependency.key), which is not started", at: value["depends_on"])
            }
            if let scale = value["scale"]?.scalar?.integer,
                let replicas = value["deploy"]?["replicas"]?.scalar?.integer,
                scale != replicas
            {
                return refusal("has distinct values of scale and deploy.replicas", at: value["scale"])
            }
            if let replicas = service.replicas, replicas < 0 {
                return refusal("has a negative number of containers")
            }
            if let replicas = service.replicas, replicas > 1, let name = service.containerName {
                return .init(
                    "service \"\(service.name)\" has \(replicas) containers and one container_name", at: name.location)
            }
        }
        return nil
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
