import Foundation
import ListenerModel
import Testing

@testable import Reporting

@Suite struct QuotingTests {
    // MARK: sanitising

    @Test(arguments: [
        ("plain", "plain"),
        ("a\u{1b}[31mred\u{1b}[0m", "a[31mred[0m"),
        ("bell\u{7}, delete\u{7f}, C1 \u{9b}31m", "bell, delete, C1 31m"),
        ("tab\there, line\nbreak\r", "tab here, line break"),
        ("\u{202e}gnirts\u{2066}x\u{2069}\u{200f}", "gnirtsx"),
        ("zero\u{200b}width\u{feff}", "zerowidth"),
        ("line\u{2028}separator", "lineseparator"),
        ("family \u{1f468}\u{200d}\u{1f469}", "family \u{1f468}\u{200d}\u{1f469}"),
        ("café 東京", "café 東京"),
        ("##[error]x", "## [error]x"),
        ("##vso[task.complete]", "##vso [task.complete]"),
        ("## heading [link]", "## heading [link]"),
        ("#\u{200b}#[error]", "## [error]"),
    ])
    func sanitised(_ text: String, _ expected: String) {
        #expect(text.sanitised == expected)
    }

    @Test(arguments: [("::error::x", "| ::error::x"), ("  ::set-env", "  | ::set-env"), ("[::]:80", "[::]:80")])
    func ownLine(_ text: String, _ expected: String) {
        #expect(text.asOwnLine == expected)
    }

    // MARK: width

    @Test(arguments: [
        ("abc", 3), ("é", 1), ("e\u{301}", 1), ("東京", 4), ("한글", 4), ("😀", 2), ("ｆ", 2), ("✅", 2), ("", 0),
    ])
    func width(_ text: String, _ expected: Int) {
        #expect(text.displayWidth == expected)
    }

    @Test func wrapping() {
        #expect("one two three".wrapped(to: 7) == ["one two", "three"])
        #expect("a  b".wrapped(to: 7) == ["a  b"], "spaces of a line that fits stay")
        #expect("a wider-than-written word".wrapped(to: 12) == ["a wider-", "than-written", "word"])
        #expect("a wider-than-written word".wrapped(to: 20) == ["a wider-than-written", "word"])
        #expect("--flag-like - -".wrapped(to: 4) == ["--flag-", "like", "- -"])
        #expect("unbreakable word".wrapped(to: 4) == ["unbreakable", "word"])
        #expect("first\nsecond third".wrapped(to: 8) == ["first", "second", "third"])
        #expect("東京 大阪".wrapped(to: 8) == ["東京", "大阪"])
        #expect("".wrapped(to: 8) == [""])
    }

    @Test func truncating() {
        #expect("a/long/path.yaml:1:2".truncatedAtStart(to: 10) == "….yaml:1:2")
        #expect("short".truncatedAtStart(to: 5) == "short")
        #expect("東京東京".truncatedAtStart(to: 5).displayWidth <= 5)
    }

    // MARK: lines

    private func line(_ text: String, _ marked: String) -> QuotedLine {
        let start = text.range(of: marked)!.lowerBound
        let from = text.utf8.distance(from: text.startIndex, to: start)
        return QuotedLine(number: 1, bytes: Array(text.utf8)[...], marked: from..<from + marked.utf8.count)
    }

