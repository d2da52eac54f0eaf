import Dialects
import ListenerModel
import Testing

/// The rows of `GoDialect`, in the words of ss(8); `refused` and a reason where Go refuses.
@Suite struct GoDialectTests {
    private func show(_ binding: Binding) -> String {
        if let refusal = binding.refusal { return "refused: \(refusal)" }
        return binding.sockets.map { socket in
            switch socket.address {
            case .unix(let path): path
            case .ip(let address, let port): socket.dualStack ? "*:\(port)" : "\(address.hostForm):\(port)"
            }
        }.joined(separator: " ")
    }

    private func bind(_ network: ListenRequest.Network, _ text: SymbolicText, whenEmpty: String? = nil) -> Binding {
        var world = World.standard
        world.hosts["both.test"] = [.v6(.loopback), .v4(IPv4Address("10.0.0.1")!)]
        world.hosts["six.test"] = [.v6(.loopback)]
        return GoDialect(whenEmpty: whenEmpty).binding(of: ListenRequest(network, .combined(text)), in: world)
    }

    @Test(arguments: [
        (ListenRequest.Network.tcp, ":8080", "*:8080"),
        (.tcp, "0.0.0.0:8080", "*:8080"),
        (.tcp, "[::]:8080", "*:8080"),
        (.tcp, "[]:8080", "*:8080"),
        (.tcp, "[::ffff:0.0.0.0]:8080", "*:8080"),
        (.tcp, "[::%lo]:8080", "*:8080"),
        (.tcp, ":", "*:0"),
        (.tcp, "", "*:0"),
        (.tcp, "127.0.0.1:", "127.0.0.1:0"),
        (.tcp, "127.0.0.1:080", "127.0.0.1:80"),
        (.tcp, "127.0.0.1:+80", "127.0.0.1:80"),
        (.tcp, ":http", "*:80"),
        (.tcp, ":HTTPS", "*:443"),
        (.udp, ":domain", "*:53"),
        (.tcp, ":nope", "refused: unknown port"),
        (.tcp, ":-1", "refused: invalid port"),
        (.tcp, ":65536", "refused: invalid port"),
        (.tcp, ":8080 ", "refused: unknown port"),
        (.tcp, "8080", "refused: missing port in address"),
        (.tcp, "::1:80", "refused: too many colons in address"),
        (.tcp, "http://localhost:80", "refused: too many colons in address"),
        (.tcp, "[::1:80", "refused: missing ']' in address"),
        (.tcp, "[::1]:80", "[::1]:80"),
        (.tcp, "[::1%lo]:80", "[::1]:80"),
        (.tcp, "[fe80::1%eth0]:80", "[fe80::1%eth0]:80"),
        (.tcp, "[127.0.0.1]:80", "127.0.0.1:80"),
        (.tcp, "[::ffff:127.0.0.1]:80", "127.0.0.1:80"),
        (.tcp, "localhost:80", "127.0.0.1:80"),
        (.tcp, "both.test:80", "10.0.0.1:80"),
        (.tcp, "six.test:80", "[::1]:80"),
        (.tcp, "unknown.test:80", ""),
        (.tcp, "*:80", "refused: no such host"),
        (.tcp, "127.1:80", "refused: no such host"),
        (.tcp, "0:80", "refused: no such host"),
        (.tcp4, ":80", "0.0.0.0:80"),
        (.tcp4, "[::]:80", "0.0.0.0:80"),
        (.tcp4, "[::1]:80", "refused: no suitable address found"),
        (.tcp4, "six.test:80", "refused: no suitable address found"),
        (.tcp6, ":80", "[::]:80"),
        (.tcp6, "0.0.0.0:80", "refused: no suitable address found"),
        (.tcp6, "localhost:80", "[::1]:80"),
        (.udp4, ":53", "0.0.0.0:53"),
        (.udp, "224.0.0.251:5353", "0.0.0.0:5353"),
        (.udp6, "[ff02::fb]:5353", "[::]:5353"),
        (.tcp, "224.0.0.1:80", "224.0.0.1:80"),
        (.unix, "/run/a.sock", "/run/a.sock"),
        (.unix, "@abstract", "@abstract"),
        (.unix, "", ""),
    ])
    func sockets(_ network: ListenRequest.Network, _ text: String, _ expected: String) {
        #expect(show(bind(network, SymbolicText(text))) == expected)
    }

    @Test func longUnixPath() {
        let path = "/" + String(repeating: "a", count: 107)
        #expect(bind(.unix, SymbolicText(path)).refusal != nil)
        #expect(bind(.unix, SymbolicText(String(path.dropLast()))).refusal == nil)
    }

    @Test(arguments: [(":http", "*:80"), (":https", "*:443"), (nil, "*:0")])
    func empty(_ whenEmpty: String?, _ expected: String) {
        let binding = bind(.tcp, "", whenEmpty: whenEmpty)
        #expect(show(binding) == expected)
        #expect(binding.spelling == .implied)
    }

    @Test func unknownParts() {
        let port = Unknown(.environment("PORT"))
        let wildcard = bind(.tcp, ":" + SymbolicText(port))
        #expect(wildcard.scope == .wildcard)
        #expect(wildcard.host == "::")
        #expect(wildcard.port == nil)
        let named = bind(.tcp, SymbolicText(Unknown(.environment("HOST"))) + ":80")
        #expect(named.scope == .unknown)
        #expect(named.host == nil)
        #expect(named.port == PortRange(80))
        let all = bind(.tcp, SymbolicText(Unknown(.environment("ADDR"))))
        #expect(all.host == nil && all.port == nil && all.refusal == nil)
        // Unset reads as the empty text: a random port (go-http-env-port-unset).
        let unset = bind(.tcp, ":" + SymbolicText(Unknown(.unset("PORT"))))
        #expect(show(unset) == "*:0")
        #expect(unset.surprise == .randomPort)
    }

    @Test(arguments: [
        ("0.0.0.0:80", Surprise.widerThanWritten), ("127.0.0.1:80", nil), (":80", nil), (":0", nil),
        ("127.0.0.1:", .randomPort),
    ])
    func surprises(_ text: String, _ expected: Surprise?) {
        #expect(bind(.tcp, SymbolicText(text)).surprise == expected)
    }

    @Test(arguments: [
        (":80", Spelling.shorthand), ("127.0.0.1:80", .explicit), ("localhost:80", .name), ("[::]:80", .explicit),
    ])
    func spellings(_ text: String, _ expected: Spelling) {
        #expect(bind(.tcp, SymbolicText(text)).spelling == expected)
    }
}
