import Dialects
import ListenerModel
import Testing

@Suite struct PortSyntaxTests {
    /// `host|published|container|protocol`; `-` where nothing is written, `any` where the engine picks, `?` unknown.
    private static func rendered(_ published: PublishedPort) -> String {
        let host =
            switch published.hostIP {
            case .absent: "-"
            case .known(let address): address.description
            case .unknown: "?"
            }
        let port =
            switch published.hostPort {
            case .enginePicks: "any"
            case .ports(let range): "\(range)"
            case .oneOf(let range): "one of \(range)"
            case .unknown: "?"
            }
        let target = published.target.value.map { "\($0)" } ?? "?"
        return [host, port, target, published.transport.value?.rawValue ?? "?"].joined(separator: "|")
    }

    @Test(arguments: [
        ("3000", "-|any|3000|tcp"),
        ("8080:80", "-|8080|80|tcp"),
        (":80", "-|any|80|tcp"),
        ("::80", "-|any|80|tcp"),
        ("0:80", "-|any|80|tcp"),
        ("127.0.0.1::80", "127.0.0.1|any|80|tcp"),
        ("127.0.0.1:8080:80", "127.0.0.1|8080|80|tcp"),
        ("[127.0.0.1]:80:80", "127.0.0.1|80|80|tcp"),
        ("::1:6000:6000", "::1|6000|6000|tcp"),
        ("[::1]:6000:6000", "::1|6000|6000|tcp"),
        (":::80:80", "::|80|80|tcp"),
        ("::::80", "::|any|80|tcp"),
        ("8000-8002:80-82", "-|8000-8002|80-82|tcp"),
        ("8000-8002:80", "-|one of 8000-8002|80|tcp"),
        ("80-80:90", "-|80|90|tcp"),
        ("80-82", "-|any|80-82|tcp"),
        ("53:53/UDP", "-|53|53|udp"),
        ("80:80/", "-|80|80|tcp"),
        ("80:80/sctp", "-|80|80|sctp"),
        ("+80:080", "-|80|80|tcp"),
    ])
    func reads(_ text: String, _ expected: String) throws {
        #expect(Self.rendered(try PortSyntax.parse(SymbolicText(text))) == expected)
    }

    @Test(arguments: [
        ("", PortSyntax.Refusal.noContainerPort),
        ("80:", .noContainerPort),
        ("80:/tcp", .noContainerPort),
        ("127.0.0.1:80", .hostPort("127.0.0.1")),
        ("80:80:80", .address("80")),
        ("localhost:80:80", .address("localhost")),
        ("*:80:80", .address("*")),
        ("127.1:80:80", .address("127.1")),
        ("127.0.0.01:80:80", .address("127.0.0.01")),
        ("[fe80::1%lo]:80:80", .address("[fe80::1%lo]")),
        ("[::1:80:80", .address("[::1")),
        ("abc:80", .hostPort("abc")),
        ("-1:80", .hostPort("-1")),
        ("65536:80", .hostPort("65536")),
        ("90-80:80", .hostPort("90-80")),
        ("0x50:80", .hostPort("0x50")),
        (" 80:80", .hostPort(" 80")),
        ("80:80a", .containerPort("80a")),
        ("80-82:80-81", .rangeLengths(container: "80-81", host: "80-82")),
        ("80:80/icmp", .transport("icmp")),
        ("80:80/tcp/", .transport("tcp/")),
        ("80:80/unix", .transport("unix")),
        ("80:0", .zeroTarget),
    ])
    func refuses(_ text: String, _ expected: PortSyntax.Refusal) {
        #expect(throws: expected) { try PortSyntax.parse(SymbolicText(text)) }
    }

    /// `$A` stands for an unknown part.
    @Test(arguments: [
        ("$:8080:80", "?|8080|80|tcp"),
        ("$:$:80", "?|?|80|tcp"),
        ("$:80", "-|?|80|tcp"),
        ("8080:$", "-|8080|?|tcp"),
        ("127.0.0.1:$:80", "127.0.0.1|?|80|tcp"),
        ("127.0.0.$:80:80", "?|80|80|tcp"),
        ("$8080:80", "?|?|80|tcp"),
        ("80$:80", "-|?|80|tcp"),
        ("$-$:80-81", "-|?|80-81|tcp"),
        ("8080:80/$", "-|8080|80|?"),
        ("$", "?|?|?|tcp"),
    ])
    func keepsKnownPartsOfUnknownText(_ text: String, _ expected: String) throws {
        var symbolic = SymbolicText()
        for (index, piece) in text.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { symbolic.append(.unknown(Unknown(.environment("A")))) }
            symbolic.append(.literal(String(piece)))
        }
        #expect(Self.rendered(try PortSyntax.parse(symbolic)) == expected)
    }

    @Test func neverCrashesOnAnyText() {
        let alphabet = [":", "-", "/", "[", "]", "8", "0", ".", "t", "$"]
        var texts = [""]
        for _ in 0..<4 {
            texts += texts.flatMap { text in alphabet.map { text + $0 } }
            for text in texts { _ = try? PortSyntax.parse(SymbolicText(text)) }
            texts = Array(Set(texts))
        }
    }
}

@Suite struct ComposeDialectTests {
    @Test(arguments: [
        ("80:80", "0.0.0.0", "80", Scope.wildcard, Spelling.shorthand, 2),
        ("80", "0.0.0.0", "0", .wildcard, .implied, 2),
        ("0.0.0.0:80:80", "0.0.0.0", "80", .wildcard, .explicit, 1),
        (":::80:80", "::", "80", .wildcard, .explicit, 1),
        ("127.0.0.1:80:80", "127.0.0.1", "80", .loopback, .explicit, 1),
        ("[::ffff:127.0.0.1]:80:80", "127.0.0.1", "80", .loopback, .explicit, 1),
        ("10.0.0.5:80:80", "10.0.0.5", "80", .private, .explicit, 1),
    ])
    func explains(_ text: String, _ host: String, _ port: String, _ scope: Scope, _ spelling: Spelling, _ count: Int) {
        let binding = ComposeDialect().binding(
            of: ListenRequest(.tcp, .combined(SymbolicText(text))), in: .standard)
        #expect(binding.host == host)
        #expect(binding.port?.description == port)
        #expect(binding.scope == scope)
        #expect(binding.spelling == spelling)
        #expect(binding.sockets.count == count)
        #expect(binding.sockets.allSatisfy { $0.sharing == .reuseAddress && !$0.dualStack })
        #expect(binding.refusal == nil)
    }

    @Test(arguments: [("localhost", "8080"), ("[::1]", "8080"), ("", "8080"), ("127.0.0.1", "abc")])
    func refusesInTheLongSyntax(_ host: String, _ port: String) {
        let request = ListenRequest(.tcp, .parts(host: SymbolicText(host), port: SymbolicText(port)))
        let binding = ComposeDialect().binding(of: request, in: .standard)
        #expect(binding.refusal != nil)
        #expect(binding.sockets.isEmpty)
    }

    @Test func aRangeInTheLongSyntaxGivesOnePort() {
        let request = ListenRequest(.tcp, .parts(host: nil, port: "8000-8010"))
        let sockets = ComposeDialect().binding(of: request, in: .standard).sockets
        #expect(sockets.count == 2)
        #expect(sockets.allSatisfy { $0.oneOf && $0.port == PortRange(8000, 8010) })
    }
}
