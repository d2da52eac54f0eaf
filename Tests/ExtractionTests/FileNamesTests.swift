import Extraction
import ListenerModel
import Testing

/// The index of file names is a necessary condition: whatever an extractor claims must be in its `names`.
@Suite struct FileNamesTests {
    private static let folders = [
        "", "a/", "a/b/", "nginx/", "conf.d/", "etc/nginx/", "sites-enabled/", "sites-available/x/", "SITES-ENABLED/",
        "docker/", "deploy/nginx/conf/", "stream.d/", "snippets/", "http.d/",
    ]
    private static let stems = [
        "", "a", "app", "nginx", "NGINX", "nginx.conf", "my-nginx", "default", "compose", "docker-compose",
        "a.docker-compose-b", "Dockerfile", "dockerfile", "DOCKERFILE", "Containerfile", "containerfile", "Makefile",
        "makefile", "GNUmakefile", "MAKEFILE", "Procfile", "procfile", "package", ".env", "prod.env", "vhost", "conf",
        "site.conf",
    ]
    private static let endings = [
        "", ".conf", ".CONF", ".conf.d", ".conf.j2", ".conf.template", ".conf.default", ".conf.erb", ".template",
        ".tmpl", ".j2", ".erb", ".tpl", ".vhost", ".nginx", ".yml", ".YML", ".yaml", ".yml.j2", ".dev", ".prod",
        ".local",
        ".env", ".example", ".dockerfile", ".Dockerfile", ".containerfile", ".dockerignore", ".go", "_test.go", ".js",
        ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx", ".d.ts", ".TS", ".json", ".mk", "~", ".bak", ".orig",
        ".old",
        ".save", ".dpkg-dist", ".txt",
    ]

    @Test(arguments: Extractors.all.map(\.source))
    func claimsAreIndexed(_ source: Source) throws {
        let extractor = try #require(Extractors.all.first { $0.source == source })
        for folder in Self.folders {
            for stem in Self.stems {
                for ending in Self.endings where !(stem + ending).isEmpty {
                    let path = folder + stem + ending
                    guard extractor.claim(path: path) != .no else { continue }
                    let kinds = FileKinds(of: path.utf8)
                    #expect(kinds.extractors.contains { $0.source == source } && !kinds.isEmpty, "\(path)")
                }
            }
        }
    }

    @Test(arguments: [
        (["*.go"], "a/b.go", true), (["*.go"], "a/b.GO", true), (["*.go"], ".go", true), (["*.go"], "a.gox", false),
        (["*.go"], "go", false), (["Dockerfile"], "x/dockerfile", true), (["Dockerfile"], "Dockerfile.a", false),
        (["Dockerfile.*"], "Dockerfile.", true), (["Dockerfile.*"], "xDockerfile.a", false),
        (["redis*.conf"], "redis.conf", true), (["redis*.conf"], "redis-7.conf", true),
        (["redis*.conf"], "redis.con", false), (["*compose*"], "my-compose.x", true), (["*compose*"], "compos", false),
        (["*compose*"], "compose/x", false), ([".env"], ".env", true), ([".env"], "x.env", false),
    ])
    func patterns(_ patterns: [String], _ path: String, _ expected: Bool) {
        #expect((FileNameIndex([FileNames(patterns)]).kinds(of: path.utf8) != 0) == expected)
    }

    @Test func foldersAndSeveralKinds() {
        let index = FileNameIndex([FileNames(["*.a"]), FileNames([], folders: ["sites"]), FileNames(["*.a", "b*"])])
        #expect(index.kinds(of: "x/b.a".utf8) == 0b101)
        #expect(index.kinds(of: "x/Sites/y/z".utf8) == 0b010)
        #expect(index.kinds(of: "sites".utf8) == 0)
        #expect(index.kinds(of: "x/c".utf8) == 0)
        #expect(index.kinds(of: "x/".utf8) == 0)
    }
}
