import Extraction
import ListenerModel
import Testing

@Suite struct DotenvTests {
    /// The last value of each key; `?` where it comes from the environment, which is empty.
    private func values(_ text: String, format: Dotenv.Format = .interpolated) -> [String: String] {
        let source = SourceText(path: ".env", bytes: Array(text.utf8))
        let (variables, _) = Dotenv(source.bytes, format: format).variables(in: source) { _ in .unset }
        return variables.reduce(into: [:]) { values, variable in
            if case .value(let value, _) = variable.value {
                values[variable.key] = value.known
            } else {
                values[variable.key] = "?"
            }
        }
    }

    @Test(arguments: [
        ("A=1\n", ["A": "1"]),
        ("A=1", ["A": "1"]),
        ("export A=1\n", ["A": "1"]),
        ("exported=1\n", ["exported": "1"]),
        ("A = 1 \n", ["A": "1"]),
        ("A: 1\n", ["A": "1"]),
        ("A=\nB=2\n", ["A": "", "B": "2"]),
        ("A\nB=2\n", ["A": "?", "B": "2"]),
        ("B=2\nA", ["B": "2"]),
        ("A=1 # c\n", ["A": "1"]),
        ("A=8080#c\n", ["A": "8080#c"]),
        ("A=# c\n", ["A": "# c"]),
        ("# c\n  # d\nA=1\n", ["A": "1"]),
        ("A='$B'\n", ["A": "$B"]),
        ("A=\"a\\nb\\$c\\\"\"\n", ["A": "a\nb$c\""]),
        ("A=\"two\nlines\"\nB=2\n", ["A": "two\nlines", "B": "2"]),
        ("A='it\\'s'\n", ["A": "it's"]),
        ("A=\"x\" # c\nB=2\n", ["A": "x", "B": "2"]),
        ("A=1\nA=2\n", ["A": "2"]),
        ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
        ("\u{feff}A=1\n", ["A": "1"]),
        ("B=1\nA=${B}0\nC=${D:-9}\n", ["B": "1", "A": "10", "C": "9"]),
        ("A=a=b\n", ["A": "a=b"]),
        ("A=http://h:80/\n", ["A": "http://h:80/"]),
        ("A=\"\\0101\"\n", ["A": "A"]),
    ])
    func reads(_ text: String, _ expected: [String: String]) {
        #expect(values(text) == expected)
        #expect(Dotenv(Array(text.utf8)).problems.isEmpty)
    }

    @Test(arguments: [
        ("A B=1\nC=2\n", "key cannot contain a space"),
        ("A=\"1\nC=2\n", "unterminated quoted value"),
        ("A$=1\nC=2\n", "unexpected character \"$\" in a variable name"),
        ("(=1\nC=2\n", "unexpected character \"(\" in a variable name"),
    ])
    func saysWhatComposeRefusesAndReadsTheRest(_ text: String, _ message: String) {
        let file = Dotenv(Array(text.utf8))
        #expect(file.problems.map(\.message) == [message])
        #expect(file.entries.map(\.key) == ["C"])
    }

    @Test func knowsWhereKeysAndValuesStand() {
        let bytes = Array("# c\nexport A = \"1\" # d\nB=2 # e\nC\n".utf8)
        let file = Dotenv(bytes)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        #expect(file.entries.map { text($0.keyRange) } == ["A", "B", "C"])
        #expect(file.entries.map { text($0.valueRange) } == ["\"1\"", "2", ""])
        #expect(file.comments.map(text) == ["# c", "# d"])
    }

    @Test func theEnvironmentWinsOverEarlierLines() {
        let source = SourceText(path: ".env", bytes: Array("Q=1\nP=$Q\n".utf8))
        let (variables, _) = Dotenv(source.bytes).variables(in: source) { name in
            name == "Q" ? .value("7", at: nil) : .unset
        }
        #expect(variables.last?.value == .value("7", at: variables.last?.location))
    }

    @Test func rawFilesAreTakenAsTheyStand() {
        #expect(
            values("# c\nA=\"8080\"\nX=$HOME\nY=a # b\nZ\n", format: .raw)
                == ["A": "\"8080\"", "X": "$HOME", "Y": "a # b", "Z": "?"])
    }

    @Test func everyPrefixAndOneByteChangeIsRead() {
        let bytes = Array("export A=\"1\\n${B:-2}\" # c\nB: 'x'\nC\nD=\u{a0}e #f\n".utf8)
        for end in bytes.indices { check(Array(bytes[..<end])) }
        for index in bytes.indices {
            for replacement in [UInt8(ascii: "\""), 0x0a, 0x00, 0xc2, UInt8(ascii: "="), UInt8(ascii: "$")] {
                var changed = bytes
                changed[index] = replacement
                check(changed)
            }
        }
    }

    private func check(_ bytes: [UInt8]) {
        let source = SourceText(path: ".env", bytes: bytes)
        let file = Dotenv(bytes)
        _ = file.variables(in: source) { _ in .unknown }
        let ranges = file.entries.flatMap { [$0.keyRange, $0.valueRange] } + file.comments + file.problems.map(\.range)
        #expect(ranges.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= bytes.count })
    }
}
