import Dialects
import Extraction
import ListenerModel
import Testing

@testable import Deployment

/// Includes, mounts, templates, purposes and roots: what the observed cases, one folder each, do not show.
@Suite struct NginxResolverTests {
    static func lines(_ resolution: NginxResolution) -> [String] {
        resolution.declarations.map { declaration in
            guard case .bound(let bindings, let state, _) = declaration.meaning else { return "" }
            let binding = bindings[0]
            let place = "\(declaration.location.path):\(declaration.location.start.line)"
            let address = "\(binding.host ?? "?"):\(binding.port.map(\.description) ?? "?")"
            let purpose = declaration.purpose.map { " " + $0.rawValue }.joined()
            return "\(place) \(address) \(state.rawValue)\(purpose)"
        }
    }

    static func http(_ text: String) -> String { "events {}\nhttp {\n\(text)\n}\n" }

    /// Nested includes are relative to the main file's folder, not to the including file's.
    @Test func nestedIncludes() {
        let tree = MemoryTree([
            "a/nginx.conf": Self.http("include sub/one.conf;"),
            "a/sub/one.conf": "server { include sub/two.conf; }",
            "a/sub/two.conf": "listen 8001;",
            "a/sub/sub/two.conf": "listen 8002;",
        ])
        let resolution = NginxResolver(tree: tree).resolve(.main("a/nginx.conf"))
        #expect(Self.lines(resolution) == ["a/sub/two.conf:1 0.0.0.0:8001 open"])
        #expect(resolution.files == ["a/nginx.conf", "a/sub/one.conf", "a/sub/two.conf"])
    }

    /// nginx crashes on a file that includes itself; bindlint says so and ends.
    @Test func cycles() {
        let tree = MemoryTree([
            "nginx.conf": Self.http("include a.conf;"), "a.conf": "server { listen 80; }\ninclude a.conf;",
        ])
        let resolution = NginxResolver(tree: tree).resolve(.main("nginx.conf"))
        #expect(Self.lines(resolution) == ["a.conf:1 0.0.0.0:80 refused"])
        #expect(resolution.diagnostics.contains { $0.message.contains("includes itself") })
    }

    /// Files that include the next one many times each must not multiply without end.
    @Test(.timeLimit(.minutes(1))) func includeExplosion() {
        var files = ["nginx.conf": Self.http("include f0;")]
        for level in 0..<6 {
            files["f\(level)"] = String(repeating: "include f\(level + 1);\n", count: 20)
        }
        files["f6"] = "server { listen 80; }"
        let resolution = NginxResolver(tree: MemoryTree(files)).resolve(.main("nginx.conf"))
        #expect(resolution.diagnostics.contains { $0.message.contains("more includes") })
    }

    @Test func outsideIsSaidOnce() {
        let tree = MemoryTree([
            "nginx.conf": Self.http(
                "include /etc/nginx/mime.types;\nserver { include /srv/x.conf; }\nserver { listen 81; include /srv/x.conf; }"
            )
        ])
        let resolution = NginxResolver(tree: tree).resolve(.main("nginx.conf"))
        // The first server's listen may stand in the file that is not there.
        #expect(Self.lines(resolution) == ["nginx.conf:4 ?:? open", "nginx.conf:5 0.0.0.0:81 open"])
        #expect(resolution.diagnostics.map(\.code) == ["nginx-include-outside"])
    }

