import ListenerModel
import Testing

@testable import PolicyEngine

/// A rule and what it says of one listener: `fires`, `silent` or `undecided`, or a level.
struct Verdict: Sendable, CustomTestStringConvertible {
    var rule: String
    var listener: Listener
    var expected: String

    init(_ rule: String, _ listener: Listener, _ expected: String) {
        self.rule = rule
        self.listener = listener
        self.expected = expected
    }

    var testDescription: String { "\(rule) on \(listener.text): \(expected)" }
}

@Suite("Predicates and rules")
struct EvaluationTests {
    private func verdict(_ body: String, _ listener: Listener, head: String = "") throws -> String {
        let policy = try policy("version: 1\n\(head)rules:\n  - { id: x, \(body) }\n", repository: "acme/noc-7")
        let result = policy.check(CheckInput(listeners: [listener]))
        if let finding = result.findings.first { return finding.level == .warning ? "fires" : finding.level.rawValue }
        return result.undecided["x"] == nil ? "silent" : "undecided"
    }

    static let unknownContext = listener("0.0.0.0", 80, context: .unknown)
    static let unknownPort = listener("0.0.0.0", nil)
    static let unknownHost = listener(nil, 80)
    static let name = listener("db.internal", 80)
    static let socket = listener("/run/app.sock", nil, transport: .unix)
    static let container = NetworkNamespace.container(project: "", service: "web")

