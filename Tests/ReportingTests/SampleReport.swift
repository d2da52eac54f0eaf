import ListenerModel
import Reporting

/// A small repository with one finding of each kind, as the other modules would report it.
enum Sample {
    static let files: [String: String] = [
        "compose.yaml": """
        services:
          db:
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: hunter2
            ports:
              - "5432:5432"
          web:
            build: ./web
            ports:
              - "3000:3000"
              - target: 9229
                published: 9229
        """,
        "web/server.js": """
        const express = require('express');
        const port = process.env.PORT || 3000;
        const app = express();
        app.listen(port, '127.0.0.1');
        """,
        "deploy/nginx é.conf":
            "server {\n\tlisten 0.0.0.0:9000; # ünïcode \u{1F600} behind\n\tlisten [::]:9000 ipv6only=off;\n}\n",
        ".env": "SECRET=hunter2\nADMIN_BIND=0.0.0.0:9001\nLISTEN=hunter3\n",
        "cmd/api/main.go":
            "package main\n\nconst addr = \":8080\"\n\nfunc main() {\n\thttp.ListenAndServe(addr, nil)\n}\n",
    ]

    static func text(_ path: String) -> SourceText? {
        files[path].map { SourceText(path: path, bytes: Array($0.utf8)) }
    }

    /// The place of the nth `needle` in a file.
    static func place(_ path: String, _ needle: String, nth: Int = 1) -> Location {
        let text = text(path)!
        let wanted = Array(needle.utf8)
        let starts = text.bytes.indices.filter { text.bytes[$0...].starts(with: wanted) }
        return text.location(starts[nth - 1]..<starts[nth - 1] + wanted.count)
    }

    static let database = Listener(
        location: place("compose.yaml", "5432:5432"), text: "5432:5432", source: .compose, role: .publish,
        namespace: .host, service: "db", image: "postgres:17", networks: ["default"], transport: .tcp, host: "0.0.0.0",
        port: PortRange(5432), target: PortRange(5432),
        sockets: [
            Socket(.tcp, .v4(.unspecified), PortRange(5432)), Socket(.tcp, .v6(.unspecified), PortRange(5432)),
        ], scope: .wildcard, exposure: .public, purpose: ["database"], backend: .bound, spelling: .shorthand)

    static let server = Listener(
        location: place("web/server.js", "'127.0.0.1'"), text: "'127.0.0.1'", source: .node, role: .bind,
        namespace: .container(project: ".", service: "web"), service: "web", transport: .tcp, host: "127.0.0.1",
        port: PortRange(3000), target: PortRange(3000),
        sockets: [Socket(.tcp, .v4(.loopback), PortRange(3000))], scope: .loopback, exposure: .isolated,
        certainty: .default, published: false,
        trace: [TraceStep(place("web/server.js", "3000"), "the port where PORT is unset")])

    static let web = Listener(
        location: place("compose.yaml", "3000:3000"), text: "3000:3000", source: .compose, role: .publish,
        namespace: .host, service: "web", networks: ["default"], transport: .tcp, host: "0.0.0.0",
        port: PortRange(3000), target: PortRange(3000),
        sockets: [
            Socket(.tcp, .v4(.unspecified), PortRange(3000)), Socket(.tcp, .v6(.unspecified), PortRange(3000)),
        ], scope: .wildcard, exposure: .public, purpose: [], backend: .loopback, spelling: .shorthand,
        related: [TraceStep(server.location, "app.listen(port, '127.0.0.1')")])

    static let debugger = Listener(
        location: text("compose.yaml")!.location(
            place("compose.yaml", "9229").range.lowerBound..<place("compose.yaml", "9229", nth: 2).range.upperBound),
        text: "9229\n        published: 9229", source: .compose, role: .publish, namespace: .host, service: "web",
        networks: ["default"], transport: .tcp, host: "0.0.0.0", port: PortRange(9229), target: PortRange(9229),
        sockets: [
            Socket(.tcp, .v4(.unspecified), PortRange(9229)), Socket(.tcp, .v6(.unspecified), PortRange(9229)),
        ], scope: .wildcard, exposure: .public, purpose: ["debug"], backend: .unknown, spelling: .shorthand)

