import Foundation
import ListenerModel
import Testing

@testable import Reporting

/// Which lines around a place may go into SARIF: in compose only those of the same `ports` list.
@Suite struct ContextLinesTests {
    static let cases: [(name: String, source: Source?, text: String, lines: ClosedRange<Int>?)] = [
        (
            "an item and its neighbours", .compose, "    ports:\n      - 1:1\n      - HERE\n      - 3:3\n    env: pw\n",
            2...4
        ),
        ("the first item", .compose, "    ports:\n      - HERE\n    environment:\n      - PW=x\n", 2...2),
        ("the key on the same column", .compose, "ports:\n- HERE\n- 2:2\nenvironment:\n- PW=x\n", 2...3),
        (
            "long syntax", .compose, "ports:\n  - target: 1\n    published: HERE\n    mode: host\n  - 2:2\npw: x\n",
            2...5
        ),
        ("a neighbour in long syntax", .compose, "ports:\n  - target: 1\n    mode: host\n  - HERE\n", 4...4),
        ("another list", .compose, "environment:\n  - PW=x\n  - HERE\n", nil),
        ("a list below another key of the service", .compose, "ports: []\ncommand:\n  - pw\n  - HERE\n", nil),
        ("a scalar", .compose, "command: redis --requirepass pw --bind HERE\n", nil),
        ("flow list", .compose, "  ports: [\"1:1\", \"HERE\"]\n", 1...1),
        ("flow mapping", .compose, "db: {ports: [\"HERE\"], environment: {PW: x}}\n", nil),
        ("flow list with a comment", .compose, "ports: [\"HERE\"]  # pw\n", nil),
        ("ports as the key of another mapping", .compose, "ports:\n  x: pw\n  HERE: y\n", nil),
        ("nginx", .nginx, "server {\n  listen HERE;\n  root /;\n}\n", 1...3),
        ("the last line", .go, "a\nHERE", 1...2),
        ("the last line with its break", .go, "a\nHERE\n", 1...2),
        ("an instruction", .dockerfile, "ENV PW=x\nCMD HERE\nENV PW=y\n", 2...2),
        ("an environment file", .env, "PW=x\nA=HERE\n", nil),
        ("a comment's finding", nil, "# HERE\n", nil),
    ]

    @Test(arguments: cases.indices) func lines(_ index: Int) {
        let (name, source, text, expected) = Self.cases[index]
        let file = SourceText(path: "file", bytes: Array(text.utf8))
        let start = text.utf8.distance(from: text.startIndex, to: text.range(of: "HERE")!.lowerBound)
        let location = file.location(start..<start + 4)
        #expect(ContextLines.lines(around: location, source: source, in: file) == expected, "\(name)")
    }

    /// The walk up to the key ends, so that a finding on each line of a long list costs no square of it.
    @Test func longList() {
        let item = "- \"1:1\"\n"
        let file = SourceText(path: "file", bytes: Array(("ports:\n" + String(repeating: item, count: 1000)).utf8))
        func lines(_ number: Int) -> ClosedRange<Int>? {
            let start = file.line(number)!.startIndex
            return ContextLines.lines(around: file.location(start + 3..<start + 6), source: .compose, in: file)
        }
        #expect(lines(150) == 149...151)
        #expect(lines(900) == nil)
    }

    @Test func environmentFileWhateverTheSource() {
        let file = SourceText(path: "prod.env", bytes: Array("PW=x\nA=80\n".utf8))
        #expect(ContextLines.lines(around: file.location(7..<9), source: .nginx, in: file) == nil)
    }
}
