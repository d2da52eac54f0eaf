import Testing

@testable import Extraction

@Suite struct JavaScriptLexerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var source: String
        var tokens: [String]
        var elements = true
        var testDescription: String { source }
    }

    /// What `/`, `<`, quotes and backticks are; a regular expression is shown as `re:`, an element's marks as `<<` and
    /// `>>`.
    static let rows: [Row] = [
        Row(source: "a / b / c", tokens: ["a", "/", "b", "/", "c"]),
        Row(source: "x = /b/g.test(y)", tokens: ["x", "=", "re:/b/g", ".", "test", "(", "y", ")"]),
        Row(source: "return /[/\\]]/", tokens: ["return", "re:/[/\\]]/"]),
        Row(source: "x.return / 2", tokens: ["x", ".", "return", "/", "2"]),
        Row(source: "if (a) /b/.exec(c)", tokens: ["if", "(", "a", ")", "re:/b/", ".", "exec", "(", "c", ")"]),
        Row(source: "f(a) / b / c", tokens: ["f", "(", "a", ")", "/", "b", "/", "c"]),
        Row(source: "x.if(a) / b", tokens: ["x", ".", "if", "(", "a", ")", "/", "b"]),
        Row(source: "({}) / 2", tokens: ["(", "{", "}", ")", "/", "2"]),
        Row(source: "x = {} / 2", tokens: ["x", "=", "{", "}", "/", "2"]),
        Row(source: "{ a() } /b/.test(c)", tokens: ["{", "a", "(", ")", "}", "re:/b/", ".", "test", "(", "c", ")"]),
        Row(source: "a[0] / b", tokens: ["a", "[", "0", "]", "/", "b"]),
        Row(source: "i++ / 2", tokens: ["i", "++", "/", "2"]),
        Row(source: "x! / 2", tokens: ["x", "!", "/", "2"], elements: false),
        Row(source: "!/a/.test(b)", tokens: ["!", "re:/a/", ".", "test", "(", "b", ")"]),
        Row(source: "a /= 2", tokens: ["a", "/=", "2"]),
        Row(source: "a // b\nc /* d */ e", tokens: ["a", "c", "e"]),
        Row(source: "'a\\'b' \"c\\\nd\"", tokens: ["'a\\'b'", "\"c\\\nd\""]),
        Row(source: "`a${b}c${`d${e}`}f`", tokens: ["`a${", "b", "}c${", "`d${", "e", "}`", "}f`"]),
        Row(source: "`${{a: 1}}`", tokens: ["`${", "{", "a", ":", "1", "}", "}`"]),
        Row(source: "`\\`` `$`", tokens: ["`\\``", "`$`"]),
        Row(source: "0x1F 1e-3 1_000n .5", tokens: ["0x1F", "1e-3", "1_000n", ".5"]),
        Row(source: "a?.b ? .5 : c ?? d", tokens: ["a", "?.", "b", "?", ".5", ":", "c", "??", "d"]),
        Row(source: "a ||= b >>> c", tokens: ["a", "||=", "b", ">", ">", ">", "c"]),
        Row(source: "x = <a>it's</a>;", tokens: ["x", "=", "<<", ">>", ";"]),
        Row(
            source: "x = <a b='}' c={d / 2}>{e}<f/></a>;",
            tokens: [
                "x", "=", "<<", "{", "d", "/", "2", "}", "{", "e", "}", "<<", ">>", ">>", ";",
            ]),
        Row(source: "x = <><b/></>", tokens: ["x", "=", "<<", "<<", ">>", ">>"]),
        Row(source: "a < b", tokens: ["a", "<", "b"]),
        Row(
            source: "f = <T,>(x: T) => x",
            tokens: [
                "f", "=", "<", "T", ",", ">", "(", "x", ":", "T", ")", "=>", "x",
            ]),
        Row(source: "f = <T>(x: T) => x", tokens: ["f", "=", "<", "T", ">", "(", "x", ":", "T", ")", "=>", "x"]),
        Row(source: "x = <any>y", tokens: ["x", "=", "<", "any", ">", "y"], elements: false),
        Row(source: "#!/usr/bin/env node\na", tokens: ["a"]),
        Row(source: "#x in y", tokens: ["#x", "in", "y"]),
    ]

    @Test(arguments: rows) func tokens(_ row: Row) {
        let lexer = JavaScriptLexer.lex(Array(row.source.utf8), elements: row.elements)
        let found = lexer.tokens.dropLast().map { token in
            let text = String(decoding: lexer.bytes[token.range], as: UTF8.self)
            return switch token.kind {
            case .elementStart: "<<"
            case .elementEnd: ">>"
            case .regularExpression: "re:" + text
            default: text
            }
        }
        #expect(found == row.tokens)
        #expect(lexer.problem == nil)
    }

    @Test(arguments: [
        ("'abc", "unterminated string"), ("a = 'b\nc'", "unterminated string"), ("`a", "unterminated template literal"),
        ("`a${b", "unterminated template literal"), ("/* a", "unterminated comment"), ("f(", "unclosed bracket"),
        ("f)", "no opening bracket for this one"), ("(]", "no opening bracket for this one"),
        ("x = <a>it's", "unterminated JSX element"),
    ])
    func problems(_ source: String, _ message: String) {
        #expect(JavaScriptLexer.lex(Array(source.utf8), elements: true).problem?.message == message)
    }

    @Test func lineBreaksAndPartners() {
        let lexer = JavaScriptLexer.lex(Array("f(\n[a]) // x\n/* y\n*/ b".utf8), elements: false)
        #expect(lexer.tokens.map(\.lineBreakBefore) == [false, false, true, false, false, false, true, false])
        #expect(lexer.tokens.map(\.partner) == [nil, 5, 4, nil, 2, 1, nil, nil])
        #expect(lexer.comments == [8..<12, 13..<20])
    }
}
