import Testing

@testable import Extraction

/// What decides whether a file is parsed at all: it may let too much through and never too little.
@Suite struct PrefilterTests {
    /// A reference that looks at every position.
    private func occurs(_ needle: String, in text: String) -> Bool {
        let isMember = needle.hasPrefix(#"\."#)
        let startsWord = needle.hasPrefix(#"\b"#)
        let endsWord = needle.hasSuffix(#"\b"#)
        let word = Array(needle.utf8.dropFirst(isMember || startsWord ? 2 : 0).dropLast(endsWord ? 2 : 0))
        let bytes = Array(text.utf8)
        func isName(_ byte: UInt8?) -> Bool {
            byte.map { $0 == 0x5f || (0x30...0x39).contains($0) || (0x41...0x5a).contains($0 & 0xdf) } ?? false
        }
        for start in bytes.indices where bytes[start...].starts(with: word) {
            let before = start > 0 ? bytes[start - 1] : nil
            let end = start + word.count
            if startsWord, isName(before) { continue }
            if endsWord, isName(end < bytes.count ? bytes[end] : nil) { continue }
            if isMember, bytes[..<start].last(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) != 0x2e { continue }
            return true
        }
        return false
    }

    private static let needles = [
        #"listen\b"#, #"\bserve("#, #"\.Listen\b"#, "Server(", #"hapi'"#, "bindlint:", "ab", #"\.Run"#,
    ]

    @Test(arguments: [
        "listen", "listener", "relisten ", "x.listen(80)", "observe(", " serve(", "net.Listen(", "net\n\t.\n\tListen (",
        "Listen(", "net.Listener", "// bindlint: ignore", "a", "", "ab", "a.Running", "require('hapi')", "hapi",
        "0123456789abcdef0123456789abcde listen", "0123456789abcdelisten", "0123456789abcdeflisten", "é.Listen",
    ])
    func needles(_ text: String) {
        for padding in 0..<34 {
            let padded = String(repeating: " ", count: padding) + text
            for needle in Self.needles {
                let found = NeedleSet([needle]).occurs(in: Array(padded.utf8))
                #expect(found == occurs(needle, in: padded), "\(needle) in \(padded)")
            }
            let any = Self.needles.contains { occurs($0, in: padded) }
            #expect(NeedleSet(Self.needles).occurs(in: Array(padded.utf8)) == any, "\(padded)")
        }
    }

    @Test(arguments: [
        (#"var listen = ":8080""#, true), (#"addr := ":8080""#, false), ("bind := `127.0.0.1:80`", true),
        (#"serve("[::1]:443")"#, true), (#"listen "at 10:30""#, false), (#"listen ":http""#, false),
        (#"Bind: "example.org:80""#, false), (#"LISTEN "*:1""#, true), (#"listen ":70000""#, false),
        (#"listen ":80"#, false),
        (#"listen ':80""#, false),
    ])
    func shapes(_ text: String, _ expected: Bool) {
        #expect(ListenShape.occurs(in: Array(text.utf8)) == expected)
    }

    @Test func wordsAreNeverDenied() {
        let text = "func (s *Server) Run(addr string) { s.cfg.listen_addr = größe0 }\nx"
        let filter = WordFilter(Array(text.utf8))
        for word in [
            "func", "s", "Server", "Run", "addr", "string", "cfg", "listen_addr", "größe0", "x", "Run(addr string)",
        ] {
            #expect(filter.mayHold(word), "\(word)")
        }
        let others = (0..<1000).filter { filter.mayHold("other\($0)") }
        #expect(others.count < 300)
        #expect(!WordFilter([]).mayHold("x"))
        #expect(WordFilter([]).mayHold(""))
    }

    @Test func tablesAreIndexedByWords() {
        let index = TableIndex("# a\tb\nfirst\tredis redis-* x\tone\nsecond\tx\ttwo\nthird\t\tthree", column: 1)
        #expect(index.rows(of: "x") == ["first\tredis redis-* x\tone", "second\tx\ttwo"])
        #expect(index.rows(of: "redis") == ["first\tredis redis-* x\tone"])
        #expect(index.rows(of: "b") == [])
        #expect(index.rows(of: "") == [])
        #expect(index.patterns.map(\.pattern) == ["redis-*"])
        #expect(index.patterns.map { index.row(at: $0.row) } == ["first\tredis redis-* x\tone"])
        #expect(TableIndex("", column: 0).rows(of: "x") == [])
    }

    @Test func modulesAreFoundByTheirKeywords() {
        let text = """
            import a from 'one'; import "two"
            const b = require( "three" ), c = await import('four')
            export * from `five`; xrequire('no'); a.require('no'); // from nowhere
            import { from } from 'six'; require('one'); 'import "no"'
            """
        let found = ModuleSpecifiers.scan(Array(text.utf8))
        #expect(found.filter { $0 != "no" } == ["one", "two", "three", "four", "five", "six"])
    }
}

@Suite struct ListenCallTableTests {
    @Test func everyRowIsRead() {
        #expect(NodeListenCalls.all.count > 50)
        #expect(GoListenCalls.all.count == GoListenCalls.heads.count)
        for (row, head) in zip(GoListenCalls.all, GoListenCalls.heads) {
            #expect(row.package == head.package && row.receiver == head.receiver && row.call == head.call)
        }
        #expect(CommandTable.all.count > 200)
    }

    @Test(arguments: [
        ("net/http", "net/http", 1), ("github.com/gofiber/fiber/v2", "github.com/gofiber/fiber", 2),
        ("gopkg.in/echo.v4", "gopkg.in/echo", 4), ("example.org/v2", "example.org", 2), ("a/vendor/x", "a/vendor/x", 1),
        ("github.com/valyala/fasthttp", "github.com/valyala/fasthttp", 1), ("v2", "v2", 1), ("", "", 1),
    ])
    func versions(_ path: String, _ expected: String, _ version: Int) {
        let found = GoListenCalls.unversioned(path)
        #expect(found.path == expected && found.version == version)
    }
}
