internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// The files from which a program starts: those that package.json runs, and those that nobody imports.
struct NodeEntryPoints {
    private let program: NodeProgram
    /// The files that a package.json of the tree starts.
    private let started: Set<String>

    init(_ program: NodeProgram) {
        self.program = program
        var started: Set<String> = []
        let roots = Set(program.tree.paths.compactMap { program.resolution.packageRoot(of: RepositoryPath.parent($0)) })
        for root in roots {
            guard let package = program.resolution.package(at: root) else { continue }
            var words = [package["main"]?.string].compactMap { $0 }
            if let bin = package["bin"] {
                words += bin.string.map { [$0] } ?? (bin.mapping ?? []).compactMap(\.value.string)
            }
            for script in package["scripts"]?.mapping ?? [] {
                words += (script.value.string ?? "").split(separator: " ").map(String.init).filter(Self.isFile)
            }
            for word in words {
                let relative = word.hasPrefix(".") ? word : "./" + word
                let package = RepositoryPath.join(root, "package.json") ?? "package.json"
                if let path = program.resolution.path(of: relative, from: package) { started.insert(path) }
            }
        }
        self.started = started
    }

    /// A script's word that names a file to run, not an option or a glob.
    private static func isFile(_ word: String) -> Bool {
        guard let dot = word.lastIndex(of: "."), !word.hasPrefix("-") else { return false }
        return NodeExtractor.extensions.contains(String(word[dot...])) && !word.contains("*")
    }

    /// The entry files from which a module is reached, itself if it is one; sorted.
    func entries(reaching path: String) -> [String] {
        var seen: Set<String> = [path]
        var pending = [path]
        var found: [String] = []
        while let next = pending.popLast() {
            let importers = program.tree.importers[next] ?? []
            if started.contains(next) || importers.isEmpty { found.append(next) }
            pending += importers.filter { seen.insert($0).inserted }
        }
        return found.sorted()
    }
}
