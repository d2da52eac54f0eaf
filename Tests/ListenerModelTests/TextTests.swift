import Testing

@testable import ListenerModel

@Suite struct TextTests {
    /// Columns count UTF-16 code units; the end is exclusive.
    @Test func places() {
        let text = SourceText(path: "a", bytes: Array("é😀x\r\nlisten 80;\n".utf8))
        #expect(text.position(0) == Position(line: 1, column: 1))
        #expect(text.position(2) == Position(line: 1, column: 2))
        #expect(text.position(6) == Position(line: 1, column: 4))
        #expect(text.location(9..<15).start == Position(line: 2, column: 1))
        #expect(text.location(9..<15).end == Position(line: 2, column: 7))
        #expect(text.line(1).map { Array($0) } == Array("é😀x".utf8))
        #expect(text.line(3).map { Array($0) } == [])
        #expect(text.line(4) == nil)
        #expect(text.position(999) == Position(line: 3, column: 1))
    }

    private static let port = Unknown(.environment("PORT"), fallback: .init("8080", whenEmpty: true))

    /// Known parts stay known.
    @Test func symbolicText() {
        let text = SymbolicText("[::]:") + SymbolicText(Self.port)
        #expect(text.known == nil)
        #expect(text.marked == "[::]:\u{FFFC}")
        let tail = text.marked[text.marked.index(text.marked.startIndex, offsetBy: 5)...]
        #expect(text.slice(tail).unknowns == [Self.port])
        #expect((SymbolicText("a") + "b").parts == [.literal("ab")])
        #expect(SymbolicText("").known == "")
    }

    @Test(arguments: [
        (EnvironmentValue.unknown, "8080", true), (.unset, "8080", true), (.value("", at: nil), "8080", true),
        (.value("9000", at: nil), "9000", false),
    ])
    func resolution(_ value: EnvironmentValue, _ expected: String, _ usedFallback: Bool) {
        let resolution = SymbolicText(Self.port).resolved { _ in value }
        #expect(resolution.text.known == expected)
        #expect(resolution.usedFallback == usedFallback)
    }

    @Test func withoutFallback() {
        let text = SymbolicText(Unknown(.environment("PORT")))
        #expect(text.resolved { _ in .unknown }.text == text)
        #expect(text.resolved { _ in .unset }.text.unsetAsEmpty.known == "")
        // A value may itself have a fallback: `PORT: ${PORT:-3000}`.
        let nested = text.resolved { _ in .value(SymbolicText(Self.port), at: nil) }
        #expect(nested.text.known == "8080" && nested.usedFallback)
    }

    @Test(arguments: [
        ("a/b", "../c", "a/c"), ("", "./x", "x"), ("a", "", "a"), ("a", "..", ""), ("a", "../..", nil),
        ("a", "/etc", nil),
    ])
    func joining(_ base: String, _ path: String, _ expected: String?) {
        #expect(RepositoryPath.join(base, path) == expected)
    }

    @Test(arguments: [
        ("server_test.go", true), ("src/app.test.ts", true), ("e2e/a.js", true), ("a/testdata/b.yml", true),
        ("docker-compose.test.yml", true), ("server.go", false), ("test.go", false), ("latest/a.go", false),
        ("tests.md", false),
    ])
    func testCode(_ path: String, _ isTest: Bool) { #expect(TestCode.isTest(path) == isTest) }
}

/// What is searched for many times.
struct SearchTests {
    @Test(arguments: [
        ("", "", true), ("a", "", true), ("", "a", false), ("nginx:1", "nginx", true), ("my-nginx", "nginx", true),
        ("ngin", "nginx", false), ("nginnginx", "nginx", true), ("e\u{301}", "e", true),
    ])
    func holds(_ text: String, _ part: String, _ expected: Bool) {
        #expect(text.holds(part) == expected && text[...].holds(part) == expected)
    }

    @Test(arguments: 0..<9)
    func partitioning(_ count: Int) {
        let numbers = (0..<count).map { $0 * 2 }
        for limit in -1...count * 2 {
            #expect(numbers.partitioningIndex { $0 > limit } == numbers.filter { $0 <= limit }.count)
            #expect(numbers[...].partitioningIndex { $0 >= limit } == numbers.filter { $0 < limit }.count)
        }
    }

    @Test(arguments: [
        ("a", "b", "a/b"), ("", "b", "b"), ("a", "", "a"), ("", ".", ""), ("a/b", "..", "a"), ("a", "..", ""),
        ("a", "../..", nil), ("a", "/b", nil), ("a/b", "./c//d/../e/", "a/b/c/e"), ("a", "..b/...", "a/..b/..."),
        ("/app/", "dist/x.js", "app/dist/x.js"), ("a//b", "c", "a/b/c"), ("../a", "b", "../a/b"),
    ])
    func join(_ base: String, _ path: String, _ expected: String?) {
        #expect(RepositoryPath.join(base, path) == expected)
    }
}