    /// What the carets stand under, by display columns.
    private func marked(_ quoted: QuotedLine) -> String {
        var column = 0
        let scalars = quoted.text.unicodeScalars.filter { scalar in
            defer { column += scalar.displayWidth }
            return quoted.marked.contains(column)
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// The caret stands under the part meant, whatever is before it.
    @Test(arguments: [
        ("listen 80;", "80", 7..<9),
        ("\tlisten 80;", "80", 11..<13),
        ("ab\tlisten 80;", "80", 11..<13),
        ("😀 listen 80;", "80", 10..<12),
        ("東京 80;", "80", 5..<7),
        ("e\u{301} 80;", "80", 2..<4),
        ("\u{202e}\u{1b}[1m 80;", "80", 4..<6),
        ("##[x] 80;", "80", 7..<9),
    ])
    func caret(_ text: String, _ marked: String, _ expected: Range<Int>) {
        #expect(line(text, marked).marked == expected)
    }

    @Test func croppingKeepsTheMarkedPart() {
        let long = String(repeating: "x", count: 300) + " 0.0.0.0:80 " + String(repeating: "y", count: 300)
        var quoted = line(long, "0.0.0.0:80")
        quoted.crop(to: 60)
        #expect(quoted.text.displayWidth <= 60)
        #expect(quoted.text.hasPrefix("…") && quoted.text.hasSuffix("…"))
        #expect(marked(quoted) == "0.0.0.0:80")
    }

    @Test(arguments: [10, 20, 40, 58, 59, 60])
    func croppingAtEveryPlace(_ position: Int) {
        let text = String(repeating: "a", count: position) + "MARK" + String(repeating: "b", count: 60 - position)
        var quoted = line(text, "MARK")
        quoted.crop(to: 30)
        #expect(quoted.text.displayWidth <= 30)
        #expect(marked(quoted) == "MARK")
    }

    @Test(arguments: ["é", "€", "😀"]) func lineOfAMegabyte(_ character: String) {
        let filler = String(repeating: character, count: 300_000)
        var quoted = line(filler + "MARK" + filler, "MARK")
        #expect(quoted.text.hasPrefix("…" + character) && quoted.text.hasSuffix(character + "…"))
        #expect(quoted.text.utf8.count < 6000)
        #expect(marked(quoted) == "MARK")
        quoted.crop(to: 40)
        #expect(marked(quoted) == "MARK")
    }

    @Test(arguments: ["", "\n", "\r\n"]) func placeUpToTheLineBreak(_ lineBreak: String) throws {
        let source = SourceText(path: "a", bytes: Array("listen 80\(lineBreak)".utf8))
        let location = source.location(7..<source.bytes.count)
        let quotation = try #require(Quotation(location, in: source, isEnvironment: false))
        #expect(quotation.lines[0].text == "listen 80")
        #expect(quotation.lines[0].marked == 7..<9)
    }

    // MARK: environment files

    @Test(arguments: [
        ("80", true), ("8000-8010", true), ("0.0.0.0", true), ("0.0.0.0:80", true), (":80", true), ("*:80", true),
        ("::1", true), ("[::1]:80", true), ("[::]", true), ("localhost", true), ("localhost:80", true),
        ("'127.0.0.1:80'", true), ("\"8080\"", true), ("70000", false), ("hunter2", false), ("hunter2:80", false),
        ("", false), ("80-", false), ("redis://:pw@0.0.0.0:80", false), ("0.0.0.0:80/pw", false), ("[pw]:80", false),
    ])
    func addressOrPort(_ text: String, _ expected: Bool) {
        #expect(EnvironmentValue.isAddressOrPort(text) == expected)
    }

    @Test(arguments: [
        (".env", true), ("a/.env.production", true), ("prod.env", true), ("env.go", false), ("a.env/b", false),
    ])
    func environmentFile(_ path: String, _ expected: Bool) {
        #expect(EnvironmentValue.isEnvironmentFile(path) == expected)
    }

    @Test(arguments: [
        ("PORT=8080 # hunter2", "8080", "PORT=8080"),
        ("export BIND = '0.0.0.0'", "0.0.0.0", "export BIND = '0.0.0.0"),
        ("LISTEN=hunter2", "hunter2", "LISTEN=***"),
        ("hunter2;pw!PORT=80", "80", "80"),
    ])
    func environmentLine(_ text: String, _ value: String, _ expected: String) throws {
        let source = SourceText(path: ".env", bytes: Array(text.utf8))
        let start = text.utf8.distance(from: text.startIndex, to: text.range(of: value)!.lowerBound)
        let location = source.location(start..<start + value.utf8.count)
        let quotation = try #require(Quotation(location, in: source, isEnvironment: true))
        #expect(quotation.lines.map(\.text) == [expected])
    }

    @Test func placeThatIsNotInTheFile() {
        let source = SourceText(path: "a", bytes: Array("one\n".utf8))
        let start = Position(line: 7, column: 1)
        let location = Location(path: "a", start: start, end: start, range: 40..<40)
        #expect(Quotation(location, in: source, isEnvironment: false) == nil)
        #expect(Quotation(location, in: nil, isEnvironment: false) == nil)
    }
}
