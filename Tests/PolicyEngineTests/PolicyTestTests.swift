import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Policy tests")
struct PolicyTestTests {
    static let rules = """
        version: 1
        rules:
          - { id: x, deny: { port: 9000 } }
          - { id: y, deny: { scope: wildcard } }
        allow:
          - { rule: x, when: { service: db }, reason: why }
        """

    private func run(_ tests: String, files: [String: String] = [:]) -> PolicyTestReport {
        var files = files
        files["policy/bindlint.yaml"] = Self.rules + "\ntests:\n" + tests
        let all = files
        let support = PolicyTestSupport(
            read: { path in all[path].map { .bytes(Array($0.utf8)) } ?? .missing },
            folder: { folder in
                let inside = all.filter { $0.key.hasPrefix(folder + "/") }
                return inside.isEmpty
                    ? nil
                    : Dictionary(
                        uniqueKeysWithValues: inside.map {
                            (String($0.key.dropFirst(folder.count + 1)), Array($0.value.utf8))
                        })
            },
            scan: Self.scan)
        return Policy.test("policy/bindlint.yaml", today: today, support)
    }

    /// A listener for each line `listen ADDRESS PORT` of any file.
    @Sendable private static func scan(_ files: [String: [UInt8]]) -> PolicyTestSupport.Scan {
        var listeners: [Listener] = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() {
                let words = line.split(separator: " ")
                guard words.count == 3, words[0] == "listen" else { continue }
                listeners.append(listener(String(words[1]), Int(words[2]), path: path, line: index + 1))
            }
        }
        return .init(listeners: listeners, suppressions: [])
    }

    static let cases: [(test: String, failures: [String])] = [
        ("{ listener: { address: 0.0.0.0, port: 9000 }, fires: [x, y] }", []),
        (
            "{ listener: { address: 0.0.0.0, port: 9000 }, fires: x }",
            ["'y' fires: example listens on 0.0.0.0 port 9000, against the rule y"]
        ),
        ("{ listener: { address: 127.0.0.1, port: 80 }, silent: [x, y] }", []),
        ("{ listener: { address: 127.0.0.1, port: 80 }, fires: x }", ["'x' should be firing and is silent"]),
        ("{ listener: { address: 127.0.0.1 }, undecided: x }", []),
        ("{ listener: { address: 127.0.0.1 } }", []),
        ("{ listener: { address: 127.0.0.1 }, silent: x }", ["'x' should be silent and is undecided"]),
        ("{ listener: { address: 127.0.0.1, port: 9000, service: db }, excused: x }", []),
        ("{ listener: { address: 127.0.0.1, port: 9000, service: db } }", ["'x' is excused"]),
        (
            "{ listener: { address: 127.0.0.1, port: 9000, service: db }, silent: x }",
            ["'x' should be silent and is excused"]
        ),
        ("{ listener: { address: 127.0.0.1, port: 80 }, silent: z }", ["there is no rule 'z': did you mean 'x'?"]),
        ("{ snippet: \"listen 127.0.0.1 9000\", file: a.conf, fires: x }", []),
        ("{ snippet: \"listen 127.0.0.1 80\", file: a.conf, fires: x }", ["'x' should be firing and is silent"]),
        ("{ folder: tree, fires: [x, y] }", []),
        ("{ folder: nowhere, fires: x }", ["there is no folder 'nowhere'"]),
        ("{ annotated: good.conf }", []),
        (
            "{ annotated: bad.conf }",
            ["bad.conf:2: 'x' does not fire", "bad.conf:4: 'x' fires", "bad.conf:4: 'y' fires"]
        ),
        ("{ annotated: nothing.conf }", ["there is no file 'nothing.conf'"]),
    ]

    @Test("each kind of test, right and wrong", arguments: PolicyTestTests.cases)
    func verdicts(_ test: String, _ failures: [String]) {
        let report = run(
            "  - \(test)\n",
            files: [
                "policy/tree/a.conf": "listen 127.0.0.1 9000", "policy/tree/sub/b.conf": "listen 0.0.0.0 80",
                "policy/good.conf":
                    "# fires: x, y\nlisten 0.0.0.0 9000\n# fires: x\n// fires: y\nlisten 0.0.0.0 9000\nlisten ::1 80\n",
                "policy/bad.conf": "# fires: x\nlisten ::1 80\n\nlisten 0.0.0.0 9000\n",
            ])
        #expect(report.diagnostics.map(\.line) == [])
        #expect(report.results.map(\.failures) == [failures])
    }

    @Test("rules and allowances that no test touches are listed")
    func coverage() {
        let report = run("  - { listener: { address: 127.0.0.1, port: 80 }, silent: x }\n")
        #expect(report.untestedRules.map(\.id) == ["y"])
        #expect(report.untestedAllowances.map(\.start.line) == [6])
        #expect(report.hasPassed)
    }

    @Test("tests in a file beside the policy")
    func besides() {
        let report = run(
            "  - { listener: { port: 9000, address: 10.0.0.1 }, fires: x }\n",
            files: [
                "policy/bindlint.test.yaml": "version: 1\ntests: [{ name: there, listener: { port: 1 }, fires: x }]\n"
            ])
        #expect(report.results.map(\.name) == ["test 1", "there"])
        #expect(report.results.map(\.failures.count) == [0, 1])
        #expect(report.results.last?.location.path == "policy/bindlint.test.yaml")
    }

    @Test("a policy that does not load runs nothing")
    func broken() {
        let report = run("  - { listener: { prot: 1 }, fires: x }\n")
        #expect(report.results.isEmpty && !report.hasPassed)
        #expect(
            report.diagnostics.map(\.line) == [
                "policy/bindlint.yaml:8:19: policy-unknown-key: a listener has no key 'prot' | did you mean 'port'?"
            ])
    }
}

