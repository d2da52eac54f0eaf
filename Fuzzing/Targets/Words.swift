import Dialects
@testable import Extraction
import ListenerModel
@testable import PolicyEngine

/// The dictionaries, from the tables that the readers themselves go by; by hand only what no table holds.
enum Words {
    static let nginx =
        [
            "http {", "stream {", "mail {", "rtmp {", "events {", "server {", "listen ", "include ", "if ($a) {",
            "set $a ",
            "upstream u {", "location / {", "content_by_lua_block {", "{{ a }}", "{% if a %}", "{% endif %}",
            "<%= a %>",
            "${PORT}", "[::]:80", "unix:/s", "default_server", "stub_status;", "--[[", "]]", "map $a $b {", "*:",
            "localhost",
        ] + NginxListenParameter.all.map(\.name)

    static let go =
        GoListenCalls.all.map(\.call) + Set(GoListenCalls.all.map { "\"\($0.package)\"" }).sorted()
        + [
            "package main\n", "import ", "func main() {", "func (s *T) ", "const (", "var ", "type T struct {", ":=",
            "map[string]int{",
            "chan<- ", "<-", "interface{", "switch x := y.(type) {", "case ", "default:", "goto ", "defer ", "select {",
            "go func() {",
            "for range ", "//go:build ", "//go:embed ", "/*", "*/", "`", "'\\''", "0x1p-2", "...", "[T any]",
            "flag.String(", "os.Getenv(",
            "iota", "fmt.Sprintf(\"%s:%d\", ", "if v, ok := ", "return ", "&http.Server{Addr: ", "+", "[...]int{",
        ]

    static let javaScript =
        JavaScriptWord.allCases.dropFirst().map { "\($0.rawValue) " }
        + [
            "require('http')", "import x from 'http'", "export default ", "=>", "?.", "??", "||", "&&", "**", ">>>=",
            "...", "`${", "}`",
            "<a b={", "/>", "</a>", "<>", "</>", "/[/]/g", "#!", "<!--", "-->", "@x()", "#p", "as const", "?: ", "<T,>",
            "process.env.PORT",
            ".listen(", "createServer(", "{ port: 80, host: '::' }", "\\u{41}", "0b1", "1_0n", "//", "/*", "*/",
            "async ", "?", ":", "!", "~",
        ]

    static let dockerfile = [
        "FROM ", " AS ", "EXPOSE ", "CMD [\"", "ENTRYPOINT ", "RUN ", "COPY --from=", "ADD ", "ARG ", "ENV ", "USER ",
        "WORKDIR ",
        "HEALTHCHECK ", "ONBUILD ", "SHELL [\"", "LABEL ", "VOLUME ", "<<EOF\n", "<<-'EOF'\n", "EOF\n", "\\\n",
        "# escape=`\n",
        "# syntax=x\n", "${A:-b}", "${A:+b}", "${A#b}", "80/tcp", "1-2/udp", "--mount=type=x", "scratch",
    ]

    static let shell: [String] =
        [
            "$(", "`", "${A:-", "${A:=", "\"", "'", "\\\n", " && ", " || ", "; ", " | ", "2>&1", "&>", "<<<", "exec ",
            "sh -c '",
            "env A=b ", "if ", "then ", "fi", "A=b ", "$@", "$$", "0.0.0.0:$PORT", "-p 80:80", "--", "npx ",
            "python -m ",
        ] + programs + flags

    /// The words of the table of commands: programs in the first column, flags in the third.
    private static let programs = column(0).filter { $0.first != "*" }.map { $0 + " " }
    private static let flags = column(2).flatMap { $0.split(separator: ",").map(String.init) }
        .filter { $0.hasPrefix("-") }.map { $0 + " " }

    private static func column(_ number: Int) -> [String] {
        var words: Set<String> = []
        for line in EmbeddedFiles.commands_tsv.description.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            for word in fields[number].split(whereSeparator: { $0 == " " || $0 == ":" }) { words.insert(String(word)) }
        }
        return words.sorted()
    }

    static let make = [
        "\n\t", "$(A)", "${A}", "$$", "A := ", "A ?= ", "A += ", "define A\n", "endef\n", "export ", "$(shell ",
        ".PHONY: ", "\\\n", "@", "-",
        "web: ", "{\"scripts\": {\"start\": \"", "\\u0041",
    ]

    static let environment =
        interpolation + [
            "export ", "PORT=", "HOST=", "ADDR: ", "=\"", "='", "\\n", "\\$", " # ", "=:8080", "=[::]:80", "\u{feff}",
        ]

    static let interpolation =
        Interpolation.Operator.allCases.map { "${A\($0.rawValue)" }
        + [
            "${A}", "$A", "$$", "${", "}", "${A:-${B:-", "${A?x}", "$1", ":", "80-90:80-90", "127.0.0.1:80:80/udp",
            "[::1]:1:1", "/sctp",
        ]

    static let yaml =
        interpolation
        + [
            "services:\n  a:\n    ", "image: ", "ports:\n      - ", "published: ", "target: ", "host_ip: ",
            "protocol: ", "mode: host", "build: ",
            "context: ", "dockerfile: ", "env_file: ", "environment:\n", "command: ", "entrypoint: ", "network_mode: ",
            "service:a", "host",
            "networks:\n", "extends:\n", "file: ", "service: ", "include:\n", "profiles: [", "deploy: {replicas: 0}",
            "scale: 0", "expose:\n",
            "depends_on:\n", "&a ", "*a", "<<: ", "!reset ", "!override ", "--- ", "...\n", "%YAML 1.1\n", "%TAG ! x\n",
            "| \n", "> \n", "? ", "- ",
            "{a: b}", "[a, b]", "# ", "\"\\u0000\"", "'", "!!binary ", "x-a:", "configs:\n", "content: |\n",
            "volumes:\n", "internal: true",
            "driver_opts:\n", "healthcheck:\n", "internal: ", "gateway: ", "provider: ",
        ]

    static let addresses =
        Dialects.names
        + [
            "0.0.0.0", "[::]", "::1", "::ffff:1.2.3.4", "127.1", "0x7f.1", "localhost", "*", ":80", "unix:", "unix://",
            "tcp://", "/tcp", "/udp",
            "%eth0", "80-90", "0", "65536", "http", "ip6-localhost", "@", "fe80::1%lo", " ipv6only=on", " reuseport",
            "\u{FFFD}", "dns:", "[", "]", ":",
        ]

    static let globs = [
        "**", "*", "?", "[a-z]", "[!a]", "[^]]", "[[:digit:]]", "[[:x:]]", "\\", "/", "a/**/b", "**/a", "a/", "!", "#",
        "{a,b}", "a**b", ".env",
        "*.conf", "[]", "[]-a]", "[a-]", "**/**/", "\\ ",
    ]

    static let policy =
        PredicateName.allCases.map { "\($0.rawValue): " } + Packs.names
        + [
            "not: ", "any: [", "all: [", "unknown", "${A}", "10.0.0.0/8", "::/0", "1-65535", "ephemeral", "loopback",
            "2027-01-31", "==> x.yaml <==\n",
        ]
        + Set(ObjectName.allCases.flatMap { $0.keys.map { "\($0.name): " } }).sorted()
}
