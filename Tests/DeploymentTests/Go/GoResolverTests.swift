import Dialects
import Extraction
import ListenerModel
import Testing

@testable import Deployment

/// One fact a row: a program and the addresses that its listen calls are given, unknown parts as `<name>` and
/// fallbacks as `<NAME|fallback>`.
@Suite struct GoResolverTests {
    static func declarations(_ files: [String: String]) -> [Declaration] {
        let units = files.keys.sorted().filter { $0.hasSuffix(".go") }.map {
            GoExtractor().extract(SourceText(path: $0, bytes: Array(files[$0]!.utf8)))
        }
        return GoResolver.declarations(units, in: MemoryTree(files))
    }

    static func show(_ text: SymbolicText) -> String {
        text.parts.map { part in
            switch part {
            case .literal(let literal): literal
            case .unknown(let unknown):
                if case .expression = unknown.cause {
                    "<?>"
                } else if let fallback = unknown.fallback {
                    "<\(unknown.name)|\(show(fallback.text))>"
                } else {
                    "<\(unknown.name)>"
                }
            }
        }.joined()
    }

    static func show(_ declaration: Declaration) -> String {
        switch declaration.meaning {
        case .bound(_, let state, let reason): "\(state) \(reason ?? "")"
        case .request(let request, _):
            switch request.address {
            case .combined(let text): "\(request.network) \(show(text))"
            case .parts(let host, let port): "\(request.network) \(host.map(show) ?? "-") \(port.map(show) ?? "-")"
            }
        }
    }

    /// The body of main, with `lines` after it at the top level.
    static func program(_ body: String, _ rest: String = "") -> String {
        """
        package main
        import ("fmt"; "net"; "net/http"; "net/url"; "os"; "strconv"; "flag"; "strings"; "context"; "cmp")
        func main() {
        \(body)
        }
        \(rest)
        """
    }

