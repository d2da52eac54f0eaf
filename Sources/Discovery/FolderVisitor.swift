internal import ListenerModel
internal import Threading

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Decides entry by entry what a walk finds and which folders it enters.
final class FolderVisitor: Sendable {
    private let rootDescriptor: Int32
    private let repository: Repository
    private let options: Walk.Options
    private let wanted: @Sendable (ArraySlice<UInt8>) -> Bool
    /// The current folder and its slash: the globs of the command line are about what comes after it.
    private let globBase: [UInt8]

    /// Installed or internal things whose listeners are not this repository's.
    private static let neverEntered: Set<String> = [".git", "node_modules", "vendor"]

    init(
        _ repository: Repository, _ options: Walk.Options,
        _ wanted: @escaping @Sendable (ArraySlice<UInt8>) -> Bool
    ) throws(ReadFailure) {
        self.repository = repository
        self.options = options
        self.wanted = wanted
        globBase = repository.currentPath.map { $0.isEmpty ? [] : Array("\($0)/".utf8) } ?? []
        rootDescriptor = open(repository.root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if rootDescriptor < 0 { throw ReadFailure(errno: errno) }
    }

    deinit { close(rootDescriptor) }

    private var ignoreFiles: IgnoreFiles {
        IgnoreFiles(
            rootDescriptor: rootDescriptor, bindlintIgnore: options.bindlintIgnore)
    }

    // MARK: - The PATHs of the command line

    func start(at path: String, _ result: inout Walk.Result, _ folders: inout [FolderQueue.Folder]) {
        func problem(_ failure: ReadFailure) {
            result.problems.append(Walk.Problem(path: path, failure: failure, isNamed: true))
        }
        var status = stat()
        guard fstatat(rootDescriptor, path.isEmpty ? "." : path, &status, 0) == 0 else {
            return problem(ReadFailure(errno: errno))
        }
        guard let target = Repository.resolved(repository.root + "/" + path), repository.holds(target) else {
            return problem(.outsideRepository)
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        if !isFolder && status.st_mode & S_IFMT != S_IFREG { return problem(.notRegular) }
        let (scope, isIgnored) = scopeAbove(path, isFolder: isFolder)
        if isIgnored && options.forceExclude {
            if isFolder { result.ignoredFolders += 1 } else { result.ignoredFiles.append(path) }
        } else if isFolder {
            folders.append(FolderQueue.Folder(path: path, scope: scope, under: path))
        } else {
            result.files.append(Walk.File(path: path, under: path))
        }
    }

    /// The ignore files in force in the folder that `path` is in, and whether they or the globs of the command
    /// line take away `path` or a folder that it is in.
    private func scopeAbove(_ path: String, isFolder: Bool) -> (IgnoreScope, isIgnored: Bool) {
        if path.isEmpty { return (.none, false) }
        var scope = options.noIgnore ? IgnoreScope.none : ignoreFiles.scope(in: "", below: .none)
        var isIgnored = false
        let bytes = Array(path.utf8)
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
            let folder = bytes[..<offset]
            isIgnored = isIgnored || decide(folder, isFolder: true, scope) == .ignored
            if !options.noIgnore {
                scope = ignoreFiles.scope(in: String(decoding: folder, as: UTF8.self), below: scope)
            }
        }
        return (scope, isIgnored || decide(bytes[...], isFolder: isFolder, scope) == .ignored)
    }

    // MARK: - Folders

    /// Reads these folders and those below them.
    func visitAll(_ folders: [FolderQueue.Folder]) -> Walk.Result {
        if folders.isEmpty { return Walk.Result() }
        let queue = FolderQueue(folders)
        let collected = Lock(Walk.Result())
        Workers.run(options.jobs) {
            var listing = FolderListing()
            var found = Walk.Result()
            while let folder = queue.next() {
                queue.finished(adding: self.visit(folder, &listing, &found))
            }
            collected.withLock { $0.append(found) }
        }
        return collected.withLock { $0 }
    }

    /// Returns the folders to enter.
    private func visit(
        _ folder: FolderQueue.Folder, _ listing: inout FolderListing, _ found: inout Walk.Result
    ) -> [FolderQueue.Folder] {
        do throws(ReadFailure) {
            try listing.read(folder.path, in: rootDescriptor)
        } catch {
            found.problems.append(
                Walk.Problem(path: folder.path, failure: error, isNamed: folder.path == folder.under))
            return []
        }
        let scope =
            options.noIgnore
            ? folder.scope : ignoreFiles.scope(in: folder.path, below: folder.scope, listing: listing)
        var path = Array(folder.path.utf8)
        if !path.isEmpty { path.append(UInt8(ascii: "/")) }
        let prefix = path.count
        var folders: [FolderQueue.Folder] = []
        for entry in listing.entries {
            path.removeSubrange(prefix...)
            path += listing.name(entry)
            switch entry.kind {
            case .folder: enter(path, scope, under: folder.under, &folders, &found)
            case .file: take(path, scope, under: folder.under, &found)
            case .link, .other: break
            }
        }
        return folders
    }

    private func enter(
        _ path: [UInt8], _ scope: IgnoreScope, under: String, _ folders: inout [FolderQueue.Folder],
        _ found: inout Walk.Result
    ) {
        guard let text = String(validating: path, as: UTF8.self) else {
            return report(.nameNotUTF8, path, &found)
        }
        if Self.neverEntered.contains(RepositoryPath.name(text)) { return }
        switch decide(path[...], isFolder: true, scope) {
        case .take: folders.append(FolderQueue.Folder(path: text, scope: scope, under: under))
        case .ignored: found.ignoredFolders += 1
        case .hidden: break
        }
    }

    private func take(_ path: [UInt8], _ scope: IgnoreScope, under: String, _ found: inout Walk.Result) {
        guard wanted(path[...]) else { return }
        let text = String(decoding: path, as: UTF8.self)
        switch decide(path[...], isFolder: false, scope) {
        case .hidden: return
        case .ignored: return found.ignoredFiles.append(text)
        case .take: break
        }
        if !text.utf8.elementsEqual(path) { return report(.nameNotUTF8, path, &found) }
        found.files.append(Walk.File(path: text, under: under))
    }

    private func report(_ failure: ReadFailure, _ path: [UInt8], _ found: inout Walk.Result) {
        let text = String(decoding: path, as: UTF8.self)
        found.problems.append(Walk.Problem(path: text, failure: failure, isNamed: false))
    }

    // MARK: - One entry

    private enum Decision { case take, ignored, hidden }

    private func decide(_ path: ArraySlice<UInt8>, isFolder: Bool, _ scope: IgnoreScope) -> Decision {
        if !options.exclude.isEmpty || !options.include.isEmpty {
            let path = fromCurrentFolder(path)
            if options.exclude.contains(where: { $0.matches(path) }) { return .ignored }
            if !isFolder, !options.include.isEmpty, !options.include.contains(where: { $0.matches(path) }) {
                return .ignored
            }
        }
        switch scope.verdict(path, isFolder: isFolder) {
        case .included: return .take
        case .ignored: return .ignored
        case nil: return !options.hidden && Self.isHidden(path, isFolder: isFolder) ? .hidden : .take
        }
    }

    /// The path as the globs of the command line see it; outside the current folder it starts with `..`.
    private func fromCurrentFolder(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        path.starts(with: globBase) ? path.dropFirst(globBase.count) : Array("../".utf8) + path
    }

    private static func isHidden(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        let name = path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? path.startIndex)...]
        return name.first == UInt8(ascii: ".") && (isFolder || !name.starts(with: ".env".utf8))
    }
}
