import Foundation
import YAMLTree

/// The files of `testdata` and `policies`, of which seeds are made.
struct Corpus: Sendable {
    /// By path from the repository's root.
    let files: [String: [UInt8]]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let all = Corpus()

    private init() {
        var files: [String: [UInt8]] = [:]
        for folder in ["testdata", "policies"] {
            let names =
                (try? FileManager.default.subpathsOfDirectory(atPath: Self.root.appending(path: folder).path)) ?? []
            for name in names {
                let path = "\(folder)/\(name)"
                guard let data = try? Data(contentsOf: Self.root.appending(path: path)) else { continue }
                files[path] = [UInt8](data)
            }
        }
        self.files = files
    }

    /// The bytes of files whose path passes, in the order of their paths.
    func files(where passes: (String) -> Bool) -> [[UInt8]] { paths(where: passes).map { files[$0]! } }

    func paths(where passes: (String) -> Bool) -> [String] { files.keys.filter(passes).sorted() }

    /// The folders directly inside `parent`, each as one packed tree.
    func trees(in parent: String) -> [[UInt8]] {
        let inside = files.keys.filter { $0.hasPrefix(parent + "/") }
        let folders = Set(inside.compactMap { $0.dropFirst(parent.utf8.count + 1).split(separator: "/").first })
        return folders.sorted().map { tree(in: "\(parent)/\($0)") }
    }

    /// A folder as one packed tree, without what a case expects of it.
    func tree(in folder: String) -> [UInt8] {
        var tree: [String: [UInt8]] = [:]
        for path in files.keys where path.hasPrefix(folder + "/") && !path.hasSuffix("expected.listeners") {
            tree[String(path.dropFirst(folder.utf8.count + 1))] = files[path]
        }
        return PackedTree.pack(tree)
    }

    /// The inputs of observed cases, which hold every form that a runtime was asked for.
    func observed(_ name: String) -> [String] {
        guard let bytes = files["testdata/conformance/\(name).jsonl"] else { return [] }
        return bytes.split(separator: 0x0a).compactMap { line in
            YAMLStream(Array(line)).documents.first?["input"]?.scalar?.text
        }
    }
}
