/// Random nginx configurations that are mostly meaningful: few addresses and ports, so that servers meet.
struct NginxGenerator {
    private var random: SplitMix64
    private let modules: Modules

    struct Modules {
        /// Paths for `load_module`; nil where the module is not installed.
        var stream: String?
        var mail: String?
        /// A certificate and its key.
        var certificate: String
        var key: String
    }

    /// By path relative to the main file's folder, which is `nginx.conf`.
    private(set) var files: [String: String] = [:]

    init(seed: UInt64, modules: Modules) {
        random = SplitMix64(state: seed)
        self.modules = modules
        write()
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    private mutating func pick<T>(_ items: [T]) -> T { items.randomElement(using: &random)! }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

    // MARK: Files

    private mutating func write() {
        var text = ""
        let usesStream = modules.stream != nil && chance(45)
        let usesMail = modules.mail != nil && chance(20)
        if usesStream { text += "load_module \(modules.stream!);\n" }
        if usesMail { text += "load_module \(modules.mail!);\n" }
        if chance(97) { text += pick(["events {}\n", "events { worker_connections 64; }\n"]) }
        if chance(3) { text += "events {}\n" }
        if chance(92) { text += http() }
        if usesStream { text += stream() }
        if usesMail { text += mail() }
        if chance(2) { text += "server { listen 8080; }\n" }
        if chance(2) { text += "}\n" }
        files["nginx.conf"] = text
    }

    private mutating func http() -> String {
        var body = ""
        if chance(30) { body += "map $host $backend {\n    default 8080;\n    listen 8090;\n}\n" }
        if chance(25) { body += "upstream app {\n    server 127.0.0.1:9000;\n}\n" }
        if chance(15) { body += "log_format json '{ \"listen\": \"$host\" } listen 81; }';\n" }
        let hasCertificate = chance(50)
        if hasCertificate { body += certificate() }
        for index in 0..<number(0...4) {
            let server = httpServer(index)
            if chance(20) {
                let name = "conf.d/\(index)\(pick([".conf", "", ".conf~"]))"
                files[name] = server
                if chance(50) { body += "include \(pick([name, "\"\(name)\"", "./conf.d/../\(name)"]));\n" }
            } else {
                body += server
            }
        }
        if chance(30) { body += "include conf.d/\(pick(["*", "*.conf", "?.conf", "[0-2].conf", "x*"]));\n" }
        if chance(2) { body += "include missing.conf;\n" }
        if chance(1) { body += "listen 80;\n" }
        return "http {\n\(body)}\n"
    }

    private func certificate() -> String {
        "ssl_certificate \(modules.certificate);\nssl_certificate_key \(modules.key);\n"
    }

    private mutating func httpServer(_ index: Int) -> String {
        var body = ""
        for _ in 0..<pick([0, 1, 1, 1, 2, 2, 3]) { body += listen(.http) }
        if chance(30) { body += certificate() }
        body += "server_name s\(index).test;\n"
        if chance(20) { body += "location ~ \"^/a{2}\" { return 200 '}'; }\n" }
        if chance(15) { body += "location /nginx_status { stub_status; }\n" }
        if chance(10) { body += "# listen 82; don't\n" }
        if chance(5) { body += "if ($host = \"listen\") { return 403; }\n" }
        if chance(1) { body += "location / { listen 83; }\n" }
        if chance(10) {
            files["listen.inc"] = listen(.http)
            body += "include listen.inc;\n"
        }
        return "server {\n\(body)}\n"
    }

    private mutating func stream() -> String {
        var body = ""
        for _ in 0..<number(0...3) {
            var server = ""
            for _ in 0..<pick([0, 1, 1, 1, 1, 1, 1, 2, 2]) { server += listen(.stream) }
            if chance(97) { server += "return x;\n" }
            if chance(20) { server += certificate() }
            body += "server {\n\(server)}\n"
        }
        return "stream {\n\(body)}\n"
    }

    private mutating func mail() -> String {
        var body = chance(95) ? "auth_http 127.0.0.1:9;\n" : ""
        for _ in 0..<number(0...2) {
            var server = ""
            for _ in 0..<pick([0, 1, 1, 1, 1, 1, 1, 2]) { server += listen(.mail) }
            if chance(85) { server += "protocol \(pick(["imap", "pop3", "smtp"]));\n" }
            if chance(20) { server += certificate() }
            body += "server {\n\(server)}\n"
        }
        return "mail {\nserver_name m.test;\n\(body)}\n"
    }

    // MARK: Listens

    private enum Module { case http, stream, mail }

    private mutating func listen(_ module: Module) -> String {
        var words = [address(module)]
        for _ in 0..<pick([0, 0, 0, 1, 1, 2, 3]) { words.append(parameter(module)) }
        if chance(8) { words[0] = pick(["\"\(words[0])\"", "'\(words[0])'"]) }
        let name = chance(3) ? "\"listen\"" : "listen"
        return name + pick([" ", "\t", "\n    ", "  "]) + words.joined(separator: pick([" ", " ", "\n"]))
            + pick([";", ";", " ;"]) + pick(["\n", "\n", " # note\n", "\r\n"])
    }

    private mutating func address(_ module: Module) -> String {
        let port = port()
        if chance(6) { return pick(Self.refused) }
        if chance(8) { return pick(["*", "127.0.0.1", "[::1]", "localhost", "[::]", "0.0.0.0"]) }
        if chance(8) { return pick(["unix:/mnt/bl-a.sock", "unix:/mnt/bl-b.sock", "UNIX:/mnt/bl-a.sock"]) }
        if chance(40) { return port }
        let host = pick([
            "*", "*", "0.0.0.0", "127.0.0.1", "127.0.0.1", "127.0.0.2", "10.77.0.5", "localhost", "both.test",
            "[::]", "[::]", "[::]", "[::1]", "[fd77::5]", "[0:0:0:0:0:0:0:1]", "127.1", "0", "0x7f.0.0.1",
            "127.000.000.001", "[::ffff:127.0.0.1]", "v6only.test", "LOCALHOST", "[FD77::5]",
        ])
        return "\(host):\(port)"
    }

    private mutating func port() -> String {
        if chance(12) {
            let first = number(8079...8083)
            return "\(first)-\(first + number(0...3))"
        }
        return pick(["80", "8080", "8080", "8080", "8081", "8081", "8082", "443", "080", "25"])
    }

    private static let refused = [
        ":80", "::1:80", "[::1", "[zz]:80", "0", "65536", "80-70", "127.0.0.1:", "$port", "[]:80", "/x", "80,",
        "[::1%lo]:80", "1.2.3.4.5:80", "8080-", "127.0.0.1:80-x", "unix:", "[::1]80", "*:0", "8080-8081-8082",
        "[1:2:3:4:5:6:7::]:80",
    ]

    private mutating func parameter(_ module: Module) -> String {
        var choices = [
            "bind", "bind", "backlog=64", "ipv6only=on", "ipv6only=off", "ipv6only=off", "so_keepalive=on", "ssl",
            "proxy_protocol", "rcvbuf=8k", "sndbuf=16k", "so_keepalive=30m::10", "so_keepalive=off",
        ]
        switch module {
        case .http:
            choices += [
                "default_server", "default_server", "default", "reuseport", "reuseport", "http2", "deferred",
                "fastopen=3",
            ]
        case .stream: choices += ["udp", "udp", "udp", "reuseport", "reuseport", "fastopen=3"]
        case .mail: break
        }
        if chance(3) {
            choices = [
                "quic", "udp", "default_server", "ipv6only=maybe", "ipv6only=onn", "backlog=0", "backlog=x", "setfib=1",
                "reuseport=1", "Bind", "so_keepalive=::", "rcvbuf=", "bind=", "ssl;bind", "multipath", "so_keepalive",
            ]
        }
        return pick(choices)
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
