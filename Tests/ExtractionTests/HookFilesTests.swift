import Extraction
import Foundation
import ListenerModel
import Testing
import YAMLTree

/// The files that the hooks of pre-commit ask for are those that an extractor may read.
@Suite struct HookFilesTests {
    static func hooks() throws -> [YAMLNode] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = [UInt8](try Data(contentsOf: root.appending(path: ".pre-commit-hooks.yaml")))
        let document = try #require(YAMLStream(bytes).documents.first)
        return try #require(try document.expandingAliases().sequence)
    }

    @Test(arguments: [
        ("compose.yaml", true), ("deploy/docker-compose.prod.yml", true), ("deploy/compose.json", true),
        ("docker-compose.yml.j2", true), ("nginx.conf", true), ("nginx/default.conf.template", true),
        ("etc/nginx/snippets/tls", true), ("sites-enabled/example.org", true), ("proxy.vhost", true),
        ("Dockerfile", true), ("docker/Dockerfile.dev", true), ("api.dockerfile", true), ("Containerfile", true),
        ("cmd/main.go", true), ("server.ts", true), ("index.mjs", true), ("app.jsx", true), ("a.cts", true),
        (".env", true), ("deploy/.env.local", true), ("prod.env", true), ("Makefile", true), ("GNUmakefile", true),
        ("build.mk", true), ("Procfile", true), ("package.json", true),
        ("README.md", false), ("notes.txt", false), ("go.sum", false), ("package-lock.json", false),
        ("main.gohtml", false), ("environment", false),
    ])
    func filesAreThoseOfTheExtractors(path: String, isRead: Bool) throws {
        #expect(Extractors.all.contains { $0.claim(path: path) != .no } == isRead)
        for hook in try Self.hooks() {
            let expression = try NSRegularExpression(pattern: try #require(hook["files"]?.string))
            let whole = NSRange(path.startIndex..., in: path)
            #expect((expression.firstMatch(in: path, range: whole) != nil) == isRead)
        }
    }

    @Test func everyHookIsSerialAndEndsItsOptions() throws {
        let hooks = try Self.hooks()
        #expect(
            hooks.map { $0["id"]?.string } == ["bindlint", "bindlint-system", "bindlint-docker", "bindlint-repo"])
        for hook in hooks {
            #expect(hook["require_serial"]?.string == "true")
            let last = hook["args"]?.sequence?.last?.string
            #expect(last == (hook["pass_filenames"]?.string == "false" ? "." : "--"))
        }
    }
}
