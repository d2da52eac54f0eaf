import ListenerModel
import Testing

@testable import Reporting

/// The note beside the caret: what the runtime makes of the text.
@Suite struct EffectTests {
    static func change(_ listener: Listener, _ change: (inout Listener) -> Void) -> Listener {
        var listener = listener
        change(&listener)
        return listener
    }

    static let cases: [(listener: Listener, note: String)] = [
        (Sample.database, "opens 0.0.0.0:5432 and [::]:5432 for port 5432 of db"),
        (Sample.web, "leads to port 3000 of web, open on 127.0.0.1 only"),
        (change(Sample.web) { $0.backend = .unbound }, "leads to port 3000 of web, where nothing listens"),
        (
            change(Sample.web) {
                $0.backend = .unknown
                $0.sockets = []
            }, "leads to port 3000 of web"
        ),
        (change(Sample.database) { $0.role = .expose }, "documents a port and opens none"),
        (Sample.server, "opens 127.0.0.1:3000: only container web itself can connect"),
        (
            change(Sample.server) { $0.namespace = .host },
            "opens 127.0.0.1:3000: only the same machine can connect"
        ),
        (Sample.nginx, "opens *:9000, on every interface of the host, IPv4 and IPv6"),
        (Sample.environment, "opens 0.0.0.0:9001, on every interface, IPv4 only"),
        (
            change(Sample.nginx) { $0.sockets = [Socket(.tcp, .v6(.unspecified), PortRange(80))] },
            "opens [::]:80, on every interface of the host, IPv6 only"
        ),
        (
            change(Sample.nginx) {
                $0.scope = .private
                $0.sockets = (1...5).map { Socket(.tcp, .v4(IPv4Address(bits: 0x0a00_0000 + $0)), PortRange(80)) }
            }, "opens 10.0.0.1:80, 10.0.0.2:80 and 3 more"
        ),
        (
            change(Sample.nginx) { $0.sockets = [Socket(.udp, .v6(.unspecified), .ephemeral)] },
            "opens [::]:random, on every interface of the host, IPv6 only"
        ),
        (Sample.unknown, "opens an address that only the run will show"),
        (
            change(Sample.unknown) { $0.port = PortRange(80) },
            "opens port 80 on an address that only the run will show"
        ),
        (change(Sample.unknown) { $0.host = "::" }, "opens a port that only the run will show, on ::"),
        (
            change(Sample.unknown) {
                $0.host = "db.internal"
                $0.port = PortRange(80)
            }, "stands for db.internal:80"
        ),
        (
            change(Sample.nginx) {
                $0.transport = .unix
                $0.sockets = [Socket(unix: "/run/app.sock")]
                $0.scope = .unix
            }, "opens the socket /run/app.sock"
        ),
        (change(Sample.nginx) { $0.state = .absorbed }, "is served through the wildcard socket of its port"),
        (
            change(Sample.nginx) {
                $0.state = .refused
                $0.stateReason = "no host"
            }, "is refused: no host"
        ),
        (change(Sample.nginx) { $0.state = .refused }, "is refused: the runtime does not accept this text"),
        (
            change(Sample.nginx) {
                $0.state = .inactive
                $0.stateReason = "profile debug is off"
            }, "is not in force: profile debug is off"
        ),
        (change(Sample.nginx) { $0.surprise = .ignoredHost }, "is not read as a host here: opens *:9000"),
        (change(Sample.nginx) { $0.surprise = .widerThanWritten }, "is wider than it looks: opens *:9000"),
        (
            change(Sample.web) { $0.surprise = .failOpen },
            "publishes on every interface while the variable is unset"
        ),
    ]

    @Test(arguments: cases.indices) func note(_ index: Int) {
        let (listener, note) = Self.cases[index]
        #expect(listener.effect(backends: [Sample.server]) == note)
    }

    @Test(arguments: Surprise.allCases) func everySurpriseHasWords(_ surprise: Surprise) {
        let note = Self.change(Sample.nginx) { $0.surprise = surprise }.effect(backends: [])
        #expect(note.contains(" ") && !note.contains(surprise.rawValue))
    }

    @Test func backendOfAnotherPort() {
        let other = Self.change(Sample.server) { $0.port = PortRange(9) }
        #expect(Sample.web.effect(backends: [other]) == "leads to port 3000 of web, open on its own loopback only")
    }
}
