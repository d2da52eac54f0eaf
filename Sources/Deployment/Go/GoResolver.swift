internal import Dialects
public import Extraction
public import ListenerModel

/// What the Go files of a tree listen on: every call that opens a socket, with its address followed back through
/// functions, fields and packages.
public enum GoResolver {
    /// The declarations of all given units that are Go files, sorted by place. Packages of the same modules that
    /// are not among the units are read from the tree when an address leads there.
    public static func declarations(
        _ units: [Extraction.Unit], in tree: any SourceTree, jobs: Int = 1
    ) -> [Declaration] {
        let tree = GoTree(units: units, tree: tree)
        let folders = tree.folders.filter { folder in
            tree.filesByFolder[folder]?.contains { tree.headers[$0]?.mayListen == true } ?? false
        }
        let found = ResolverShares.map(folders, jobs: jobs) { read($0, of: tree) }
        let result = found.filter { !$0.isLikely }.map(\.declaration)
        // What a call's address comes from is that call's listener already; so is the same address written twice, such
        // as in the default of a flag and in that of the structure that it fills.
        let explained = Set(result.flatMap { [$0.location] + $0.trace.map(\.location) })
        let addresses = Set(result.filter { !$0.test }.compactMap(address))
        let likely = found.filter(\.isLikely).map(\.declaration).filter { candidate in
            !explained.contains(candidate.location) && address(candidate).map { addresses.contains($0) } != true
        }
        return (result + likely).sorted { $0.location < $1.location }
    }

    private struct Found: Sendable {
        var declaration: Declaration
        /// It only looks like a listener.
        var isLikely: Bool
    }

    private static func read(_ folders: ArraySlice<String>, of tree: GoTree) -> [Found] {
        var found: [Found] = []
        let entries = GoEntryPoints(GoProgram(tree))
        var program = GoProgram(tree)
        for folder in folders {
            if program.bytesParsed > ResolverShares.mostParsed { program = GoProgram(tree) }
            // What it remembers depends on what was asked before, so that no folder may ask before another.
            let calls = GoCallReader(program)
            for test in [GoPackage.Test.none, .inside, .outside] {
                let package = program.package(folder, test: test)
                for path in package.members where tree.headers[path]?.mayListen == true {
                    guard let file = package.file(path) else { continue }
                    func placed(_ declaration: Declaration, isLikely: Bool) -> Found {
                        var declaration = declaration
                        if test == .none { declaration.entryPoints = entries.mains(reaching: folder) }
                        declaration.test = declaration.test || test != .none
                        return Found(declaration: declaration, isLikely: isLikely)
                    }
                    found += calls.declarations(in: file, of: package).map { placed($0, isLikely: false) }
                    if test == .none, tree.headers[path]?.buildsOnLinux == true {
                        found += GoLikelyListeners().declarations(in: file).map { placed($0, isLikely: true) }
                    }
                }
            }
        }
        return found
    }

    /// The text that a call is expected to be given; nil where parts of it are not known.
    private static func address(_ declaration: Declaration) -> String? {
        guard case .request(let request, _) = declaration.meaning, case .combined(let text) = request.address else {
            return nil
        }
        return text.expected
    }
}
