import Extraction
import ListenerModel
import Testing

private func dockerfile(_ text: String) -> (Dockerfile, Unit) {
    let unit = DockerfileExtractor().extract(SourceText(path: "Dockerfile", bytes: Array(text.utf8)))
    guard case .dockerfile(let file) = unit.body else { fatalError("not a Dockerfile unit") }
    return (file, unit)
}

/// The words of an exec form, or the text of a shell form in angle brackets.
private func show(_ command: Dockerfile.Command?) -> String {
    switch command {
    case nil: "none"
    case .exec(let words): words.map { $0.text.marked }.joined(separator: "|")
    case .shell(let text): "<" + String(decoding: text.bytes, as: UTF8.self) + ">"
    }
}

@Suite struct DockerfileTests {
    @Test func readsInstructionsOfOneStage() throws {
        let (file, unit) = dockerfile(
            """
            # syntax=docker/dockerfile:1
            FROM node:20-alpine AS Web
            ENV HOST=0.0.0.0 PORT="8080"
            ENV GREETING hello  world
            WORKDIR /app
            COPY package*.json ./
            COPY . .
            EXPOSE $PORT 9229/tcp
            EXPOSE 53/udp
            USER node
            HEALTHCHECK --interval=5s CMD curl -f http://localhost:8080/
            CMD ["node", "server.js"]
            """)
        #expect(unit.diagnostics.isEmpty)
        #expect(file.stages.map(\.name) == ["web"])
        let image = try #require(file.image())
        #expect(image.base.known == "node:20-alpine")
        #expect(
            image.environment.map { "\($0.name)=\($0.value.marked)" } == [
                "HOST=0.0.0.0", "PORT=8080", "GREETING=hello  world",
            ])
        #expect(
            image.exposed.map { "\($0.ports?.description ?? "?")/\($0.transport)" } == [
                "8080/tcp", "9229/tcp", "53/udp",
            ])
        #expect(image.workingDirectory?.known == "/app")
        #expect(show(image.command) == "node|server.js")
        #expect(show(image.healthcheck) == "<curl -f http://localhost:8080/>")
        #expect(image.user?.known == "node")
        #expect(image.destinations(of: "server.js").map(\.path) == ["/app/server.js"])
        #expect(image.destinations(of: "package.json").map(\.path) == ["/app/package.json", "/app/package.json"])
    }

    @Test(arguments: [
        // Continuation lines with comments and empty lines inside.
        ("CMD node \\\n  # a comment\n\n  server.js \\\n  --port 80", "<node   server.js   --port 80>"),
        ("CMD node \\\r\n  server.js\r\n", "<node   server.js>"),
        ("cmd [ \"node\" ,\n", "<[ \"node\" ,>"),
        ("CMD [ \"a b\", \"c\\\"d\", \"\\u0041\" ]", "a b|c\"d|A"),
        ("CMD ['node']", "<['node']>"),
        ("CMD [\"node\", \\\n  \"x.js\"]", "node|x.js"),
        ("CMD node C:\\\\", "<node C:\\\\>"),
        ("CMD []", ""),
        ("ONBUILD CMD later", "none"),
    ])
    func readsCommands(text: String, expected: String) {
        let (file, _) = dockerfile("FROM scratch\n" + text)
        #expect(show(file.image()?.command) == expected)
    }

    @Test func escapeDirectiveChangesTheContinuation() {
        let (file, _) = dockerfile("# escape=`\nFROM scratch\nENV P=c:\\x\nCMD a `\n  b")
        #expect(show(file.image()?.command) == "<a   b>")
        #expect(file.image()?.environment.first?.value.known == "c:\\x")
    }

    @Test func escapeAfterAnotherCommentIsNoDirective() {
        let (file, _) = dockerfile("# hello\n# escape=`\nFROM scratch\nCMD a \\\n  b")
        #expect(show(file.image()?.command) == "<a   b>")
    }

    @Test func aByteOrderMarkIsNoPartOfTheFirstWord() {
        let (file, unit) = dockerfile("\u{FEFF}FROM redis\nEXPOSE 6379")
        #expect(unit.diagnostics.isEmpty)
        #expect(file.image()?.base.known == "redis")
    }

    @Test func heredocs() {
        let (file, unit) = dockerfile(
            """
            FROM golang
            RUN <<EOF
            cd /src
            go build -o /bin/api ./cmd/api
            EOF
            COPY <<-"END" /etc/app.conf
            \tlisten 80
            \tEND
            EXPOSE 80
            """)
        #expect(unit.diagnostics.isEmpty)
        #expect(file.image()?.exposed.count == 1)
        #expect(file.image()?.contents.isEmpty == true)
    }

    @Test func aHeredocWithoutEndIsSaid() {
        let (_, unit) = dockerfile("FROM a\nRUN <<EOF\nEXPOSE 80\n")
        #expect(unit.diagnostics.map(\.code) == ["dockerfile-heredoc"])
        #expect(unit.diagnostics.first?.location?.start.line == 3)
    }

    @Test(arguments: [
        ("FROM a\nENV X=1\nEXPOSE ${X}0", "10/tcp"),
        ("FROM a\nARG P=81\nEXPOSE $P", "81/tcp"),
        ("FROM a\nARG P=81\nENV P=82\nEXPOSE $P", "82/tcp"),
        ("FROM a\nENV P=82\nARG P=81\nEXPOSE $P", "82/tcp"),
        ("ARG P=83\nFROM a\nEXPOSE $P", "?/tcp"),
        ("ARG P=83\nFROM a\nARG P\nEXPOSE $P", "83/tcp"),
        ("FROM a\nEXPOSE ${P:-84}", "84/tcp"),
        ("FROM a\nENV P=\nEXPOSE ${P:-84}", "84/tcp"),
        ("FROM a\nENV Q=1\nEXPOSE ${Q:+85}", "85/tcp"),
        ("FROM a\nENV Q=1\nEXPOSE ${P:-${Q}23}", "123/tcp"),
        ("FROM a\nEXPOSE 8000-8010/UDP", "8000-8010/udp"),
        ("FROM a\nEXPOSE 80/icmp", ""),
        ("FROM a\nEXPOSE 0", ""),
        ("FROM a\nEXPOSE \"80\" '81'", "80/tcp 81/tcp"),
        ("FROM a\nENV P=81 Q=$P\nENV P=82\nEXPOSE $Q", "?/tcp"),
        ("FROM a\nEXPOSE \\$P", ""),
    ])
    func expandsVariables(text: String, expected: String) {
        let exposed = dockerfile(text).0.image()?.exposed ?? []
        let shown = exposed.map { "\($0.ports?.description ?? "?")/\($0.transport)" }.joined(separator: " ")
        #expect(shown == expected)
    }

    @Test func givenBuildArgumentsReplaceDefaults() {
        let (file, _) = dockerfile("ARG BASE=redis\nFROM $BASE\nARG PORT=80\nEXPOSE $PORT")
        let image = file.image(arguments: ["BASE": "valkey", "PORT": "81"])
        #expect(image?.base.known == "valkey")
        #expect(image?.exposed.first?.ports == PortRange(81))
    }

    @Test func stagesInheritAndAreFoundByNameOrIndex() throws {
        let (file, _) = dockerfile(
            """
            FROM node:20 AS base
            ENV PORT=3000
            WORKDIR /srv
            EXPOSE 3000
            CMD ["node", "a.js"]
            FROM base AS dev
            CMD ["node", "--inspect=0.0.0.0", "a.js"]
            FROM BASE
            ENTRYPOINT ["tini", "--"]
            """)
        #expect(show(file.image(target: "DEV")?.command) == "node|--inspect=0.0.0.0|a.js")
        #expect(show(file.image(target: "0")?.command) == "node|a.js")
        let last = try #require(file.image())
        #expect(last.exposed.count == 1)
        #expect(last.environment.first?.name == "PORT")
        #expect(show(last.command) == "none")
        #expect(file.image(target: "nope") == nil)
        #expect(file.image(target: "3") == nil)
    }

    @Test func nodeBuildOutputLeadsBackToTheContext() throws {
        let (file, _) = dockerfile(
            """
            FROM node AS build
            WORKDIR /app
            COPY package.json yarn.lock ./
            COPY . .
            RUN npm run build
            FROM node
            WORKDIR /app
            COPY --from=build /app/dist ./dist
            CMD ["node", "dist/main.js"]
            """)
        let image = try #require(file.image())
        let paths = image.contextPaths(of: "/app/dist/main.js").map { "\($0.path) \($0.making)" }
        #expect(paths == ["main.js built", "dist/main.js copied"])
        #expect(image.destinations(of: "dist/main.js").map(\.path).contains("/app/dist/main.js"))
    }

    @Test(arguments: [
        ("RUN go build -o /out/api ./cmd/api", "/out/api=cmd/api"),
        ("RUN CGO_ENABLED=0 GOOS=linux go build -ldflags \"-s -w\" -o api .", "/src/api="),
        ("RUN --mount=type=cache,target=/root/.cache go build -v -o /api cmd/api/main.go", "/api=cmd/api"),
        ("RUN go install ./cmd/worker", "/go/bin/worker=cmd/worker"),
        ("RUN cd services/a && go build -o=/a", "/a=services/a"),
        ("RUN go build -o /out/ ./cmd/a ./cmd/b", "/out/a=cmd/a /out/b=cmd/b"),
        ("RUN [\"go\", \"build\", \"-o\", \"/x\", \"./cmd/x\"]", "/x=cmd/x"),
        ("RUN go build cmd/api/main.go", "/src/main=cmd/api"),
        ("RUN go test ./... && go vet ./...", ""),
        ("RUN go install github.com/a/b@latest", ""),
    ])
    func goPrograms(run: String, expected: String) {
        let (file, _) = dockerfile("FROM golang AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nCOPY . .\n\(run)\n")
        let programs = file.image()?.programs ?? []
        #expect(programs.map { "\($0.path)=\($0.package)" }.joined(separator: " ") == expected)
    }

    @Test func goProgramsAreFollowedThroughCopies() {
        let (file, _) = dockerfile(
            """
            FROM golang AS build
            WORKDIR /src
            COPY . .
            RUN go build -o /out/api ./cmd/api
            FROM scratch
            COPY --from=build /out/api /usr/bin/
            ENTRYPOINT ["/usr/bin/api"]
            """)
        #expect(file.image()?.programs.map(\.path) == ["/usr/bin/api"])
    }

    @Test func locationsAreExact() throws {
        let text = "FROM a\nENV X=\"v\" \\\n  HOST=0.0.0.0\nEXPOSE 80 81/udp\n"
        let (file, unit) = dockerfile(text)
        let image = try #require(file.image())
        #expect(image.environment.map { unit.text.text($0.location.range) } == ["\"v\"", "0.0.0.0"])
        #expect(image.exposed.map { unit.text.text($0.location.range) } == ["80", "81/udp"])
        #expect(image.exposed[1].location.start == Position(line: 4, column: 11))
    }

    @Test func suppressionsAreFound() {
        let (_, unit) = dockerfile("FROM a\n# bindlint: ignore[x] -- y\nEXPOSE 80\n")
        #expect(unit.suppressions.map(\.text) == ["bindlint: ignore[x] -- y"])
        #expect(unit.suppressions.first?.nextLine == 3)
    }

    @Test(arguments: [
        ("Dockerfile", "owned"), ("a/Containerfile", "owned"), ("Dockerfile.dev", "byExtension"),
        ("api.Dockerfile", "byExtension"), ("Dockerfile.dockerignore", "no"), ("Dockerfile.j2", "no"),
        ("dockerfile.md", "no"), ("Makefile", "no"),
    ])
    func claims(path: String, claim: String) {
        #expect("\(DockerfileExtractor().claim(path: path))" == claim)
    }

    @Test func wrongInstructionsAreDiagnosedAndTheRestIsRead() {
        let (file, unit) = dockerfile("RUN early\nFROM a\nEXPSE 80\nEXPOSE 81\n")
        #expect(unit.diagnostics.map(\.code) == ["dockerfile-no-stage", "dockerfile-instruction"])
        #expect(file.image()?.exposed.count == 1)
    }

    @Test func aTemplateIsSaidOnce() {
        let (file, unit) = dockerfile("FROM php\n{% if x %}\nEXPOSE 80\n{% endif %}\n")
        #expect(unit.diagnostics.map(\.code) == ["dockerfile-template"])
        #expect(file.image()?.exposed.count == 1)
    }

    @Test func everyPrefixAndOneByteChangeIsRead() {
        let text = Array(
            """
            # escape=\\
            ARG V=1
            FROM --platform=$P node:${V:-2} AS b
            ENV A="x\\"y" B='${C}' D=${E:+${F:-g}}
            COPY --from=b ["a", "/b"]
            RUN <<EOF
            cd /x && go build -o /y ./z
            EOF
            CMD ["sh", "-c", "exec node \\u0041"]
            ONBUILD EXPOSE $A 80-90/udp
            """.utf8)
        for end in 0...text.count { read(Array(text[..<end])) }
        for index in text.indices {
            for byte: UInt8 in [0, 0x0a, 0x22, 0x24, 0x5c, 0x7b, 0xef, 0xff] {
                var changed = text
                changed[index] = byte
                read(changed)
            }
        }
    }

    private func read(_ bytes: [UInt8]) {
        let unit = DockerfileExtractor().extract(SourceText(path: "Dockerfile", bytes: bytes))
        guard case .dockerfile(let file) = unit.body else { return }
        for index in file.stages.indices {
            let image = file.image(target: String(index))
            for port in image?.exposed ?? [] { #expect(port.location.range.upperBound <= bytes.count) }
        }
    }
}
