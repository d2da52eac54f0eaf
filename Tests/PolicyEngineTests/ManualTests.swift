import Foundation
import ListenerModel
import Testing

@testable import PolicyEngine

/// Every policy on the language's page loads, and the tests that it holds hold.
@Suite("The language's page")
struct ManualTests {
    static let page: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "docs/policy.md"), encoding: .utf8)) ?? ""
    }()

    static let policies: [String] = page.components(separatedBy: "```yaml\n").dropFirst()
        .map { $0.components(separatedBy: "```")[0] }.filter { $0.hasPrefix("version: 1") }

    @Test("its policies hold", arguments: ManualTests.policies)
    func examples(_ text: String) {
        let support = PolicyTestSupport(
            read: { $0 == "bindlint.yaml" ? .bytes(Array(text.utf8)) : .missing }, folder: { _ in nil },
            scan: Self.scan)
        let report = Policy.test("bindlint.yaml", today: today, support)
        #expect(report.diagnostics.map(\.line) == [])
        for result in report.results { #expect(result.failures == [], "\(result.name)") }
        let isTested = text.contains("tests:")
        #expect(isTested == !report.results.isEmpty)
        if isTested {
            #expect(report.untestedRules.map(\.id) == [])
            #expect(report.untestedAllowances == [])
        }
    }

    @Test("it holds all examples of the language")
    func count() {
        #expect(Self.policies.count == 8)
    }

    @Test("it names every predicate and every key")
    func completeness() {
        for predicate in PredicateName.allCases { #expect(Self.page.contains("`\(predicate.rawValue)`")) }
        for object in [ObjectName.policy, .rule, .override, .allowance, .terms, .project] {
            for key in object.keys { #expect(Self.page.contains(key.name), "\(key.name)") }
        }
    }

    /// Stands in for the extractors: a published PostgreSQL port where the snippet has one.
    @Sendable private static func scan(_ files: [String: [UInt8]]) -> PolicyTestSupport.Scan {
        let listeners = files.filter { String(decoding: $0.value, as: UTF8.self).contains("\"5432:5432\"") }.keys
            .map { path in
                listener("0.0.0.0", 5432, path: path, line: 4, source: .compose, role: .publish, service: "db") {
                    $0.backend = .bound
                }
            }
        return .init(listeners: listeners, suppressions: [])
    }
}
