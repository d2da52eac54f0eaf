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
        if let mode = mapping["network_mode"], let networks = mapping.entry("networks"), !networks.value.isNull,
            !mode.isNull
        {
            return .init(
                "service \(service.key) declares mutually exclusive network_mode and networks",
                at: networks.keyLocation)
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
