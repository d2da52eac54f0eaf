internal import Extraction
internal import ListenerModel

/// A Go package: the declarations of the files in one folder, each file read when something that stands in it is asked
/// for. Few files of a package have to do with its addresses.
final class GoPackage {
    enum Test: Hashable {
        case none
        /// `_test.go` files of the package itself.
        case inside
        /// Those of package `x_test`.
        case outside
    }

    struct Key: Hashable {
        var folder: String
        var test: Test
    }

    let key: Key
    let importPath: String
    /// The paths of its files, sorted.
    let members: [String]
    private let scope: LexicalScope
    private unowned let program: GoProgram
    private let base: GoPackage?
    private let positions: [String: Int]
    private var indexed: [String: SourceFile] = [:]
    /// Names whose files are read.
    private var known: Set<String>
    private var methods: [String: SourceFile.FunctionSite?] = [:]

    init(_ key: Key, members: [String], of program: GoProgram, importPath: String, base: GoPackage?) {
        self.key = key
        self.members = members
        self.program = program
        self.importPath = importPath
        self.base = base
        positions = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
        known = Self.predeclared
        scope = LexicalScope(.package, parent: base?.scope, file: nil)
        scope.willLookUp = { [unowned self] name in read(holding: name) }
    }

    /// A file of the package; nil where it cannot be read.
    func file(_ path: String) -> SourceFile? {
        if let file = indexed[path] { return file }
        guard let (parsed, text) = program.parse(path) else { return nil }
        // A file for another system is read on its own: what it defines would hide what Linux sees.
        let outer = parsed.header.buildsOnLinux ? scope : LexicalScope(.package, parent: scope, file: nil)
        let file = ScopeBuilder.index(parsed.declarations, of: text, in: outer)
        indexed[path] = file
        return file
    }

    func dismantle() { for file in indexed.values { file.dismantle() } }

    /// In the order of the paths. The words of `text` stand alone.
    func files(holding text: String) -> [SourceFile] {
        let needle = Array(text.utf8)
        return members.filter { program.tree.mayHold($0, text) }.compactMap(file)
            .filter { $0.text.bytes.firstOffset(of: needle) != nil }
    }

    /// What a name of the package is bound to.
    func binding(_ name: String) -> NameBinding? {
        read(holding: name)
        return scope.bindings[name]
    }

    func method(_ name: String, ofType type: String) -> SourceFile.FunctionSite? {
        let key = "\(type).\(name)"
        if let known = methods[key] { return known }
        let site =
            base?.method(name, ofType: type)
            ?? files(holding: name).lazy.flatMap(\.functions).first { site in
                site.function.name == name && site.function.receiver?.type.flatMap(GoTypes.baseName) == type
            }
        methods[key] = .some(site)
        return site
    }

    /// Names that are given a function called like one that listens: `var listen = net.Listen`. Such files look like
    /// listening themselves.
    private(set) lazy var listenNames: Set<String> = {
        var names = base?.listenNames ?? []
        for path in members where program.tree.headers[path]?.mayListen == true {
            for named in file(path)?.namedValues ?? [] {
                if case .member(_, let name, _) = named.value.kind, GoListenCalls.byCall[name] != nil {
                    names.insert(named.name)
                }
            }
        }
        return names
    }()

    /// Whether one of its files imports a package.
    func imports(_ path: String) -> Bool {
        members.contains { program.header($0)?.imports.contains(path) ?? false }
    }

    private func read(holding name: String) {
        guard !name.isEmpty, known.insert(name).inserted else { return }
        for path in members where indexed[path] == nil && program.tree.mayHold(path, name) { _ = file(path) }
        scope.sortDefinitions(of: name) { positions[$0.text.path] ?? 0 }
    }

    /// Names that nearly every file holds and that no package gives another meaning
    /// (https://go.dev/ref/spec#Predeclared_identifiers; `max`, `min` and the like are left out: many packages do).
    private static let predeclared: Set<String> = [
        "any", "append", "bool", "byte", "cap", "error", "false", "float32", "float64", "int", "int16", "int32",
        "int64",
        "int8", "iota", "len", "make", "new", "nil", "panic", "rune", "string", "true", "uint", "uint16", "uint32",
        "uint64", "uint8", "uintptr",
    ]
}
