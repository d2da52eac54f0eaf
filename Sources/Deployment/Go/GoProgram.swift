internal import Extraction
internal import ListenerModel

/// The Go modules and packages of a tree, read and indexed when they are asked for.
final class GoProgram {
    let tree: any SourceTree
    private let units: [String: Extraction.Unit]
    /// The Go files given, by folder, sorted.
    private var filesByFolder: [String: [String]] = [:]
    private var modules: [String: String?] = [:]
    private var packages: [GoPackage.Key: GoPackage] = [:]
    private var headers: [String: GoFile] = [:]
    private var texts: [String: SourceText] = [:]

    init(units: [Extraction.Unit], tree: any SourceTree) {
        self.tree = tree
        self.units = Dictionary(units.map { ($0.text.path, $0) }, uniquingKeysWith: { first, _ in first })
        for unit in units.sorted(by: { $0.text.path < $1.text.path }) {
            filesByFolder[RepositoryPath.parent(unit.text.path), default: []].append(unit.text.path)
        }
    }

    /// The folders that hold given files, sorted.
    var folders: [String] { filesByFolder.keys.sorted() }

    func files(in folder: String) -> [String] {
        if let known = filesByFolder[folder] { return known }
        let found = (tree.entries(of: folder) ?? []).filter { !$0.isFolder && $0.name.hasSuffix(".go") }
            .map { folder.isEmpty ? $0.name : "\(folder)/\($0.name)" }
        filesByFolder[folder] = found
        return found
    }

    /// The file's text; a unit that was only glanced at does not keep it.
    func text(_ path: String) -> SourceText? {
        if let unit = units[path], case .go(let file) = unit.body, file.declarations != nil { return unit.text }
        if let text = texts[path] { return text }
        guard case .bytes(let bytes) = tree.read(path) else { return nil }
        let text = SourceText(path: path, bytes: bytes)
        texts[path] = text
        return text
    }

    /// The file's package clause and imports; its declarations too where it was wholly read.
    func header(_ path: String) -> GoFile? {
        if let unit = units[path], case .go(let file) = unit.body { return file }
        if let header = headers[path] { return header }
        guard let text = text(path) else { return nil }
        let header = GoFile.parseHeader(text.bytes, path: path)
        headers[path] = header
        return header
    }

    // MARK: Modules

    /// The import path of a folder's package; nil where no go.mod is above it.
    func importPath(of folder: String) -> String? {
        var root = folder
        while true {
            if let module = module(at: root) {
                let rest = root.isEmpty ? Substring(folder) : folder.dropFirst(root.count + 1)
                return folder == root || rest.isEmpty ? module : "\(module)/\(rest)"
            }
            if root.isEmpty { return nil }
            root = RepositoryPath.parent(root)
        }
    }

