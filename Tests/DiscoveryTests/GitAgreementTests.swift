import Discovery
import Foundation
import ListenerModel
import Testing

private let hasGit = ["/usr/bin/git", "/usr/local/bin/git", "/opt/homebrew/bin/git"]
    .contains { FileManager.default.isExecutableFile(atPath: $0) }

/// The ignore rules against `git check-ignore`, over generated trees and patterns.
@Suite(.enabled(if: hasGit, "git is not installed"))
struct GitAgreementTests {
    @Test(arguments: 1...60)
    func agrees(seed: UInt64) throws {
        let sample = try Sample(seed: seed)
        #expect(sample.found == sample.files.subtracting(sample.ignored), "rules: \(sample.rules)")
    }

    /// The comparison above would also hold if no rule ever matched.
    @Test func samplesHaveBothKinds() throws {
        let samples = try (1...10).map { try Sample(seed: $0) }
        #expect(samples.map(\.ignored.count).reduce(0, +) > 20)
        #expect(samples.map(\.found.count).reduce(0, +) > 20)
    }

    /// One tree with its ignore files, what git ignores in it and what a walk finds.
    struct Sample {
        var files: Set<String> = []
        var rules: [String: String] = [:]
        var ignored: Set<String> = []
        var found: Set<String> = []

        init(seed: UInt64) throws {
            var random = SplitMix(state: seed)
            let folder = try TemporaryFolder()
            try folder.run(["git", "init", "-q", "."])
            var folders = [""]
            for _ in 0..<40 {
                let path = folders.randomElement(using: &random)! + names.randomElement(using: &random)!
                if folders.contains(path + "/") || files.contains(path) { continue }
                if Bool.random(using: &random) {
                    try folder.folder(path)
                    folders.append(path + "/")
                } else {
                    try folder.write(path, "")
                    files.insert(path)
                }
            }
            for parent in folders where parent.isEmpty || Int.random(in: 0..<4, using: &random) == 0 {
                let lines = (0..<Int.random(in: 1...6, using: &random)).map { _ in line(&random) }
                rules[parent + ".gitignore"] = lines.joined()
                try folder.write(parent + ".gitignore", lines.joined())
            }
            try folder.write(".git/info/exclude", line(&random))
            let output = try folder.run(
                ["git", "check-ignore", "--no-index", "-z", "--stdin"], input: files.sorted())
            ignored = Set(output.split(separator: "\0").map(String.init))
            var options = Walk.Options()
            options.hidden = true
            let walk = Walk(in: folder.repository, options)
            let result = walk.files(under: ["."]) {
                RepositoryPath.name(String(decoding: $0, as: UTF8.self)) != ".gitignore"
            }
            found = Set(result.files.map(\.path))
        }
    }
}

private let names = ["a", "b", "ab", "a.c", "b.c", "foo", "bar", "x y", "[z]", "#h", "!n", "é", "*", "t "]
private let pieces = [
    "a", "b", "ab", "a.c", "*.c", "*", "?", "**", "foo", "ba[r-z]", "[!a]*", "[^b]", "f*o", "x y", "x\\ y",
    "\\#h", "#h", "\\!n", "!n", "\\[z\\]", "[[]z]", "[[:alpha:]]", "[[:punct:]]*", "é", "[", "\\*", "a**", "t\\ ",
    "[]-a]", "*a*b*",
]

private func line(_ random: inout SplitMix) -> String {
    var pattern = (0..<Int.random(in: 1...3, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined(separator: "/")
    if Int.random(in: 0..<4, using: &random) == 0 { pattern = "/" + pattern }
    if Int.random(in: 0..<4, using: &random) == 0 { pattern += "/" }
    if Int.random(in: 0..<4, using: &random) == 0 { pattern = "!" + pattern }
    // git reads `a**/b` as if a slash stood before the stars, against its manual.
    pattern = pattern.replacingOccurrences(of: "a**/", with: "a*/")
    let ends = ["\n", "\n", "\r\n", "  \n", "\t\n", "\n\n"]
    return pattern + ends.randomElement(using: &random)!
}

/// Steele, Lea, Flood 2014: a small generator whose sequence is fixed by its seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
