internal import Extraction
internal import ListenerModel

/// The JavaScript and TypeScript files of a tree and who imports whom: all that is known without parsing one, shared by
/// all threads.
final class NodeTree: Sendable {
    let tree: any SourceTree
    private let files: [String: NodeFile]
    /// The given files, sorted.
    let paths: [String]
    /// Those that look like listening, sorted.
    let listening: [String]
    /// The given files that import each file of the tree, sorted; empty where nothing listens, for then nobody asks.
    let importers: [String: [String]]
    /// Those of the given files that are test code; empty where nothing listens.
    let tests: Set<String>
    /// The given files that import each package, sorted.
    let importersOfPackages: [String: [String]]

    init(units: [Extraction.Unit], tree: any SourceTree, jobs: Int) {
        self.tree = tree
        let files = Dictionary(
            units.compactMap { unit in
                if case .node(let file) = unit.body { (unit.text.path, file) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        let paths = files.keys.sorted()
        self.paths = paths
        listening = paths.filter { files[$0]?.mayListen == true }
        var importers: [String: [String]] = [:]
        var importersOfPackages: [String: [String]] = [:]
        if !listening.isEmpty {
            // Each share has a memory of its own for what it looked up.
            let imports = ResolverShares.map(paths, jobs: jobs) { paths in
                let resolution = NodeModuleResolution(tree: tree)
                return paths.map { path in
                    let sources = files[path]?.imports ?? []
                    return (path, sources, sources.compactMap { resolution.path(of: $0, from: path) })
                }
            }
            for (path, sources, modules) in imports {
                for module in modules { importers[module, default: []].append(path) }
                for source in sources where !source.hasPrefix(".") {
                    importersOfPackages[source, default: []].append(path)
                }
            }
        }
        self.files = files
        tests = listening.isEmpty ? [] : Set(paths.filter(NodeTests.isTest))
        self.importers = importers
        self.importersOfPackages = importersOfPackages
    }

    /// What a given file imports, as it is written there.
    func imports(of path: String) -> [String] { files[path]?.imports ?? [] }
}
