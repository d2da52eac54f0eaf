import ListenerModel
import Testing

@testable import PolicyEngine

/// The example policies of the language's page do what their comments say, in every spelling.
@Suite("Example policies")
struct ExampleTests {
    static let adminPorts = """
        version: 1
        ports: { admin: [admin, 8001, 9000-9009] }
        rules:
          - id: admin-port-on-every-interface
            when: { purpose: admin }
            deny: { scope: wildcard, context: [host, unknown] }
        """

    static let adminRows = [
        Row(listener("0.0.0.0", 9000), true), Row(listener("*", 9000, source: .go), true),
        Row(listener("::", 9000), true), Row(listener("127.0.0.1", 9000), false),
        Row(listener("0.0.0.0", 9010), false),
        Row(listener("0.0.0.0", 19000, role: .publish) { $0.target = PortRange(9000) }, true),
        Row(listener("0.0.0.0", 8161), true), Row(listener("10.0.0.1", 9000), false),
        Row(listener("0.0.0.0", 9000, context: .unknown), true),
        Row(listener("0.0.0.0", 9000, context: .container(project: "", service: "web")), false),
        Row(listener("0.0.0.0", 9000) { $0.test = true }, false),
    ]

    @Test("no wildcard on admin ports", arguments: adminRows)
    func adminPort(_ row: Row<Bool>) throws {
        let result = try policy(Self.adminPorts).check(CheckInput(listeners: [row.listener]))
        #expect(result.rules == (row.expected ? ["admin-port-on-every-interface"] : []))
    }

    @Test("container services must not bind loopback")
    func containerLoopback() throws {
        let policy = try policy(
            """
            version: 1
            rules:
              - id: container-loopback
                when: { context: container, role: bind }
                deny: { scope: loopback }
            """)
        let container = NetworkNamespace.container(project: "", service: "web")
        let listeners = [
            listener("127.0.0.1", 80, line: 1, context: container), listener("::1", 80, line: 2, context: container),
            listener("::ffff:127.0.0.1", 80, line: 3, context: container),
            listener("127.0.0.1", nil, line: 4, context: container),
            listener("0.0.0.0", 80, line: 5, context: container), listener("127.0.0.1", 80, line: 6, context: .host),
        ]
        let result = policy.check(CheckInput(listeners: listeners))
        #expect(result.findings.map(\.location.start.line) == [1, 2, 3, 4])
        #expect(result.undecided.isEmpty)
    }

    static let production = """
        version: 1
        addresses: { vpn: [10.8.0.0/16, "fd00:8::/64", "${VPN_IP}"] }
        rules:
          - id: database-outside-vpn
            when: { purpose: [cache, database], context: [host, unknown] }
            require: { address: [loopback, vpn] }
            unknown: deny
          - { id: debug-port, deny: { purpose: debug } }
          - id: public-outside-edge
            when: { exposure: public }
            require: { path: "deploy/edge/**", port: [80, 443] }
        """

    static let productionRows: [Row<[String]>] = [
        Row(listener("10.8.3.4", 5432), []), Row(listener("fd00:8::1", 5432), []), Row(listener("::1", 6379), []),
        Row(listener("10.9.0.1", 5432), ["database-outside-vpn"]),
        Row(listener("0.0.0.0", 5432), ["database-outside-vpn", "public-outside-edge"]),
        Row(listener(nil, 5432, source: .compose, role: .publish) { $0.text = "${VPN_IP}:5432:5432" }, []),
        Row(
            listener(nil, 5432, source: .compose, role: .publish) { $0.text = "${DB_IP}:5432:5432" },
            ["database-outside-vpn"]),
        Row(listener("db.internal", 5432), ["database-outside-vpn"]),
        Row(listener("127.0.0.1", 9229), ["debug-port"]),
        Row(listener("0.0.0.0", 443, path: "deploy/edge/nginx.conf"), []),
        Row(listener("0.0.0.0", 8443, path: "deploy/edge/nginx.conf"), ["public-outside-edge"]),
        Row(listener("0.0.0.0", 443, path: "deploy/app/nginx.conf"), ["public-outside-edge"]),
        Row(listener("10.0.0.1", 8443, path: "deploy/app/nginx.conf"), []),
        Row(listener("0.0.0.0", 8443, context: .unknown), []),
    ]

