import ListenerModel

/// `COPY` and `ADD`: which paths of the build context end up where, also through an earlier stage.
struct CopyReader {
    let expand: (BuildText) -> SymbolicText
    /// The image of an earlier stage by name or index.
    let stageImage: (String) -> Dockerfile.Image?

    func run(_ copy: Dockerfile.Copy, _ image: inout Dockerfile.Image) {
        guard let folder = image.folder, let written = expand(copy.destination).known else { return }
        var destination = ContainerPath.join(folder, written)
        let sources = copy.sources.compactMap { expand($0).known }
        if sources.count > 1 && !destination.hasSuffix("/") { destination += "/" }
        guard let from = copy.from else {
            for source in sources where !source.contains("://") {
                let path = String(ContainerPath.join("/", source).drop { $0 == "/" })
                image.contents.append(
                    Dockerfile.Content(
                        source: path.hasSuffix("/") ? String(path.dropLast()) : path, destination: destination,
                        making: .copied, location: copy.location))
            }
            return
        }
        guard let name = expand(from).known, let stage = stageImage(name) else { return }
        for source in sources where image.contents.count < Dockerfile.Image.limit {
            let path = ContainerPath.join("/", source)
            image.contents += stage.contents.flatMap { carried($0, path, destination, copy.location) }
            image.programs += stage.programs.compactMap { program in
                guard let rest = ContainerPath.relative(program.path, to: path) else { return nil }
                let name = rest.isEmpty ? ContainerPath.name(program.path) : rest
                let isFolder = destination.hasSuffix("/") || !rest.isEmpty || destination == "/"
                let target = isFolder ? ContainerPath.join(destination, name) : destination
                return Dockerfile.Program(path: target, package: program.package, location: program.location)
            }
        }
    }

    /// What a copy of `path` from an earlier stage takes along of one of its contents.
    private func carried(
        _ content: Dockerfile.Content, _ path: String, _ destination: String, _ location: Location
    ) -> [Dockerfile.Content] {
        // The copy takes a folder that holds all of it.
        if let inner = ContainerPath.relative(content.destination, to: path) {
            let target = inner.isEmpty ? destination : ContainerPath.join(destination, inner)
            let isFolder = content.destination.hasSuffix("/") && !target.hasSuffix("/")
            return [
                Dockerfile.Content(
                    source: content.source, destination: isFolder ? target + "/" : target, making: content.making,
                    location: location)
            ]
        }
        // The copy takes something inside it: a path of the context if it is there, else made from it.
        guard let rest = ContainerPath.relative(path, to: content.destination) else { return [] }
        if content.isFile {
            guard rest == ContainerPath.name(content.source) else { return [] }
            return [
                Dockerfile.Content(
                    source: content.source, destination: destination, making: content.making, location: location)
            ]
        }
        var source = content.source.isEmpty ? rest : content.source + "/" + rest
        if content.hasWildcard { source = rest }
        return [
            Dockerfile.Content(
                source: source, destination: destination, making: content.making, location: location),
            Dockerfile.Content(
                source: content.source, destination: destination, making: .built, location: location),
        ]
    }
}

extension Dockerfile.Image {
    /// The paths in the image at which a file of the build context lies; the effective one last.
    public func destinations(of contextPath: String) -> [(path: String, making: Dockerfile.Content.Making)] {
        contents.compactMap { content in
            guard let inner = content.inner(contextPath) else { return nil }
            if inner.isEmpty {
                let isFolder = content.destination.hasSuffix("/")
                let name = ContainerPath.name(contextPath)
                let path = isFolder ? ContainerPath.join(content.destination, name) : content.destination
                return (path, content.making)
            }
            return (ContainerPath.join(content.destination, inner), content.making)
        }
    }

    /// The paths of the build context that a path in the image may come from, the effective one first. Of a
    /// content that was built only the folder is known: a compiler chose the names below.
    public func contextPaths(of path: String) -> [(path: String, making: Dockerfile.Content.Making)] {
        contents.reversed().compactMap { content in
            guard let rest = ContainerPath.relative(path, to: content.destination) else { return nil }
            if content.hasWildcard { return rest.isEmpty || rest.contains("/") ? nil : (rest, content.making) }
            if rest.isEmpty { return (content.source, content.making) }
            // `COPY server.js ./`: the file itself, not something below it.
            if content.destination.hasSuffix("/"), ContainerPath.name(content.source) == rest {
                return (content.source, content.making)
            }
            if content.isFile { return nil }
            return (content.source.isEmpty ? rest : content.source + "/" + rest, content.making)
        }
    }
}

extension Dockerfile.Content {
    var hasWildcard: Bool { source.contains { "*?[".contains($0) } }

    /// The name ends as those of files do. Only the tree can say, but nothing lies below `package.json`.
    var isFile: Bool {
        guard let dot = source.lastIndex(of: "."), !hasWildcard else { return false }
        return Self.fileEndings.contains(source[source.index(after: dot)...])
    }

    private static let fileEndings: Set<Substring> = [
        "cfg", "cjs", "conf", "cts", "env", "go", "ini", "js", "json", "lock", "lockb", "md", "mjs", "mod", "mts", "py",
        "rb", "rs", "sh", "sum", "toml", "ts", "tsx", "txt", "xml", "yaml", "yml",
    ]

    /// What of a context path lies below this source: "" if it is the source itself, nil if it is not in it.
    func inner(_ contextPath: String) -> String? {
        if source.isEmpty { return contextPath }
        let pattern = source.split(separator: "/")
        let parts = contextPath.split(separator: "/")
        guard parts.count >= pattern.count else { return nil }
        for (part, wanted) in zip(parts, pattern) where !PathPattern.matches(wanted, part) { return nil }
        return parts.dropFirst(pattern.count).joined(separator: "/")
    }
}

/// `*` and `?` in one component of a path, as Go's filepath.Match; classes in brackets match any one byte.
enum PathPattern {
    static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        let pattern = Array(pattern.utf8)
        let name = Array(name.utf8)
        var (p, n) = (0, 0)
        var retry: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                retry = (p + 1, n)
                p += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "["),
                let close = pattern[p...].firstIndex(of: UInt8(ascii: "]"))
            {
                p = close + 1
                n += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let (afterStar, taken) = retry {
                retry = (afterStar, taken + 1)
                p = afterStar
                n = taken + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
