import Foundation
import Testing
import YAMLTree

/// The fixes in SARIF apply to the files as they are, and what they mend is gone afterwards.
@Suite struct FixTests {
    private struct Fix: Hashable {
        var rule: String
        var path: String
        var line: Int
        var columns: Range<Int>
        var text: String
    }

    @Test func fixesApplyAndLintClean() throws {
        let scratch = try Repository.scratchCopy(of: Repository.testdata.appending(path: "deploy"))
        defer { try? FileManager.default.removeItem(at: scratch) }
        let before = try results(in: scratch)
        let fixes = before.compactMap(\.fix)
        #expect(Set(fixes.map(\.rule)).isSuperset(of: ["public-cache", "public-database", "docker-api-on-tcp"]))
        for fix in Set(fixes.map { Fix(rule: "", path: $0.path, line: $0.line, columns: $0.columns, text: $0.text) }) {
            let file = scratch.appending(path: fix.path)
            var lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            let line = Array(lines[fix.line - 1].utf16)
            lines[fix.line - 1] =
                String(decoding: line[..<(fix.columns.lowerBound - 1)], as: UTF16.self) + fix.text
                + String(decoding: line[(fix.columns.upperBound - 1)...], as: UTF16.self)
            try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        }
        let after = try results(in: scratch)
        #expect(after.compactMap(\.fix).isEmpty)
        let mended = Set(fixes.map { "\($0.rule) \($0.path):\($0.line)" })
        #expect(mended.isDisjoint(with: after.map(\.place)))
        #expect(after.count == before.count - fixes.count)
    }

    private func results(in folder: URL) throws -> [(place: String, fix: Fix?)] {
        let output = try Repository.run(["--format", "sarif"], in: folder)
        let log = try #require(YAMLStream(Array(output.stdout.utf8)).documents.first)
        return (log["runs"]?.sequence?.first?["results"]?.sequence ?? []).map { result in
            let rule = result["ruleId"]?.string ?? ""
            let place = result["locations"]?.sequence?.first?["physicalLocation"]
            let path = place?["artifactLocation"]?["uri"]?.string ?? ""
            func number(_ node: YAMLNode?, _ key: String) -> Int { node?[key]?.string.flatMap { Int($0) } ?? 0 }
            let change = result["fixes"]?.sequence?.first?["artifactChanges"]?.sequence?.first
            let replacement = change?["replacements"]?.sequence?.first
            let region = replacement?["deletedRegion"]
            let fix = replacement.map { replacement in
                Fix(
                    rule: rule, path: path, line: number(region, "startLine"),
                    columns: number(region, "startColumn")..<number(region, "endColumn"),
                    text: replacement["insertedContent"]?["text"]?.string ?? "")
            }
            return ("\(rule) \(path):\(number(place?["region"], "startLine"))", fix)
        }
    }
}
