/// The parts of an image reference: `ghcr.io/acme/api:1.2@sha256:…` (github.com/distribution/reference).
public struct ImageReference: Hashable, Sendable {
    /// Without tag and digest; Docker Hub's own prefixes are removed, so that `docker.io/library/redis` is `redis`.
    public var name: String
    /// nil where none is written: `latest`, or what the digest names.
    public var tag: String?
    public var digest: String?

    /// Docker Hub by its names, and mirrors that serve its repositories under a prefix.
    private static let hubPrefixes = [
        "docker.io/", "index.docker.io/", "registry-1.docker.io/", "mirror.gcr.io/", "public.ecr.aws/docker/",
    ]

    public init(_ text: String) {
        var name = text[...]
        if let at = name.firstIndex(of: "@") {
            digest = String(name[name.index(after: at)...])
            name = name[..<at]
        }
        // A colon before the last slash is the registry's port.
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            tag = String(name[name.index(after: colon)...])
            name = name[..<colon]
        }
        if let prefix = Self.hubPrefixes.first(where: { name.hasPrefix($0) }) { name = name.dropFirst(prefix.count) }
        if name.hasPrefix("library/") { name = name.dropFirst("library/".count) }
        self.name = name.lowercased()
    }
}
