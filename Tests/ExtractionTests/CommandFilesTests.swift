import Extraction
import ListenerModel
import Testing

@Suite struct CommandFilesTests {
    private func read(_ extractor: any Extractor, _ path: String, _ text: String) -> Unit {
        extractor.extract(SourceText(path: path, bytes: Array(text.utf8)))
    }

    @Test func packageScripts() {
        let unit = read(
            PackageJSONExtractor(), "package.json",
            """
            {
              "name": "x", "main": "server.js",
              "scripts": {
                "dev": "vite --host 0.0.0.0",
                "debug": "concurrently \\"node --inspect=0.0.0.0:9229 api.js\\" \\"next dev -p 80\\"",
                "build": "vite build", "n": 3, "x": ["a"]
              }
            }
            """)
        #expect(
            listeners(of: unit) == [
                "4 0.0.0.0:5173 wildcard default", "5 0.0.0.0:9229 wildcard certain debug", "5 :::80 wildcard default",
            ])
        guard case .declarations(let found) = unit.body else { return }
        #expect(found.map(\.text) == ["0.0.0.0", "0.0.0.0:9229", "80"])
    }

    @Test func brokenJSONIsSaidAndReadUpToThere() {
        let unit = read(
            PackageJSONExtractor(), "package.json", "{ \"scripts\": { \"a\": \"vite --host\" }, \"b\": [ ")
        #expect(unit.diagnostics.map(\.code) == ["json-syntax"])
        #expect(listeners(of: unit).count == 1)
    }

    @Test func procfile() {
        let unit = read(
            ProcfileExtractor(), "Procfile",
            """
            # bindlint: ignore[a] -- b
            web: gunicorn app:app -b 0.0.0.0:$PORT --log-file -
            worker: celery -A app worker
            release: ./manage.py migrate
            js: yarn vite --host
            """)
        #expect(
            listeners(of: unit) == ["2 0.0.0.0:? wildcard certain", "5 :::5173 wildcard default"])
        #expect(unit.suppressions.count == 1)
    }

    @Test func makefile() {
        let unit = read(
            MakefileExtractor(), "Makefile",
            """
            PORT ?= 9000
            HOST := 0.0.0.0
            ADDR = $(HOST)
            run:
            \t@uvicorn app:app \\
            \t  --host $(ADDR) --port $(PORT)
            docs: ## serve -l 80
            \t-cd docs && python -m http.server $${P:-8001} --bind 127.0.0.1
            up:
            \tdocker run -p 80:80 $(IMAGE) && $(MAKE) x
            \t# vite
            """)
        #expect(
            listeners(of: unit) == ["6 0.0.0.0:9000 wildcard certain", "8 127.0.0.1:8001 loopback certain"])
        guard case .declarations(let found) = unit.body else { return }
        #expect(found.map(\.text) == ["$(ADDR)", "127.0.0.1"])
    }

    @Test func imageDeclarations() throws {
        let text = SourceText(
            path: "Dockerfile",
            bytes: Array(
                """
                FROM python:3
                ENV PORT=80
                EXPOSE 80 53/udp
                ENTRYPOINT ["tini", "--", "gunicorn"]
                CMD ["--bind", "0.0.0.0:80", "app:app"]
                """.utf8))
        guard case .dockerfile(let file) = DockerfileExtractor().extract(text).body else { return }
        let found = try #require(file.image()).declarations(in: text)
        #expect(
            found.map { "\($0.source) \($0.role) \($0.text)" } == [
                "dockerfile expose 80", "dockerfile expose 53/udp", "command bind 0.0.0.0:80",
            ])
    }

    @Test(arguments: [
        ("ENTRYPOINT uvicorn a:a\nCMD [\"--host\", \"0.0.0.0\"]", ["uvicorn"]),
        ("ENTRYPOINT [\"sh\", \"-c\"]\nCMD [\"vite --host\"]", ["vite"]),
        ("ENTRYPOINT [\"/docker-entrypoint.sh\"]\nCMD redis-server", ["redis-server"]),
        ("CMD [\"npm\", \"start\"]", ["npm"]),
        ("CMD set -e; exec node \\\n  server.js", ["set", "node"]),
    ])
    func startedPrograms(text: String, programs: [String]) throws {
        let source = SourceText(path: "Dockerfile", bytes: Array("FROM a\n\(text)".utf8))
        guard case .dockerfile(let file) = DockerfileExtractor().extract(source).body else { return }
        #expect(try #require(file.image()).start(in: source).invocations.map(\.program) == programs)
    }

    @Test(arguments: [
        ("npm start", "start"), ("npm run dev -- --host", "dev"), ("yarn dev", "dev"), ("pnpm run serve", "serve"),
        ("pnpm -r build", "build"), ("npm ci", nil), ("yarn run x", "x"),
    ])
    func packageScriptsAreFollowed(command: String, script: String?) {
        let source = SourceText(path: "Procfile", bytes: Array(command.utf8))
        let reader = CommandReader(shell: PlacedText(source, 0..<source.bytes.count))
        #expect(reader.invocations.first?.packageScript == script)
    }

    @Test(arguments: [
        ("go run ./cmd/api", "./cmd/api"), ("go run -tags x -race main.go --port 80", "main.go"),
        ("go test ./...", nil),
    ])
    func packagesOfGoRun(command: String, package: String?) {
        let source = SourceText(path: "Procfile", bytes: Array(command.utf8))
        let reader = CommandReader(shell: PlacedText(source, 0..<source.bytes.count))
        #expect(reader.invocations.first?.goPackage?.text.known == package)
    }

    @Test(arguments: [
        ("node dist/main.js", "dist/main.js"), ("node --inspect -r dotenv/config server.js", "server.js"),
        ("tsx watch src/a.ts", "src/a.ts"), ("python app.py", nil), ("node", nil),
    ])
    func scriptsOfInterpreters(command: String, script: String?) {
        let source = SourceText(path: "Procfile", bytes: Array(command.utf8))
        let reader = CommandReader(shell: PlacedText(source, 0..<source.bytes.count))
        #expect(reader.invocations.first?.script?.text.known == script)
    }
}
