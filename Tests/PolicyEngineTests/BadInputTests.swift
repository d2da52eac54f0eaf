import Foundation
import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Hostile and broken policies")
struct BadInputTests {
    private func answer(_ bytes: [UInt8]) -> [String] {
        Policy.load(PolicyRequest(repositoryFile: "p.yaml", today: today)) { _ in .bytes(bytes) }.diagnostics.map(
            \.code)
    }

    static let rule = "- { id: x, deny: { port: 80 } }\n"

    static let inputs: [(name: String, text: String, code: String)] = [
        (
            "ten megabytes of rules", "version: 1\nrules:\n" + String(repeating: rule, count: 320_000),
            "policy-too-large"
        ),
        (
            "ten megabytes on one line", "version: 1\ntitle: " + String(repeating: "x", count: 10_000_000),
            "policy-too-large"
        ),
        ("100,000 brackets", "version: 1\nrules: " + String(repeating: "[", count: 100_000), "policy-yaml"),
        ("100,000 braces", "version: 1\nrules: " + String(repeating: "{a: ", count: 100_000), "policy-yaml"),
        (
            "30,000 times the same rule on one line",
            "{version: 1, rules: [" + String(repeating: "{id: x, deny: {port: 80}},", count: 30_000) + "]}",
            "policy-yaml"
        ),
        (
            "8,000 times the same rule on one line",
            "{version: 1, rules: [" + String(repeating: "{id: x, deny: {port: 80}},", count: 8_000) + "]}",
            "policy-duplicate-name"
        ),
        ("10,000 unknown keys", "version: 1\n" + (0..<10_000).map { "key\($0): 1\n" }.joined(), "policy-unknown-key"),
        (
            "aliases of aliases",
            "version: 1\nx: &b0 [1,1,1,1,1,1,1,1]\n"
                + (0..<12).map { "y\($0): &b\($0 + 1) [" + String(repeating: "*b\($0),", count: 8) + "]\n" }.joined(),
            "policy-yaml"
        ),
        (
            "a rule that takes long to refute",
            "version: 1\nrules: [{ id: x, deny: { all: ["
                + (0..<60).map { "{ path: a\($0), not: { path: b\($0) } }," }.joined()
                + "{ role: bind, backend: loopback }] } }]", "policy-impossible"
        ),
        ("not text", "version: 1\n\u{0}", "policy-yaml"),
    ]

    /// The limit only ends what would never end.
    @Test("each is answered", .timeLimit(.minutes(5)), arguments: BadInputTests.inputs)
    func isAnswered(_ name: String, _ text: String, _ code: String) {
        let codes = answer(Array(text.utf8))
        #expect(codes.first == code)
        #expect(codes.count <= 100)
    }

    @Test("every prefix and every change of one byte is answered without a crash")
    func mutations() {
        let bytes = Array(ExampleTests.adminPorts.utf8)
        for end in 0..<bytes.count { _ = answer(Array(bytes[..<end])) }
        for index in bytes.indices {
            var changed = bytes
            changed[index] = [0x00, 0x7b, 0x5d, 0x2a, 0xff, 0x3a][index % 6]
            _ = answer(changed)
        }
    }

    @Test("bytes that are not UTF-8")
    func encoding() {
        #expect(answer([0x76, 0xff, 0xfe, 0x3a]) == ["policy-yaml"])
    }

    @Test("a large policy that is right loads")
    func large() {
        let rules = (0..<500).map {
            "  - { id: r\($0), when: { purpose: admin }, deny: { port: [\($0 + 1), 80-90], scope: wildcard } }\n"
        }
        #expect(answer(Array(("version: 1\nrules:\n" + rules.joined()).utf8)) == [])
    }

    @Test("a long chain of extends ends")
    func chain() {
        let loaded = Policy.load(PolicyRequest(repositoryFile: "0.yaml", today: today)) { path in
            .bytes(Array("version: 1\nextends: ./\((Int(path.dropLast(5)) ?? 0) + 1).yaml\n".utf8))
        }
        #expect(loaded.diagnostics.map(\.code) == ["policy-cycle"])
    }
}

@Suite("Small grammars")
struct GrammarTests {
    @Test(
        "globs that are true of every path",
        arguments: [
            ("**", true), ("*", true), ("**/*", true), ("/**", true), ("**/**", true), ("/*", false), ("*/*", false),
            ("a/**", false), ("*.conf", false), ("?", false),
        ])
    func universalGlobs(_ glob: String, _ isUniversal: Bool) throws {
        #expect(try Glob.inPolicy(glob).matchesEverything == isUniversal)
    }

    @Test("dates")
    func dates() {
        for text in ["1970-01-01", "2000-02-29", "2024-02-29", "2026-11-22", "2100-12-31", "1969-12-31", "0001-01-01"] {
            #expect(CalendarDate(text)?.description == text)
        }
        for text in [
            "2023-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "20261-01-1", "2026-11-22 ", "",
        ] {
            #expect(CalendarDate(text) == nil, "\(text)")
        }
        #expect(CalendarDate(secondsSinceEpoch: 0).description == "1970-01-01")
        #expect(CalendarDate(secondsSinceEpoch: -1).description == "1969-12-31")
        #expect(CalendarDate(secondsSinceEpoch: 1_795_391_999).description == "2026-11-22")
        #expect(today.advanced(byDays: 90).description == "2027-02-20")
    }

    static let possible: [(match: String, isPossible: Bool)] = [
        ("port: 80, not: { port: 80 }", false), ("port: [80, 81], not: { port: 80 }", true),
        ("port: 80-90, not: { port: [80-85, 86-90] }", false), ("port: web, not: { port: [80, 443] }", false),
        ("port: web, transport: sctp", false), ("scope: private, address: 10.0.0.0/8", true),
        ("scope: loopback, address: \"::1\", family: ipv4", false), ("family: ipv4, address: \"fd00::/8\"", false),
        ("address: 10.0.0.0/8, not: { address: [10.0.0.0/9, 10.128.0.0/9] }", false),
        ("address: 10.0.0.0/8, not: { address: 10.0.0.0/9 }", true),
        ("address: \"fd00::/8\", not: { address: \"fd00::/9\" }", true),
        ("scope: unix, port: 80", false), ("scope: unix, not: { port: 80 }", true),
        ("transport: unix, scope: loopback", false),
        ("role: publish, published: true", false), ("role: publish, backend: loopback", true),
        ("source: nginx, not: { source: ng* }", false), ("path: a, not: { path: a }", false),
        ("path: a, not: { path: b }", true),
        ("purpose: admin, not: { purpose: admin }", false),
        ("context: host, not: { context: [host, container, unknown] }", false),
        ("surprise: true, not: { surprise: [fail-open] }", true),
        ("surprise: [true, false], not: { surprise: true }", true),
        ("surprise: fail-open, not: { surprise: true }", false), ("all: [{ role: bind }, { role: publish }]", false),
        ("any: [{ role: bind }, { role: publish }]", true), ("port: ephemeral, not: { port: 1-65535 }", true),
        ("address: \"${IP}\", scope: unknown", true), ("target: 80, not: { target: 1-100 }", false),
    ]

    @Test("what no listener can be", arguments: GrammarTests.possible)
    func satisfiability(_ match: String, _ isPossible: Bool) {
        let loaded = load("version: 1\nrules: [{ id: x, deny: { \(match) } }]\n")
        #expect(loaded.diagnostics.map(\.code) == (isPossible ? [] : ["policy-impossible"]))
    }
}