    /// The module path in a folder's go.mod (https://go.dev/ref/mod#go-mod-file).
    private func module(at folder: String) -> String? {
        if let known = modules[folder] { return known }
        var result: String?
        if case .bytes(let bytes) = tree.read(folder.isEmpty ? "go.mod" : "\(folder)/go.mod") {
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
                if words.first == "module", words.count > 1 {
                    result = String(words[1].filter { $0 != "\"" })
                    break
                }
            }
        }
        modules[folder] = .some(result)
        return result
    }

    /// The folder of an imported package that is part of the tree.
    lazy var folderOfImport: [String: String] = {
        var result: [String: String] = [:]
        for folder in folders {
            if let path = importPath(of: folder) { result[path] = folder }
        }
        return result
    }()

    func folder(ofImport path: String) -> String? {
        if let folder = folderOfImport[path] { return folder }
        // A package outside the given paths, of a module whose other packages are inside.
        for (module, root) in moduleRoots where path.hasPrefix(module + "/") {
            let folder = RepositoryPath.join(root, String(path.dropFirst(module.count + 1)))
            if let folder, !files(in: folder).isEmpty {
                folderOfImport[path] = folder
                return folder
            }
        }
        return nil
    }

    private lazy var moduleRoots: [(module: String, root: String)] = {
        for folder in folders { _ = importPath(of: folder) }
        return modules.compactMap { root, module in module.map { ($0, root) } }
            .sorted { $0.module.utf8.count > $1.module.utf8.count }
    }()

    // MARK: Packages

    /// The package that is built from a folder; with `test`, its test files are on top of it.
    func package(_ folder: String, test: GoPackage.Test = .none) -> GoPackage {
        let key = GoPackage.Key(folder: folder, test: test)
        if let known = packages[key] { return known }
        let base = test == .inside ? package(folder) : nil
        let package = GoPackage(key, importPath: importPath(of: folder) ?? folder, base: base)
        packages[key] = package
        for path in files(in: folder) {
            guard let header = header(path), let text = text(path) else { continue }
            let isTest = path.hasSuffix("_test.go")
            let kind: GoPackage.Test = !isTest ? .none : header.package.hasSuffix("_test") ? .outside : .inside
            guard kind == test else { continue }
            let whole = header.declarations == nil ? GoFile.parse(text).file : header
            package.add(whole, text)
        }
        package.index()
        return package
    }

    func package(of file: SourceFile) -> GoPackage? {
        let path = file.text.path
        guard path.hasSuffix("_test.go") else { return package(RepositoryPath.parent(path)) }
        let isOutside = header(path)?.package.hasSuffix("_test") ?? false
        return package(RepositoryPath.parent(path), test: isOutside ? .outside : .inside)
    }

    private static func isTestFolder(_ folder: String) -> Bool { TestCode.isTest("\(folder)/a.go") }

    // MARK: Searching

    /// The folders whose files import a package of the tree, and its own.
    func folders(using folder: String) -> [String] {
        guard let path = importPath(of: folder) else { return [folder] }
        return [folder] + (importers[path] ?? []).filter { $0 != folder }
    }

    /// The folders of the given files that import each path, test files aside.
    private(set) lazy var importers: [String: [String]] = {
        var result: [String: [String]] = [:]
        for folder in folders {
            for path in files(in: folder) where !path.hasSuffix("_test.go") {
                for declaration in header(path)?.imports ?? [] where result[declaration.source]?.last != folder {
                    result[declaration.source, default: []].append(folder)
                }
            }
        }
        return result
    }()

    /// The indexed files of these folders, test files aside, that hold a word. What a test harness does says nothing
    /// about the program, so its folders count only for code that stands in one itself.
    func sources(in folders: [String], holding word: String, seenFrom asking: String? = nil) -> [SourceFile] {
        let needle = Array(word.utf8)
        let skipsTests = asking.map { !Self.isTestFolder($0) } ?? false
        return folders.flatMap { folder -> [SourceFile] in
            if skipsTests, Self.isTestFolder(folder) { return [] }
            let holds = files(in: folder).contains { path in
                !path.hasSuffix("_test.go") && text(path)?.bytes.firstOffset(of: needle) != nil
            }
            guard holds else { return [] }
            return package(folder).files.filter { $0.text.bytes.firstOffset(of: needle) != nil }
        }
    }
}

/// A Go package: the declarations of the files in one folder.
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
    let scope: LexicalScope
    private(set) var files: [SourceFile] = []
    /// Methods by type name and method name.
    private(set) var methods: [String: [String: SourceFile.FunctionSite]] = [:]
    /// The import paths of each file's imports.
    private(set) var imports: Set<String> = []

    init(_ key: Key, importPath: String, base: GoPackage?) {
        self.key = key
        self.importPath = importPath
        scope = LexicalScope(.package, parent: base?.scope, file: nil)
        methods = base?.methods ?? [:]
    }

    func add(_ file: GoFile, _ text: SourceText) {
        // A file for another system is read on its own: what it defines would hide what Linux sees.
        let outer = file.buildsOnLinux ? scope : LexicalScope(.package, parent: scope, file: nil)
        files.append(ScopeBuilder.index(file.declarations ?? [], of: text, in: outer))
        imports.formUnion(file.imports.map(\.source))
    }

    func index() {
        for file in files {
            for site in file.functions {
                guard let type = site.function.receiver?.type, let name = GoTypes.baseName(type) else { continue }
                if methods[name]?[site.function.name] == nil { methods[name, default: [:]][site.function.name] = site }
            }
        }
    }
}
