import Dialects
import ListenerModel
import Testing

/// `host:port sockets spelling`, and what surprises or is refused.
private func read(_ dialect: ServerDialect, _ address: ListenRequest.Address, _ network: ListenRequest.Network = .tcp)
    -> String
{
    let binding = dialect.binding(of: ListenRequest(network, address), in: .standard)
    let sockets = binding.sockets.map { socket in
        switch socket.address {
        case .unix(let path): path
        case .ip(let address, _): socket.dualStack ? "*" : address.hostForm
        }
    }
    return [
        "\(binding.host ?? "?"):\(binding.port?.description ?? "?")",
        sockets.isEmpty ? "-" : sockets.joined(separator: ","), binding.spelling.rawValue,
        binding.surprise?.rawValue ?? "", binding.refusal == nil ? "" : "refused",
    ].filter { !$0.isEmpty }.joined(separator: " ")
}

@Suite struct ServerDialectTests {
    /// What one program opens for each spelling of "every interface" (server runs on Debian 12).
    @Test(arguments: [
        ("go-program", "*", "*", "*", "refused"), ("uvicorn", "0.0.0.0", "[::]", "0.0.0.0,[::]", "0.0.0.0,[::]"),
        ("gunicorn", "0.0.0.0", "*", "0.0.0.0", "-"), ("flask", "0.0.0.0", "*", "0.0.0.0", "-"),
        ("waitress", "0.0.0.0", "[::]", "0.0.0.0,[::]", "0.0.0.0,[::]"),
        ("postgres", "0.0.0.0", "[::]", "-", "0.0.0.0,[::]"), ("redis", "0.0.0.0", "[::]", "refused", "0.0.0.0"),
        ("mariadb", "0.0.0.0", "[::]", "refused", "0.0.0.0,[::]"), ("mysql", "0.0.0.0", "*", "refused", "*"),
        ("memcached", "0.0.0.0", "[::]", "0.0.0.0,[::]", "0.0.0.0,[::]"), ("java", "*", "*", "*", "-"),
        ("apache", "0.0.0.0", "*", "*", "*"), ("haproxy", "0.0.0.0", "*", "0.0.0.0", "0.0.0.0"),
        ("sshd", "0.0.0.0", "[::]", "0.0.0.0,[::]", "127.0.0.1,[::1]"), ("php-fpm", "0.0.0.0", "*", "refused", "[::1]"),
        ("jdwp", "0.0.0.0", "*", "127.0.0.1", "*"), ("dockerd", "*", "*", "127.0.0.1", "refused"),
        ("systemd", "0.0.0.0", "*", "refused", "refused"), ("puma", "0.0.0.0", "*", "0.0.0.0", "-"),
    ])
    func wildcards(name: String, ipv4: String, ipv6: String, empty: String, star: String) throws {
        let dialect = try #require(ServerDialects.named(name))
        func sockets(_ host: SymbolicText) -> String {
            let words = read(dialect, .parts(host: host, port: "80")).split(separator: " ")
            return words.contains("refused") ? "refused" : String(words[1])
        }
        #expect(sockets("0.0.0.0") == ipv4)
        #expect(sockets("::") == ipv6)
        #expect(sockets("") == empty)
        #expect(sockets("*") == star)
    }

    @Test(arguments: [
        ("go-program", "127.0.0.1"), ("uvicorn", "[::1],127.0.0.1"), ("redis", "127.0.0.1"), ("haproxy", "[::1]"),
        ("rust", "[::1]"), ("postgres", "[::1],127.0.0.1"), ("mariadb", "127.0.0.1"), ("puma", "[::1],127.0.0.1"),
    ])
    func localhost(name: String, sockets: String) throws {
        let dialect = try #require(ServerDialects.named(name))
        #expect(read(dialect, .parts(host: "localhost", port: "80")) == "localhost:80 \(sockets) name")
    }