    static let threeValues: [Verdict] = [
        // when true
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80), "fires"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 81), "silent"),
        Verdict("deny: { port: 80 }", unknownPort, "undecided"),
        Verdict("deny: { port: 80 }, unknown: pass", unknownPort, "undecided"),
        Verdict("deny: { port: 80 }, unknown: note", unknownPort, "note"),
        Verdict("deny: { port: 80 }, unknown: deny", unknownPort, "fires"),
        Verdict("deny: { port: [80, unknown] }", unknownPort, "fires"),
        Verdict("require: { port: 80 }", listener("0.0.0.0", 80), "silent"),
        Verdict("require: { port: 80 }", listener("0.0.0.0", 81), "fires"),
        Verdict("require: { port: 80 }", unknownPort, "undecided"),
        Verdict("require: { port: 80 }, unknown: deny", unknownPort, "fires"),
        Verdict("require: { port: [80, unknown] }", unknownPort, "silent"),
        // when false
        Verdict("when: { source: go }, deny: { port: 80 }", listener("0.0.0.0", 80), "silent"),
        Verdict("when: { source: go }, deny: { port: 80 }, unknown: deny", unknownPort, "silent"),
        // when unknown
        Verdict("when: { context: host }, deny: { port: 80 }", unknownContext, "undecided"),
        Verdict("when: { context: host }, deny: { port: 80 }, unknown: deny", unknownContext, "undecided"),
        Verdict("when: { context: host }, deny: { port: 81 }", unknownContext, "silent"),
        Verdict("when: { context: [host, unknown] }, deny: { port: 80 }", unknownContext, "fires"),
        // Kleene
        Verdict("deny: { any: [{ port: 80 }, { scope: wildcard }] }", unknownPort, "fires"),
        Verdict("deny: { any: [{ port: 80 }, { scope: loopback }] }", unknownPort, "undecided"),
        Verdict("deny: { all: [{ port: 80 }, { scope: loopback }] }", unknownPort, "silent"),
        Verdict("deny: { not: { port: 80 } }", unknownPort, "undecided"),
        Verdict("deny: { not: { port: 80 } }", listener("0.0.0.0", 81), "fires"),
        Verdict("deny: { scope: wildcard, not: { port: [80, 443] } }", listener("0.0.0.0", 443), "silent"),
        // a fact that cannot apply is false, and its opposite true
        Verdict("deny: { transport: [tcp, unix], port: 80 }", socket, "silent"),
        Verdict("deny: { transport: [tcp, unix], not: { port: 80 } }", socket, "fires"),
        Verdict("deny: { service: \"*\" }", listener(), "silent"),
        Verdict("deny: { not: { service: web } }", listener(), "fires"),
        Verdict("deny: { backend: [loopback, unknown] }", listener(), "silent"),
        Verdict("deny: { published: false }", listener(role: .publish), "silent"),
        // certainty is itself always known
        Verdict("deny: { certainty: certain }", unknownPort, "silent"),
        Verdict("deny: { certainty: unknown }", unknownPort, "fires"),
    ]

    static let perSocket: [Verdict] = [
        Verdict("deny: { family: ipv4 }", listener("*", 80), "fires"),
        Verdict("deny: { family: ipv6 }", listener("*", 80), "fires"),
        Verdict("deny: { family: ipv6 }", listener("0.0.0.0", 80), "silent"),
        Verdict("deny: { family: ipv6 }", listener("::ffff:127.0.0.1", 80), "silent"),
        Verdict("deny: { family: ipv4, scope: loopback }", listener("::ffff:127.0.0.1", 80), "fires"),
        Verdict("deny: { address: 127.0.0.0/8 }", listener("::ffff:127.0.0.1", 80), "fires"),
        Verdict("deny: { address: 0.0.0.0 }", listener("*", 80), "fires"),
        Verdict("deny: { address: \"::\" }", listener("*", 80), "fires"),
        Verdict("require: { address: \"::\" }", listener("*", 80), "fires"),
        Verdict("deny: { address: \"::\" }", listener("0.0.0.0", 80), "silent"),
        Verdict("deny: { address: 10.0.0.0/8 }", listener("10.1.2.3", 80), "fires"),
        Verdict("deny: { address: 10.0.0.0/8 }", listener("0.0.0.0", 80), "silent"),
        Verdict("deny: { address: 10.0.0.0/8 }", unknownHost, "undecided"),
        Verdict("deny: { address: 10.0.0.0/8 }", name, "undecided"),
        Verdict("deny: { address: unknown }", unknownHost, "fires"),
        Verdict("deny: { address: unknown }", name, "silent"),
        Verdict("deny: { address: name }", name, "fires"),
        Verdict("deny: { scope: name }", name, "fires"),
        Verdict("deny: { address: loopback }", name, "silent"),
        Verdict("deny: { port: 8005 }", listener("0.0.0.0", 80) { $0.range(8000, 8010) }, "fires"),
        Verdict("require: { port: 8000-8010 }", listener("0.0.0.0", 80) { $0.range(8000, 8010) }, "silent"),
        Verdict("require: { port: 8000-8009 }", listener("0.0.0.0", 80) { $0.range(8000, 8010) }, "fires"),
        Verdict("deny: { target: 9005 }", listener("0.0.0.0", 80) { $0.range(8000, 8010, target: 9000) }, "fires"),
        Verdict(
            "deny: { port: 8005, target: 9006 }", listener("0.0.0.0", 80) { $0.range(8000, 8010, target: 9000) },
            "silent"),
        Verdict("deny: { port: ephemeral }", listener("0.0.0.0", 0), "fires"),
        Verdict("deny: { port: 1-65535 }", listener("0.0.0.0", 0), "silent"),
        Verdict("deny: { port: web }", listener("0.0.0.0", 443), "fires"),
        Verdict("deny: { port: web }", listener("0.0.0.0", 80, transport: .udp), "silent"),
        // without sockets host and port decide
        Verdict("deny: { port: 80, scope: wildcard }", listener("0.0.0.0", 80) { $0.refuse() }, "fires"),
        Verdict("deny: { family: ipv4 }", listener("::", nil) { $0.spelling = .shorthand }, "fires"),
        Verdict("deny: { family: ipv4 }", listener("::", nil), "silent"),
    ]

    static let subject: [Verdict] = [
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80) { $0.test = true }, "silent"),
        Verdict("deny: { port: 80, test: true }", listener("0.0.0.0", 80) { $0.test = true }, "fires"),
        Verdict(
            "when: { test: [true, false] }, deny: { port: 80 }", listener("0.0.0.0", 80) { $0.test = true }, "fires"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80) { $0.state = .inactive }, "silent"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80) { $0.state = .absorbed }, "silent"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80) { $0.refuse() }, "fires"),
        Verdict("deny: { state: inactive }", listener("0.0.0.0", 80) { $0.state = .inactive }, "fires"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80, role: .expose), "silent"),
        Verdict("deny: { role: expose }", listener("0.0.0.0", 80, role: .expose), "fires"),
        Verdict("deny: { port: 80 }", listener("0.0.0.0", 80, transport: .sctp), "silent"),
        Verdict("deny: { transport: sctp }", listener("0.0.0.0", 80, transport: .sctp), "fires"),
        Verdict("deny: { path: server.conf }", socket, "silent"),
        Verdict("deny: { transport: unix }", socket, "fires"),
        Verdict("deny: { scope: unix }", socket, "fires"),
        Verdict("deny: { address: unix }", socket, "fires"),
        Verdict("deny: { family: unix }", socket, "fires"),
        // a published bind is judged through its publish where exposure is asked
        Verdict("deny: { exposure: public }", publishedBind, "silent"),
        Verdict("deny: { scope: wildcard }", publishedBind, "fires"),
        Verdict("when: { role: bind }, deny: { exposure: public }", publishedBind, "fires"),
        Verdict("when: { role: [bind, publish] }, deny: { exposure: public }", publishedBind, "silent"),
    ]

    static let publishedBind = listener("0.0.0.0", 80, context: container) {
        $0.published = true
        $0.exposure = .public
    }

    static let words: [Verdict] = [
        Verdict("deny: { path: \"deploy/**\" }", listener(path: "deploy/a/b.conf"), "fires"),
        Verdict("deny: { path: b.conf }", listener(path: "deploy/a/b.conf"), "fires"),
        Verdict("deny: { path: \"*.conf\" }", listener(path: "deploy/a/b.conf"), "fires"),
        Verdict("deny: { path: \"deploy/*.conf\" }", listener(path: "deploy/a/b.conf"), "silent"),
        Verdict("deny: { path: /b.conf }", listener(path: "deploy/a/b.conf"), "silent"),
        Verdict("deny: { repository: \"acme/noc-*\" }", listener(), "fires"),
        Verdict("deny: { repository: \"acme/shop\" }", listener(), "silent"),
        Verdict("deny: { image: postgres }", listener { $0.image = "docker.io/library/postgres:16" }, "fires"),
        Verdict("deny: { image: \"postgres:1*\" }", listener { $0.image = "registry:5000/x/postgres:16" }, "fires"),
        Verdict(
            "deny: { image: \"registry:5000/**\" }", listener { $0.image = "registry:5000/x/postgres:16" }, "fires"),
        Verdict("deny: { image: mysql }", listener { $0.image = "postgres:16" }, "silent"),
        Verdict("deny: { network: back* }", listener { $0.networks = ["front", "backend"] }, "fires"),
        Verdict("deny: { surprise: true }", listener { $0.surprise = .failOpen }, "fires"),
        Verdict("deny: { surprise: fail-open }", listener { $0.surprise = .failOpen }, "fires"),
        Verdict("deny: { surprise: true }", listener(), "silent"),
        Verdict("deny: { surprise: false }", listener(), "fires"),
        Verdict("deny: { conflict: true }", listener { $0.conflict = Location(file: "x") }, "fires"),
        Verdict("deny: { counterpart: none }", listener(), "silent"),
        Verdict("deny: { counterpart: none }", listener { $0.counterpart = Counterpart.none }, "fires"),
        Verdict("deny: { published: false }", listener { $0.published = false }, "fires"),
        Verdict("deny: { published: false }", listener(), "undecided"),
        Verdict("deny: { published: [false, unknown] }", listener(), "fires"),
        Verdict("deny: { backend: loopback }", listener(role: .publish) { $0.backend = .unknown }, "undecided"),
        Verdict("deny: { purpose: metrics }", listener("0.0.0.0", 9100), "fires"),
        Verdict("deny: { purpose: metrics }", unknownPort, "undecided"),
        Verdict("deny: { purpose: metrics }", unknownPort.with { $0.purpose = ["web"] }, "silent"),
        Verdict("level: error, deny: { port: 80 }", listener("0.0.0.0", 80), "error"),
        Verdict("level: error, deny: { port: 80 }", listener("0.0.0.0", 80) { $0.certainty = .likely }, "fires"),
        Verdict("level: error, deny: { port: 80 }", listener("0.0.0.0", 80) { $0.guessed = true }, "fires"),
        Verdict("level: off, deny: { port: 80 }", listener("0.0.0.0", 80), "silent"),
        Verdict("level: note, deny: { port: 80 }, unknown: note", listener("0.0.0.0", 80), "note"),
    ]

    @Test("three values", arguments: EvaluationTests.threeValues)
    func judgesThreeValues(_ row: Verdict) throws { #expect(try verdict(row.rule, row.listener) == row.expected) }

    @Test("per socket", arguments: EvaluationTests.perSocket)
    func judgesPerSocket(_ row: Verdict) throws { #expect(try verdict(row.rule, row.listener) == row.expected) }

    @Test("the subject, and what lifts it", arguments: EvaluationTests.subject)
    func judgesItsSubject(_ row: Verdict) throws { #expect(try verdict(row.rule, row.listener) == row.expected) }

    @Test("words and globs", arguments: EvaluationTests.words)
    func readsWords(_ row: Verdict) throws { #expect(try verdict(row.rule, row.listener) == row.expected) }

    static let variables: [Verdict] = [
        Verdict("${VPN_IP}:5432:5432", listener(nil, 5432, source: .compose, role: .publish), "silent"),
        Verdict("${VPN_IP:-0.0.0.0}:5432:5432", listener("0.0.0.0", 5432, source: .compose, role: .publish), "fires"),
        Verdict("${OTHER}:5432:5432", listener(nil, 5432, source: .compose, role: .publish), "fires"),
        Verdict("${MY_VPN_IP}:5432:5432", listener(nil, 5432, source: .compose, role: .publish), "fires"),
        Verdict("${OTHER}:${VPN_IP}:5432", listener(nil, 5432, source: .compose, role: .publish), "fires"),
        Verdict("0.0.0.0:${VPN_IP}:5432", listener("0.0.0.0", nil, source: .compose, role: .publish), "fires"),
        Verdict("host_ip: ${VPN_IP}\npublished: 5432", listener(nil, 5432, source: .compose, role: .publish), "silent"),
        Verdict("os.Getenv(\"VPN_IP\") + \":5432\"", listener(nil, 5432, source: .go), "silent"),
        Verdict("address", listener(nil, 5432, source: .go) { $0.note("VPN_IP is read here") }, "silent"),
        Verdict("address", listener(nil, 5432, source: .go), "undecided"),
        Verdict(
            "${VPN_IP}:5432:5432",
            listener("10.9.0.1", 5432, source: .compose, role: .publish) { $0.note("VPN_IP is set here") }, "silent"),
        Verdict(
            "${VPN_IP}:5432:5432",
            listener("0.0.0.0", 5432, source: .compose, role: .publish) { $0.note("VPN_IP is set here") }, "fires"),
    ]

    @Test("an address that comes from a variable", arguments: EvaluationTests.variables)
    func variable(_ row: Verdict) throws {
        let listener = row.listener.with { $0.text = row.rule }
        #expect(try verdict("require: { address: \"${VPN_IP}\" }", listener) == row.expected)
    }

    @Test("a policy's own sets")
    func sets() throws {
        let head =
            "ports: { admin: [admin, 8001], jobs: [admin, 7000-7009] }\naddresses: { vpn: [10.8.0.0/16], inside: [vpn, loopback] }\n"
        let rows: [(String, Listener, String)] = [
            ("deny: { purpose: admin }", listener("0.0.0.0", 8001), "fires"),
            ("deny: { purpose: admin }", listener("0.0.0.0", 8161), "fires"),
            ("deny: { purpose: jobs }", listener("0.0.0.0", 7005), "fires"),
            ("deny: { purpose: jobs }", listener("0.0.0.0", 8001), "fires"),
            ("deny: { port: jobs }", listener("0.0.0.0", 8161), "fires"),
            ("deny: { port: jobs }", listener("0.0.0.0", 80), "silent"),
            (
                "deny: { purpose: jobs }", listener("0.0.0.0", 17005, role: .publish) { $0.target = PortRange(7005) },
                "fires"
            ),
            ("require: { address: inside }", listener("10.8.1.1", 80), "silent"),
            ("require: { address: inside }", listener("127.0.0.1", 80), "silent"),
            ("require: { address: inside }", listener("10.9.1.1", 80), "fires"),
        ]
        for (rule, listener, expected) in rows {
            #expect(try verdict(rule, listener, head: head) == expected, "\(rule) on \(listener.text)")
        }
    }

    @Test("contexts place what nothing else has placed")
    func contexts() throws {
        let head =
            "contexts: [{ path: \"images/**\", context: container }, { path: \"images/host/**\", context: host }]\n"
        let inContainer = listener("127.0.0.1", 80, path: "images/web/server.conf", context: .unknown)
        #expect(try verdict("deny: { context: container, scope: loopback }", inContainer, head: head) == "fires")
        #expect(try verdict("deny: { exposure: isolated }", inContainer, head: head) == "fires")
        let onHost = listener("0.0.0.0", 80, path: "images/host/server.conf", context: .unknown)
        #expect(try verdict("deny: { exposure: public }", onHost, head: head) == "fires")
        let known = listener("127.0.0.1", 80, path: "images/web/server.conf", context: .host)
        #expect(try verdict("deny: { context: container }", known, head: head) == "silent")
    }

    @Test("findings of one rule at one place are one, and name the services")
    func merging() throws {
        let policy = try policy(
            "version: 1\nrules:\n  - { id: x, deny: { port: 80 }, message: \"{subject} {service} {port} {host} {text}\" }\n"
        )
        let listeners = ["web", "api"].map { listener("0.0.0.0", 80, service: $0) }
        let result = policy.check(CheckInput(listeners: listeners))
        #expect(result.findings.count == 1)
        #expect(result.findings.first?.services == ["api", "web"])
        #expect(result.findings.first?.message == "services api and web api and web 80 0.0.0.0 0.0.0.0:80")
    }
}

extension Listener {
    func with(_ change: (inout Listener) -> Void) -> Listener {
        var copy = self
        change(&copy)
        return copy
    }

    mutating func range(_ first: UInt16, _ last: UInt16, target: UInt16? = nil) {
        let ports = PortRange(first, last)
        port = ports
        self.target = target.map { PortRange($0, $0 + (last - first)) } ?? ports
        sockets = [Socket(transport, IPAddress(host ?? "0.0.0.0")!, ports)]
    }

    mutating func refuse() {
        state = .refused
        stateReason = "not an address"
        sockets = []
    }

    mutating func note(_ text: String) { trace.append(TraceStep(Location(file: ".env"), text)) }
}
