import Foundation
import ListenerModel
import Testing
import YAMLTree

@testable import PolicyEngine

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

@Sendable private func readFile(_ path: String) -> FileContents {
    guard let data = FileManager.default.contents(atPath: root.appending(path: path).path) else { return .missing }
    return .bytes(Array(data))
}

/// Listeners are given as facts in the packs' tests: nothing scans files.
private let factsAlone = PolicyTestSupport(
    read: readFile, folder: { _ in nil }, scan: { _ in .init(listeners: [], suppressions: []) })

@Suite("Shipped packs")
struct PackTests {
    @Test("the packs of the contract are there")
    func names() {
        #expect(Packs.names == ["admin-ports", "containers", "recommended", "strict"])
    }

    @Test("every pack loads without a complaint", arguments: Packs.names)
    func loads(_ name: String) {
        let loaded = load(nil, shared: [name])
        #expect(loaded.diagnostics.map(\.line) == [])
        #expect(loaded.policy?.sources.last == "pack \(name)")
    }

    @Test("the tests of every pack hold and leave no rule out", arguments: Packs.names)
    func tests(_ name: String) {
        let report = Policy.test("policies/\(name).yaml", today: today, factsAlone)
        #expect(report.diagnostics.map(\.line) == [])
        for result in report.results {
            #expect(result.failures == [], "\(result.location.path):\(result.location.start.line) \(result.name)")
        }
        #expect(report.untestedRules.map(\.id) == [])
    }

    @Test("every rule has a test in which it fires and one in which it must be silent", arguments: Packs.names)
    func completeness(_ name: String) throws {
        guard case .bytes(let bytes) = readFile("policies/\(name).test.yaml") else {
            Issue.record("no tests")
            return
        }
        var fires: Set<String> = []
        var silent: Set<String> = []
        for test in YAMLStream(bytes).documents[0]["tests"]?.sequence ?? [] {
            func ids(_ key: String) -> [String] {
                test[key].map { ($0.sequence ?? [$0]).compactMap(\.string) } ?? []
            }
            fires.formUnion(ids("fires"))
            silent.formUnion(ids("silent") + ids("undecided"))
        }
        var problems = Problems()
        let file = PolicyFile(.pack(name), path: name, bytes: try #require(Packs.text(of: name)))
        for rule in try #require(DocumentReader.read(file, &problems)).rules {
            #expect(fires.contains(rule.id.value), "\(rule.id.value) fires nowhere")
            #expect(silent.contains(rule.id.value), "\(rule.id.value) has no silent case")
        }
    }

    @Test("every rule is described in full", arguments: Packs.names)
    func descriptions(_ name: String) throws {
        let policy = try policy(nil, shared: [name])
        for rule in policy.descriptions(help: true) {
            #expect(rule.why != nil && rule.fix != nil && rule.precision != nil && !rule.tags.isEmpty, "\(rule.id)")
            let help = try #require(rule.help, "\(rule.id)")
            for heading in ["## What it does", "## Why is this bad?", "## Example", "## Use instead"] {
                #expect(help.contains(heading), "\(rule.id)")
            }
            if rule.tags.contains("security") {
                #expect(rule.securitySeverity != nil && rule.cwe != nil && !rule.references.isEmpty, "\(rule.id)")
            }
            #expect(!rule.origins.isEmpty)
        }
        for rule in policy.rules where !rule.isBuiltIn { #expect(rule.text("message") != nil, "\(rule.id)") }
    }

    @Test("rules that two packs have say the same")
    func sameWords() throws {
        var texts: [String: [String: String]] = [:]
        for name in Packs.names {
            for rule in try policy(nil, shared: [name]).rules where !rule.isBuiltIn {
                if let other = texts[rule.id] { #expect(other == rule.texts, "\(rule.id)") }
                texts[rule.id] = rule.texts
            }
        }
    }

    /// `BINDLINT_RECORD=1` writes the pages.
    @Test("the manual's pages are made for every rule, and are current")
    func pages() throws {
        let pages = RulePages.all(today: today)
        let folder = root.appending(path: "docs/rules")
        if ProcessInfo.processInfo.environment["BINDLINT_RECORD"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for page in pages { try Data(page.text.utf8).write(to: folder.appending(path: page.name)) }
        }
        for page in pages {
            guard case .bytes(let bytes) = readFile("docs/rules/\(page.name)") else {
                Issue.record("docs/rules/\(page.name) is missing")
                continue
            }
            #expect(String(decoding: bytes, as: UTF8.self) == page.text)
        }
        #expect(pages.map(\.name) == (RuleHelp.all.keys.map { $0 + ".md" }).sorted())
        let page = pages.first { $0.name == "public-cache.md" }?.text ?? ""
        #expect(page.hasPrefix("# public-cache\n\nCache open to every network. Level: error. CWE-306."))
    }
}
