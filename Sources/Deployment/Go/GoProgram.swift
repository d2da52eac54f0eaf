internal import Extraction
internal import ListenerModel

/// The Go packages of a tree, each read when it is asked for. One that has read much is dropped for a new one, so that
/// memory does not grow with the tree.
final class GoProgram {
    let tree: GoTree
    /// How many bytes of source are held as syntax.
    private(set) var bytesParsed = 0
    /// Of folders that hold no given file.
    private var otherFiles: [String: [String]] = [:]
    private var packages: [GoPackage.Key: GoPackage] = [:]
    private var otherHeaders: [String: GoHeader] = [:]

    init(_ tree: GoTree) { self.tree = tree }

    deinit { for package in packages.values { package.dismantle() } }

    func files(in folder: String) -> [String] {
        if let given = tree.filesByFolder[folder] ?? otherFiles[folder] { return given }
        let found = (tree.tree.entries(of: folder) ?? []).filter { !$0.isFolder && $0.name.hasSuffix(".go") }
            .map { folder.isEmpty ? $0.name : "\(folder)/\($0.name)" }
        otherFiles[folder] = found
        return found
    }

    func parse(_ path: String) -> (file: GoFile, text: SourceText)? {
        guard case .bytes(let bytes) = tree.tree.readOnce(path), GoExtractor().reads(bytes) else { return nil }
        bytesParsed += bytes.count
        let text = SourceText(path: path, bytes: bytes)
        return (GoFile.parse(text).file, text)
    }

    /// The file's package clause and imports.
    func header(_ path: String) -> GoHeader? {
        if let header = tree.headers[path] ?? otherHeaders[path] { return header }
        guard case .bytes(let bytes) = tree.tree.readOnce(path) else { return nil }
        let header = GoFile.parseHeader(bytes, path: path)
        otherHeaders[path] = header
        return header
    }

    // MARK: Packages

    /// The package that is built from a folder; with `test`, its test files are on top of it.
    func package(_ folder: String, test: GoPackage.Test = .none) -> GoPackage {
        let key = GoPackage.Key(folder: folder, test: test)
        if let known = packages[key] { return known }
        let members = files(in: folder).filter { path in
            guard let header = header(path) else { return false }
            if !path.hasSuffix("_test.go") { return test == .none }
            return test == (header.package.hasSuffix("_test") ? .outside : .inside)
        }
        let package = GoPackage(
            key, members: members, of: self, importPath: tree.importPath(of: folder) ?? folder,
            base: test == .inside ? package(folder) : nil)
        packages[key] = package
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
        guard let path = tree.importPath(of: folder) else { return [folder] }
        return [folder] + (tree.importers[path] ?? []).filter { $0 != folder }
    }

    /// The files of these folders, test files aside, that hold a text whose words stand alone. What a test harness does
    /// says nothing about the program, so its folders count only for code that stands in one itself.
    func sources(in folders: [String], holding text: String, seenFrom asking: String? = nil) -> [SourceFile] {
        let skipsTests = asking.map { !Self.isTestFolder($0) } ?? false
        return folders.flatMap { folder in
            skipsTests && Self.isTestFolder(folder) ? [] : package(folder).files(holding: text)
        }
    }
}
