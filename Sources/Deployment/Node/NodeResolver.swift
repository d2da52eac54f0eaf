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
        var result = ResolverShares.map(tree.listening, jobs: jobs) { read($0, of: tree) }
        if result.isEmpty { return [] }
        let entries = NodeEntryPoints(NodeProgram(tree))
        var known: [String: [String]] = [:]
        for index in result.indices {
            let path = result[index].location.path
            let reaching = known[path] ?? entries.entries(reaching: path)
            known[path] = reaching
            result[index].entryPoints = reaching
            result[index].test = result[index].test || NodeTests.isNamedTest(path)
        }
        return result.sorted { $0.location < $1.location }
    }

    private static func read(_ paths: ArraySlice<String>, of tree: NodeTree) -> [Declaration] {
        var result: [Declaration] = []
        var program = NodeProgram(tree)
        var calls = NodeCallReader(program)
        for path in paths {
            if program.bytesParsed > ResolverShares.mostParsed {
                program = NodeProgram(tree)
                calls = NodeCallReader(program)
            }
            guard let module = program.module(path) else { continue }
            result += calls.declarations(in: module) + calls.declarations(inConfiguration: module)
        }
        return result
    }
}
