import Dialects
import Extraction
import ListenerModel
import Testing

/// `line host:port scope certainty`, one listener after the other.
func listeners(of unit: Unit) -> [String] {
    guard case .declarations(let declarations) = unit.body else { return ["not declarations"] }
    return declarations.map { declaration in
        #expect(unit.text.text(declaration.location.range) == declaration.text)
        guard case .request(let request, let dialect) = declaration.meaning else { return "bound" }
        let binding = dialect.binding(of: request.resolved { _ in .unknown }.request, in: .standard)
        let purposes = declaration.purpose.map(\.rawValue).joined(separator: "+")
        return "\(declaration.location.start.line) \(binding.host ?? "?"):\(binding.port?.description ?? "?") "
            + "\(binding.scope) \(declaration.certainty)" + (purposes.isEmpty ? "" : " " + purposes)
    }
}

@Suite struct EnvFileTests {
    private func listen(_ text: String) -> [String] {
        listeners(of: EnvFileExtractor().extract(SourceText(path: ".env", bytes: Array(text.utf8))))
    }

    @Test(arguments: [
        ("HOST=0.0.0.0\nPORT=3000", "1 0.0.0.0:3000 wildcard likely"),
        ("PORT=3000", "1 ?:3000 unknown likely"),
        ("HOST=127.0.0.1", "1 127.0.0.1:? loopback likely"),
        ("export LISTEN_ADDR=:8080 # wide", "1 :::8080 wildcard likely"),
        ("BIND_ADDR=127.0.0.1", "1 127.0.0.1:? loopback likely"),
        ("BIND_ADDR=127.0.0.1\nBIND_PORT=80", "1 127.0.0.1:80 loopback likely"),
        ("API_LISTEN_ADDRESS=\"[::1]:80\"", "1 ::1:80 loopback likely"),
        (
            "ASPNETCORE_URLS=http://+:80;https://localhost:443",
            "1 :::80 wildcard likely,1 localhost:443 loopback likely"
        ),
        ("ASPNETCORE_HTTP_PORTS=8080;8081", "1 :::8080 wildcard likely,1 :::8081 wildcard likely"),
        ("OLLAMA_HOST=0.0.0.0", "1 0.0.0.0:11434 wildcard likely admin"),
        ("GF_SERVER_HTTP_ADDR=127.0.0.1", "1 127.0.0.1:3000 loopback likely metrics"),
        (
            "KAFKA_LISTENERS=PLAINTEXT://:9092,CONTROLLER://127.0.0.1:9093",
            "1 :::9092 wildcard likely queue,1 127.0.0.1:9093 loopback likely queue"
        ),
        ("UVICORN_PORT=80", "1 127.0.0.1:80 loopback likely"),
        ("NODE_OPTIONS=--inspect=0.0.0.0:9229", "1 0.0.0.0:9229 wildcard certain debug"),
        ("NODE_OPTIONS=\"--max-old-space-size=4096 --inspect\"", "1 127.0.0.1:9229 loopback default debug"),
        (
            "JAVA_TOOL_OPTIONS=-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005",
            "1 :::5005 wildcard certain debug"
        ),
        ("X=0.0.0.0\nHOST=${X}\nPORT=${P:-80}", "2 0.0.0.0:80 wildcard likely"),
        ("HOST=0.0.0.0\nHOST=127.0.0.1\nPORT=1", "2 127.0.0.1:1 loopback likely"),
    ])
    func meansListening(text: String, expected: String) {
        #expect(listen(text).joined(separator: ",") == expected)
    }

    @Test(arguments: [
        "DB_HOST=0.0.0.0\nDB_PORT=5432", "REDIS_URL=redis://0.0.0.0:6379", "SMTP_PORT=25", "HOST=example.com",
        "HOST=localhost", "PORT=/dev/ttyUSB0", "PORT=http", "KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://0.0.0.0:9092",
        "VAULT_ADDR=http://0.0.0.0:8200", "N8N_HOST=0.0.0.0", "PUBLIC_URL=http://0.0.0.0:80", "BIND=yes",
        "LISTEN=true", "POSTGRES_PORT=5432", "MYSQL_HOST=0.0.0.0", "LDAP_BIND=cn=admin", "PORT", "PORT=",
        "NODE_OPTIONS=--max-old-space-size=4096", "DOCKER_HOST=tcp://0.0.0.0:2375", "LDAP_BIND_DN=x:1",
        "ETCD_ADVERTISE_CLIENT_URLS=http://0.0.0.0:2379", "KC_HOSTNAME=0.0.0.0", "PORT=70000",
    ])
    func staysSilent(text: String) { #expect(listen(text).isEmpty) }

    @Test func problemsAreDiagnosedAndTheRestIsRead() {
        let unit = EnvFileExtractor().extract(SourceText(path: ".env", bytes: Array("A B=c\nPORT=80\n".utf8)))
        #expect(unit.diagnostics.map(\.code) == ["env-syntax"])
        #expect(listeners(of: unit).count == 1)
    }

    @Test(arguments: [
        (".env", true), ("a/.env.local", true), ("prod.env", true), ("env", false), (".envrc", false),
        ("environment", false),
    ])
    func claims(path: String, claimed: Bool) {
        #expect((EnvFileExtractor().claim(path: path) == .byExtension) == claimed)
    }
}
