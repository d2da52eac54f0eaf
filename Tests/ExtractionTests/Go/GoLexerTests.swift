import ListenerModel
import Testing

@testable import Extraction

@Suite struct GoLexerTests {
    private func kinds(_ source: String) -> [String] {
        let bytes = Array(source.utf8)
        return GoLexer.tokens(of: bytes).tokens.dropLast().map { token in
            token.kind == .semicolon ? ";" : String(decoding: bytes[token.range], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("x := 1\ny", "x|:=|1|;|y|;"),
        ("return\nx", "return|;|x|;"),
        ("f(\n)\n", "f|(|)|;"),
        ("a\n+ b", "a|;|+|b|;"),
        ("x++ // c\n", "x|++|;"),
        ("a /* one\n two */ b", "a|;|b|;"),
        ("a /* one */ b", "a|b|;"),
        ("`raw\n\"x\" // no comment`", "`raw\n\"x\" // no comment`|;"),
        (#""a\"b" + 'c'"#, #""a\"b"|+|'c'|;"#),
        (#"'\''"#, #"'\''|;"#),
        ("0x1F_90 1e+3 .5 0x1p-2", "0x1F_90|1e+3|.5|0x1p-2|;"),
        ("a&^=b<<=c...", "a|&^=|b|<<=|c|..."),
        ("ch <- x", "ch|<-|x|;"),
        ("höhe := ü", "höhe|:=|ü|;"),
        ("\u{FEFF}package p", "package|p|;"),
        ("x\r\ny", "x|;|y|;"),
    ])
    func tokens(_ source: String, _ expected: String) {
        #expect(kinds(source).joined(separator: "|") == expected)
    }

    @Test(arguments: [
        (#""a\tb\n""#, "a\tb\n"), (#""\x41\102\u00e9\U0001F600""#, "AB\u{e9}\u{1F600}"), ("`a\\n\r`", "a\\n"),
        (#""unclosed"#, "unclosed"), (#""\q""#, "\\q"),
    ])
    func strings(_ literal: String, _ value: String) {
        #expect(GoLiterals.string(Array(literal.utf8)[...]) == value)
    }

    @Test(arguments: [
        ("8080", 8080), ("0x1F90", 8080), ("017620", 8080), ("0o17620", 8080), ("0b11", 3), ("8_080", 8080), ("0", 0),
    ])
    func integers(_ literal: String, _ value: Int) { #expect(GoLiterals.integer(literal) == value) }

    @Test(arguments: ["'a'", "1.5", "1e3", "99999999999999999999"])
    func noIntegers(_ literal: String) { #expect(GoLiterals.integer(literal) == nil) }

    @Test(arguments: [
        ("\"open", "string is not closed"), ("`open", "raw string is not closed"), ("/* open", "comment is not closed"),
        ("'a", "rune is not closed"), ("a @ b", "this character is not Go"),
    ])
    func problems(_ source: String, _ message: String) {
        #expect(GoLexer.tokens(of: Array(source.utf8)).problems.map(\.message) == [message])
    }

    @Test(arguments: [
        ("a.go", "package a", true), ("a_linux.go", "package a", true), ("a_windows.go", "package a", false),
        ("a_windows_test.go", "package a", false), ("a_linux_arm.go", "package a", false),
        ("windows.go", "package a", true), ("a.go", "//go:build ignore\n\npackage a", false),
        ("a.go", "//go:build linux && !windows\n\npackage a", true),
        ("a.go", "//go:build darwin || (unix && !cgo)\n\npackage a", false),
        ("a.go", "//go:build go1.18\n\npackage a", true), ("a.go", "//go:build (\n\npackage a", false),
    ])
    func buildConstraints(_ path: String, _ source: String, _ expected: Bool) {
        let file = GoFile.parseHeader(Array(source.utf8), path: path)
        #expect(file.buildsOnLinux == expected)
    }
}