    static let nginx = Listener(
        location: place("deploy/nginx é.conf", "[::]:9000"), text: "[::]:9000", source: .nginx, role: .bind,
        namespace: .host, transport: .tcp, host: "::", port: PortRange(9000), target: PortRange(9000),
        sockets: [Socket(.tcp, .v6(.unspecified), PortRange(9000), dualStack: true)], scope: .wildcard,
        exposure: .public, purpose: ["admin"], conflict: place("deploy/nginx é.conf", "0.0.0.0:9000"))

    static let environment = Listener(
        location: place(".env", "0.0.0.0:9001"), text: "0.0.0.0:9001", source: .env, role: .bind, transport: .tcp,
        host: "0.0.0.0", port: PortRange(9001), target: PortRange(9001),
        sockets: [Socket(.tcp, .v4(.unspecified), PortRange(9001))], scope: .wildcard, exposure: .unknown,
        certainty: .likely, purpose: ["admin"], counterpart: Counterpart.none)

    static let go = Listener(
        location: place("cmd/api/main.go", "addr", nth: 2), text: "addr", source: .go, role: .bind, transport: .tcp,
        host: "::", port: PortRange(8080), target: PortRange(8080),
        sockets: [Socket(.tcp, .v6(.unspecified), PortRange(8080), dualStack: true)], scope: .wildcard,
        exposure: .unknown, spelling: .shorthand,
        trace: [TraceStep(place("cmd/api/main.go", "\":8080\""), "const addr = \":8080\"")])

    static let unknown = Listener(
        location: place(".env", "hunter3"), text: "hunter3", source: .env, role: .bind, transport: .tcp, host: nil,
        port: nil, scope: .unknown, certainty: .unknown)

    static let findings = [
        Finding(
            rule: "public-database", level: .error,
            message: "anybody who reaches this host can connect to db on port 5432",
            why:
                "Docker's rules come before ufw, so a firewall on the host does not help; the password is the only wall",
            fix: "\"127.0.0.1:5432:5432\"\nor drop the port: services of this project reach db without it",
            location: database.location, listener: database),
        Finding(
            rule: "published-but-loopback", level: .error,
            message: "nobody can connect to web on port 3000: it listens on its own loopback",
            why:
                "a published port arrives at the container's network interface; the health check runs inside, so it stays green",
            fix: "web/server.js:4  app.listen(port, '0.0.0.0')\nthe host stays closed except for the ports you publish",
            location: web.location,
            related: [
                TraceStep(place("compose.yaml", "build: ./web"), "web is built from ./web"),
                TraceStep(server.location, "app.listen(port, '127.0.0.1')"),
            ], listener: web, services: ["web"]),
        Finding(
            rule: "public-debug-port", level: .error, message: "whoever reaches port 9229 of web runs code there",
            why: "a debugger runs any code it is sent", location: debugger.location, listener: debugger),
        Finding(
            rule: "port-conflict", level: .error, message: "nginx cannot start: two lines want port 9000 of 0.0.0.0",
            why: "the second socket is refused by the kernel, and nginx -t does not see it", location: nginx.location,
            related: [TraceStep(nginx.conflict!, "listen 0.0.0.0:9000")], listener: nginx),
        Finding(
            rule: "admin-port", level: .warning, message: "port 9001 is for administration and open on every interface",
            location: environment.location, listener: environment),
        Finding(
            rule: "wildcard-listener", level: .note, message: "the program listens on every interface, port 8080",
            fix: "http.ListenAndServe(\"127.0.0.1:8080\", nil)", location: go.location, trace: go.trace, listener: go,
            services: ["api", "worker"]),
        Finding(
            rule: "unresolved-listener", level: .note, message: "neither host nor port can be known from the files",
            location: unknown.location, listener: unknown),
        Finding(
            rule: "suppression-unused", level: .warning, message: "this comment excuses nothing",
            fix: "remove it", location: place("deploy/nginx é.conf", "# ünïcode")),
    ]

