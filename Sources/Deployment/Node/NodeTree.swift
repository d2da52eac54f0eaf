internal import Extraction
internal import ListenerModel

/// The JavaScript and TypeScript files of a tree and who imports whom: all that is known without parsing one, shared by
/// all threads.
final class NodeTree: Sendable {
    let tree: any SourceTree
    /// The given files, sorted by path.
    private let files: [(path: String, file: NodeFile)]
    /// The paths of those that look like listening, sorted.
    let listening: [String]
    private let imports: ImportIndex

    init(units: [Extraction.Unit], tree: any SourceTree, jobs: Int) {
        self.tree = tree
        let files = units.compactMap { unit in
            if case .node(let file) = unit.body { (path: unit.text.path, file: file) } else { nil }
        }.sorted { $0.path < $1.path }
        self.files = files
        listening = files.filter(\.file.mayListen).map(\.path)
        // Where nothing listens, nobody asks who imports it.
        imports = listening.isEmpty ? ImportIndex() : ImportIndex(files, in: tree, jobs: jobs)
    }

    /// What a given file imports, as it is written there.
    func imports(of path: String) -> [String] {
        let index = files.partitioningIndex { $0.path >= path }
        return index < files.count && files[index].path == path ? files[index].file.imports : []
    }

    /// The given files that import a file of the tree, sorted.
    func importers(of path: String, _ resolution: NodeModuleResolution) -> [String] {
        let found = imports.mayName(path, resolution).filter { place in
            resolution.path(of: files[place.file].file.imports[place.position], from: files[place.file].path) == path
        }
        return Set(found.map(\.file)).sorted().map { files[$0].path }
    }

    /// The given files that import a package, sorted.
    func importers(ofPackage name: String) -> [String] {
        let found = imports.mayNamePackage(name).filter { files[$0.file].file.imports[$0.position] == name }
        return Set(found.map(\.file)).sorted().map { files[$0].path }
    }
}
