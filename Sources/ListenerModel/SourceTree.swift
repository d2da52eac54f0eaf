/// The only door to files: the rest of bindlint is a pure function of a tree. Paths are those of
/// `RepositoryPath`; implementations follow symbolic links and do not leave the repository root.
public protocol SourceTree: Sendable {
    func read(_ path: String) -> FileContents
    /// The same, for the pass that sees each file once: a tree that remembers what it read need not keep it.
    func readOnce(_ path: String) -> FileContents
    /// The names in a folder, sorted by bytes, with what each is; nil if there is no such folder.
    func entries(of folder: String) -> [FolderEntry]?
    /// Whether there is something of this name that is not a folder.
    func isFile(_ path: String) -> Bool
}

public enum FileContents: Sendable {
    case bytes([UInt8])
    case missing
    case folder
    /// Present but not readable.
    case unreadable(Unreadable)

    public struct Unreadable: Sendable, CustomStringConvertible {
        /// Such as "permission denied".
        public var description: String
        /// Larger than files may be that are read.
        public var isTooLarge: Bool

        public init(_ description: String, isTooLarge: Bool = false) {
            self.description = description
            self.isTooLarge = isTooLarge
        }
    }
}

public struct FolderEntry: Hashable, Sendable {
    public var name: String
    public var isFolder: Bool

    public init(name: String, isFolder: Bool) {
        self.name = name
        self.isFolder = isFolder
    }
}

extension SourceTree {
    public func readOnce(_ path: String) -> FileContents { read(path) }

    public func isFile(_ path: String) -> Bool {
        entries(of: RepositoryPath.parent(path))?.holdsFile(RepositoryPath.name(path)) ?? false
    }

    public func isFolder(_ path: String) -> Bool { entries(of: path) != nil }
}

extension [FolderEntry] {
    /// Whether one of the entries, which are sorted, is a file of this name.
    public func holdsFile(_ name: String) -> Bool {
        let index = partitioningIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
        return index < count && self[index].name == name && !self[index].isFolder
    }
}

/// A tree in memory: tests, `policy test` snippets, standard input.
public struct MemoryTree: SourceTree {
    private var files: [String: [UInt8]]

    public init(_ files: [String: String]) {
        self.files = files.mapValues { Array($0.utf8) }
    }

    public init(bytes files: [String: [UInt8]]) { self.files = files }

    public func read(_ path: String) -> FileContents {
        if let bytes = files[path] { return .bytes(bytes) }
        return entries(of: path) == nil ? .missing : .folder
    }

    public func entries(of folder: String) -> [FolderEntry]? {
        let prefix = folder.isEmpty ? "" : folder + "/"
        var found: [String: Bool] = [:]
        for path in files.keys where path.hasPrefix(prefix) {
            let rest = path.dropFirst(prefix.count)
            let name = String(rest.prefix { $0 != "/" })
            found[name] = name.utf8.count < rest.utf8.count
        }
        if found.isEmpty && !folder.isEmpty { return nil }
        return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
            FolderEntry(name: $0.key, isFolder: $0.value)
        }
    }
}
