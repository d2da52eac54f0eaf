internal import Extraction
internal import ListenerModel

/// The main packages that a package is linked into.
final class GoEntryPoints {
    private let program: GoProgram
    private var known: [String: [String]] = [:]

    init(_ program: GoProgram) { self.program = program }

    /// The folders of the main packages that import this folder's package, directly or through others; itself if it
    /// is one. Sorted.
    func mains(reaching folder: String) -> [String] {
        if let known = known[folder] { return known }
        var seen: Set<String> = [folder]
        var queue = [folder]
        var mains: [String] = []
        while let next = queue.popLast() {
            if isMain(next) {
                mains.append(next)
                continue
            }
            guard let path = program.tree.importPath(of: next) else { continue }
            for importer in program.tree.importers[path] ?? [] where seen.insert(importer).inserted {
                queue.append(importer)
            }
        }
        let result = mains.sorted()
        known[folder] = result
        return result
    }

    private func isMain(_ folder: String) -> Bool {
        program.files(in: folder).contains {
            !$0.hasSuffix("_test.go") && program.header($0).map { $0.package == "main" && $0.buildsOnLinux } == true
        }
    }
}
