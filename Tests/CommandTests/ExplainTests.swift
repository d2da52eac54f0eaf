import Dialects
import ListenerModel
import Testing

@testable import bindlint

@Suite struct AddressExplanationTests {
    static func page(_ text: String, _ names: String...) -> String {
        let dialects = names.isEmpty ? Dialects.all : names.compactMap(Dialects.named)
        return AddressExplanation(of: text, dialects: dialects)?.rendered() ?? ""
    }

    @Test func starAsSsPrintsIt() {
        #expect(
            Self.page("*:22") == """
                *:22
                  every interface, port 22
                  `ss` prints * for one IPv6 socket that takes IPv4 connections as well (dual
                  stack). `lsof` prints it for every interface of the one family in its TYPE
                  column.

                who can connect
                  Everyone who can reach the machine under any of its addresses. In a container:
                  everyone on its networks, and whoever can reach a published port that leads to
                  it.

                what each runtime opens for "*:22"
                  nginx       every interface, IPv4 only
                              ss 0.0.0.0:22   netstat 0.0.0.0:22
                  go          refused: no such host
                  node        a unix socket, the file *:22; no port is opened: the runtime takes
                              the text for the path of a unix socket
                  compose     refused: invalid hostPort: *

                to choose who can connect, write
                  only this machine
                    nginx     listen 127.0.0.1:22;
                    go        net.Listen("tcp", "127.0.0.1:22")
                    node      server.listen(22, '127.0.0.1')
                    compose   - "127.0.0.1:22:22"
                  every interface, IPv4 only
                    nginx     listen 22;
                    go        net.Listen("tcp4", ":22")
                    node      server.listen(22, '0.0.0.0')
                    compose   - "0.0.0.0:22:22"
                  every interface, IPv4 and IPv6
                    nginx     listen 22; listen [::]:22;
                    go        net.Listen("tcp", ":22")
                    node      server.listen(22)
                    compose   - "22:22"

                """)
    }

    @Test func oneSource() {
        #expect(
            Self.page(":8080", "go") == """
                :8080
                  every interface, port 8080

                who can connect
                  Everyone who can reach the machine under any of its addresses. In a container:
                  everyone on its networks, and whoever can reach a published port that leads to
                  it.

                what each runtime opens for ":8080"
                  go          every interface, IPv4 and IPv6, in one socket
                              ss *:8080   netstat :::8080

                to choose who can connect, write
                  only this machine
                    go        net.Listen("tcp", "127.0.0.1:8080")
                  every interface, IPv4 only
                    go        net.Listen("tcp4", ":8080")
                  every interface, IPv4 and IPv6
                    go        net.Listen("tcp", ":8080")

                """)
    }

    @Test func whatARuntimeRefusesIsAskedInTwoParts() {
        let page = Self.page(":::22", "go", "node")
        #expect(
            page.contains(
                """
                  go          refused: too many colons in address
                              with host :: and port 22: every interface, IPv4 and IPv6, in one
                              socket
                              ss *:22   netstat :::22
                """))
        #expect(page.contains("`ss`\n  prints *:22 if it does and [::]:22 if it does not."))
    }

    @Test func ambiguousTextHasBothReadings() {
        let page = Self.page("::1:8080")
        #expect(page.hasPrefix("::1:8080 can be read in 2 ways\n\n1. [::1]:8080\n"))
        #expect(page.contains("\n2. ::1:8080\n"))
        #expect(page.contains("  [::1]:8080: Only processes of the same machine."))
        #expect(page.contains("  ::1:8080: Everyone on the internet"))
    }

    @Test(arguments: [
        "127.0.0.1:80", "[::1]:8080", "[2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed]:35871", "localhost:8080", ":22", "*",
        "0:0:0:0:0:0:0:0", "127.1", "0", "[fe80::1%eth0]:80", "unix:/run/app.sock", "@name", "8080:80",
        "127.0.0.1:8080:80", "8000-8010", "udp://:514", "0.0.0.0:*", "api.internal:8080", "::1:6000:6000",
        "::ffff:1.2.3.4",
        "[::]:22", "127.0.0.53%lo:53", "192.0.2.1:1", "224.0.0.1:5353/udp", "100.64.0.1:1", "10.0.0.1:0",
    ])
    func everySpellingHasAPageOfEightyColumns(text: String) {
        let page = Self.page(text)
        #expect(page.contains("\nwho can connect\n"))
        for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        for dialect in Dialects.all { #expect(page.contains("\n  \(dialect.name) ")) }
    }

    @Test(arguments: SpellingAdvice.rows.indices)
    func adviceOpensWhatItSays(index: Int) throws {
        let row = SpellingAdvice.rows[index]
        let dialect = try #require(Dialects.named(row.dialect))
        let bindings = row.requests.map { dialect.binding(of: $0, in: .standard) }
        #expect(bindings.allSatisfy { $0.refusal == nil })
        let sockets = bindings.flatMap(\.sockets)
        let hasIPv4 = sockets.contains { $0.dualStack || $0.family == .ipv4 }
        let hasIPv6 = sockets.contains { $0.dualStack || $0.family == .ipv6 }
        #expect(sockets.allSatisfy { $0.transport == row.transport && $0.port == PortRange(7000) })
        switch row.audience {
        case .thisMachine: #expect(!sockets.isEmpty && sockets.allSatisfy { $0.scope == .loopback })
        case .ipv4: #expect(sockets.allSatisfy { $0.scope == .wildcard } && hasIPv4 && !hasIPv6)
        case .bothFamilies: #expect(sockets.allSatisfy { $0.scope == .wildcard } && hasIPv4 && hasIPv6)
        }
        #expect(row.text(port: "7000").contains("7000") && !row.text(port: "7000").contains("PORT"))
    }
}

