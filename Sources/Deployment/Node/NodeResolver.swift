public import Extraction
public import ListenerModel

/// What the JavaScript and TypeScript files of a tree listen on: every call that opens a socket, with its address
/// followed back through variables, functions, classes and modules.
public enum NodeResolver {
    /// The declarations of all given units that are Node files, sorted by place. Modules that are not among the
    /// units are read from the tree when an address leads there.
    public static func declarations(_ units: [Extraction.Unit], in tree: any SourceTree) -> [Declaration] {
        let program = NodeProgram(units: units.filter { if case .node = $0.body { true } else { false } }, tree: tree)
        let language = NodeLanguage(program)
        let calls = NodeCallReader(program: program, language: language, evaluator: Evaluator(language))
        var result: [Declaration] = []
        for path in program.listening {
            guard let module = program.module(path) else { continue }
            result += calls.declarations(in: module) + calls.declarations(inConfiguration: module)
        }
        if result.isEmpty { return [] }
        let entries = NodeEntryPoints(program)
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
}
