public import ListenerModel
import YAMLTree

/// Compose files (https://compose-spec.io): found by name, and by content where a `services:` mapping looks like one.
/// What a file means is for its project to say.
public struct ComposeExtractor: Extractor {
    public let source = Source.compose

    public init() {}

    /// The names that docker compose looks for.
    private static let defaultNames: Set<String> = [
        "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml",
    ]

    public var names: FileNames { FileNames(["*.yml", "*.yaml", "*compose*"]) }

    public func claim(path: String) -> Claim {
        if RepositoryPath.contains(".github/workflows", path) { return .no }
        let name = RepositoryPath.name(path)
        if Self.defaultNames.contains(name) { return .owned }
        let isYAML = name.hasSuffix(".yml") || name.hasSuffix(".yaml")
        return isYAML || isNamedCompose(path) ? .ifContent : .no
    }

    /// `docker-compose.prod.yml`, `compose.override.yaml`, `docker-compose.yml.j2`, `compose.json`.
    private func isNamedCompose(_ path: String) -> Bool {
        let name = RepositoryPath.name(path)
        return name.contains("compose")
            && [".yml", ".yaml", ".json"].contains { name.hasSuffix($0) || name.contains($0 + ".") }
    }

    public func claims(_ bytes: [UInt8], path: String) -> Bool {
        guard Self.mentionsServices(bytes) else { return false }
        let stream = YAMLStream(bytes)
        if stream.documents.contains(where: ComposeShape.isCompose) { return true }
        guard isNamedCompose(path) else { return false }
        return stream.error != nil || stream.documents.contains { $0["services"]?.mapping != nil }
    }

    /// `services` as a key at the start of a line, or anywhere in JSON.
    private static func mentionsServices(_ bytes: [UInt8]) -> Bool {
        let needle = Array("services".utf8)
        let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
        var start = 0
        while start + needle.count < bytes.count {
            if bytes[start] == needle[0], bytes[start..<start + needle.count].elementsEqual(needle),
                isJSON || startsLine(start, in: bytes)
            {
                return true
            }
            start += 1
        }
        return false
    }

    private static func startsLine(_ offset: Int, in bytes: [UInt8]) -> Bool {
        if offset == 0 { return true }
        switch bytes[offset - 1] {
        case 0x0a, 0x0d, 0xbf: return true
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return offset == 1 || bytes[offset - 2] == 0x0a
        default: return false
        }
    }

    public func extract(_ text: SourceText) -> Unit {
        let stream = YAMLStream(text.bytes)
        var reading = ComposeReading(text: text, isOwned: claim(path: text.path).isOwned)
        for document in stream.documents { reading.add(document) }
        if let error = stream.error { reading.report(error) }
        reading.checkShape()
        return Unit(
            text, .compose(reading.file), suppressions: SuppressionComment.find(in: text, comments: stream.comments),
            diagnostics: reading.diagnostics)
    }
}

extension Claim {
    fileprivate var isOwned: Bool { if case .owned = self { true } else { false } }
}

/// Turns the documents of one file into a `ComposeFile` and says what compose would not accept.
private struct ComposeReading {
    var file: ComposeFile
    var diagnostics: [Diagnostic] = []
    /// Compose's own bound (compose-go `loader/reset.go`, `defaultMaxNodeVisits`).
    private static let limits = YAMLLimits(nodes: 100_000)
    private let isOwned: Bool
    private let isTemplate: Bool

    init(text: SourceText, isOwned: Bool) {
        file = ComposeFile(text: text, documents: [])
        isTemplate = TemplatePlaceholders.occur(in: text.bytes)
        self.isOwned = isOwned
    }

    mutating func add(_ document: YAMLNode) {
        if let duplicate = document.firstDuplicateKey, let key = duplicate.key.scalar?.text {
            refuse("mapping key \"\(key)\" is defined twice", at: duplicate.key.range)
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-duplicate-key",
                    "the key \"\(key)\" stands twice in one mapping; docker compose refuses the file",
                    hint: "remove one of them", at: file.text.location(duplicate.key.range)))
        }
        do throws(YAMLError) {
            file.documents.append(try document.expandingAliases(limits: Self.limits).mergingKeys())
        } catch {
            report(error)
        }
    }

    mutating func report(_ error: YAMLError) {
        refuse("not YAML: \(error.problem)", at: error.range)
        let place = file.text.location(error.range)
        if isTemplate {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-template", "a template that is not YAML before it is filled in",
                    hint: "check the generated file instead, or pipe it to `bindlint -`", at: place, fileUnread: true))
        } else {
            diagnostics.append(
                Diagnostic(
                    isOwned ? .error : .warning, code: "yaml-syntax", error.problem,
                    hint: "docker compose cannot read the file either", at: place, fileUnread: true))
        }
    }

    mutating func checkShape() {
        guard file.refusal == nil else { return }
        guard let first = file.documents.first else {
            return refuse("empty compose file", at: 0..<0)
        }
        if ComposeShape.isVersionOne(first) {
            file.isVersionOne = true
            refuse("services must stand under \"services:\"", at: first.range.prefix(1))
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-version-1",
                    "services at the top level are compose's first format; docker compose refuses them",
                    hint: "put them under \"services:\"", at: file.text.location(first.range.prefix(1))))
        }
    }

    private mutating func refuse(_ reason: String, at range: Range<Int>) {
        if file.refusal == nil { file.refusal = .init(reason, at: file.text.location(range)) }
    }
}
