import Foundation
import ListenerModel
import PolicyEngine
import Testing

/// Every example in the documentation is a test case. `BINDLINT_RECORD=1` writes what comes out into the documents;
/// read it before committing.
@Suite(.serialized) struct DocumentationTests {
    static let documents = ["README.md", "CONTRIBUTING.md", "docs/policy.md"]
    static let isRecording = ProcessInfo.processInfo.environment["BINDLINT_RECORD"] != nil

    /// ```` ```console ```` blocks: `$ bindlint …` lines, each followed by what it prints.
    @Test(arguments: documents) func consoleExamples(_ document: String) throws {
        let file = Repository.root.appending(path: document)
        let text = try String(contentsOf: file, encoding: .utf8)
        var actual = ""
        var isInside = false
        var isOutput = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```console" {
                isInside = true
            } else if isInside && line == "```" {
                isInside = false
                isOutput = false
            } else if isInside && line.hasPrefix("$ bindlint") {
                actual += line + "\n"
                let words = shellWords(String(line.dropFirst(2)))
                actual += try Repository.run(Array(words.dropFirst()), in: Repository.root).stdout
                isOutput = true
                continue
            }
            if !isOutput { actual += line + "\n" }
        }
        actual.removeLast()
        try compare(actual, with: file)
    }

    /// Policies in the documentation load, but for the paths and variables that only their owners have.
    @Test(arguments: documents) func policyExamples(_ document: String) throws {
        let text = try String(contentsOf: Repository.root.appending(path: document), encoding: .utf8)
        for block in text.components(separatedBy: "```yaml\n").dropFirst() {
            let yaml = block.components(separatedBy: "\n```")[0]
            guard yaml.hasPrefix("version: 1"), !yaml.contains("extends: ../") else { continue }
            let request = PolicyRequest(repositoryFile: "bindlint.yaml", today: CalendarDate("2026-11-22")!)
            let loaded = Policy.load(request) { _ in .bytes(Array(yaml.utf8)) }
            #expect(loaded.policy != nil, "\(document): \(loaded.diagnostics.map(\.message))\n\(yaml)")
        }
    }

    /// A page for each rule that is shipped, and no other.
    @Test func rulePages() throws {
        let folder = Repository.root.appending(path: "docs/rules")
        let pages = RulePages.all(today: CalendarDate("2026-11-22")!)
        if Self.isRecording { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        for (name, text) in pages { try compare(text, with: folder.appending(path: name)) }
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(found == pages.map(\.name))
    }

    /// The table of `recommended` in the README.
    @Test func ruleTable() throws {
        let file = Repository.root.appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let marker = "<!-- rules -->\n"
        let parts = text.components(separatedBy: marker)
        #expect(parts.count == 2)
        let rest = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0.isEmpty || $0.hasPrefix("|") }
        let request = PolicyRequest(files: ["recommended"], today: CalendarDate("2026-11-22")!)
        let rules = Policy.load(request) { _ in .missing }.policy?.descriptions() ?? []
        let shipped = Set(Packs.descriptions(today: CalendarDate("2026-11-22")!).map(\.id))
        let rows = rules.filter { shipped.contains($0.id) && !$0.origins.contains("built in") }.map { rule in
            "| [\(rule.id)](docs/rules/\(rule.id).md) | \(rule.level.rawValue) | \(rule.title) |\n"
        }
        let table = "\n| rule | level | |\n|---|---|---|\n" + rows.joined() + "\n"
        try compare(parts[0] + marker + table + rest.joined(separator: "\n"), with: file)
    }

    private func compare(_ actual: String, with file: URL) throws {
        if Self.isRecording { return try actual.write(to: file, atomically: true, encoding: .utf8) }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(actual == expected, "\(file.lastPathComponent) is not current")
    }
}
