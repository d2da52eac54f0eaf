internal import Threading
public import ListenerModel

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The files below a repository root. Symbolic links are followed, but never out of the root. What was asked once
/// is answered again without the disk, so that one run sees one state of the tree.
public final class DiskTree: SourceTree {
    private let repository: Repository
    /// Open for as long as the tree lives.
    private let rootDescriptor: Int32
    private let maxFileSize: Int
    private let memory = Lock(Memory())

    private struct Memory {
        var contents: [String: FileContents] = [:]
        var entries: [String: [FolderEntry]?] = [:]
        /// Whether a folder, links followed, lies inside the root.
        var isInside: [String: Bool] = ["": true]
    }

    /// Larger files are `unreadable`.
    public static let defaultMaxFileSize = 64 << 20

    public init(of repository: Repository, maxFileSize: Int = DiskTree.defaultMaxFileSize) throws(ReadFailure) {
        self.repository = repository
        self.maxFileSize = maxFileSize
        rootDescriptor = open(repository.root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if rootDescriptor < 0 { throw ReadFailure(errno: errno) }
    }

    deinit { close(rootDescriptor) }

    public func read(_ path: String) -> FileContents {
        if let known = memory.withLock({ $0.contents[path] }) { return known }
        let contents = readOnce(path)
        memory.withLock { $0.contents[path] = contents }
        return contents
    }

    /// As `read`, without keeping the bytes: for the pass that reads each file of the walk.
    public func readOnce(_ path: String) -> FileContents {
        do throws(ReadFailure) {
            return try bytes(path).map(FileContents.bytes) ?? .folder
        } catch {
            return FileContents(error)
        }
    }

    public func entries(of folder: String) -> [FolderEntry]? {
        if let known = memory.withLock({ $0.entries[folder] }) { return known }
        let entries = list(folder)
        memory.withLock { $0.entries[folder] = .some(entries) }
        return entries
    }

    public func isFile(_ path: String) -> Bool {
        let folder = RepositoryPath.parent(path)
        if let known = memory.withLock({ $0.entries[folder] }) {
            return known?.holdsFile(RepositoryPath.name(path)) ?? false
        }
        var status = stat()
        return RepositoryPath.isCanonical(path) && isInside(folder) && fstatat(rootDescriptor, path, &status, 0) == 0
            && status.st_mode & S_IFMT != S_IFDIR
    }

    private func bytes(_ path: String) throws(ReadFailure) -> [UInt8]? {
        guard RepositoryPath.isCanonical(path), isInside(RepositoryPath.parent(path)) else {
            throw .outsideRepository
        }
        do {
            return try OpenFile(path, in: rootDescriptor, following: false).contents(limit: maxFileSize)
        } catch .system(ELOOP) {
            // Its last component is a symbolic link.
            guard let target = Repository.resolved(repository.root + "/" + path) else { throw .missing }
            guard repository.holds(target) else { throw .outsideRepository }
            return try OpenFile(target, in: rootDescriptor).contents(limit: maxFileSize)
        }
    }

    private func list(_ folder: String) -> [FolderEntry]? {
        guard RepositoryPath.isCanonical(folder), isInside(folder) else { return nil }
        var listing = FolderListing()
        guard (try? listing.read(folder, in: rootDescriptor)) != nil else { return nil }
        var entries: [FolderEntry] = []
        for entry in listing.entries {
            guard let name = String(validating: listing.name(entry), as: UTF8.self) else { continue }
            switch entry.kind {
            case .file, .other: entries.append(FolderEntry(name: name, isFolder: false))
            case .folder: entries.append(FolderEntry(name: name, isFolder: true))
            case .link:
                var status = stat()
                let path = folder.isEmpty ? name : folder + "/" + name
                guard fstatat(rootDescriptor, path, &status, 0) == 0 else { continue }
                entries.append(FolderEntry(name: name, isFolder: status.st_mode & S_IFMT == S_IFDIR))
            }
        }
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func isInside(_ folder: String) -> Bool {
        if let known = memory.withLock({ $0.isInside[folder] }) { return known }
        var status = stat()
        var inside = isInside(RepositoryPath.parent(folder))
        let isThere = fstatat(rootDescriptor, folder, &status, AT_SYMLINK_NOFOLLOW) == 0
        // A folder that does not exist is for open(2) to report.
        if !inside || (isThere && status.st_mode & S_IFMT == S_IFLNK) {
            inside = Repository.resolved(repository.root + "/" + folder).map(repository.holds) ?? true
        }
        memory.withLock { $0.isInside[folder] = inside }
        return inside
    }
}