    /// A volume for the main file, one for a site, and the image's templates.
    @Test func mounts() {
        let tree = MemoryTree([
            "conf/main.conf": Self.http("include conf.d/*.conf;"), "site.conf": "server { listen 8001; }",
            "tpl/app.conf.template": "server { listen ${PORT}; listen ${HOST}:81; }",
            "tpl/readme": "server { listen 8009; }",
        ])
        let resolver = NginxResolver(
            tree: tree,
            mounts: [
                NginxMount(seen: "/etc/nginx/nginx.conf", path: "conf/main.conf"),
                NginxMount(seen: "/etc/nginx/conf.d/site.conf", path: "site.conf"),
                NginxMount(seen: "/etc/nginx/conf.d", path: "tpl", expansion: .templates),
            ],
            environment: { $0 == "PORT" ? .value("8080", at: nil) : .unknown })
        #expect(
            Self.lines(resolver.resolve(.main("conf/main.conf"))) == [
                "tpl/app.conf.template:1 0.0.0.0:8080 open", "tpl/app.conf.template:1 ?:81 open",
                "site.conf:1 0.0.0.0:8001 open",
            ])
    }

    /// The image's script leaves a variable that is not set as it is, and nginx refuses it.
    @Test func unsetVariable() {
        let tree = MemoryTree(["app.conf.template": "server { listen ${PORT}; }"])
        let resolver = NginxResolver(tree: tree, environment: { _ in .unset })
        #expect(
            Self.lines(resolver.resolve(.fragments(["app.conf.template"], inside: .http))) == [
                "app.conf.template:1 ?:? refused"
            ])
    }

    @Test func overlay() {
        let text = SourceText(path: "compose.yaml#site", bytes: Array("server { listen 8088; }".utf8))
        let resolver = NginxResolver(tree: MemoryTree([:]), overlay: ["compose.yaml#site": text])
        #expect(
            Self.lines(resolver.resolve(.fragments(["compose.yaml#site"], inside: nil))) == [
                "compose.yaml#site:1 0.0.0.0:8088 open"
            ])
    }

    struct Page: CustomTestStringConvertible, Sendable {
        var location: String
        var isStatus: Bool
        var testDescription: String { location }
    }

    @Test(arguments: [
        Page(location: "location /x { stub_status; }", isStatus: true),
        Page(location: "location = /nginx_status { proxy_pass http://a; }", isStatus: true),
        Page(location: "location /api { api write=on; }", isStatus: true),
        Page(location: "location /outer { location /inner { stub_status; } }", isStatus: true),
        Page(location: "location /status { proxy_pass http://a; }", isStatus: false),
        Page(location: "location /x { stub_status; deny all; }", isStatus: false),
        Page(location: "location /x { stub_status; allow 127.0.0.1; deny all; }", isStatus: false),
        Page(location: "location /x { stub_status; allow all; deny all; }", isStatus: true),
        Page(location: "deny all; location /x { stub_status; }", isStatus: false),
        Page(location: "location /x { stub_status; auth_basic a; }", isStatus: false),
        Page(location: "auth_basic a; location /x { stub_status; auth_basic off; }", isStatus: true),
        Page(location: "location /x { stub_status; internal; }", isStatus: false),
    ])
    func statusPages(_ page: Page) {
        let tree = MemoryTree(["nginx.conf": Self.http("server { listen 80; \(page.location) }")])
        let resolution = NginxResolver(tree: tree).resolve(.main("nginx.conf"))
        #expect(resolution.declarations[0].purpose == (page.isStatus ? ["status"] : []))
    }

    /// Main files, what they include, and what nobody does.
    @Test func roots() {
        let tree = MemoryTree([
            "a/nginx.conf": Self.http("include conf.d/*.conf;"),
            "a/nginx.dev.conf": Self.http("include conf.d/*.conf;"),
            "a/conf.d/x.conf": "server { listen 80; }", "sites-available/y": "server { listen 81; include part; }",
            "part": "server_name y;", "b/nginx.conf": "server { listen 82; }",
        ])
        let paths = [
            "a/nginx.conf", "a/nginx.dev.conf", "a/conf.d/x.conf", "sites-available/y", "part", "b/nginx.conf",
        ]
        let roots = NginxRoot.roots(among: paths, in: tree, resolve: NginxResolver(tree: tree).resolve)
        #expect(
            roots.map(\.root) == [
                .main("a/nginx.conf"), .main("a/nginx.dev.conf"), .fragments(["b/nginx.conf"], inside: nil),
                .fragments(["sites-available/y"], inside: nil),
            ])
        #expect(
            roots.flatMap { Self.lines($0.resolution) } == [
                "a/conf.d/x.conf:1 0.0.0.0:80 open", "b/nginx.conf:1 0.0.0.0:82 open",
                "sites-available/y:1 0.0.0.0:81 open",
            ])
    }

    /// Conditions of a template are alternatives: nothing in them is a duplicate.
    @Test func conditions() {
        let text = "server {\n{% if a %}\nlisten 80;\n{% else %}\nlisten 80 default_server;\n{% endif %}\n}"
        let resolution = NginxResolver(tree: MemoryTree(["x.conf.j2": text])).resolve(
            .fragments(["x.conf.j2"], inside: nil))
        #expect(Self.lines(resolution) == ["x.conf.j2:3 0.0.0.0:80 open", "x.conf.j2:5 0.0.0.0:80 open"])
    }

    @Test func conflictsNameEachOther() {
        let tree = MemoryTree([
            "nginx.conf":
                "events {}\nhttp { server { listen 80; } }\nstream { server { listen 127.0.0.1:80; return x; } }"
        ])
        let resolution = NginxResolver(tree: tree).resolve(.main("nginx.conf"))
        #expect(
            resolution.declarations.map { "\($0.location.start.line) \($0.conflict?.start.line ?? 0)" } == [
                "2 3", "3 2",
            ])
    }

    /// A typo silences no scope: what is refused has the address that was meant.
    @Test(arguments: [
        (":80", "*:80 0.0.0.0"), ("::1:80", "::1"), (":::80", "::"), ("127.0.0.1:0", "127.0.0.1"), ("[::]:99999", "::"),
        ("0.0.0.0:${PORT}", "0.0.0.0"),
    ])
    func refusedScope(text: String, host: String) {
        let tree = MemoryTree(["nginx.conf": Self.http("server { listen \(text); }")])
        let resolution = NginxResolver(tree: tree).resolve(.main("nginx.conf"))
        guard case .bound(let bindings, .refused, _) = resolution.declarations[0].meaning else {
            Issue.record("\(text) is not refused")
            return
        }
        #expect(bindings[0].host == host.split(separator: " ").last.map(String.init))
    }

    /// Every prefix and changed byte of a configuration is resolved, and every place is inside its file.
    @Test func robustness() {
        let main = NginxCase.all.map(\.input).filter { $0.utf8.count < 400 }.prefix(12).joined()
        let bytes = Array(main.utf8)
        var samples = stride(from: 0, to: bytes.count, by: 31).map { Array(bytes[..<$0]) }
        let replacements = Array("{};\"#[:*".utf8) + [0, 0xff]
        for index in stride(from: 0, to: bytes.count, by: 13) {
            var changed = bytes
            changed[index] = replacements[(index / 13) % replacements.count]
            samples.append(changed)
        }
        for sample in samples {
            let resolution = NginxResolver(tree: MemoryTree(bytes: ["nginx.conf": sample])).resolve(.main("nginx.conf"))
            let isInside = resolution.declarations.allSatisfy { $0.location.range.upperBound <= sample.count }
            #expect(isInside)
        }
    }
}
