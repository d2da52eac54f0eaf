import ListenerModel
import Testing

@testable import Extraction

/// The language, a row each: the observed case or the line of ngx_conf_file.c behind it.
@Suite struct NginxGrammarTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var text: String
        /// `name argument{ inner; }` with `|` between words, and errors behind `!`.
        var expected: String
        var isTemplate = false
        var testDescription: String { text }
    }

    static let rows: [Row] = [
        Row(text: "listen 80;", expected: "listen|80;"),
        Row(text: "listen\n\t80\r\n default_server\n;", expected: "listen|80|default_server;"),
        Row(text: "a{b c;}d;", expected: "a{b|c;}d;"),
        // Quotes: at the start of a word only, and something that ends a word behind them.
        Row(text: "\"listen\" '80';", expected: "listen|80;"),
        Row(text: "set $x don't; listen 81;", expected: "set|$x|don't;listen|81;"),
        Row(text: "listen 127.0.0.1:\"80\";", expected: "listen|127.0.0.1:\"80\";"),
        Row(text: "listen \"80\"x;", expected: "listen|80|x;!unexpected x"),
        Row(text: "return 200 \"} listen 81; {\";", expected: "return|200|} listen 81; {;"),
        Row(text: "return 200 \"a\nb\";", expected: "return|200|a\nb;"),
        Row(text: "if ($uri ~ \"}\") {}", expected: "if|($uri|~|}|){}"),
        Row(text: "a \"\";", expected: "a|;"),
        // Escapes
        Row(text: #"a "b\"c" d\;e \t 8\0 'x\'y' \\;"#, expected: "a|b\"c|d\\;e|\t|8\\0|x'y|\\;"),
        // Comments: at the start of a word only
        Row(text: "listen 80#x; # listen 81;\n#}\na;", expected: "listen|80#x;a;"),
        Row(text: "a; # don't", expected: "a;"),
        // `${`
        Row(text: "set $a ${host}x; b a${c}d;", expected: "set|$a|${host}x;b|a${c}d;"),
        Row(text: "location ~ ^/a{2}$ { b; }", expected: "location|~|^/a{2}${b;}}!unexpected end of file in location"),
        Row(text: "location ~ \"^/a{2}$\" { b; }", expected: "location|~|^/a{2}${b;}"),
        // What nginx refuses; reading goes on.
        Row(text: "a;; b;", expected: "a;b;!unexpected ;"),
        Row(text: "s { listen 80 }\nb;", expected: "s{listen|80;}b;!unexpected }"),
        Row(text: "s { a; } } b;", expected: "s{a;}b;!unexpected }"),
        Row(text: "s { a; ", expected: "s{a;}!unexpected end of file in s"),
        Row(text: "a; b c", expected: "a;b|c;!unexpected end of file, expecting ;"),
        Row(text: "a 'b", expected: "a|b;!unexpected end of file, expecting ;"),
        Row(text: "a \\", expected: "a|\\;!unexpected end of file, expecting ;"),
        Row(text: "{ a; }", expected: "{a;}!unexpected {"),
        Row(text: "listen\u{0b}80;", expected: "listen\u{0b}80;"),
        Row(text: "\u{feff}events {}", expected: "\u{feff}events{}"),
        // Lua
        Row(
            text: #"a_by_lua_block { local s = "}" -- } x ' \#n t = [==[ } ]] ]==] u = { {} } --[[ } ]] } b;"#,
            expected: "a_by_lua_block<lua>b;"),
        Row(text: "a_by_lua_block { '", expected: "a_by_lua_block<lua>!unclosed Lua"),
        Row(text: "a_by_lua_block { [[ ]=] ", expected: "a_by_lua_block<lua>!unclosed Lua"),
        // Templates
        Row(text: "listen {{ port }} ssl;", expected: "listen|<port>|ssl;"),
        Row(
            text: "listen [::]:{{ .Env.PORT | default \"80\" }};", expected: "listen|[::]:<.Env.PORT | default \"80\">;"
        ),
        Row(text: "listen <%= @ip -%>:<%= @port %>;", expected: "listen|<@ip>:<@port>;"),
        Row(text: "listen @PORT@;", expected: "listen|<PORT>;"),
        Row(text: "location @fallback { a; }", expected: "location|@fallback{a;}"),
        Row(text: "a '{{ b }}';", expected: "a|<b>;"),
        Row(text: "a '{\"x\":{\"y\":1}}';", expected: "a|{\"x\":{\"y\":1}};"),
        Row(text: "a {{ b ;", expected: "a{{b;}}!unexpected {!unexpected end of file in "),
        Row(
            text: "{{ if .TLS }}\nlisten 443 ssl;\n{{ else }}\nlisten 80;\n{{ end }}\nb;",
            expected: "?listen|443|ssl;?listen|80;b;"),
        Row(text: "{% for s in sites %}\nserver { listen {{ s }}; }\n{% endfor %}", expected: "?server{?listen|<s>;}"),
        Row(text: "<% if x %>\nlisten 80;\n<% end %>\nb;", expected: "?listen|80;b;"),
        Row(text: "listen 443{% if http2 %} http2{% endif %} ssl;", expected: "~listen|443|http2|ssl;"),
        Row(text: "listen {% if v6 %}[::]:{% endif %}80;", expected: "listen|<if v6>80;"),
        Row(text: "server {\n{{ extra }}\n}", expected: "server{+extra}"),
        Row(text: "server {\n  ${EXTRA}\n  a;\n}", expected: "server{+EXTRA a;}"),
        Row(text: "{{ template \"x\" . }}\na;", expected: "+template \"x\" . a;"),
        Row(text: "{# listen 80; #}\nlisten 81;", expected: "listen|81;", isTemplate: true),
        Row(text: "server {# listen 80;\n listen 81; }", expected: "server{listen|81;}"),
        Row(text: "{{/* a */}}{{- range .x -}}\nb;\n{{- end }}", expected: "?b;"),
        Row(text: "", expected: ""),
    ]

    @Test(arguments: rows) func reading(_ row: Row) {
        let text = SourceText(path: "x", bytes: Array(row.text.utf8))
        let file = NginxGrammar.read(text, isTemplate: row.isTemplate)
        #expect(
            Self.words(for: file.body) + file.errors.map { "!" + Self.words(for: $0, text) }.joined() == row.expected)
    }

    private static func words(for block: NginxBlock) -> String {
        let placeholders = block.placeholders.map { "+\($0.name)" }.joined(separator: " ")
        let directives = block.directives.map { directive -> String in
            let words = ([directive.name] + directive.arguments).map { Self.words(for: $0.text) }.joined(separator: "|")
            let marks = (directive.isConditional ? "?" : "") + (directive.hasConditionalArguments ? "~" : "")
            switch directive.body {
            case .none: return "\(marks)\(words);"
            case .lua: return "\(marks)\(words)<lua>"
            case .block(let inner): return "\(marks)\(words){\(Self.words(for: inner))}"
            }
        }.joined()
        return placeholders + (placeholders.isEmpty || directives.isEmpty ? "" : " ") + directives
    }

    private static func words(for text: SymbolicText) -> String {
        text.parts.map { part in
            switch part {
            case .literal(let literal): literal
            case .unknown(let unknown): "<\(unknown.name)>"
            }
        }.joined()
    }

    private static func words(for error: NginxSyntaxError, _ text: SourceText) -> String {
        switch error.problem {
        case .unexpected(let byte): "unexpected \(Character(UnicodeScalar(byte)))"
        case .endInDirective: "unexpected end of file, expecting ;"
        case .endInBlock: "unexpected end of file in \(text.text(error.range).filter { $0 != "{" })"
        case .tooLong: "too long"
        case .endInLua: "unclosed Lua"
        case .tooDeep: "too deep"
        case .tooMany: "too many"
        }
    }

    /// `NGX_CONF_BUFFER`: observed with 4095 and 4096 bytes, for words and comments.
    @Test(arguments: [(4095, false), (4096, true)]) func bufferSize(length: Int, isTooLong: Bool) {
        for text in ["a \(String(repeating: "x", count: length));", "a '\(String(repeating: "x", count: length))';"] {
            let file = NginxGrammar.read(SourceText(path: "x", bytes: Array(text.utf8)))
            #expect(file.errors.contains { $0.problem == .tooLong } == isTooLong)
        }
    }

    @Test func deepNesting() {
        let text = String(repeating: "a {", count: 100_000)
        let file = NginxGrammar.read(SourceText(path: "x", bytes: Array(text.utf8)))
        #expect(file.errors.contains { $0.problem == .tooDeep })
    }

    /// Of too many words, mistakes or comments, the report says that something was not read.
    @Test(arguments: ["a;", "a ", "};", ";", "#\n", "{{a}}\n"]) func manyStatements(_ statement: String) {
        let count = NginxGrammar.itemLimit + 1
        let bytes = [UInt8](unsafeUninitializedCapacity: count * statement.utf8.count) { buffer, filled in
            for byte in statement.utf8 { buffer[filled] = byte; filled += 1 }
            while filled < buffer.count { buffer[filled] = buffer[filled - statement.utf8.count]; filled += 1 }
        }
        let text = SourceText(path: "nginx.conf", bytes: bytes)
        let file = NginxGrammar.read(text)
        #expect(file.errors.last?.problem == .tooMany)
        #expect(NginxExtractor.diagnostics(of: file, in: text).last?.fileUnread == true)
    }

    /// Many openings without an end must not cost a search each.
    @Test(.timeLimit(.minutes(1)), arguments: ["{{", "{%", "<%", "@a", "${", "a {% if x %}b", "'", "[[", "{{ a"])
    func manyOpenings(_ piece: String) {
        let text = String(repeating: piece + " ", count: 2_000)
        _ = NginxGrammar.read(SourceText(path: "x.j2", bytes: Array(text.utf8)), isTemplate: true)
    }

    /// Every prefix and every changed byte is read to the end, with ranges inside the file.
    @Test func robustness() {
        let sample = Self.rows.map(\.text).joined(separator: "\n")
        let bytes = Array(sample.utf8)
        for end in bytes.indices { check(Array(bytes[..<end])) }
        let replacements = Array("{}\"'#;\\".utf8) + [0, 0xff]
        for index in bytes.indices {
            var changed = bytes
            changed[index] = replacements[index % replacements.count]
            check(changed)
        }
    }

    private func check(_ bytes: [UInt8]) {
        let file = NginxGrammar.read(SourceText(path: "x", bytes: bytes), isTemplate: true)
        var blocks = [file.body]
        var isInside = file.errors.allSatisfy { $0.range.upperBound <= bytes.count }
        while let block = blocks.popLast() {
            for directive in block.directives {
                isInside = isInside && directive.name.range.upperBound <= bytes.count
                isInside = isInside && directive.arguments.allSatisfy { $0.range.upperBound <= bytes.count }
                if let inner = directive.block { blocks.append(inner) }
            }
        }
        #expect(isInside)
    }
}