    @Test("databases on the VPN, debug ports nowhere, the edge public on 80 and 443", arguments: productionRows)
    func production(_ row: Row<[String]>) throws {
        let result = try policy(Self.production).check(CheckInput(listeners: [row.listener]))
        #expect(result.rules == row.expected)
    }

    static let organisation = """
        version: 1
        extends: recommended
        exceptions: { owner: required, until: required, max-days: 90 }
        rules:
          - { id: public-database, lock: true }          # teams may except it, with owner and date
          - { id: docker-api, level: error, lock: true, exceptions: none, deny: { target: 2375, transport: tcp } }
        allow:
          - rule: [public-admin-port, public-metrics]
            when: { repository: "acme/noc-*", service: grafana }
            reason: NOC screens, behind the office firewall
            owner: team-o11y
            until: 2027-01-31
        """

    @Test("an organisation's file in one of its repositories")
    func organisation() throws {
        let grafana = listener("0.0.0.0", 9100, source: .compose, role: .publish, service: "grafana")
        let docker = listener("127.0.0.1", 2375, line: 2)
        let database = listener("0.0.0.0", 5432, line: 3)
        let input = CheckInput(listeners: [grafana, docker, database])
        let noc = try policy(
            nil, shared: ["org.yaml"], files: ["org.yaml": Self.organisation], repository: "acme/noc-1"
        )
        .check(input)
        #expect(noc.rules == ["docker-api", "public-database"])
        #expect(noc.suppressed.map(\.rule) == ["public-metrics"])
        #expect(noc.accepted.map { "\($0.owner ?? "-") \($0.count)" } == ["team-o11y 1"])
        let shop = try policy(
            nil, shared: ["org.yaml"], files: ["org.yaml": Self.organisation], repository: "acme/shop"
        )
        .check(input)
        #expect(shop.rules == ["docker-api", "public-database", "public-metrics"])
        let nameless = try policy(nil, shared: ["org.yaml"], files: ["org.yaml": Self.organisation]).check(input)
        #expect(nameless.rules == ["docker-api", "public-database", "public-metrics"])
    }

    @Test("a repository: development lenient, production strict")
    func repository() throws {
        let text = """
            version: 1
            extends: ../org/bindlint.yaml
            contexts: [{ path: "images/**", context: container }]
            overrides:
              - { when: { path: ["dev/**", "**/compose.override.yaml"] }, max: note }
              - { when: { path: "deploy/prod/**" }, levels: { unresolved-listener: error } }
            """
        let policy = try policy(text, files: ["../org/bindlint.yaml": "version: 1\nextends: recommended\n"])
        let result = policy.check(
            CheckInput(listeners: [
                listener("0.0.0.0", 5432, path: "dev/compose.yaml"),
                listener("0.0.0.0", 5432, path: "a/compose.override.yaml"),
                listener("0.0.0.0", 5432, path: "compose.yaml"),
                listener("0.0.0.0", nil, path: "deploy/prod/app.conf"), listener("0.0.0.0", nil, path: "app.conf"),
            ]))
        #expect(
            result.lines == [
                "public-database error compose.yaml:1", "public-database note a/compose.override.yaml:1",
                "public-database note dev/compose.yaml:1", "unresolved-listener error deploy/prod/app.conf:1",
                "unresolved-listener note app.conf:1",
            ])
    }

    @Test("a ratchet: what is recorded passes, a wider socket fails")
    func ratchet() throws {
        let policy = try policy("version: 1\nextends: strict\nbaseline: .bindlint-baseline.json\n")
        #expect(policy.baseline == ".bindlint-baseline.json")
        let old = listener("0.0.0.0", 9000)
        let (baseline, _) = policy.record(CheckInput(listeners: [old]))
        #expect(policy.check(CheckInput(listeners: [old], baseline: baseline)).rules == [])
        let wider = policy.check(CheckInput(listeners: [listener("*", 9000)], baseline: baseline))
        #expect(wider.rules == ["wildcard-listener"])
    }
}
