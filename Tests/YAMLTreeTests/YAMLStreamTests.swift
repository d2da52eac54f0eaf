import Testing

@testable import YAMLTree

@Suite struct YAMLStreamTests {
    private static func read(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLStream {
        YAMLStream(Array(text.utf8), limits: limits)
    }

    /// The text at the place of a node is the node, quotes included, without tag and anchor.
    @Test(arguments: [
        ("key: value", "value"), ("key: \"quoted\"", "\"quoted\""), ("key: 'é'", "'é'"), ("é: value", "value"),
        ("key: !tag value", "value"), ("key: &anchor value", "value"), ("key: &a !t \"x\"", "\"x\""),
        ("key: [a, b]", "[a, b]"), ("key: { a: b }", "{ a: b }"), ("\u{FEFF}key: value", "value"),
        ("key: 22:22", "22:22"),
    ])
    func ranges(_ text: String, _ expected: String) {
        let stream = Self.read(text)
        let value = stream.documents.first?.mapping?.first?.value
        #expect(stream.error == nil)
        #expect(value.map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) } == expected)
    }

    /// Scalars stay text: what they mean is for the reader of the document to say.
    @Test func scalarsAreText() {
        let items = Self.read("[22:22, 010, yes, 1_000, ~, null, \"null\", true]").documents[0].sequence ?? []
        #expect(items.map(\.scalar?.text) == ["22:22", "010", "yes", "1_000", "~", "null", "null", "true"])
        #expect(items.map(\.isNull) == [false, false, false, false, true, true, false, false])
        #expect(items.map(\.bool) == [nil, nil, nil, nil, nil, nil, nil, true])
    }

    @Test func severalDocuments() {
        #expect(Self.read("a: 1\n---\nb: 2\n").documents.map { $0.mapping?.first?.key.string } == ["a", "b"])
        #expect(Self.read("").documents.isEmpty)
    }

    @Test func duplicateKeysAreKept() {
        #expect(Self.read("a: 1\na: 2").documents[0].mapping?.map(\.value.string) == ["1", "2"])
    }

    /// What stands before an error is still good.
    @Test func errorsKeepWhatWasRead() {
        let stream = Self.read("services:\n  web:\n    image: nginx\n    ports: [\"80:80\"\n")
        #expect(stream.error?.kind == .syntax)
        #expect(stream.documents.first?["services"]?["web"]?["image"]?.string == "nginx")
    }

    @Test(arguments: [("a: *nowhere", YAMLError.Kind.undefinedAlias), ("a: &x [*x]", .undefinedAlias)])
    func aliases(_ text: String, _ kind: YAMLError.Kind) throws {
        let document = try #require(Self.read(text).documents.first)
        #expect { try document.expandingAliases() } throws: { ($0 as? YAMLError)?.kind == kind }
    }

    @Test func anAliasIsItsAnchor() throws {
        let document = try Self.read("a: &x { b: 1 }\nc: *x").documents[0].expandingAliases()
        #expect(document["c"]?["b"]?.string == "1")
        #expect(document["c"]?.range == document["a"]?.range)
    }

    /// "Billion laughs" and deep nesting end in an error instead of taking the memory or the stack.
    @Test func limits() throws {
        let laughs = "b0: &b0 [x]\n" + (0..<30).map { "b\($0 + 1): &b\($0 + 1) [*b\($0), *b\($0)]\n" }.joined()
        let document = try #require(Self.read(laughs).documents.first)
        #expect { try document.expandingAliases() } throws: { ($0 as? YAMLError)?.kind == .limit }
        #expect(Self.read(String(repeating: "[", count: 100_000)).error?.kind == .limit)
        #expect(Self.read("[1, 2, 3]", limits: YAMLLimits(depth: 5, nodes: 2)).error?.kind == .limit)
    }

    @Test func encoding() {
        #expect(YAMLStream([0x61, 0x3a, 0x20, 0xff, 0xfe]).error?.kind == .encoding)
    }

    /// A `#` in a scalar starts no comment.
    @Test func comments() {
        let text = "# one\na: \"#no\" # two\nb: c#no\n'#no': |\n  # no\n"
        let comments = Self.read(text).comments.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
        #expect(comments == ["# one", "# two"])
    }

    @Test func everyPrefixIsRead() {
        let bytes = Array("a: &x [1, 'é', \"\\u00e9\"]\nb: *x # c\n? !t k\n: |\n  block\n".utf8)
        for end in 0...bytes.count {
            let stream = YAMLStream(Array(bytes[..<end]))
            for document in stream.documents { #expect(document.range.upperBound <= end) }
        }
    }
}
