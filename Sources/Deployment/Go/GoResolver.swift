internal import Dialects
public import Extraction
public import ListenerModel

/// What the Go files of a tree listen on: every call that opens a socket, with its address followed back through
/// functions, fields and packages.
public enum GoResolver {
    /// The declarations of all given units that are Go files, sorted by place. Packages of the same modules that
    /// are not among the units are read from the tree when an address leads there.
    public static func declarations(_ units: [Extraction.Unit], in tree: any SourceTree) -> [Declaration] {
        let program = GoProgram(units: units.filter { if case .go = $0.body { true } else { false } }, tree: tree)
        let language = GoLanguage(program)
        let calls = GoCallReader(program: program, language: language, evaluator: Evaluator(language))
        let likely = GoLikelyListeners()
        let entries = GoEntryPoints(program)
        var result: [Declaration] = []
        var candidates: [Declaration] = []
        for folder in program.folders {
            let whole = program.files(in: folder).filter { program.header($0)?.declarations != nil }
            guard !whole.isEmpty else { continue }
            let tests = Set(
                whole.map { path -> GoPackage.Test in
                    guard path.hasSuffix("_test.go") else { return .none }
                    return program.header(path)?.package.hasSuffix("_test") == true ? .outside : .inside
                })
            for test in [GoPackage.Test.none, .inside, .outside] where tests.contains(test) {
                let package = program.package(folder, test: test)
                for file in package.files where whole.contains(file.text.path) {
                    func placed(_ declaration: Declaration) -> Declaration {
                        var declaration = declaration
                        if test == .none { declaration.entryPoints = entries.mains(reaching: folder) }
                        declaration.test = declaration.test || test != .none
                        return declaration
                    }
                    result += calls.declarations(in: file, of: package).map(placed)
                    if test == .none, program.header(file.text.path)?.buildsOnLinux == true {
                        candidates += likely.declarations(in: file).map(placed)
                    }
                }
            }
        }
        // What a call's address comes from is that call's listener already; so is the same address written twice, such
        // as in the default of a flag and in that of the structure that it fills.
        let explained = Set(result.flatMap { [$0.location] + $0.trace.map(\.location) })
        let addresses = Set(result.filter { !$0.test }.compactMap(address))
        result += candidates.filter { candidate in
            !explained.contains(candidate.location) && address(candidate).map { addresses.contains($0) } != true
        }
        return result.sorted { $0.location < $1.location }
    }

    /// The text that a call is expected to be given; nil where parts of it are not known.
    private static func address(_ declaration: Declaration) -> String? {
        guard case .request(let request, _) = declaration.meaning, case .combined(let text) = request.address else {
            return nil
        }
        return text.expected
    }
}