@Suite struct ExplainCommandTests {
    static let rule = RuleDescription(
        id: "public-database", title: "Database open to every network", level: .warning, defaultLevel: .error,
        why: "a password is the only wall", fix: "publish it on 127.0.0.1", references: ["https://example.org"],
        origins: ["recommended", "bindlint.yaml:3"])

    static func page(_ subject: String) throws(UsageError) -> String {
        let invocation = try Invocation(["explain", subject]) { _ in false }
        guard case .explain(let arguments) = invocation else { return "" }
        return try arguments.page(rules: [rule], bold: false)
    }

    @Test func aRule() throws {
        #expect(
            try Self.page("public-database") == """
                public-database
                  Database open to every network
                  level warning (error where it was defined), from recommended, then
                  bindlint.yaml:3

                why it matters
                  a password is the only wall

                what to write instead
                  publish it on 127.0.0.1

                to keep it
                  # bindlint: ignore[public-database] -- REASON (until YYYY-MM-DD)

                references
                  https://example.org

                """)
    }

    @Test func neither() {
        #expect {
            try Self.page("public-databse")
        } throws: {
            "\($0)"
                == "'public-databse' is neither a rule in effect nor a listen address; did you mean public-database?"
        }
    }

    @Test func anAddressBeforeAnythingElse() throws {
        #expect(try Self.page("localhost").hasPrefix("localhost\n"))
        #expect(try Self.page("db:5432").hasPrefix("db:5432\n"))
    }
}

@Suite struct SocketPrintingTests {
    @Test(arguments: [
        (Socket(.tcp, .v4(.unspecified), PortRange(80)), "0.0.0.0:80", "0.0.0.0:80"),
        (Socket(.tcp, .v6(.unspecified), PortRange(80)), "[::]:80", ":::80"),
        (Socket(.tcp, .v6(.unspecified), PortRange(80), dualStack: true), "*:80", ":::80"),
        (Socket(.tcp, .v6(.loopback), PortRange(80)), "[::1]:80", "::1:80"),
        (
            Socket(.tcp, IPAddress("::ffff:127.0.0.1")!, PortRange(80), dualStack: true), "[::ffff:127.0.0.1]:80",
            "127.0.0.1:80"
        ),
        (Socket(.tcp, .v4(.loopback), .ephemeral), "127.0.0.1:random", "127.0.0.1:random"),
        (Socket(unix: "/run/a"), "/run/a", "/run/a"),
    ])
    func forms(socket: Socket, ss: String, netstat: String) {
        #expect(socket.ssForm == ss)
        #expect(socket.netstatForm == netstat)
    }
}
