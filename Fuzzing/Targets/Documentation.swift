import Foundation

/// The examples of the manual: each is a seed that holds what people are told to write.
enum Documentation {
    static let policies: [[UInt8]] = {
        let folder = Corpus.root.appending(path: "docs")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        let pages =
            (names.filter { $0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
            + [Corpus.root.appending(path: "README.md")]).compactMap { try? String(contentsOf: $0, encoding: .utf8) }
        return pages.flatMap { $0.components(separatedBy: "```yaml\n").dropFirst() }
            .map { Array($0.components(separatedBy: "```")[0].utf8) }
    }()
}
