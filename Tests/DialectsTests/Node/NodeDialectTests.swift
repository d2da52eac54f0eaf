import ListenerModel
import Testing

@testable import Dialects

@Suite struct NodeDialectTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var request: ListenRequest
        var dialect = NodeDialect.server
        /// Sockets as `ss` prints them, or `refused`, or what is known of host and port.
        var outcome: String
        var surprise: Surprise?
        var spelling: Spelling?
        var testDescription: String { "\(request.address) \(dialect.form): \(outcome)" }
    }

    static func listen(_ port: SymbolicText?, _ host: SymbolicText? = nil, ipv6Only: Bool? = nil) -> ListenRequest {
        ListenRequest(.tcp, .parts(host: host, port: port), ipv6Only: ipv6Only)
    }

    static let unset = SymbolicText(Unknown(.unset("PORT")))
    static let unknown = SymbolicText(Unknown(.environment("PORT")))
    static let options = NodeDialect(.options)
    static let number = NodeDialect(convertsPort: true)

    static let rows: [Row] = [
        Row(request: listen("8080"), outcome: "*:8080", spelling: .shorthand),  // node-http-num
        Row(request: listen("8080", ""), outcome: "*:8080"),  // node-http-num-emptyhost
        Row(request: listen("8080", "0.0.0.0"), outcome: "0.0.0.0:8080", spelling: .explicit),  // node-http-obj-v4any
        Row(request: listen("8080", "::"), outcome: "*:8080"),  // node-http-num-v6any
        Row(request: listen("8080", "::", ipv6Only: true), outcome: "[::]:8080"),  // node-ns-v6o-http-v6only
        Row(request: listen("8080", ipv6Only: true), outcome: "*:8080", surprise: .ignoredIPv6Only),  // lib/net.js
        Row(request: listen("8080", "localhost"), outcome: "[::1]:8080", spelling: .name),  // node-http-num-localhost
        Row(request: listen("8080", "*"), outcome: "refused"),  // node-http-num-star
        Row(request: listen("8080", "[::]"), outcome: "refused"),  // node-http-num-brackets
        Row(request: listen("8080", "0"), outcome: "0.0.0.0:8080"),  // node-http-v4-zero
        Row(request: listen("8080", "2130706433"), outcome: "127.0.0.1:8080"),  // node-http-v4-decimal
        Row(request: listen("8080", "::1%lo"), outcome: "[::1]:8080"),  // node-http-v6-zone
        Row(request: listen("8080", "::ffff:0.0.0.0"), outcome: "[::ffff:0.0.0.0]:8080"),  // node-http-v6-mapped-any
        Row(request: listen("8080", "db.internal"), outcome: "", spelling: .name),
        Row(request: listen("8080", unset), outcome: "*:8080"),
        Row(request: listen("8080", unknown), outcome: "? 8080"),
        Row(request: listen(nil), outcome: "*:0", spelling: .implied),  // node-http-noargs
        Row(request: listen(unset), outcome: "*:0", surprise: .randomPort),  // node-http-env-unset
        Row(request: listen(unknown), outcome: ":: ?"),
        Row(request: listen(unset), dialect: number, outcome: "refused"),  // node-http-env-unset-num
        Row(request: listen(""), dialect: number, outcome: "*:0"),  // node-http-env-empty-num
        Row(request: listen(""), outcome: "refused"),
        Row(request: listen("0x1F90"), outcome: "*:8080"),  // node-http-str-hex
        Row(request: listen("8e3"), outcome: "*:8000"),  // node-http-str-exp
        Row(request: listen("08080"), outcome: "*:8080"),  // node-http-str-port-lead0
        Row(request: listen("65536"), outcome: "refused"),  // node-http-str-big
        Row(request: listen("80.5"), outcome: "refused"),  // node-http-float
        Row(request: listen(":8080"), outcome: ":8080", surprise: .socketFile),  // node-http-str-colon-port
        Row(request: listen("127.0.0.1:8080"), outcome: "127.0.0.1:8080", surprise: .socketFile),
        Row(request: listen("-1"), outcome: "-1", surprise: .socketFile),
        Row(request: listen("/run/x.sock", "localhost"), outcome: "/run/x.sock"),  // node-http-str-path-host
        Row(request: listen("rel.sock"), outcome: "rel.sock"),  // node-http-str-rel
        Row(request: listen(SymbolicText(":") + unknown), outcome: "unix ?", surprise: .socketFile),
        Row(request: listen("http://localhost:8080"), outcome: "refused", surprise: .socketFile),  // node-http-str-url
        Row(request: listen(":8080"), dialect: options, outcome: "refused"),
        Row(request: listen(nil), dialect: NodeDialect(.options, absentPort: nil), outcome: "refused"),
        Row(
            request: listen(unset), dialect: NodeDialect(.options, absentPort: nil), outcome: "*:0",
            surprise: .randomPort),
        // fastify: every address of localhost.
        Row(
            request: listen("3000"), dialect: NodeDialect(absentHost: .name("localhost"), everyAddress: true),
            outcome: "127.0.0.1:3000 [::1]:3000", spelling: .shorthand),
        // dgram
        Row(request: udp(.udp4, "5353"), dialect: NodeDialect(.datagram), outcome: "0.0.0.0:5353"),
        Row(request: udp(.udp6, "5353"), dialect: NodeDialect(.datagram), outcome: "*:5353"),
        Row(request: udp(.udp6, "5353", ipv6Only: true), dialect: NodeDialect(.datagram), outcome: "[::]:5353"),
        Row(request: udp(.udp4, "5353", "::1"), dialect: NodeDialect(.datagram), outcome: "refused"),
        Row(request: udp(.udp4, "5353", "localhost"), dialect: NodeDialect(.datagram), outcome: "127.0.0.1:5353"),
        // grpc-js
        Row(request: text("0.0.0.0:50051"), dialect: NodeDialect(.target, absentPort: 443), outcome: "0.0.0.0:50051"),
        Row(request: text("[::]:50051"), dialect: NodeDialect(.target, absentPort: 443), outcome: "*:50051"),
        Row(
            request: text("localhost:50051"), dialect: NodeDialect(.target, absentPort: 443, everyAddress: true),
            outcome: "127.0.0.1:50051 [::1]:50051"),
        Row(request: text("unix:///run/g.sock"), dialect: NodeDialect(.target), outcome: "/run/g.sock"),
        Row(request: text("10.0.0.1"), dialect: NodeDialect(.target, absentPort: 443), outcome: "10.0.0.1:443"),
    ]

    static func udp(
        _ network: ListenRequest.Network, _ port: SymbolicText, _ host: SymbolicText? = nil, ipv6Only: Bool? = nil
    ) -> ListenRequest {
        ListenRequest(network, .parts(host: host, port: port), ipv6Only: ipv6Only)
    }

    static func text(_ text: SymbolicText) -> ListenRequest { ListenRequest(.tcp, .combined(text)) }

    @Test(arguments: rows) func binding(_ row: Row) {
        let binding = row.dialect.binding(of: row.request, in: .standard)
        #expect(Self.outcome(binding) == row.outcome)
        #expect(binding.surprise == row.surprise)
        if let spelling = row.spelling { #expect(binding.spelling == spelling) }
    }

    static func outcome(_ binding: Binding) -> String {
        if binding.refusal != nil { return "refused" }
        if binding.host == nil || (binding.port == nil && binding.transport != .unix) {
            return "\(binding.transport == .unix ? "unix" : binding.host ?? "?") \(binding.port?.description ?? "?")"
        }
        return binding.sockets.sorted().map { socket in
            switch socket.address {
            case .unix(let path): path
            case .ip(let ip, let port):
                socket.dualStack && ip == .v6(.unspecified) ? "*:\(port)" : "\(ip.hostForm):\(port)"
            }
        }.joined(separator: " ")
    }

    @Test func udp6FollowsTheSystem() {
        var world = World.standard
        world.bindV6Only = true
        let binding = NodeDialect(.datagram).binding(of: Self.udp(.udp6, "5353"), in: world)
        #expect(Self.outcome(binding) == "[::]:5353")
    }

    @Test(arguments: [
        (["--inspect"], "127.0.0.1:9229"), (["--inspect=9300"], "127.0.0.1:9300"),
        (["--inspect=0.0.0.0"], "0.0.0.0:9229"), (["--inspect=[::]:9229"], "*:9229"),
        (["--inspect=localhost"], "127.0.0.1:9229 [::1]:9229"), (["--inspect=*:9229"], "127.0.0.1:9229 [::1]:9229"),
        (["--inspect=:9229"], "127.0.0.1:9229"), (["--inspect=127.0.0.1:"], "127.0.0.1:0"),
        (["--inspect=80"], "refused"), (["--inspect="], "refused"), (["--inspect-port=9400"], "none"),
        (["--inspect-port=0.0.0.0:9401", "--inspect-brk"], "0.0.0.0:9401"),
        (["--inspect=9230", "--inspect=9231"], "127.0.0.1:9231"), (["--enable-source-maps"], "none"),
    ])
    func inspector(_ options: [String], _ outcome: String) {
        guard let found = NodeInspector.request(options: options.map { SymbolicText($0) }) else {
            #expect(outcome == "none")
            return
        }
        #expect(Self.outcome(NodeDialect.inspector.binding(of: found.request, in: .standard)) == outcome)
    }

    @Test(
        arguments: [
            ("", 0), (" 12 ", 12), ("0b101", 5), ("0o17", 15), ("1e3", 1000), (".5", 0.5), ("5.", 5), ("-1", -1),
            ("Infinity", .infinity), ("0x", nil), ("12px", nil), ("1_000", nil), ("nan", nil), ("0x-1", nil),
            ("e", nil),
        ] as [(String, Double?)])
    func numbers(_ text: String, _ value: Double?) {
        #expect(ECMAScriptNumber.number(text) == value)
    }

    @Test(
        arguments: [("12px", 12), ("0x1f", 31), (" -3", -3), ("", nil), ("px", nil), ("3.9", 3)] as [(String, Double?)])
    func integers(_ text: String, _ value: Double?) {
        #expect(ECMAScriptNumber.parseInt(text) == value)
    }
}
