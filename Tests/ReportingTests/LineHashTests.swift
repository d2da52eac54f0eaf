import Testing

@testable import Reporting

/// Vectors of GitHub's `primaryLocationLineHash`.
@Suite struct LineHashTests {
    static let vectors: [(text: String, hashes: [String])] = [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
        ),
        (
            "# café 😀\nlisten 0.0.0.0:80;\n",
            ["db58a1f826ba1150:1", "c389b015b96b5a3f:1", "c129715d7a2bc9a3:1"]
        ),
        (
            String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10),
            (1...6).map { "a7f2ff13bc495cf2:\($0)" }
                + [
                    "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1",
                    "c129715d7a2bc9a3:1",
                ]
        ),
    ]

    @Test(arguments: vectors.indices) func vector(_ index: Int) {
        let (text, hashes) = Self.vectors[index]
        #expect(LineHash(Array(text.utf8)).lines == hashes)
    }

    /// A byte order mark is a character like any other.
    @Test func byteOrderMark() {
        #expect(LineHash([0xef, 0xbb, 0xbf] + Array("listen 80;\n".utf8)).lines[0] == "57de233857844c82:1")
    }

    static let others: [[UInt8]] = [
        Array("a\r\nb\r\n".utf8), Array("a\rb\r\r\n\nc".utf8), Array("\r \n\t\n\r".utf8),
        [0xff, 0xfe, 0x0a, 0xc3, 0x28],
        Array(repeating: UInt8(ascii: "x"), count: 250), Array(String(repeating: "ab \t\n", count: 90).utf8),
    ]

    /// The rolling window against the sum that it stands for.
    @Test(arguments: others) func sameAsTheDefinition(_ bytes: [UInt8]) {
        #expect(LineHash(bytes).lines == ReferenceLineHash.hashes(bytes))
    }

    @Test func placeBeyondTheEnd() {
        let hash = LineHash(Array("a\n".utf8))
        #expect(hash.hash(ofLine: 9) == hash.lines.last)
        #expect(hash.hash(ofLine: 0) == hash.lines.first)
    }
}
