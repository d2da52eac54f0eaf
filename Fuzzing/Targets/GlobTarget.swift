@testable import Discovery
@testable import Extraction
import ListenerModel

extension FuzzTarget {
    /// The first line is a path, all lines are patterns and an ignore file.
    static let globs = FuzzTarget("globs", longestInput: 512, words: Words.globs) { _ in
        Words.globs.map { Array("a/b/c.conf\n\($0)\n*.log\n!/a/**\n".utf8) }
    } run: { bytes throws(Violation) in
        let lines = bytes.split(separator: 0x0a)
        guard let path = lines.first else { return }
        for line in lines {
            let pattern = String(decoding: line, as: UTF8.self)
            let glob = try? Glob(pattern)
            _ = glob?.matches(path)
            _ = StarPattern.matches(String(decoding: path, as: UTF8.self)[...], pattern[...])
            // A text without anything special is a glob of itself.
            let isPlain = line.allSatisfy { $0 != 0x2f && $0 != 0x5c && $0 != 0x5b && $0 != 0x2a && $0 != 0x3f }
            if isPlain, String(validating: line, as: UTF8.self) != nil, glob?.matches(line) != true {
                throw Violation("\(pattern) does not match itself")
            }
        }
        let rules = IgnoreRules(bytes, in: "")
        for isFolder in [true, false] { _ = rules.verdict(path, isFolder: isFolder) }
        _ = FileKinds(of: path).extractors.map {
            $0.claim(path: String(decoding: path, as: UTF8.self))
        }
        _ = TestCode.isTest(String(decoding: path, as: UTF8.self))
    }
}
