internal import Extraction
internal import ListenerModel
internal import Threading

/// The Go files of a tree: which packages there are, where they lie and who imports whom. All that is known without
/// reading a declaration, shared by all threads.
final class GoTree: Sendable {
    let tree: any SourceTree
    /// Of the given files, by path.
    let headers: [String: GoHeader]
    /// The folders that hold given files, sorted.
    let folders: [String]
    /// The given files of each folder, sorted.
    let filesByFolder: [String: [String]]
    /// The import path of each folder's package, where a go.mod is above it.
    private let pathOfFolder: [String: String]
    private let folderOfPath: [String: String]
    /// Modules, longest path first, with the folders of their go.mod.
    private let modules: [(path: String, root: String)]
    /// The folders of the given files that import each path, test files aside.
    let importers: [String: [String]]
    /// Of the files that were asked for a word.
    private let words = Lock<[String: WordFilter]>([:])

    init(units: [Extraction.Unit], tree: any SourceTree) {
        self.tree = tree
        var headers: [String: GoHeader] = [:]
        var filesByFolder: [String: [String]] = [:]
        for unit in units {
            guard case .go(let header) = unit.body else { continue }
            headers[unit.text.path] = header
            filesByFolder[RepositoryPath.parent(unit.text.path), default: []].append(unit.text.path)
        }
        for folder in filesByFolder.keys { filesByFolder[folder]?.sort() }
        let folders = filesByFolder.keys.sorted()
        var modules = GoModules(tree)
        var pathOfFolder: [String: String] = [:]
        var folderOfPath: [String: String] = [:]
        var importers: [String: [String]] = [:]
        for folder in folders {
            if let path = modules.importPath(of: folder) {
                pathOfFolder[folder] = path
                folderOfPath[path] = folder
            }
            for file in filesByFolder[folder] ?? [] where !file.hasSuffix("_test.go") {
                for path in headers[file]?.imports ?? [] where importers[path]?.last != folder {
                    importers[path, default: []].append(folder)
                }
            }
        }
        self.headers = headers
        self.folders = folders
        self.filesByFolder = filesByFolder
        self.pathOfFolder = pathOfFolder
        self.folderOfPath = folderOfPath
        self.modules = modules.all
        self.importers = importers
    }

    /// Whether a file may hold all words of a text.
    func mayHold(_ path: String, _ text: String) -> Bool {
        if let known = words.withLock({ $0[path] }) { return known.mayHold(text) }
        var filter = WordFilter([])
        if case .bytes(let bytes) = tree.readOnce(path) { filter = WordFilter(bytes) }
        words.withLock { $0[path] = filter }
        return filter.mayHold(text)
    }

    /// The import path of a folder's package; nil where no go.mod is above it.
    func importPath(of folder: String) -> String? {
        if let known = pathOfFolder[folder] { return known }
        var modules = GoModules(tree)
        return filesByFolder[folder] == nil ? modules.importPath(of: folder) : nil
    }

    /// The folder of an imported package that is part of the tree.
    func folder(ofImport path: String) -> String? {
        if let folder = folderOfPath[path] { return folder }
        // A package outside the given paths, of a module whose other packages are inside.
        for module in modules where path.hasPrefix(module.path + "/") {
            let folder = RepositoryPath.join(module.root, String(path.dropFirst(module.path.utf8.count + 1)))
            if let folder, tree.entries(of: folder)?.contains(where: { $0.name.hasSuffix(".go") }) == true {
                return folder
            }
        }
        return nil
    }
}

/// The modules of a tree, by their go.mod (https://go.dev/ref/mod#go-mod-file).
private struct GoModules {
    private let tree: any SourceTree
    private var pathOfRoot: [String: String?] = [:]

    init(_ tree: any SourceTree) { self.tree = tree }

    var all: [(path: String, root: String)] {
        pathOfRoot.compactMap { root, path in path.map { ($0, root) } }
            .sorted { ($0.path.utf8.count, $0.root) > ($1.path.utf8.count, $1.root) }
    }

    /// The import path of a folder's package.
    mutating func importPath(of folder: String) -> String? {
        var root = folder
        while true {
            if let module = module(at: root) {
                let rest = root.isEmpty ? Substring(folder) : folder.dropFirst(root.utf8.count + 1)
                return folder == root || rest.isEmpty ? module : "\(module)/\(rest)"
            }
            if root.isEmpty { return nil }
            root = RepositoryPath.parent(root)
        }
    }

    private mutating func module(at folder: String) -> String? {
        if let known = pathOfRoot[folder] { return known }
        var result: String?
        if case .bytes(let bytes) = tree.readOnce(folder.isEmpty ? "go.mod" : "\(folder)/go.mod") {
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
                if words.first == "module", words.count > 1 {
                    result = String(words[1].filter { $0 != "\"" })
                    break
                }
            }
        }
        pathOfRoot[folder] = .some(result)
        return result
    }
}
