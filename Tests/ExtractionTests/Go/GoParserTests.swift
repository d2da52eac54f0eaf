import ListenerModel
import Testing

@testable import Extraction

@Suite struct GoParserTests {
    private func parse(_ source: String) -> GoFile {
        GoFile.parse(SourceText(path: "a.go", bytes: Array(source.utf8))).file
    }

    /// The calls in a function's body, each as written.
    private func calls(_ body: String) -> [String] {
        let text = SourceText(path: "a.go", bytes: Array("package a\nfunc f() {\n\(body)\n}\n".utf8))
        let file = GoFile.parse(text).file
        #expect(file.problems == [], "\(body)")
        let index = ScopeBuilder.index(file.declarations, of: text)
        return index.calls.map { text.text($0.range) }
    }

    @Test(arguments: [
        ("if x := f(1); x == (T{}) { g(2) }", "f(1)|g(2)"),
        ("if v == (struct{ a int }{1}) { g() } else if h() { i() } else { j() }", "g()|h()|i()|j()"),
        ("for i := range []T{{1}, {2}} { g(i) }", "g(i)"),
        ("for i, v := range xs { g(v) }", "g(v)"),
        ("for { g() }", "g()"),
        ("for range n() { g() }", "n()|g()"),
        ("for i := 0; i < n(); i++ { g() }", "n()|g()"),
        ("switch x := y.(type) { case *T, []int: g() \n default: h() }", "g()|h()"),
        ("switch { case a == 1: g() \n case h(): }", "h()|g()"),
        ("switch f(); x { case 1: g() }", "f()|g()"),
        ("select { case v := <-ch: g(v) \n case out <- h(): \n default: i() }", "g(v)|h()|i()"),
        ("go func() { g() }()", "g()|func() { g() }()"),
        ("defer f(1)", "f(1)"),
        ("x := &http.Server{Addr: g(), Handler: map[string]int{\"a\": 1}}; h(x)", "g()|h(x)"),
        ("f[int](1); g[K, V](m); x[i](2)", "f[int](1)|g[K, V](m)|x[i](2)"),
        ("a := b[1:f()]; c := d[f():]", "f()|f()"),
        ("label:\n for { f(); continue label }", "f()"),
        ("f(xs...)", "f(xs...)"),
        (
            "(*T)(nil).m(); []byte(\"x\"); func(a, b int) {}(1, 2)",
            "(*T)(nil)|(*T)(nil).m()|[]byte(\"x\")|func(a, b int) {}(1, 2)"
        ),
        ("var a, b = f(), g(); const c = 1", "f()|g()"),
        ("a, b := f()\n c.d += g()\n e++\n ch <- h()", "f()|g()|h()"),
        ("return f(), g()", "f()|g()"),
        ("x.y().z(1).w(2)", "x.y()|x.y().z(1)|x.y().z(1).w(2)"),
        ("if err := f(); err != nil { return }\n g()", "f()|g()"),
        ("m := map[string]func(){\"a\": func() { g() }}", "g()"),
        ("type T struct { a int }\n var t T\n f(t)", "f(t)"),
        ("if f(func() bool { return T{}.ok() }) { g() }", "T{}.ok()|f(func() bool { return T{}.ok() })|g()"),
        ("x := [...]string{0: f(), 1: g()}", "f()|g()"),
        ("goto end\nend:", ""),
    ])
    func statements(_ body: String, _ expected: String) {
        #expect(Set(calls(body)) == Set(expected.split(separator: "|").map(String.init)))
    }

    @Test func declarations() throws {
        let file = parse(
            """
            package server

            import (
                "net"
                gin "github.com/gin-gonic/gin"
                . "fmt"
                _ "net/http/pprof"
            )

            type Server[T any] struct {
                *Base
                Addr, Host string `default:":8080" env:"ADDR"`
                next []Server[T]
            }
            type Handler func(a, b int) (string, error)
            type List []Server
            func (s *Server[T]) Run(ctx context.Context, args ...string) (addr string, err error) { return }
            func Map[K comparable, V any](m map[K]V, f func(K) V) {}
            """)
        #expect(file.problems == [])
        #expect(file.header.package == "server")
        #expect(file.header.imports == ["net", "github.com/gin-gonic/gin", "fmt", "net/http/pprof"])
        #expect(file.header.importsNames)
        let imports = file.declarations.compactMap { if case .imports(let one) = $0.kind { one } else { nil } }
        #expect(imports.map { $0.names[0].local } == [nil, "gin", ".", "_"])
        let types = file.declarations.compactMap { if case .type(let type) = $0.kind { type } else { nil } }
        #expect(types.map(\.name) == ["Server", "Handler", "List"])
        #expect(types[0].fields.map(\.name) == ["Base", "Addr", "Host", "next"])
        #expect(types[0].fields.map(\.embedded) == [true, false, false, false])
        #expect(types[0].fields[1].tag?.text == #"default:":8080" env:"ADDR""#)
        let functions = file.declarations.compactMap {
            if case .function(let function) = $0.kind { function } else { nil }
        }
        #expect(functions.map(\.name) == ["Run", "Map"])
        #expect(functions[0].receiver?.pattern.name == "s")
        #expect(functions[0].parameters.map(\.variadic) == [false, true])
        #expect(functions[0].namedResults == ["addr", "err"])
        #expect(functions[1].parameters.map { $0.pattern.name } == ["m", "f"])
    }

    /// What is not understood is reported once, and what follows is still read.
    @Test func recovery() {
        let text = SourceText(
            path: "a.go",
            bytes: Array(
                """
                package a
                func f() {
                    x := := 1
                    g()
                }
                what is this
                func h() { i() }
                """.utf8))
        let file = GoFile.parse(text).file
        #expect(!file.problems.isEmpty)
        let index = ScopeBuilder.index(file.declarations, of: text)
        #expect(index.calls.map { text.text($0.range) } == ["g()", "i()"])
    }

    @Test(arguments: ["(", "[", "{", "func() {", "a.b(", "if x {", "*", "!", "map[a]", "[]", "x + ", "x.y", "T{a: "])
    func deepNesting(_ opening: String) {
        let source = "package a\nfunc f() { x := " + String(repeating: opening, count: 20_000)
        let text = SourceText(path: "a.go", bytes: Array(source.utf8))
        let file = GoFile.parse(text).file
        let index = ScopeBuilder.index(file.declarations, of: text)
        #expect(index.text.path == "a.go")
    }
}
