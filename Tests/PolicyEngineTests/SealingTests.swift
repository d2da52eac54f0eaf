import ListenerModel
import Testing

@testable import PolicyEngine

/// What a linted repository may try against a gate that is given with `--policy`, or extended with `lock: true`.
@Suite("Sealing")
struct SealingTests {
    static let gate = """
        version: 1
        ports: { admin: [admin, 9000], noc: [3000] }
        addresses: { inside: [10.8.0.0/16] }
        rules:
          - id: admin-open
            level: error
            when: { purpose: admin, context: [host, unknown] }
            deny: { scope: wildcard }
          - id: outside
            level: error
            when: { port: 5432 }
            require: { address: [inside, loopback] }
          - { id: no-exceptions, level: error, exceptions: none, deny: { port: 2375 } }
        allow:
          - { rule: admin-open, when: { port: noc }, reason: screens }
        """
    static let listeners = [
        listener("0.0.0.0", 9000, line: 1, context: .unknown), listener("0.0.0.0", 5432, line: 2),
        listener("127.0.0.1", 2375, line: 3),
    ]
    static let all = [
        "admin-open error server.conf:1", "no-exceptions error server.conf:3", "outside error server.conf:2",
    ]

    /// Tries that are accepted and change nothing about the findings of the gate.
    static let futile: [(name: String, text: String)] = [
        ("nothing", "version: 1"),
        ("redefine the port set", "version: 1\nports: { admin: [1] }"),
        ("redefine the address set", "version: 1\naddresses: { inside: [0.0.0.0/1] }"),
        ("widen the set of an allowance", "version: 1\nports: { noc: [1-65535] }"),
        ("declare everything a container", "version: 1\ncontexts: [{ path: \"**\", context: container }]"),
        ("cap all levels", "version: 1\noverrides: [{ when: { path: \"**\" }, max: off }]"),
        ("extend a pack with other levels", "version: 1\nextends: [strict, containers, admin-ports]\nrules: []"),
    ]

    @Test("sets, contexts and overrides of the repository do not reach sealed rules", arguments: SealingTests.futile)
    func changesNothing(_ name: String, _ text: String) throws {
        let policy = try policy(text, shared: ["gate.yaml"], files: ["gate.yaml": Self.gate])
        #expect(policy.isSealed)
        let result = policy.check(CheckInput(listeners: Self.listeners, isWholeTree: false))
        let own = ["admin-open", "outside", "no-exceptions"]
        #expect(result.findings.filter { own.contains($0.rule) }.count == 3)
        #expect(Set(result.lines).isSuperset(of: Self.all))
    }

    static func rules(_ rule: String) -> String { "version: 1\nrules: [{ \(rule) }]\n" }

