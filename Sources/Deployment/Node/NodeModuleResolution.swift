internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// From the text of an import to a file of the tree (Node's "Modules: Packages", TypeScript's "Module resolution"):
/// relative paths, the packages of a workspace, and the aliases that projects use for their own folder.
final class NodeModuleResolution {
    let tree: any SourceTree
    private var entries: [String: [FolderEntry]] = [:]
    private var packageRoots: [String: String?] = [:]
    private var packages: [String: Bool] = [:]
    private var files: [String: String?] = [:]
    /// By package and specifier.
    private var known: [String: String?] = [:]
    private var aliasesOfRoots: [String: TypeScriptPaths?] = [:]

    init(tree: any SourceTree) { self.tree = tree }

    private static let extensions = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json"]
    /// What a file is imported as and how it is written.
    private static let compiled = [
        (".js", [".ts", ".tsx"]), (".mjs", [".mts"]), (".cjs", [".cts"]), (".jsx", [".tsx"]),
    ]

    /// nil for a module that is not part of the tree.
    func path(of specifier: String, from file: String) -> String? {
        let folder = RepositoryPath.parent(file)
        if specifier.hasPrefix(".") { return RepositoryPath.join(folder, specifier).flatMap(self.file(at:)) }
        if specifier.hasPrefix("node:") || specifier.hasPrefix("/") { return nil }
        guard let root = packageRoot(of: folder) else { return nil }
        let key = root + "\0" + specifier
        if let known = known[key] { return known }
        let found = find(specifier, inPackage: root)
        known[key] = .some(found)
        return found
    }

    private func find(_ specifier: String, inPackage root: String) -> String? {
        if let path = aliases(at: root)?.candidates(for: specifier).lazy.compactMap(file(at:)).first { return path }
        // `@/config`, `~/config`, `src/config`, and `baseUrl` of the package or its `src`.
        var aliased = Substring(specifier)
        for prefix in ["@/", "~/", "#/", "#"] where aliased.hasPrefix(prefix) {
            aliased = aliased.dropFirst(prefix.count)
            break
        }
        guard aliased.contains("/") || aliased.count < specifier.count else { return workspacePackage(specifier) }
        for base in [root, RepositoryPath.join(root, "src")] {
            if let base, let path = RepositoryPath.join(base, String(aliased)), let found = file(at: path) {
                return found
            }
        }
        return workspacePackage(specifier)
    }

    /// A path as written: with or without extension, with the extension that it will be compiled to, or a folder.
    private func file(at path: String) -> String? {
        if let known = files[path] { return known }
        let found = findFile(at: path)
        files[path] = .some(found)
        return found
    }

    private func findFile(at path: String) -> String? {
        let (folder, name) = (RepositoryPath.parent(path), RepositoryPath.name(path))
        let entries = entries(of: folder)
        if entries.isEmpty { return nil }
        if entries.holdsFile(name), !path.hasSuffix(".node") { return path }
        for suffix in Self.extensions where entries.holdsFile(name + suffix) { return path + suffix }
        for (compiled, written) in Self.compiled where path.hasSuffix(compiled) {
            for suffix in written where entries.holdsFile(name.dropLast(compiled.count) + suffix) {
                return path.dropLast(compiled.count) + suffix
            }
        }
        return path.isEmpty || entries.contains { $0.isFolder && $0.name == name } ? main(ofPackage: path) : nil
    }

    /// The paths whose import may read the file `path`: the other way round than `file(at:)`.
    func targets(leadingTo path: String) -> [String] {
        var targets = [path]
        for suffix in Self.extensions where path.hasSuffix(suffix) {
            targets.append(String(path.dropLast(suffix.count)))
        }
        for (compiled, written) in Self.compiled {
            for suffix in written where path.hasSuffix(suffix) {
                targets.append(path.dropLast(suffix.count) + compiled)
            }
        }
        // A folder is imported for its `index`, or for what its package names.
        let isIndex = RepositoryPath.name(path).hasPrefix("index.")
        var folder = path
        var depth = 0
        while !folder.isEmpty {
            folder = RepositoryPath.parent(folder)
            depth += 1
            // `folder/index.js`, `folder/src/index.js`
            if isIndex && depth <= 2 || hasPackage(folder) { targets.append(folder) }
        }
        return targets
    }