    static let suppressed = [
        Finding(
            rule: "public-admin-port", level: .warning, message: "grafana is open to everybody",
            location: place("compose.yaml", "db:"), listener: database,
            suppression: Finding.Suppression(
                kind: .allowance, reason: "NOC screens, behind the office firewall",
                location: Location(
                    path: "bindlint.yaml", start: Position(line: 12, column: 3), end: Position(line: 12, column: 3),
                    range: 0..<0))),
        Finding(
            rule: "public-debug-port", level: .error, message: "a debugger is open to everybody",
            location: place("compose.yaml", "web:"), listener: web,
            suppression: Finding.Suppression(kind: .baseline, reason: "recorded in the baseline", location: nil)),
    ]

    static let rules =
        [
            RuleDescription(
                id: "public-database", title: "A database that every network can reach", level: .error,
                defaultLevel: .error, why: "Docker's rules come before ufw.", fix: "publish it on 127.0.0.1",
                help: "Publish on `127.0.0.1`.", tags: ["docker", "exposure"], precision: "very-high",
                securitySeverity: "8.1", cwe: "CWE-1327", references: ["https://docs.docker.com/engine/network/"],
                origins: ["recommended"]),
            RuleDescription(
                id: "admin-port", title: "An administration port on every interface", level: .warning,
                defaultLevel: .note, origins: ["bindlint.yaml:7"]),
            RuleDescription(
                id: "host-name-listen", title: "A name decides what is opened", level: .off, defaultLevel: .warning),
        ]
        + [
            "published-but-loopback", "public-debug-port", "port-conflict", "wildcard-listener", "unresolved-listener",
            "suppression-unused", "public-admin-port",
        ].map { RuleDescription(id: $0, title: "The title of \($0)", level: .error, defaultLevel: .error) }

    static let diagnostics = [
        Diagnostic(
            .error, code: "nginx-unclosed-block", "the block that starts here is never closed",
            hint: "add a } before the end of the file", at: place("deploy/nginx é.conf", "server {")),
        Diagnostic(
            .warning, code: "yaml-syntax", "a template, not YAML", at: Location(file: "charts/app/values.yaml")),
        Diagnostic(.note, code: "nested-policy", "dev/bindlint.yaml is not read", hint: "use overrides"),
    ]

    static let unread = Unread([
        Unread.Group(.unsupported, kind: "python", count: 1, examples: ["app/main.py"]),
        Unread.Group(.ignored, kind: "env", count: 2, examples: [".env.local", "web/.env"]),
        Unread.Group(
            .template, kind: "helm", count: 54, examples: ["charts/app/templates/service.yaml", "charts/b.yaml"]),
    ])

    static func report(_ command: Report.Command = .check, _ display: Display = Display()) -> Report {
        Report(
            tool: Report.Tool(
                version: "0.1.0", informationURI: "https://github.com/example/bindlint",
                helpURI: {
                    $0 == "admin-port" ? nil : "https://github.com/example/bindlint/blob/main/docs/rules/\($0).md"
                }),
            command: command, policies: ["recommended", "bindlint.yaml"], findings: findings, suppressed: suppressed,
            owners: [suppressed[0].suppression!: "team-o11y"],
            undecided: ["public-admin-port": 2, "docker-api-on-tcp": 3],
            listeners: [database, server, web, debugger, nginx, environment, go, unknown], diagnostics: diagnostics,
            unread: unread,
            files: [
                Report.ReadFile(path: "compose.yaml", source: .compose), Report.ReadFile(path: ".env", source: .env),
                Report.ReadFile(path: "web/server.js", source: .node),
                Report.ReadFile(path: "web/Dockerfile", source: .dockerfile),
                Report.ReadFile(path: "cmd/api/main.go", source: .go),
                Report.ReadFile(path: "deploy/nginx é.conf", source: .nginx),
            ], rules: rules,
            exit: Report.ExitStatus(
                failOn: .warning,
                causes: (command == .check ? [.findings(6)] : []) + [.unreadFile("deploy/nginx é.conf")]),
            display: display, source: { text($0) })
    }
}

extension ReportFormat {
    func string(_ report: Report) -> String { String(decoding: render(report), as: UTF8.self) }
}