    /// What is answered with an error that names both places; nil for what is accepted.
    static let attempts: [(name: String, text: String, answer: String?)] = [
        (
            "lower a level", rules("id: outside, level: note"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        (
            "switch a rule off", rules("id: outside, level: off"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        (
            "another predicate", rules("id: outside, require: { port: 5432 }"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        (
            "another selection", rules("id: outside, when: { port: 1 }"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        (
            "unlock", rules("id: outside, lock: false"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        (
            "another message", rules("id: outside, message: all is well"),
            "'outside' is locked by gate.yaml:9: files below can only make it stricter"
        ),
        ("tighten", rules("id: outside, unknown: deny, suppressible: false"), nil),
        (
            "override the level", "version: 1\noverrides: [{ when: { path: \"**\" }, levels: { outside: note } }]",
            "'outside' is locked by gate.yaml:9: files below can only raise its level"
        ),
        ("raise by override", "version: 1\noverrides: [{ when: { path: x }, levels: { outside: error } }]", nil),
        ("except", "version: 1\nallow: [{ rule: outside, when: { port: 5432 }, reason: x }]", nil),
        (
            "except what nobody may", "version: 1\nallow: [{ rule: no-exceptions, when: { port: 2375 }, reason: x }]",
            "nobody may except 'no-exceptions': gate.yaml:13 says so"
        ),
    ]

    @Test("touching a rule that --policy seals", arguments: SealingTests.attempts)
    func isAnswered(_ name: String, _ text: String, _ answer: String?) {
        let loaded = load(text, shared: ["gate.yaml"], files: ["gate.yaml": Self.gate])
        #expect(loaded.diagnostics.map(\.message) == (answer.map { [$0] } ?? []))
        #expect(loaded.diagnostics.allSatisfy { $0.location?.path == "bindlint.yaml" })
    }

    @Test("the repository's own file given with --policy as well is one file")
    func sameFile() {
        let text = "version: 1\nrules: [{ id: x, deny: { port: 80 } }]\n"
        for path in ["bindlint.yaml", "./bindlint.yaml", "/srv/repository/bindlint.yaml"] {
            let loaded = load(text, shared: [path], files: [path: text])
            #expect(loaded.diagnostics.map(\.line) == [], "\(path)")
            #expect(loaded.policy?.sources.count == 1)
        }
    }

    @Test("packs come before files, and each in the order in which it is met")
    func order() throws {
        let policy = try policy(
            "version: 1\nextends: [./org.yaml, containers]\nrules: []\n",
            files: [
                "org.yaml": "version: 1\nextends: recommended\nrules: [{ id: published-but-loopback, level: note }]\n"
            ])
        #expect(policy.sources == ["pack recommended", "pack containers", "org.yaml", "bindlint.yaml"])
        #expect(policy.rule("container-loopback")?.level == .error)
        #expect(policy.rule("published-but-loopback")?.level == .note)
    }

    @Test("lock: true lets nothing touch a rule, not even to tighten it")
    func explicitLock() {
        let org = "version: 1\nrules: [{ id: x, level: warning, lock: true, deny: { port: 1 } }]\n"
        for text in [
            "rules: [{ id: x, level: error }]", "overrides: [{ when: { path: a }, levels: { x: error } }]",
            "rules: [{ id: x, level: off }]",
        ] {
            let loaded = load("version: 1\nextends: ./org.yaml\n\(text)\n", files: ["org.yaml": org])
            #expect(loaded.diagnostics.map(\.message) == ["'x' is locked by org.yaml:2"])
        }
        let allowed = load(
            "version: 1\nextends: ./org.yaml\nallow: [{ rule: x, when: { path: a }, reason: y }]\n",
            files: ["org.yaml": org])
        #expect(allowed.diagnostics.isEmpty)
    }

    @Test("a sealed level is not capped from below, and is raised")
    func levels() throws {
        let org = "version: 1\nrules: [{ id: x, level: warning, deny: { port: 9000 } }]\n"
        let text = """
            version: 1
            rules: [{ id: own, level: error, deny: { port: 9000 } }]
            overrides:
              - { when: { path: server.conf }, max: note }
              - { when: { path: server.conf }, levels: { x: error } }
            """
        let policy = try policy(text, shared: ["org.yaml"], files: ["org.yaml": org])
        let result = policy.check(CheckInput(listeners: [listener()]))
        #expect(result.lines == ["own note server.conf:1", "x error server.conf:1"])
    }

    @Test("comments and baselines reach what may be excepted, and every report says so")
    func exceptions() throws {
        let policy = try policy(nil, shared: ["gate.yaml"], files: ["gate.yaml": Self.gate])
        let comments = (1...3).map { line in
            comment("bindlint: ignore[admin-open, outside, no-exceptions] -- trust me", line: line)
        }
        let result = policy.check(CheckInput(listeners: Self.listeners, suppressions: comments, isWholeTree: false))
        #expect(result.findings.filter { $0.rule == "no-exceptions" }.count == 1)
        #expect(result.findings.filter { $0.rule == "suppression-invalid" }.count == 3)
        #expect(result.suppressed.map(\.rule) == ["admin-open", "outside"])
        #expect(result.accepted.map(\.count) == [1, 1])
        let file = comment("bindlint: ignore-file[no-exceptions] -- fixture", line: 9)
        #expect(
            policy.check(CheckInput(listeners: Self.listeners, suppressions: [file], isWholeTree: false))
                .rules.contains("no-exceptions"))
        let (baseline, refused) = policy.record(CheckInput(listeners: Self.listeners))
        #expect(baseline.count == 2)
        #expect(refused == ["no-exceptions": 1])
    }

    static let terms: [(name: String, terms: String, text: String, answer: String?)] = [
        ("owner", "owner: required", "reason: x", "this allowance is not accepted: an owner is required by org.yaml:2"),
        ("owner given", "owner: required", "reason: x, owner: me", nil),
        (
            "date", "until: required", "reason: x",
            "this allowance is not accepted: a last day is required by org.yaml:2"
        ),
        ("date given", "until: required", "reason: x, until: 2026-12-01", nil),
        (
            "too long", "max-days: 90", "reason: x, until: 2027-02-21",
            "this allowance is not accepted: 2027-02-21 is more than 90 days from 2026-11-22 by org.yaml:2"
        ),
        ("as long as may be", "max-days: 90", "reason: x, until: 2027-02-20", nil),
        (
            "without end", "max-days: 90", "reason: x",
            "this allowance is not accepted: a last day is required by org.yaml:2"
        ),
        (
            "none at all", "from: none", "reason: x",
            "this allowance is not accepted: exceptions of the kind 'repository' are not accepted by org.yaml:2"
        ),
        (
            "comments only", "from: inline", "reason: x",
            "this allowance is not accepted: exceptions of the kind 'repository' are not accepted by org.yaml:2"
        ),
    ]

    @Test("terms for exceptions", arguments: SealingTests.terms)
    func obeysTerms(_ name: String, _ terms: String, _ text: String, _ answer: String?) {
        let org = "version: 1\nexceptions: { \(terms) }\nrules: [{ id: x, deny: { port: 9000 } }]\n"
        let own = "version: 1\nallow: [{ rule: x, when: { port: 9000 }, \(text) }]\n"
        #expect(
            load(own, shared: ["org.yaml"], files: ["org.yaml": org]).diagnostics.map(\.message)
                == (answer.map { [$0] } ?? []))
    }

    @Test("terms can only be narrowed")
    func narrowing() {
        let org = "version: 1\nexceptions: { max-days: 90, from: [repository, inline] }\n"
        for (terms, count) in [
            ("max-days: 30", 0), ("max-days: 180", 1), ("from: inline", 0), ("from: [inline, baseline]", 1),
            ("from: none", 0),
        ] {
            let loaded = load("version: 1\nexceptions: { \(terms) }\n", shared: ["org.yaml"], files: ["org.yaml": org])
            #expect(loaded.diagnostics.count == count, "\(terms)")
        }
    }

    @Test("comments under terms")
    func commentsUnderTerms() throws {
        for (terms, text, isAccepted) in [
            ("until: required", "-- why", false), ("until: required", "-- why (until 2026-12-01)", true),
            ("max-days: 30", "-- why (until 2027-12-01)", false),
            ("owner: required", "-- why (until 2026-12-01)", false),
            ("from: repository", "-- why", false), ("from: inline", "-- why", true),
        ] {
            let org = "version: 1\nexceptions: { \(terms) }\nrules: [{ id: x, deny: { port: 9000 } }]\n"
            let policy = try policy(nil, shared: ["org.yaml"], files: ["org.yaml": org])
            let result = policy.check(
                CheckInput(listeners: [listener()], suppressions: [comment("bindlint: ignore[x] \(text)")]))
            #expect(result.rules == (isAccepted ? [] : ["suppression-invalid", "x"]), "\(terms) \(text)")
        }
    }

    @Test("a baseline under terms that it cannot meet")
    func baselineUnderTerms() throws {
        let org = "version: 1\nexceptions: { owner: required }\nrules: [{ id: x, deny: { port: 9000 } }]\n"
        let refused = load("version: 1\nbaseline: b.json\n", shared: ["org.yaml"], files: ["org.yaml": org])
        #expect(
            refused.diagnostics.map(\.message) == [
                "a baseline is not accepted here: an owner is required by org.yaml:2"
            ])
        let open = try policy("version: 1\nrules: [{ id: x, deny: { port: 9000 } }]\n")
        let input = CheckInput(listeners: [listener()])
        let result = try policy(nil, shared: ["org.yaml"], files: ["org.yaml": org])
            .check(CheckInput(listeners: [listener()], baseline: open.record(input).baseline))
        #expect(result.rules == ["x"])
        #expect(result.diagnostics.map(\.code) == ["baseline-refused"])
    }
}

func comment(
    _ text: String, path: String = "server.conf", line: Int = 1, ownLine: Bool = false, nextLine: Int = 0
) -> SuppressionComment {
    let start = Position(line: line, column: 40)
    return SuppressionComment(
        text: text, location: Location(path: path, start: start, end: start, range: 0..<0), ownLine: ownLine,
        nextLine: nextLine)
}