    private func hasPackage(_ folder: String) -> Bool {
        if let known = packages[folder] { return known }
        let found = tree.isFile(folder.isEmpty ? "package.json" : folder + "/package.json")
        packages[folder] = found
        return found
    }

    /// What importing a folder reads: its package's main file, else `index`.
    func main(ofPackage folder: String) -> String? {
        for key in ["source", "module", "main"] {
            guard let main = package(at: folder)?[key]?.string, let path = RepositoryPath.join(folder, main),
                path != folder
            else { continue }
            if isFile(path) { return path }
            for suffix in Self.extensions {
                if isFile(path + suffix) { return path + suffix }
                if isFile(path + "/index" + suffix) { return path + "/index" + suffix }
            }
        }
        for suffix in Self.extensions {
            for index in ["index", "src/index"] {
                if let path = RepositoryPath.join(folder, index + suffix), isFile(path) { return path }
            }
        }
        return nil
    }

    private func aliases(at root: String) -> TypeScriptPaths? {
        if let known = aliasesOfRoots[root] { return known }
        let found = TypeScriptPaths.find(at: root, in: tree) ?? (root.isEmpty ? nil : aliases(at: ""))
        aliasesOfRoots[root] = .some(found)
        return found
    }

    // MARK: Packages

    /// The folder of the closest `package.json` above.
    func packageRoot(of folder: String) -> String? {
        if let known = packageRoots[folder] { return known }
        let found =
            hasPackage(folder) ? folder : folder.isEmpty ? nil : packageRoot(of: RepositoryPath.parent(folder))
        packageRoots[folder] = .some(found)
        return found
    }

    func package(at folder: String) -> YAMLNode? {
        guard let path = RepositoryPath.join(folder, "package.json"), case .bytes(let bytes) = tree.read(path) else {
            return nil
        }
        return YAMLStream(bytes).documents.first
    }

    private func workspacePackage(_ specifier: String) -> String? {
        if workspacePackages.isEmpty { return nil }
        // `name`, `name/path`, `@scope/name`, `@scope/name/path`
        let parts = specifier.split(separator: "/", omittingEmptySubsequences: false)
        let length = specifier.hasPrefix("@") ? 2 : 1
        guard let folder = workspacePackages[parts.prefix(length).joined(separator: "/")] else { return nil }
        if parts.count <= length { return main(ofPackage: folder) }
        let rest = parts.dropFirst(length).joined(separator: "/")
        for base in [folder, folder + "/src"] {
            if let path = RepositoryPath.join(base, rest), let found = file(at: path) { return found }
        }
        return nil
    }

    /// The folders, by package name, that `workspaces` of package.json or pnpm-workspace.yaml name.
    private lazy var workspacePackages: [String: String] = {
        var patterns: [String] = []
        if let workspaces = package(at: "")?["workspaces"] {
            patterns += (workspaces.sequence ?? workspaces["packages"]?.sequence ?? []).compactMap(\.string)
        }
        if case .bytes(let bytes) = tree.read("pnpm-workspace.yaml") {
            patterns += (YAMLStream(bytes).documents.first?["packages"]?.sequence ?? []).compactMap(\.string)
        }
        var found: [String: String] = [:]
        for pattern in patterns {
            for folder in self.folders(matching: pattern) {
                if let name = package(at: folder)?["name"]?.string, found[name] == nil { found[name] = folder }
            }
        }
        return found
    }()

    /// `packages/*`, `apps/web`; `**` is taken for one level.
    private func folders(matching pattern: String) -> [String] {
        guard pattern.hasSuffix("*") else { return [pattern] }
        var parent = pattern
        while parent.hasSuffix("*") || parent.hasSuffix("/") { parent.removeLast() }
        return (tree.entries(of: parent) ?? []).filter { $0.isFolder && $0.name != "node_modules" }.map {
            parent.isEmpty ? $0.name : "\(parent)/\($0.name)"
        }
    }

    // MARK: The tree

    private func entries(of folder: String) -> [FolderEntry] {
        if let known = entries[folder] { return known }
        let found = tree.entries(of: folder) ?? []
        entries[folder] = found
        return found
    }

    private func isFile(_ path: String) -> Bool {
        entries(of: RepositoryPath.parent(path)).holdsFile(RepositoryPath.name(path))
    }
}
