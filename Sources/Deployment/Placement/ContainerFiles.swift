internal import ListenerModel

/// What a container sees of the tree: which file of the tree lies at which absolute path, by its image's `COPY`
/// lines and, over them, its mounts.
struct ContainerFiles {
    /// A file or folder of the tree at an absolute path of the container; later entries cover earlier ones.
    struct Entry {
        var treePath: String
        var containerPath: String
        /// It was made from the tree by a build step, or is a development mount: an inference.
        var inferred: Bool
        /// The line that puts it there.
        var location: Location
    }

    private(set) var entries: [Entry] = []

    mutating func add(_ entry: Entry) {
        var entry = entry
        while entry.containerPath.count > 1 && entry.containerPath.hasSuffix("/") { entry.containerPath.removeLast() }
        entries.append(entry)
    }

    /// Where in the tree the file could stand that a process finds at an absolute path, likeliest first. There are
    /// several where a build step's output covers what was copied.
    func treePaths(of containerPath: String) -> [String] {
        entries.reversed().compactMap { entry in
            guard let rest = Self.below(entry.containerPath, containerPath) else { return nil }
            return rest.isEmpty ? entry.treePath : RepositoryPath.join(entry.treePath, rest)
        }
    }

    /// The entry through which a path of the tree is in the container, the last one if there are several.
    func entry(holding treePath: String) -> Entry? {
        entries.last { RepositoryPath.contains($0.treePath, treePath) }
    }

    /// The absolute path at which a file of the tree lies.
    func containerPath(of treePath: String) -> String? {
        guard let entry = entry(holding: treePath) else { return nil }
        let rest =
            treePath == entry.treePath
            ? "" : String(treePath.dropFirst(entry.treePath.isEmpty ? 0 : entry.treePath.count + 1))
        if rest.isEmpty { return entry.containerPath }
        return entry.containerPath == "/" ? "/" + rest : entry.containerPath + "/" + rest
    }

    /// What of `path` lies below `folder`: "" for the folder itself, nil if it does not lie there.
    private static func below(_ folder: String, _ path: String) -> String? {
        if path == folder { return "" }
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }
}
