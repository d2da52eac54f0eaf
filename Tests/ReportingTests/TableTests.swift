import ListenerModel
import Testing

@testable import Reporting

@Suite struct TableTests {
    private let ink = Ink(Display())

    @Test func asWideAsItIs() {
        var table = TextTable([.init("A"), .init("N", .number), .init("LAST", .words)])
        table.add(["x", "5", "some words"])
        table.add(["long", "12", ""])
        #expect(
            table.rendered(width: nil, ink: ink) { _, _ in nil } == "A      N  LAST\nx      5  some words\nlong  12\n")
    }

    /// Words are wrapped first, from the right; places are cut last.
    @Test(arguments: [
        (69, ["0.0.0.0:80 [::]:80  deploy/prod/compose.yaml:10:10  admin, by default"]),
        (68, ["0.0.0.0:80 [::]:80  deploy/prod/compose.yaml:10:10  admin, by", "default"]),
        (64, ["0.0.0.0:80      deploy/prod/compose.yaml:10:10  admin, by", "[::]:80"]),
        (51, ["0.0.0.0:80  deploy/prod/compose.yaml:10:10  admin,", "[::]:80"]),
        (40, ["0.0.0.0:80  …compose.yaml:10:10  admin,", "[::]:80"]),
        (10, ["0.0.0.0:80  …pose.yaml:10:10  admin,", "[::]:80"]),
    ])
    func narrower(_ width: Int, _ starts: [String]) {
        var table = TextTable([.init("A", .words), .init("PLACE", .place), .init("NOTES", .words)])
        table.add(["0.0.0.0:80 [::]:80", "deploy/prod/compose.yaml:10:10", "admin, by default"])
        let lines = table.rendered(width: width, ink: ink) { _, _ in nil }.split(separator: "\n").dropFirst()
        for (line, start) in zip(lines, starts) {
            #expect(line.drop { $0 == " " }.hasPrefix(start))
            #expect(width < 38 || line.displayWidth <= width)
        }
    }

    /// The widest exposure first, what may be public beside what is; then transport and port, as `ss` sorts.
    @Test func inventoryOrder() {
        func listener(_ exposure: Exposure, _ transport: Transport, _ port: UInt16, _ role: Role = .bind) -> Listener {
            var listener = Sample.nginx
            listener.exposure = exposure
            listener.transport = transport
            listener.port = PortRange(port)
            listener.role = role
            listener.sockets = [Socket(transport, .v4(.unspecified), PortRange(port))]
            return listener
        }
        var report = Sample.report(.list)
        report.listeners = [
            listener(.isolated, .tcp, 1), listener(.public, .udp, 2), listener(.public, .tcp, 443),
            listener(.public, .tcp, 80), listener(.host, .tcp, 3), listener(.unknown, .tcp, 4),
            listener(.private, .tcp, 5), listener(.public, .tcp, 1, .expose), listener(.network, .tcp, 6),
        ]
        let rows = ListenerTable(report).rows
        #expect(
            rows.map { $0[0] } == [
                "public", "public", "public", "unknown", "private", "network", "host", "isolated", "-",
            ])
        #expect(rows.map { $0[2] }.prefix(3) == ["0.0.0.0:80", "0.0.0.0:443", "0.0.0.0:2"])
    }

    @Test(arguments: [76, 80, 120]) func inventoryFitsTheTerminal(_ width: Int) {
        var report = Sample.report(.list, Display(width: width, quiet: true))
        report.diagnostics = []
        report.listeners += Surprise.allCases.map { surprise in
            EffectTests.change(Sample.database) { $0.surprise = surprise }
        }
        let text = ReportFormat.text.string(report)
        let widest = text.split(separator: "\n").map(\.displayWidth).max()!
        #expect(widest <= width, "\(widest)")
    }

    @Test func emptyInventory() {
        var report = Sample.report(.list)
        report.listeners = []
        #expect(ReportFormat.text.string(report).contains("0 listeners"))
    }
}
