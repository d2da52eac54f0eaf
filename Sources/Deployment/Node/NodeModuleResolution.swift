internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// From the text of an import to a file of the tree (Node's "Modules: Packages", TypeScript's "Module resolution"):
/// relative paths, the packages of a workspace, and the aliases that projects use for their own folder.
final class NodeModuleResolution {
    let tree: any SourceTree
    private var names: [String: Set<String>] = [:]
    private var folders: [String: Bool] = [:]
    private var packageRoots: [String: String?] = [:]
    private var known: [String: String?] = [:]
    private var aliasesOfRoots: [String: TypeScriptPaths?] = [:]

    init(tree: any SourceTree) { self.tree = tree }

    private static let extensions = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json"]

    /// nil for a module that is not part of the tree.
    func path(of specifier: String, from file: String) -> String? {
        let folder = RepositoryPath.parent(file)
        let key = folder + "\0" + specifier
        if let known = known[key] { return known }
        let found = find(specifier, from: folder)
        known[key] = .some(found)
        return found
    }

    private func find(_ specifier: String, from folder: String) -> String? {
        if specifier.hasPrefix(".") { return RepositoryPath.join(folder, specifier).flatMap(file(at:)) }
        if specifier.hasPrefix("node:") || specifier.hasPrefix("/") { return nil }
        guard let root = packageRoot(of: folder) else { return nil }
        if let path = aliases(at: root)?.candidates(for: specifier).lazy.compactMap(file(at:)).first { return path }
        // `@/config`, `~/config`, `src/config`, and `baseUrl` of the package or its `src`.
        var aliased = Substring(specifier)
        for prefix in ["@/", "~/", "#/", "#"] where aliased.hasPrefix(prefix) {
            aliased = aliased.dropFirst(prefix.count)
            break
        }
        guard aliased.contains("/") || aliased.count < specifier.count else { return workspacePackage(specifier, root) }
        for base in [root, RepositoryPath.join(root, "src")] {
            if let base, let path = RepositoryPath.join(base, String(aliased)), let found = file(at: path) {
                return found
            }
        }
        return workspacePackage(specifier, root)
    }

    /// A path as written: with or without extension, with the extension that it will be compiled to, or a folder.
    private func file(at path: String) -> String? {
        if isFile(path), !path.hasSuffix(".node") { return path }
        for suffix in Self.extensions where isFile(path + suffix) { return path + suffix }
        for (compiled, written) in [
            (".js", [".ts", ".tsx"]), (".mjs", [".mts"]), (".cjs", [".cts"]), (".jsx", [".tsx"]),
        ]
        where path.hasSuffix(compiled) {
            for suffix in written {
                let source = String(path.dropLast(compiled.count)) + suffix
                if isFile(source) { return source }
            }
        }
        return isFolder(path) ? main(ofPackage: path) : nil
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
        let path = RepositoryPath.join(folder, "package.json")
        let found: String? =
            path.map(isFile) == true ? folder : folder.isEmpty ? nil : packageRoot(of: RepositoryPath.parent(folder))
        packageRoots[folder] = .some(found)
        return found
    }

    func package(at folder: String) -> YAMLNode? {
        guard let path = RepositoryPath.join(folder, "package.json"), case .bytes(let bytes) = tree.read(path) else {
            return nil
        }
        return YAMLStream(bytes).documents.first
    }

    private func workspacePackage(_ specifier: String, _ root: String) -> String? {
        for (name, folder) in workspacePackages where specifier == name || specifier.hasPrefix(name + "/") {
            if specifier == name { return main(ofPackage: folder) }
            let rest = String(specifier.dropFirst(name.count + 1))
            for base in [folder, folder + "/src"] {
                if let path = RepositoryPath.join(base, rest), let found = file(at: path) { return found }
            }
        }
        return nil
    }

    /// Package names and folders that `workspaces` of package.json or pnpm-workspace.yaml name.
    private lazy var workspacePackages: [(name: String, folder: String)] = {
        var patterns: [String] = []
        if let workspaces = package(at: "")?["workspaces"] {
            patterns += (workspaces.sequence ?? workspaces["packages"]?.sequence ?? []).compactMap(\.string)
        }
        if case .bytes(let bytes) = tree.read("pnpm-workspace.yaml") {
            patterns += (YAMLStream(bytes).documents.first?["packages"]?.sequence ?? []).compactMap(\.string)
        }
        var found: [(name: String, folder: String)] = []
        for pattern in patterns {
            for folder in self.folders(matching: pattern) {
                if let name = package(at: folder)?["name"]?.string { found.append((name, folder)) }
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

    private func isFile(_ path: String) -> Bool {
        let folder = RepositoryPath.parent(path)
        if let known = names[folder] { return known.contains(RepositoryPath.name(path)) }
        let files = Set((tree.entries(of: folder) ?? []).filter { !$0.isFolder }.map(\.name))
        names[folder] = files
        return files.contains(RepositoryPath.name(path))
    }

    private func isFolder(_ path: String) -> Bool {
        if let known = folders[path] { return known }
        let found = tree.isFolder(path)
        folders[path] = found
        return found
    }
}
