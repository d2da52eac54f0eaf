public import Extraction
public import ListenerModel

/// What the JavaScript and TypeScript files of a tree listen on: every call that opens a socket, with its address
/// followed back through variables, functions, classes and modules.
public enum NodeResolver {
    /// The declarations of all given units that are Node files, sorted by place. Modules that are not among the
    /// units are read from the tree when an address leads there.
    public static func declarations(
        _ units: [Extraction.Unit], in tree: any SourceTree, jobs: Int = 1
    ) -> [Declaration] {
        let tree = NodeTree(units: units, tree: tree, jobs: jobs)
        let found = ResolverShares.map(tree.listening, jobs: jobs) { read($0, of: tree) }
        return found.sorted { $0.location < $1.location }
    }

    private static func read(_ paths: ArraySlice<String>, of tree: NodeTree) -> [Declaration] {
        var result: [Declaration] = []
        let entries = NodeEntryPoints(tree)
        var program = NodeProgram(tree)
        for path in paths {
            if program.bytesParsed > ResolverShares.mostParsed { program = NodeProgram(tree) }
            guard let module = program.module(path) else { continue }
            // What it remembers depends on what was asked before, so that no file may ask before another.
            let calls = NodeCallReader(program)
            var found = calls.declarations(in: module) + calls.declarations(inConfiguration: module)
            if found.isEmpty { continue }
            let reaching = entries.entries(reaching: path)
            let isTest = NodeTests.isNamedTest(path)
            for index in found.indices {
                found[index].entryPoints = reaching
                found[index].test = found[index].test || isTest
            }
            result += found
        }
        return result
    }
}
