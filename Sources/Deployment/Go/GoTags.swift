internal import Extraction
internal import ListenerModel

/// Defaults and variables in struct tags: envconfig, caarlos0/env, go-envconfig, cleanenv, go-arg, go-flags, kong.
enum GoTags {
    /// The value that a tag gives a field; nil where it says nothing.
    static func value(_ field: TypeDeclaration.Field, in scope: LexicalScope) -> Alternatives? {
        guard let tag = field.tag else { return nil }
        let pairs = pairs(tag.text)
        let location = scope.file?.location(tag.range)
        var variable: String?
        var fallback = pairs["default"] ?? pairs["envDefault"] ?? pairs["env-default"]
        if let env = pairs["env"] ?? pairs["envconfig"] {
            let parts = env.split(separator: ",", omittingEmptySubsequences: false)
            variable = parts.first.map(String.init)
            for part in parts.dropFirst() {
                let option = part.drop { $0 == " " }
                if option.hasPrefix("default=") { fallback = String(option.dropFirst("default=".count)) }
            }
        } else if let arg = pairs["arg"] {
            for part in arg.split(separator: ",") where part.hasPrefix("env:") {
                variable = String(part.dropFirst("env:".count))
            }
        }
        let steps = location.map { [TraceStep($0, "the tag of \(field.name) gives its default")] } ?? []
        if let variable, !variable.isEmpty, variable != "-" {
            let unknown = Unknown(
                .environment(variable), fallback: fallback.map { .init(SymbolicText($0), whenEmpty: true) },
                at: location)
            return Alternatives([Outcome(.text(SymbolicText(unknown)), trace: steps, isDefault: true)])
        }
        return fallback.map { Alternatives([Outcome(.text(SymbolicText($0)), trace: steps, isDefault: true)]) }
    }

    /// The flag that fills a field: `flag:"name"`.
    static func flagName(_ field: TypeDeclaration.Field) -> String? { field.tag.flatMap { pairs($0.text)["flag"] } }

    /// The key that fills a field from a map: `mapstructure:"name"`.
    static func mapKey(_ field: TypeDeclaration.Field) -> String? {
        field.tag.flatMap { pairs($0.text)["mapstructure"] }.map { String($0.prefix { $0 != "," }) }
    }

    /// `key:"value"` pairs, as reflect.StructTag reads them.
    private static func pairs(_ tag: String) -> [String: String] {
        var result: [String: String] = [:]
        let bytes = Array(tag.utf8)
        var index = 0
        while index < bytes.count {
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: ":"), bytes[index] != UInt8(ascii: "\"") {
                index += 1
            }
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == UInt8(ascii: "\"")
            else {
                break
            }
            let key = String(decoding: bytes[start..<index], as: UTF8.self)
            index += 1
            let open = index
            index += 1
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard index < bytes.count else { break }
            index += 1
            result[key] = GoLiterals.string(bytes[open..<index])
        }
        return result
    }
}
