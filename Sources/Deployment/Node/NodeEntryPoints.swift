internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// The files from which a program starts: those that package.json runs, and those that nobody imports.
final class NodeEntryPoints {
    private let tree: NodeTree
    private let resolution: NodeModuleResolution
    /// The files that the package.json of each folder starts.
    private var started: [String: Set<String>] = [:]
    private var importers: [String: [String]] = [:]

    init(_ tree: NodeTree) {
        self.tree = tree
        resolution = NodeModuleResolution(tree: tree.tree)
    }

    /// The entry files from which a module is reached, itself if it is one; sorted.
    func entries(reaching path: String) -> [String] {
        var seen: Set<String> = [path]
        var pending = [path]
        var found: [String] = []
        while let next = pending.popLast() {
            let importers = importers(of: next)
            if importers.isEmpty || isStarted(next) { found.append(next) }
            pending += importers.filter { seen.insert($0).inserted }
        }
        return found.sorted()
    }

    private func importers(of path: String) -> [String] {
        if let known = importers[path] { return known }
        let found = tree.importers(of: path, resolution)
        importers[path] = found
        return found
    }

    /// Whether a package.json of the folders above runs it.
    private func isStarted(_ path: String) -> Bool {
        var folder = RepositoryPath.parent(path)
        while let root = resolution.packageRoot(of: folder) {
            if started(at: root).contains(path) { return true }
            if root.isEmpty { break }
            folder = RepositoryPath.parent(root)
        }
        return false
    }

    private func started(at root: String) -> Set<String> {
        if let known = started[root] { return known }
        var found: Set<String> = []
        if let package = resolution.package(at: root) {
            var words = [package["main"]?.string].compactMap { $0 }
            if let bin = package["bin"] {
                words += bin.string.map { [$0] } ?? (bin.mapping ?? []).compactMap(\.value.string)
            }
            for script in package["scripts"]?.mapping ?? [] {
                words += (script.value.string ?? "").split(separator: " ").map(String.init).filter(Self.isFile)
            }
            let manifest = RepositoryPath.join(root, "package.json") ?? "package.json"
            for word in words {
                let relative = word.hasPrefix(".") ? word : "./" + word
                if let path = resolution.path(of: relative, from: manifest) { found.insert(path) }
            }
        }
        started[root] = found
        return found
    }

    /// A script's word that names a file to run, not an option or a glob.
    private static func isFile(_ word: String) -> Bool {
        guard let dot = word.lastIndex(of: "."), !word.hasPrefix("-") else { return false }
        return NodeExtractor.extensions.contains(String(word[dot...])) && !word.contains("*")
    }
}