@Suite("What is shown and written")
struct ShowTests {
    @Test("the policy in effect names the origin of each value and loads again")
    func show() throws {
        let org =
            "version: 1\nports: { admin: [admin, 8001] }\nrules: [{ id: x, level: note, deny: { purpose: admin } }]\n"
        let text = """
            version: 1
            extends: ./org.yaml
            rules: [{ id: x, level: error }]
            overrides: [{ when: { path: [a, "b/**"] }, max: note }]
            allow: [{ rule: x, when: { not: { port: 80-90 } }, reason: "because: of", until: 2027-01-31 }]
            """
        let policy = try policy(text, files: ["org.yaml": org])
        let shown = policy.text()
        #expect(shown.contains("  - id: x"))
        for line in [
            "# org.yaml, bindlint.yaml", "level: error", "# bindlint.yaml:3", "deny: { purpose: admin }",
            "# org.yaml:3", "when: { path: [a, \"b/**\"] }", "when: { not: { port: 80-90 } }",
            "reason: \"because: of\"",
        ] {
            #expect(shown.contains(line), "\(line)")
        }
        let again = try self.again(shown)
        #expect(again.rules.count == policy.rules.count)
        #expect(again.rule("x")?.level == .error)
    }

    private func again(_ shown: String) throws -> Policy {
        // The built-in rules are shown, and are only restated with their level.
        try policy(shown)
    }

    @Test("for a path: the level of each rule, and why")
    func showForPath() throws {
        let text = """
            version: 1
            rules: [{ id: x, level: error, deny: { port: 80 } }, { id: other, deny: { port: 81 } }]
            overrides:
              - { when: { path: "dev/**" }, max: note }
              - { when: { path: "dev/**", service: web }, levels: { x: off } }
            """
        let shown = try policy(text).text(for: "dev/compose.yaml")
        #expect(shown.hasPrefix("# dev/compose.yaml, by bindlint.yaml\n"))
        #expect(
            shown.contains(
                "x                    note  # at most note by bindlint.yaml:4; off by bindlint.yaml:5 where { path: \"dev/**\", service: web }\n"
            ))
        #expect(try policy(text).text(for: "a.yaml").contains("x                    error\n"))
    }

    @Test("descriptions: level everywhere, origins, and a page")
    func descriptions() throws {
        let policy = try policy(
            "version: 1\nextends: recommended\nrules: [{ id: public-cache, level: warning }]\noverrides: [{ when: { path: \"**\" }, max: note }]\n"
        )
        let rule = try #require(policy.description(of: "public-cache"))
        #expect(rule.level == .note)
        #expect(rule.defaultLevel == .error)
        #expect(rule.origins == ["pack recommended", "bindlint.yaml:3"])
        #expect(rule.securitySeverity == "9.1")
        #expect(rule.page.contains("## Use instead"))
        #expect(policy.descriptions().allSatisfy { $0.help == nil })
        #expect(policy.description(of: "nothing") == nil)
        #expect(policy.suggestion(for: "public-cash") == "did you mean 'public-cache'?")
    }

    @Test("a starting policy passes today, and each wide listener in it is to be justified")
    func starting() throws {
        let listeners = [
            listener("0.0.0.0", 5432, path: "deploy/compose.yaml", source: .compose, role: .publish, service: "db") {
                $0.backend = .bound
            },
            listener("*", 8080, path: "main.go", source: .go, context: .unknown),
            listener("127.0.0.1", 9000, path: "main.go", line: 2),
            listener("0.0.0.0", 53, path: "[odd] name.conf", transport: .udp),
        ]
        let text = StartingPolicy.text(listeners: listeners, today: today)
        #expect(text.contains("rule: [public-database, wide-listener]"))
        #expect(text.contains("when: { path: deploy/compose.yaml, service: db, port: 5432 }"))
        #expect(text.contains("until: 2027-02-20"))
        let result = try policy(text).check(CheckInput(listeners: listeners))
        #expect(result.findings.filter { $0.level >= .warning }.isEmpty)
        #expect(result.suppressed.count == 4)
        let new = try policy(text).check(
            CheckInput(listeners: listeners + [listener("0.0.0.0", 8081, path: "new.conf")]))
        #expect(new.rules == ["wide-listener"])
    }
}
