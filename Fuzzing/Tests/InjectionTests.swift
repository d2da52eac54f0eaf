import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What is linted speaks to whoever lints it only through quotes: attacks stand in every place that reaches an
/// output, and every command and format is asked.
@Suite struct InjectionTests {
    /// A terminal's title, a clear screen, commands of three job runners, bidirectional marks, markup.
    static let attack =
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2066}##vso[task.setvariable]x ##[error]x <script>alert(1)</script> "
        + "]]> &lt; <!-- | ` ``` *b* [click](https://evil.example) ![i](//evil.example) www.evil.example @everyone"
    static let line = "\r\n::error::owned\n  ::add-mask::owned\n##[error]owned\n"
    static let secret = "hunter2secret"

    /// Sources with the attack in names, addresses, comments and values.
    static func repository(policy: String? = nil) throws -> Sandbox {
        let yaml = { (text: String) in
            "\""
                + text.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x22, 0x5c: "\\\(scalar)"
                    case 0..<0x20, 0x7f...0xffff:
                        "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
                            + String(scalar.value, radix: 16)
                    default: String(scalar)
                    }
                }.joined() + "\""
        }
        let name = yaml(attack + line)
        let sandbox = try Sandbox()
        let raw = attack.filter { $0 != "\u{7}" }
        try sandbox.write(
            "compose.yaml",
            Array(
                """
                services:
                  \(name):
                    image: \(name)
                    environment: { PASSWORD: \(secret), ADDR: \(name) }
                    ports:
                      - "8080:80" # bindlint: ignore[x] -- <script>::error::
                      - "${PASSWORD}:80"
                      - \(name)
                    networks: [\(name)]
                  b: { image: redis, ports: ["6379:6379"], command: \(name), env_file: [\(name), .env] }
                  \(name): { image: c }
                """.utf8))
        try sandbox.write(
            ".env", Array("A=1\nPASSWORD=\(secret)\nBIND_ADDR=0.0.0.0:80\(raw)\nTOKEN_ADDR=\(secret):80\n".utf8))
        try sandbox.write(
            "nginx.conf",
            Array(
                """
                events {}
                http { server { listen 0.0.0.0:80; # bindlint: ignore[public-admin-port] -- \(raw)
                server_name \(raw.replacingOccurrences(of: ";", with: ","));
                listen "\(raw)"; listen unix:/\(raw.filter { $0 != " " && $0 != ";" }); include "\(raw)"; } }
                """.utf8))
        try sandbox.write(
            "Dockerfile", Array("FROM \(raw)\nEXPOSE \(raw) 8080\n\(raw)\nCMD redis-server --bind \"\(raw)\"\n".utf8))
        try sandbox.write(
            "main.go",
            Array("package main\nimport \"net/http\"\nfunc main() { http.ListenAndServe(\"\(raw):80\", nil) }\n".utf8))
        try sandbox.write(
            "server.js", Array("require('http').createServer().listen(80, `\(raw.filter { $0 != "`" })`)\n".utf8))
        try sandbox.write(
            "\(raw.filter { $0 != "/" })\n::error::x/nginx.conf", Array("events {}\nhttp { server {} }\n".utf8))
        if let policy {
            try sandbox.write("bindlint.yaml", Array(policy.replacingOccurrences(of: "ATTACK", with: name).utf8))
        }
        return sandbox
    }

    static let policy = """
        version: 1
        extends: recommended
        rules:
          - { id: x, deny: { transport: tcp }, title: ATTACK, message: ATTACK, why: ATTACK, fix: ATTACK, help: ATTACK, tags: [ATTACK], references: [ATTACK] }
        allow:
          - { rule: public-database, when: { service: b }, reason: ATTACK, owner: ATTACK }
          - { rule: x, when: { path: "x/**" }, reason: ATTACK, until: 2020-01-01 }
        tests:
          - { name: ATTACK, listener: { path: ATTACK, text: ATTACK, service: ATTACK, image: ATTACK, address: "0.0.0.0", port: 1 }, silent: [x] }
          - { name: ATTACK, snippet: ATTACK, file: ATTACK, fires: [x] }
          - { name: ATTACK, folder: ATTACK, fires: [x] }
        """

    @Test(arguments: ReportFormat.allCases) func reports(_ format: ReportFormat) throws {
        for policy in [nil, Self.policy] {
            let sandbox = try Self.repository(policy: policy)
            for command in ["check --show-suppressed -v", "list -v"] {
                let output = try sandbox.shell("$bindlint \(command) --format \(format.rawValue) .")
                #expect((0...2).contains(output.status), "\(output.stderr)")
                // An inventory has fewer formats.
                if command.hasPrefix("list"), output.stderr.contains("--format cannot be") { continue }
                #expect(throws: Never.self, "\(command) \(format)") {
                    try OutputInvariants.check(Array(output.stdout.utf8), format)
                }
                try Self.checkLines(output.stderr)
                try Self.checkMarkup(output.stdout, format)
                #expect(!(output.stdout + output.stderr).contains(Self.secret), "\(command) \(format) says a value")
            }
        }
    }

    @Test(arguments: [
        "rules", "rules --format json", "policy show", "policy show --for 'a b'", "policy test",
        "policy test --format junit",
        "explain x", "explain public-database", "check --show-files", "check --statistics",
        "baseline write --baseline b.json",
        "check --color always --isolated",
    ]) func commands(_ words: String) throws {
        let sandbox = try Self.repository(policy: Self.policy)
        let output = try sandbox.shell("$bindlint \(words)")
        #expect((0...2).contains(output.status), "\(output.stderr)")
        // Our own colours are marked, so that what stands behind one still starts no line.
        let plain = words.contains("always") ? output.stdout.replacing(#/\u{1b}\[[0-9;]*m/#, with: "~") : output.stdout
        try Self.checkLines(plain)
        try Self.checkLines(output.stderr)
        #expect(!(output.stdout + output.stderr).contains(Self.secret))
    }

    /// Errors of the policy quote what is wrong with it.
    @Test(arguments: [
        "ATTACK: 1\n", "version: ATTACK\n", "version: 1\nextends: ATTACK\n",
        "version: 1\nrules: [{ id: ATTACK, deny: { port: 1 } }]\n",
        "version: 1\nrules: [{ id: a, deny: { ATTACK: 1 } }]\n",
        "version: 1\nrules: [{ id: a, deny: { path: ATTACK, port: ATTACK } }]\n",
        "version: 1\nallow: [{ rule: ATTACK, when: { port: 1 }, reason: r }]\n", "version: 1\nbaseline: ATTACK\n",
        "version: 1\nports: { ATTACK: [1] }\n", "[ATTACK\n",
        "version: 1\nrules: [{ id: a, deny: { scope: ATTACK }, level: ATTACK }]\n",
    ]) func policyErrors(_ policy: String) throws {
        let sandbox = try Self.repository(policy: policy)
        for words in ["check", "rules", "policy show", "policy test", "list"] {
            let output = try sandbox.shell("$bindlint \(words)")
            #expect((0...2).contains(output.status))
            try Self.checkLines(output.stdout)
            try Self.checkLines(output.stderr)
        }
    }

    /// Names on the command line come from a hook or `find`, which have them from the repository.
    @Test func namesOnTheCommandLine() throws {
        let sandbox = try Self.repository()
        for words in [
            #"check -- "$name""#, #"--policy "$name" ."#, #"--baseline "$name" ."#, #"explain "$name""#, #""$name""#,
            #"printf '%s' "$name" | $bindlint --files-from -"#, #"--output json="$name/x" ."#,
        ] {
            let script = words.contains("|") ? words : "$bindlint \(words)"
            let output = try sandbox.shell("name=$'\\e]0;x\\a\\n::error::x ##vso[x]'; \(script)")
            try Self.checkLines(output.stdout)
            try Self.checkLines(output.stderr)
        }
    }

    private static func checkLines(_ text: String) throws {
        let active = text.unicodeScalars.first { OutputInvariants.isActive($0) }
        #expect(active == nil, "U+\(String(active?.value ?? 0, radix: 16)) in \(text.debugDescription)")
        for line in text.split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
            #expect(!line.contains("##vso[") && !line.contains("##["), "\(line)")
        }
    }

    private static func checkMarkup(_ text: String, _ format: ReportFormat) throws {
        switch format {
        case .junit:
            let elements = Elements()
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = elements
            #expect(parser.parse(), "not XML")
            #expect(elements.names.isSubset(of: ["testsuites", "testsuite", "testcase", "failure"]))
        case .markdown:
            // In a code span it is text.
            let text = text.replacing("\\`", with: "").replacing(#/`[^`\n]*`/#, with: "")
            for markup in ["<script", "<!--", "://evil", "@everyone"] { #expect(!text.contains(markup), "\(markup)") }
            #expect(!text.contains(#/[^\\]\]\(/#), "a link")
        case .text, .concise, .json, .jsonl, .sarif, .github, .gitlab: break
        }
    }

    private final class Elements: NSObject, XMLParserDelegate {
        var names: Set<String> = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            names.insert(name)
        }
    }
}