    @Test(arguments: [
        ("go-program", ":8080", ":::8080 * shorthand"),
        ("go-program", "0.0.0.0:8080", "0.0.0.0:8080 * explicit wider-than-written"),
        ("go-program", "8080", ":::8080 - shorthand refused"),
        ("go-program", "[::1]:80", "::1:80 [::1] explicit"),
        ("go-program", ":0", ":::0 * shorthand random-port"),
        ("go-program", ":70000", ":::? - shorthand refused"),
        ("traefik", ":53/udp", ":::53 * shorthand"),
        ("gunicorn", "127.1:80", "127.0.0.1:80 127.0.0.1 explicit"),
        ("gunicorn", "unix:/run/a", "/run/a:? /run/a explicit"),
        ("gunicorn", "/run/a", "/run/a:? /run/a explicit"),
        ("django", "8000", "127.0.0.1:8000 127.0.0.1 shorthand"),
        ("django", "0:80", "0.0.0.0:80 0.0.0.0 explicit"),
        ("apache", "::1:80", "::1:80 [::1] explicit"),
        ("dotnet", "http://+:80", ":::80 * name"),
        ("dotnet", "http://example.com:80/x", ":::80 * name"),
        ("kafka", "PLAINTEXT://:9092", ":::9092 * shorthand"),
        ("kafka", "INTERNAL://broker:29092", "broker:29092 - name"),
        ("dockerd", "unix:///var/run/docker.sock", "/var/run/docker.sock:? /var/run/docker.sock explicit"),
        ("uvicorn", "", "0.0.0.0:? - shorthand"),
        ("go-program", "::", ":::? - explicit"),
    ])
    func combined(name: String, text: String, expected: String) throws {
        let dialect = try #require(ServerDialects.named(name))
        #expect(read(dialect, .combined(SymbolicText(text))) == expected)
    }

    @Test func unknownPartsStayUnknown() throws {
        let dialect = try #require(ServerDialects.named("go-program"))
        let port = SymbolicText([.literal(":"), .unknown(Unknown(.environment("PORT")))])
        #expect(read(dialect, .combined(port)) == ":::? - shorthand")
        #expect(read(dialect, .combined(SymbolicText(Unknown(.environment("ADDR"))))) == "?:? - explicit")
        let host = SymbolicText([.unknown(Unknown(.environment("H"))), .literal(":80")])
        #expect(read(dialect, .combined(host)) == "?:80 - explicit")
    }

    @Test func defaultsAreImplied() throws {
        let dialect = try #require(ServerDialects.named("uvicorn")).defaults(host: "127.0.0.1", port: 8000)
        #expect(read(dialect, .parts(host: nil, port: nil)) == "127.0.0.1:8000 127.0.0.1 implied")
        #expect(read(dialect, .parts(host: "127.0.0.1", port: nil)) == "127.0.0.1:8000 127.0.0.1 explicit")
    }

    @Test func gunicornsPortVariableOpensEveryInterface() throws {
        let dialect = try #require(ServerDialects.named("gunicorn")).defaults(host: "127.0.0.1", port: 8000)
        #expect(read(dialect, .parts(host: nil, port: "5000")) == "0.0.0.0:5000 0.0.0.0 shorthand")
        #expect(read(dialect, .parts(host: nil, port: nil)) == "127.0.0.1:8000 127.0.0.1 implied")
    }

    @Test(arguments: [
        (ListenRequest.Network.tcp4, "0.0.0.0"), (.tcp6, "*"), (.udp, "*"),
    ])
    func familiesThatTheTextForces(network: ListenRequest.Network, sockets: String) throws {
        let dialect = try #require(ServerDialects.named("socat"))
        let found = read(dialect, .parts(host: "::", port: "80"), network).split(separator: " ")[1]
        #expect(found == sockets)
    }

    @Test func namesAreUnique() {
        let names = ServerDialects.all.map(\.name)
        #expect(Set(names).count == names.count)
    }
}