    @Test(arguments: [
        (#"http.ListenAndServe(":80", nil)"#, "", "tcp :80"),
        (#"http.ListenAndServe(":" + "80", nil)"#, "", "tcp :80"),
        (#"const port = 80; http.ListenAndServe(fmt.Sprintf(":%d", port), nil)"#, "", "tcp :80"),
        (#"http.ListenAndServe(fmt.Sprintf("%s:%v", host, 0x50), nil)"#, #"var host = "::1""#, "tcp ::1:80"),
        (#"http.ListenAndServe(net.JoinHostPort("::1", strconv.Itoa(80)), nil)"#, "", "tcp [::1]:80"),
        (#"http.ListenAndServe(os.Getenv("ADDR"), nil)"#, "", "tcp <ADDR>"),
        (#"http.ListenAndServe(":"+os.Getenv("PORT"), nil)"#, "", "tcp :<PORT>"),
        (#"p := os.Getenv("PORT"); if p == "" { p = "80" }; http.ListenAndServe(":"+p, nil)"#, "", "tcp :<PORT|80>"),
        (
            #"p := "80"; if v := os.Getenv("PORT"); v != "" { p = v }; http.ListenAndServe(":"+p, nil)"#, "",
            "tcp :<PORT|80>"
        ),
        (
            #"a := ":80"; if v := os.Getenv("PORT"); v != "" { a = ":" + v }; http.ListenAndServe(a, nil)"#, "",
            "tcp :<PORT|80>"
        ),
        (#"p, ok := os.LookupEnv("PORT"); if !ok { p = "80" }; http.ListenAndServe(":"+p, nil)"#, "", "tcp :<PORT|80>"),
        (#"http.ListenAndServe(cmp.Or(os.Getenv("ADDR"), ":80"), nil)"#, "", "tcp <ADDR|:80>"),
        (
            #"http.ListenAndServe(env("ADDR", ":80"), nil)"#,
            #"func env(k, d string) string { if v := os.Getenv(k); v != "" { return v }; return d }"#, "tcp <ADDR|:80>"
        ),
        (
            #"http.ListenAndServe(env("ADDR", ":80"), nil)"#,
            #"func env(k, d string) (v string) { v = os.Getenv(k); if v == "" { v = d }; return }"#, "tcp <ADDR|:80>"
        ),
        (#"a := flag.String("a", ":80", ""); http.ListenAndServe(*a, nil)"#, "", "tcp :80"),
        (#"var a string; flag.StringVar(&a, "a", ":80", ""); http.ListenAndServe(a, nil)"#, "", "tcp :80"),
        (
            #"http.ListenAndServe(addr, nil)"#,
            #"var addr string; func init() { flag.StringVar(&addr, "a", ":80", "") }"#, "tcp :80"
        ),
        (#"a := flag.String("a", "", ""); if *a != "" { net.Listen("tcp", *a) }"#, "", "tcp <?>"),
        (#"a := &net.TCPAddr{IP: net.ParseIP("::1"), Port: 80}; net.Listen("tcp", a.String())"#, "", "tcp [::1]:80"),
        (#"s := &http.Server{Addr: ":80"}; s.ListenAndServe()"#, "", "tcp :80"),
        (#"var s http.Server; s.Addr = ":80"; s.ListenAndServe()"#, "", "tcp :80"),
        (#"s := http.Server{}; s.Addr = ":80"; s.Addr = ":81"; s.ListenAndServe()"#, "", "tcp :81"),
        (#"(&http.Server{}).ListenAndServe()"#, "", "tcp "),
        (#"s := &http.Server{Addr: ":80"}; run(s.ListenAndServe)"#, "func run(f func() error) { f() }", "tcp :80"),
        (#"run(&http.Server{Addr: ":80"})"#, "func run(s *http.Server) { s.ListenAndServe() }", "tcp :80"),
        (
            #"app := &App{srv: &http.Server{Addr: ":80"}}; app.Run()"#,
            "type App struct { srv *http.Server }\nfunc (a *App) Run() { a.srv.ListenAndServe() }", "tcp :80"
        ),
        (
            #"App{&http.Server{Addr: ":80"}}.Run()"#,
            "type App struct { *http.Server }\nfunc (a App) Run() { a.ListenAndServe() }", "tcp :80"
        ),
        (#"serve(":80")"#, "func serve(addr string) { http.ListenAndServe(addr, nil) }", "tcp :80"),
        (#"net.Listen("unix", "/run/a.sock")"#, "", "unix /run/a.sock"),
        (#"net.Listen(network, addr)"#, #"const (network = "tcp4"; addr = ":80")"#, "tcp4 :80"),
        (#"net.ListenUDP("udp", nil)"#, "", "udp "),
        (#"net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})"#, "", "tcp 127.0.0.1 80"),
        (#"a, _ := net.ResolveTCPAddr("tcp", ":80"); net.ListenTCP("tcp", a)"#, "", "tcp :80"),
        (#"lc := net.ListenConfig{}; lc.Listen(context.Background(), "tcp", ":80")"#, "", "tcp :80"),
        (#"net.Listen("TCP", ":80")"#, "", "refused unknown network TCP"),
        (#"net.Listen("udp", ":80")"#, "", "refused unexpected address type for network udp"),
        (#"net.Listen("ip4:icmp", "0.0.0.0")"#, "", ""),
        (
            #"switch x := os.Args[1]; x { case "a": addr = ":81" }; http.ListenAndServe(addr, nil)"#,
            #"var addr = ":80""#, "tcp :80"
        ),
        (#"addr := ":80"; func() { http.ListenAndServe(addr, nil) }()"#, "", "tcp :80"),
        (#"for _, a := range []string{":80"} { http.ListenAndServe(a, nil) }"#, "", "tcp :80"),
        (#"m := map[string]string{"web": ":80"}; http.ListenAndServe(m["web"], nil)"#, "", "tcp :80"),
        (
            #"http.ListenAndServe(strings.TrimSpace(unknown()), nil)"#, "func unknown() string { return os.Args[1] }",
            "tcp <?>"
        ),
        (#"a := ":80"; a = a; http.ListenAndServe(a, nil)"#, "", "tcp :80"),
        (#"http.ListenAndServe(loop(), nil)"#, "func loop() string { return loop() }", "tcp <?>"),
        (
            #"a := "80"; if !strings.Contains(a, ":") { a = ":" + a }; http.ListenAndServe(a, nil)"#, "", "tcp :80"
        ),
        (
            #"a := ":80"; if strings.IndexByte(a, ':') == -1 { a = ":" + a }; http.ListenAndServe(a, nil)"#, "",
            "tcp :80"
        ),
        (#"for _, a := range []string{":80"} { go func(p string) { http.ListenAndServe(p, nil) }(a) }"#, "", "tcp :80"),
        (#"a := "tcp://:80"; http.ListenAndServe(a[len("tcp://"):], nil)"#, "", "tcp :80"),
        (#"a := "tcp://:80"; if i := strings.Index(a, "://"); i > -1 { net.Listen(a[:i], a[i+3:]) }"#, "", "tcp :80"),
        (#"p := strings.SplitN("tcp://:80", "//", 2); http.ListenAndServe(p[len(p)-1], nil)"#, "", "tcp :80"),
        (#"_, p, _ := net.SplitHostPort("[::1]:80"); http.ListenAndServe(":"+p, nil)"#, "", "tcp :80"),
        (
            #"h, _, _ := net.SplitHostPort("[::1]:80"); http.ListenAndServe(net.JoinHostPort(h, "81"), nil)"#, "",
            "tcp [::1]:81"
        ),
        (#"u, _ := url.Parse("http://127.0.0.1:80/x"); http.ListenAndServe(u.Host, nil)"#, "", "tcp 127.0.0.1:80"),
        (#"u, _ := url.Parse("http://127.0.0.1:80/x"); http.ListenAndServe(":"+u.Port(), nil)"#, "", "tcp :80"),
        (#"http.ListenAndServe(strings.Join([]string{"::", "80"}, "]:"), nil)"#, "", "tcp ::]:80"),
        (#"http.ListenAndServe(strings.Trim("/:80/", "/"), nil)"#, "", "tcp :80"),
        (#"h, p, _ := strings.Cut("a:80", ":"); http.ListenAndServe(h+"."+p, nil)"#, "", "tcp a.80"),
        (
            #"start(net.Listen)"#, #"func start(f func(a, b string) (net.Listener, error)) { f("tcp", ":80") }"#,
            "tcp :80"
        ),
        (#"listen("tcp", ":80")"#, "var listen = net.Listen", "tcp :80"),
        (
            #"open("unix", "a.sock"); open("tcp", ":80")"#,
            #"func open(n, a string) { switch n { case "unix": net.Listen(n, a); default: net.Listen(n, a) } }"#,
            "unix a.sock; tcp :80"
        ),
        (
            #"open(os.Args[1], ":80")"#,
            #"func open(n, a string) { if n == "unix" { net.Listen(n, a) } }"#, "unix <?>"
        ),
        (
            #"a := "::1"; env(&a, "ADDR"); http.ListenAndServe("["+a+"]:80", nil)"#,
            #"func env(to *string, k string) { if v, ok := os.LookupEnv(k); ok { *to = v } }"#, "tcp [<ADDR|::1>]:80"
        ),
        (
            #"c := Config{Port: 80}; env(&c.Addr, "ADDR"); number(&c.Port, "PORT"); http.ListenAndServe(fmt.Sprintf("%s:%d", c.Addr, c.Port), nil)"#,
            """
            type Config struct { Addr string; Port int }
            func find(k string) (string, bool, error) {
                if v, ok := os.LookupEnv(k); ok { return v, true, nil }
                path, ok := os.LookupEnv(k + "_FILE")
                if !ok { return "", false, nil }
                data, err := os.ReadFile(path)
                if err != nil { return "", false, err }
                return string(data), true, nil
            }
            func env(to *string, k string) error { v, ok, err := find(k); if err != nil { return err }; if ok { *to = v }; return nil }
            func number(to *int, k string) error { v, ok, err := find(k); if err != nil { return err }; if !ok { return nil }; n, err := strconv.Atoi(v); *to = n; return nil }
            """, "tcp <ADDR|>:<PORT|80>"
        ),
        (
            #"c := load(); fill(c); http.ListenAndServe(c.Addr, nil)"#,
            """
            type Config struct { Addr string }
            func load() *Config { c := &Config{}; decode(c); return c }
            func decode(c any) { outside.Unmarshal(c) }
            func fill(c *Config) { if c.Addr == "" { c.Addr = ":80" } }
            """, "tcp :80"
        ),
        (
            #"http.ListenAndServe(addr, nil)"#,
            #"var addr = ":80"; func init() { flag.StringVar(&addr, "addr", addr, "") }"#, "tcp :80"
        ),
        (#"t.Listen(":80")"#, "type T struct{}; var t T; func (T) Listen(string) {}", ""),
        (
            #"var http T; http.ListenAndServe(":80", nil)"#, "type T struct{}; func (T) ListenAndServe(string, any) {}",
            ""
        ),
    ])
    func address(_ body: String, _ rest: String, _ expected: String) {
        let found = Self.declarations(["main.go": Self.program(body, rest)])
        #expect(found.map(Self.show).joined(separator: "; ") == expected)
    }

    @Test func alternativesStandInTheTrace() throws {
        let found = Self.declarations([
            "main.go": Self.program(
                #"serve(":80"); serve(":81")"#, "func serve(addr string) { http.ListenAndServe(addr, nil) }")
        ])
        let declaration = try #require(found.first)
        #expect(found.count == 1)
        #expect(Self.show(declaration) == "tcp :80")
        #expect(declaration.trace.map(\.note).contains("it may also be :81"))
    }

    @Test func placeAndTrace() throws {
        let source = Self.program("http.ListenAndServe(addr, nil)", "const addr = \":80\"")
        let declaration = try #require(Self.declarations(["main.go": source]).first)
        #expect(declaration.text == "addr")
        #expect(declaration.trace.map(\.note) == ["addr is set here"])
        let text = SourceText(path: "main.go", bytes: Array(source.utf8))
        #expect(text.text(declaration.trace[0].location.range) == "\":80\"")
        let implied = Self.program("(&http.Server{}).ListenAndServe()")
        #expect(Self.declarations(["main.go": implied]).first?.text == "ListenAndServe")
    }

    @Test func entryPointsAreTheMainPackagesThatImport() {
        let files = [
            "go.mod": "module example.org/a\n",
            "cmd/web/main.go": "package main\nimport \"example.org/a/internal/app\"\nfunc main() { app.Run() }",
            "cmd/worker/main.go": "package main\nfunc main() {}",
            "internal/app/app.go":
                "package app\nimport \"example.org/a/internal/server\"\nfunc Run() { server.Start(\":80\") }",
            "internal/server/server.go":
                "package server\nimport \"net/http\"\nfunc Start(addr string) { http.ListenAndServe(addr, nil) }",
        ]
        let found = Self.declarations(files)
        #expect(found.map(\.entryPoints) == [["cmd/web"]])
        #expect(found.map(Self.show) == ["tcp :80"])
    }

    /// Packages that are not among the given files are read from the tree.
    @Test func importsAreReadByDemand() {
        let files = [
            "go.mod": "module example.org/a\n",
            "main.go":
                "package main\nimport (\"net/http\"; \"example.org/a/defaults\")\nfunc main() { http.ListenAndServe(defaults.Addr, nil) }",
            "defaults/defaults.go": "package defaults\nconst Addr = \":80\"",
        ]
        let unit = GoExtractor().extract(SourceText(path: "main.go", bytes: Array(files["main.go"]!.utf8)))
        #expect(GoResolver.declarations([unit], in: MemoryTree(files)).map(Self.show) == ["tcp :80"])
    }

    @Test func testFilesAreMarked() {
        let files = [
            "a.go": "package a\nconst addr = \":80\"",
            "a_test.go": "package a\nimport \"net\"\nfunc TestA() { net.Listen(\"tcp\", addr) }",
            "b_test.go": "package a_test\nimport \"net/http/httptest\"\nfunc TestB() { httptest.NewServer(nil) }",
        ]
        let found = Self.declarations(files)
        #expect(found.map(\.test) == [true, true])
        #expect(found.map(Self.show) == ["tcp :80", "tcp 127.0.0.1:0"])
    }

    @Test func pprofOnTheDefaultHandler() {
        func purpose(_ handler: String) -> [Purpose] {
            Self.declarations([
                "main.go": """
                package main
                import ("net/http"; _ "net/http/pprof")
                func main() { http.ListenAndServe(":6060", \(handler)) }
                """
            ])[0].purpose
        }
        #expect(purpose("nil") == ["debug"])
        #expect(purpose("http.DefaultServeMux") == ["debug"])
        #expect(purpose("http.NewServeMux()") == [])
    }

    @Test func unusedTextsInListeningPlacesAreLikely() {
        let found = Self.declarations([
            "a.go": """
            package a
            import "flag"
            var c = Config{ListenAddress: "0.0.0.0:9095", Upstream: "127.0.0.1:9096", Listen: "somewhere"}
            var _ = flag.String("redis-addr", "localhost:6379", "address to connect to")
            var _ = flag.String("addr", ":9098", "address to listen on")
            """
        ])
        #expect(found.map(\.text) == ["\"0.0.0.0:9095\"", "\":9098\""])
        #expect(found.map(\.certainty) == [.likely, .likely])
    }

    /// Every prefix and many one-byte changes end, and places stay inside the file.
    @Test func robustness() {
        let source = Array(
            Self.program(
                """
                p, ok := os.LookupEnv("PORT")
                if !ok { p = `80` }
                s := &http.Server{Addr: net.JoinHostPort("::1", p)}
                go func() { s.ListenAndServe() }()
                """,
                "type T[K any] struct { *http.Server `a:\"b\"` }\nfunc (t *T[K]) f(a, b int, c ...string) (x string) { return }"
            ).utf8)
        func check(_ bytes: [UInt8]) {
            let text = SourceText(path: "main.go", bytes: bytes)
            let tree = MemoryTree(bytes: ["main.go": bytes])
            for declaration in GoResolver.declarations([GoExtractor().extract(text)], in: tree) {
                #expect(declaration.location.range.upperBound <= bytes.count)
                #expect(text.text(declaration.location.range) == declaration.text)
            }
        }
        for length in 0..<source.count { check(Array(source[..<length])) }
        for offset in source.indices {
            for byte in [UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: ")"), 0x0a, 0xff] {
                var changed = source
                changed[offset] = byte
                check(changed)
            }
        }
    }

    /// A long chain of names and a wide program end in an answer.
    @Test func capsOnWork() {
        var lines = ["a0 := os.Getenv(\"A\")"]
        for index in 1...3000 { lines.append("a\(index) := a\(index - 1) + a\(index - 1)") }
        lines.append("http.ListenAndServe(a3000, nil)")
        let found = Self.declarations(["main.go": Self.program(lines.joined(separator: "\n"))])
        #expect(found.count == 1)
    }
}
