import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Baseline")
struct BaselineTests {
    static let text = "version: 1\nrules: [{ id: x, deny: { scope: [wildcard, private, unknown] } }]\n"

    /// What is found of `after` with the baseline of `before`.
    private func rules(_ before: [Listener], _ after: [Listener]) throws -> [String] {
        let policy = try policy(Self.text)
        let json = policy.record(CheckInput(listeners: before)).baseline.json
        let (baseline, problems) = Baseline.read("b.json", Array(json.utf8))
        #expect(problems.isEmpty)
        return policy.check(CheckInput(listeners: after, baseline: baseline)).rules
    }

    static let web = NetworkNamespace.container(project: "", service: "web")

    @Test("lines, paths and spellings do not matter; sockets, services and counts do")
    func identity() throws {
        let old = listener("0.0.0.0", 80, path: "a.conf", line: 3)
        #expect(try rules([old], [old]) == [])
        #expect(try rules([old], [listener("0.0.0.0", 80, path: "moved/b.conf", line: 99)]) == [])
        #expect(try rules([old], [old.with { $0.text = "80" }]) == [])
        #expect(try rules([old], [old, listener("0.0.0.0", 80, path: "b.conf")]) == ["x"])
        #expect(try rules([old], [listener("0.0.0.0", 81)]) == ["baseline-stale", "x"])
        #expect(try rules([old], [listener("*", 80)]) == ["x"])
        #expect(try rules([listener("*", 80)], [old]) == [])
        #expect(try rules([old], [listener("0.0.0.0", 80, service: "web")]) == ["baseline-stale", "x"])
        #expect(try rules([old], []) == ["baseline-stale"])
        #expect(try rules([listener("10.0.0.1", 80)], [listener("0.0.0.0", 80)]) == ["baseline-stale", "x"])
        #expect(
            try rules(
                [old],
                [
                    old.with {
                        $0.transport = .udp; $0.sockets = [Socket(.udp, .v4(.unspecified), PortRange(80))]
                    }
                ]) == ["baseline-stale", "x"])
    }

    @Test("ranges: a part of what is recorded passes, more does not")
    func ranges() throws {
        let wide = listener("0.0.0.0", 80) { $0.range(8000, 8010) }
        #expect(try rules([wide], [listener("0.0.0.0", 80) { $0.range(8002, 8004) }]) == [])
        #expect(try rules([wide], [listener("0.0.0.0", 80) { $0.range(8000, 8011) }]) == ["baseline-stale", "x"])
    }

    @Test("without sockets host, port and text are the identity")
    func texts() throws {
        let unknown = listener(nil, nil) { $0.text = "$ADDR" }
        #expect(try rules([unknown], [unknown.with { $0.location.path = "b.go" }]) == [])
        #expect(try rules([unknown], [unknown.with { $0.text = "$OTHER" }]) == ["baseline-stale", "x"])
        #expect(try rules([unknown], [unknown, unknown.with { $0.location.path = "b.go" }]) == ["x"])
    }

    @Test("thousands of entries are looked up, not searched")
    func many() throws {
        let policy = try policy(Self.text)
        let listeners = (1...2_000).map { listener("0.0.0.0", $0, line: $0) }
        let baseline = policy.record(CheckInput(listeners: listeners)).baseline
        let wider = (1...2_000).map { listener("*", $0, line: $0) }
        #expect(policy.check(CheckInput(listeners: listeners, baseline: baseline)).rules == [])
        #expect(policy.check(CheckInput(listeners: wider, baseline: baseline)).findings.count == 2_000)
    }

    @Test("the path breaks ties")
    func ties() throws {
        let policy = try policy(Self.text)
        let a = listener("0.0.0.0", 80, path: "a.conf")
        let b = listener("0.0.0.0", 80, path: "b.conf")
        let (baseline, _) = policy.record(CheckInput(listeners: [b]))
        let result = policy.check(CheckInput(listeners: [a, b], baseline: baseline))
        #expect(result.findings.map(\.location.path) == ["a.conf"])
        #expect(result.accepted.map { "\($0.exception.kind) \($0.count)" } == ["baseline 1"])
    }

    @Test("the file has an entry a line and no line numbers")
    func json() throws {
        let policy = try policy(Self.text)
        let listeners = [
            listener("*", 80, path: "b.conf", line: 7, service: "web"),
            listener("0.0.0.0", 80) { $0.range(8000, 8010) },
            listener(nil, 80) { $0.text = "\"$A\"\t" },
        ]
        let baseline = policy.record(CheckInput(listeners: listeners)).baseline
        #expect(
            baseline.json == #"""
                {
                  "version": 1,
                  "findings": [
                    {"rule": "x", "service": null, "host": null, "port": "80", "text": "\"$A\"\u0009", "count": 1, "path": "server.conf"},
                    {"rule": "x", "service": null, "sockets": ["tcp 0.0.0.0:8000-8010"], "count": 1, "path": "server.conf"},
                    {"rule": "x", "service": "web", "sockets": ["tcp 0.0.0.0:80", "tcp [::]:80"], "count": 1, "path": "b.conf"}
                  ]
                }

                """#)
        #expect(Baseline.read("b.json", Array(baseline.json.utf8)).baseline.json == baseline.json)
        #expect(
            policy.check(CheckInput(listeners: listeners, baseline: baseline)).neededBaseline?.json == baseline.json)
    }

    @Test("prune only removes: repeats, sockets and entries that are gone")
    func prune() throws {
        let policy = try policy(Self.text)
        let before = [listener("*", 80), listener("0.0.0.0", 81), listener("0.0.0.0", 81, line: 2)]
        let after = [listener("0.0.0.0", 80), listener("0.0.0.0", 81), listener("0.0.0.0", 82)]
        let baseline = policy.record(CheckInput(listeners: before)).baseline
        let result = policy.check(CheckInput(listeners: after, baseline: baseline))
        let needed = try #require(result.neededBaseline)
        #expect(baseline.count == 3)
        #expect(needed.count == 2)
        #expect(needed.growth(over: baseline) == 0)
        #expect(policy.check(CheckInput(listeners: after, baseline: needed)).rules == ["x"])
        #expect(policy.check(CheckInput(listeners: before, baseline: needed)).rules == ["x", "x"])
    }

    @Test("growth is what is new or wider")
    func growth() throws {
        let policy = try policy(Self.text)
        func baseline(_ listeners: Listener...) -> Baseline { policy.record(CheckInput(listeners: listeners)).baseline }
        let one = listener("0.0.0.0", 80)
        #expect(baseline(one).growth(over: baseline(one)) == 0)
        #expect(baseline(one, listener("0.0.0.0", 81)).growth(over: baseline(one)) == 1)
        #expect(baseline(listener("*", 80)).growth(over: baseline(one)) == 1)
        #expect(baseline(one).growth(over: baseline(listener("*", 80))) == 0)
        #expect(baseline().growth(over: baseline(one)) == 0)
    }

    @Test(
        "what is not a baseline",
        arguments: [
            "", "[]", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [{}]}",
            "{\"version\": 1, \"findings\": [{\"rule\": \"x\", \"sockets\": [\"tcp 80\"], \"count\": 1}]}", "{",
        ])
    func unreadable(_ text: String) {
        #expect(Baseline.read("b.json", Array(text.utf8)).diagnostics.map(\.code) == ["baseline-unreadable"])
    }
}
