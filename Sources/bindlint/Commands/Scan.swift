internal import Deployment
internal import Discovery
internal import Extraction
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

/// What `check`, `list` and `baseline` do first: find the files, read them, and work out what they start.
struct Scan {
    let repository: Repository
    let tree: any SourceTree
    let deployment: Deployment
    let found: Walk.Result
    /// Given on the command line and not there, or not readable.
    let missing: [String]
    /// The paths were files named one by one.
    let isFileByFile: Bool
    /// Policy files below the one that is in force: one look-up upward decides, so that a folder cannot weaken it.
    let ignoredPolicies: [String]

    init(
        _ arguments: ScanArguments, in place: Place, by inForce: PolicyInForce, verbosity: Verbosity,
        standardInput: InputFile? = nil
    ) {
        let policy = inForce.policy
        repository = place.repository
        var walkOptions = arguments.walk
        walkOptions.bindlintIgnore = walkOptions.bindlintIgnore && !policy.isSealed
        let walk = Walk(in: repository, walkOptions)
        var found = walk.files(under: place.paths, wanted: { !FileKinds(of: $0).isEmpty })
        // A file that comes from standard input need not be on the disk.
        if standardInput != nil { found.problems.removeAll(where: \.isNamed) }
        let own = inForce.discovered.flatMap(repository.path)
        ignoredPolicies = found.files.filter { !$0.isNamed && Self.isPolicy($0.path) && $0.path != own }.map(\.path)
        found.files.removeAll { Self.isPolicy($0.path) && !$0.isNamed }
        // The walk asked for names alone.
        found.ignoredFiles.removeAll { !Self.mayBeRead($0) }
        self.found = found
        missing = found.problems.filter(\.isNamed).map(\.path)
        isFileByFile = !found.files.isEmpty && found.files.allSatisfy(\.isNamed)
        tree = standardInput.map { OverlayTree(base: place.tree, $0) } ?? place.tree

        var options = Deployment.Options()
        options.sources = arguments.sources
        options.jobs = walkOptions.jobs
        options.named = Set(found.files.filter(\.isNamed).map(\.path))
        options.projects = policy.projects.map {
            ComposeProjects.Declared(files: $0.files, profiles: $0.profiles, envFile: $0.environmentFiles.last)
        }
        let files = found.files
        options.isTest = { path in
            let index = files.partitioningIndex { $0.path >= path }
            let given = index < files.count && files[index].path == path ? files[index].under : ""
            // What stands above the PATH that was given was chosen by whoever gave it.
            guard !given.isEmpty else { return TestCode.isTest(path) }
            return TestCode.isTest(given == path ? RepositoryPath.name(path) : String(path.dropFirst(given.count + 1)))
        }
        let ignored = Set(found.ignoredFiles)
        options.mayRead = { !ignored.contains($0) }
        var paths = found.files.map(\.path)
        if let standardInput {
            paths = [standardInput.path]
            options.named = [standardInput.path]
        }
        let progress = Progress(verbosity, shownPath: repository.shown)
        if let progress { options.willRead = progress.read }
        deployment = Deployment(paths, in: tree, options: options)
        progress?.end()
    }

    /// The paths cover the repository, so that what nothing needs can be told.
    var isWholeTree: Bool {
        found.files.contains { $0.under.isEmpty } || found.files.isEmpty
    }

    private static func mayBeRead(_ path: String) -> Bool {
        let kinds = FileKinds(of: path.utf8)
        return kinds.mayTell || kinds.extractors.contains { $0.claim(path: path) != .no }
    }

    private static func isPolicy(_ path: String) -> Bool { Policy.fileNames.contains(RepositoryPath.name(path)) }

    /// By the extractor that would read it; nil for files of no known kind.
    static func kind(of path: String) -> Source? {
        FileKinds(of: path.utf8).extractors.first { [.owned, .byExtension].contains($0.claim(path: path)) }?.source
    }
}

/// A file whose bytes come from standard input.
struct InputFile {
    /// Relative to the repository root.
    var path: String
    var bytes: [UInt8]
}

/// A tree with one file in the place of what the disk has there.
private struct OverlayTree: SourceTree {
    let base: any SourceTree
    let file: InputFile

    init(base: any SourceTree, _ file: InputFile) {
        self.base = base
        self.file = file
    }

    func read(_ path: String) -> FileContents { path == file.path ? .bytes(file.bytes) : base.read(path) }

    func entries(of folder: String) -> [FolderEntry]? {
        guard folder == RepositoryPath.parent(file.path) else { return base.entries(of: folder) }
        let name = RepositoryPath.name(file.path)
        var entries = (base.entries(of: folder) ?? []).filter { $0.name != name }
        entries.append(FolderEntry(name: name, isFolder: false))
        return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
