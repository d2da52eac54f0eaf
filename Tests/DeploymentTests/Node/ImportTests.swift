import Extraction
import ListenerModel
import Testing

@testable import Deployment

/// Which file an import leads to, and which imports lead to a file.
struct ImportTests {
    /// What `app/src/main.ts` imports, and the file that it reads.
    static let imports: [(specifier: String, file: String?)] = [
        ("./plain", "app/src/plain.ts"), ("./plain.ts", "app/src/plain.ts"), ("./plain.js", "app/src/plain.ts"),
        ("./view.jsx", "app/src/view.tsx"), ("./old.mjs", "app/src/old.mts"), ("./data", "app/src/data.json"),
        ("./dotted.config", "app/src/dotted.config.js"), ("./folder", "app/src/folder/index.js"),
        ("./folder/", "app/src/folder/index.js"), ("../", "app/lib/start.js"), ("..", "app/lib/start.js"),
        ("../other/../src/plain", "app/src/plain.ts"), ("../../packages/tools", "packages/tools/src/index.ts"),
        ("../../packages/deep", "packages/deep/dist/a/b.js"), ("@/plain", "app/src/plain.ts"),
        ("src/plain", "app/src/plain.ts"), ("~mapped/x", "app/elsewhere/x.service.ts"), ("exact", "app/lib/start.js"),
        ("tools", "packages/tools/src/index.ts"), ("@scope/deep", "packages/deep/dist/a/b.js"),
        ("@scope/deep/dist/a/b", "packages/deep/dist/a/b.js"), ("./missing", nil), ("express", nil), ("node:fs", nil),
        ("@scope", nil), ("@scope/other", nil), ("../../../outside", nil),
    ]

    static let files: [String: String] = [
        "package.json": #"{"workspaces": ["packages/*"]}"#,
        "app/package.json": #"{"main": "lib/start.js"}"#,
        "app/tsconfig.json": """
        {"compilerOptions": {"paths": {"~mapped/*": ["elsewhere/*.service"], "exact": ["lib/start"]}}}
        """,
        "app/lib/start.js": "", "app/src/plain.ts": "", "app/src/view.tsx": "", "app/src/old.mts": "",
        "app/src/data.json": "{}", "app/src/dotted.config.js": "", "app/src/folder/index.js": "",
        "app/elsewhere/x.service.ts": "",
        "packages/tools/package.json": #"{"name": "tools"}"#, "packages/tools/src/index.ts": "",
        "packages/deep/package.json": #"{"name": "@scope/deep", "main": "./dist/a/b"}"#,
        "packages/deep/dist/a/b.js": "",
    ]

    @Test(arguments: imports)
    func leadsToFile(_ specifier: String, _ file: String?) {
        let resolution = NodeModuleResolution(tree: MemoryTree(Self.files))
        #expect(resolution.path(of: specifier, from: "app/src/main.ts") == file)
    }

    /// The index finds each import again from the file that it leads to, among others that do not lead there.
    @Test(arguments: imports, [1, 3])
    func isFoundFromFile(_ each: (specifier: String, file: String?), jobs: Int) throws {
        guard let file = each.file else { return }
        var files = Self.files
        files["app/src/main.ts"] = "import x from '\(each.specifier)'; require('http').createServer().listen(80)"
        files["app/src/other.ts"] = "import './unrelated'; import 'express'"
        let tree = MemoryTree(files)
        let units = files.filter { NodeExtractor().claim(path: $0.key) == .byExtension }.map { path, text in
            let bytes = Array(text.utf8)
            return NodeExtractor().glance(bytes, path: path)
                ?? NodeExtractor().extract(SourceText(path: path, bytes: bytes))
        }
        let nodes = NodeTree(units: units, tree: tree, jobs: jobs)
        #expect(nodes.importers(of: file, NodeModuleResolution(tree: tree)) == ["app/src/main.ts"])
        #expect(nodes.importers(ofPackage: "express") == (each.specifier == "express" ? [] : ["app/src/other.ts"]))
    }
}
