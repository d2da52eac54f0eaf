import Foundation
#if canImport(FoundationXML)
    import FoundationXML
#endif
import ListenerModel
import Synchronization
import Testing

@testable import Reporting

@Suite struct FormatTests {
    private func report(_ findings: [Finding], _ display: Display = Display()) -> Report {
        var report = Sample.report(.check, display)
        report.findings = findings
        report.suppressed = []
        report.diagnostics = []
        report.unread = Unread()
        return report
    }

    private func many(_ count: Int, _ level: Finding.Level) -> [Finding] {
        (1...count).map { number in
            let start = Position(line: number, column: 1)
            return Finding(
                rule: "public-database", level: level, message: "number \(number)",
                location: Location(path: "a.yaml", start: start, end: Position(line: number, column: 2), range: 0..<1))
        }
    }

    @Test(arguments: ReportFormat.allCases)
    func runsAreByteIdentical(_ format: ReportFormat) {
        #expect(format.render(Sample.report()) == format.render(Sample.report()))
    }

    @Test(arguments: ReportFormat.allCases)
    func endsInOneNewline(_ format: ReportFormat) {
        let text = format.string(Sample.report())
        #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }

    /// A scanned file, a policy and a file name that try everything a terminal or a job runner acts on.
    @Test(arguments: ReportFormat.allCases)
    func nothingIsInjected(_ format: ReportFormat) {
        for command in [Report.Command.check, .list] where command == .check || format.hasInventory {
            let report = Hostile.report(command)
            for line in format.string(report).split(separator: "\n", omittingEmptySubsequences: false) {
                let start = line.drop { $0 == " " }
                let ours = format == .github && command == .check
                #expect(!start.hasPrefix("::") || (ours && start.hasPrefix("::error ")), "\(line)")
                #expect(!line.contains("##[") && !line.contains("##vso[") || format == .github, "\(line)")
                #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }, "\(line)")
                #expect(!line.unicodeScalars.contains { $0 == "\u{202e}" || $0 == "\u{2066}" }, "\(line)")
            }
        }
    }

    /// Environment files hold secrets: `.env` of the sample has two.
    @Test(arguments: ReportFormat.allCases)
    func noSecretOfAnEnvironmentFile(_ format: ReportFormat) {
        for command in [Report.Command.check, .list] where command == .check || format.hasInventory {
            let text = format.string(Sample.report(command, Display(verbose: true, showSuppressed: true)))
            #expect(!text.contains("hunter"))
        }
    }

    @Test func displayedPaths() {
        var report = Sample.report()
        report.displayedPath = { "../" + $0 }
        for format in [ReportFormat.text, .concise, .json, .jsonl] {
            #expect(format.string(report).contains("../compose.yaml"), "\(format)")
        }
        for format in [ReportFormat.sarif, .github, .gitlab, .junit] {
            #expect(!format.string(report).contains("../"), "\(format)")
        }
    }

    // MARK: github

    @Test func githubNamesWhatItLeavesOut() {
        let findings = many(12, .error) + many(11, .warning) + many(13, .note)
        let lines = ReportFormat.github.string(report(findings)).split(separator: "\n")
        #expect(lines.prefix(12).allSatisfy { $0.hasPrefix("::error ") })
        #expect(lines.count { $0.hasPrefix("::notice ") } == 10)
        #expect(lines.last == "::notice title=bindlint::7 more findings that GitHub does not show here")
    }

    @Test func githubSaysNothingMoreWhenAllIsShown() {
        let lines = ReportFormat.github.string(report(many(10, .note))).split(separator: "\n")
        #expect(lines.count == 10)
        #expect(!lines.contains { $0.contains("more finding") })
    }

    @Test func githubEscapes() {
        let start = Position(line: 1, column: 1)
        let location = Location(path: "a,b:c%d\n.yaml", start: start, end: start, range: 0..<0)
        let line = ReportFormat.github.string(
            report([Finding(rule: "r", level: .error, message: "100% of a:b,\nc\r", location: location)]))
        #expect(line == "::error file=a%2Cb%3Ac%25d%0A.yaml,title=r::100%25 of a:b,%0Ac%0D\n")
    }

    // MARK: gitlab

    @Test func gitlabFingerprintsAreUnique() throws {
        let same = Sample.findings[0]
        let issues = try JSONValue(ReportFormat.gitlab.render(report([same, same, Sample.findings[1]])))
        let fingerprints = Set(issues.array!.compactMap { $0["fingerprint"]?.string })
        #expect(fingerprints.count == 3)
    }

    @Test func gitlabIsAnEmptyArrayWhenClean() {
        #expect(ReportFormat.gitlab.string(report([])) == "[]\n")
    }

    @Test func gitlabHasWhatTheSchemaRequires() throws {
        let issues = try JSONValue(ReportFormat.gitlab.render(Sample.report())).array!
        #expect(issues.count == Sample.findings.count)
        for issue in issues {
            for key in ["description", "check_name", "fingerprint"] { #expect(issue[key]?.string?.isEmpty == false) }
            #expect(["critical", "major", "info"].contains(issue["severity"]?.string))
            #expect(issue["location"]?["path"]?.string?.hasPrefix("./") == false)
            #expect((issue["location"]?["lines"]?["begin"]?.number ?? 0) >= 1)
        }
    }

    // MARK: junit

    @Test func junitIsWellFormed() throws {
        var nasty = Sample.findings[0]
        nasty.message = "a < b && \"c\" > 'd' ]]> \u{0}\u{b}\u{fffe}\u{ffff} é😀"
        let data = Data(ReportFormat.junit.render(report(Sample.findings + [nasty])))
        let counter = ElementCounter()
        let parser = XMLParser(data: data)
        parser.delegate = counter
        #expect(parser.parse())
        #expect(counter.counts["failure"] == Sample.findings.count + 1)
        // Two of the six files of the sample are clean.
        #expect(counter.counts["testcase"] == Sample.findings.count + 1 + 2)
        #expect(counter.message.contains("a < b && \"c\" > 'd' ]]>  é😀"))
    }

    private final class ElementCounter: NSObject, XMLParserDelegate {
        var counts: [String: Int] = [:]
        var message = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            counts[name, default: 0] += 1
            message += attributes["message"] ?? ""
        }
    }

    // MARK: markdown

    @Test(arguments: [1000, 1100, 1200, 3000]) func markdownStaysBelowItsLimit(_ limit: Int) {
        let text = MarkdownReport(report(many(50, .warning)), limit: limit).rendered
        #expect(text.utf8.count <= limit)
        #expect(text.utf8.count > limit - 200)
        #expect(text.contains("more findings did not fit here."))
        #expect(text.contains("- **exit**"))
    }

    @Test func markdownEscapes() {
        var finding = Sample.findings[0]
        finding.message = "a|b `c` <img> *d* @everyone [x](y)"
        let text = ReportFormat.markdown.string(report([finding]))
        #expect(text.contains("a\\|b \\`c\\` &lt;img&gt; \\*d\\* &#64;everyone \\[x\\](y)"))
    }

    // MARK: sarif

    @Test func sarifKeepsTheWorstOfTooMany() throws {
        let report = report(many(8, .note) + many(5, .error))
        let run = try JSONValue(SARIFReport(report, limit: 10).rendered).run
        let levels = run["results"]!.array!.map { $0["level"]!.string! }
        #expect(levels == Array(repeating: "error", count: 5) + Array(repeating: "note", count: 5))
        let notifications = run["invocations"]![0]["toolExecutionNotifications"]!.array!
        #expect(
            notifications.map { $0["message"]!["text"]!.string! } == [
                "3 findings left out: a run holds at most 10, the worst first."
            ])
        #expect(notifications[0]["level"] == .string("error"))
    }

    // MARK: text

    /// The line that a reader copies to accept a finding fits the file it goes into.
    @Test(arguments: [
        (Source.go, "main.go", "keep   // bindlint: ignore[r] -- REASON (until DATE)\n"),
        (.nginx, "a.conf", "keep   # bindlint: ignore[r] -- REASON (until DATE)\n"),
        (.env, ".env", "keep   # bindlint: ignore[r] -- REASON (until DATE)\n       on a line of its own, above\n"),
        (.command, "Dockerfile", "(until DATE)\n       on a line of its own, above\n"),
        (.command, "package.json", "keep   { rule: r, when: { path: \"package.json\" }, reason: REASON }\n"),
    ])
    func keepLine(_ source: Source, _ path: String, _ expected: String) {
        var listener = Sample.nginx
        listener.source = source
        listener.location = Location(file: path)
        let finding = Finding(
            rule: "r", level: .error, message: "m", location: listener.location, listener: listener)
        var report = report([finding])
        #expect(ReportFormat.text.string(report).contains(expected))
        report.rules = [
            RuleDescription(id: "r", title: "r", level: .error, defaultLevel: .error, suppressible: false)
        ]
        #expect(!ReportFormat.text.string(report).contains("keep"))
    }

    /// What a rule says is said once in a file, and for every finding with -v.
    @Test func explainedOnceInAFile() {
        let findings = [Sample.findings[0], Sample.findings[0], Sample.findings[1]]
        func whys(_ display: Display) -> Int {
            ReportFormat.text.string(report(findings, display)).split(separator: "\n").count { $0.hasPrefix("why ") }
        }
        #expect(whys(Display()) == 2)
        #expect(whys(Display(verbose: true)) == 3)
    }

    // MARK: json

    @Test func jsonEnvelope() throws {
        let check = try JSONValue(ReportFormat.json.render(Sample.report()))
        #expect(
            Set(check.object!.keys) == [
                "schema", "tool", "policy", "findings", "diagnostics", "suppressed", "undecided", "unread",
                "exitStatus",
            ])
        #expect(check["exitStatus"] == .number(2))
        #expect(check["findings"]?.array?.count == Sample.findings.count)
        let list = try JSONValue(ReportFormat.json.render(Sample.report(.list)))
        #expect(Set(list.object!.keys) == ["schema", "tool", "listeners", "diagnostics", "unread"])
        #expect(list["listeners"]?.array?.count == 8)
    }

    @Test func jsonLines() throws {
        for command in [Report.Command.check, .list] {
            let lines = ReportFormat.jsonl.string(Sample.report(command)).split(separator: "\n")
            let types = try lines.map { try JSONValue(Array($0.utf8))["type"]?.string }
            let first = command == .check ? "finding" : "listener"
            #expect(types.prefix(8) == Array(repeating: first, count: 8)[...])
            #expect(types.dropFirst(8).prefix(3).allSatisfy { $0 == "diagnostic" })
            #expect(types.dropFirst(11) == (command == .check ? ["summary"] : []))
        }
    }

    @Test func concise() {
        let lines = ReportFormat.concise.string(report([Sample.findings[0]]))
        #expect(
            lines
                == "compose.yaml:7:10: error public-database anybody who reaches this host can connect to db on port 5432\n"
        )
    }

    /// The caller fills a report in any order.
    @Test func listsSortThemselves() {
        var report = Sample.report()
        let expected = ReportFormat.json.string(report)
        report.findings = Sample.findings.reversed()
        report.suppressed = Sample.suppressed.reversed()
        report.diagnostics = Sample.diagnostics.reversed()
        report.listeners.reverse()
        report.files.reverse()
        #expect(ReportFormat.json.string(report) == expected)
    }

    /// A file is read once for all its findings.
    @Test(arguments: [ReportFormat.text, .sarif]) func sourcesAreReadOnce(_ format: ReportFormat) {
        let reads = Mutex<[String]>([])
        var report = report(many(50, .error))
        report.source = { path in
            reads.withLock { $0.append(path) }
            return SourceText(path: path, bytes: Array(repeating: 0x0a, count: 100))
        }
        _ = format.render(report)
        #expect(reads.withLock { $0 } == ["a.yaml"])
    }

    // MARK: beside a format

    @Test func notesOfARun() {
        var report = report([Sample.findings[0]])
        report.exit = Report.ExitStatus(causes: [.findings(1)])
        #expect(RunNotes(report).rendered == "")
        report.diagnostics = Sample.diagnostics
        report.exit.causes.append(.unreadFile("a.conf"))
        let notes = RunNotes(report).rendered
        #expect(notes.contains("error[nginx-unclosed-block]") && !notes.contains("yaml-syntax"))
        #expect(notes.contains("exit       2: a.conf could not be read"))
        report.display = Display(verbose: true, statistics: true)
        let all = RunNotes(report).rendered
        #expect(all.contains("yaml-syntax") && all.contains("1 error in 1 file") && all.contains("COUNT"))
    }

    @Test func statisticsInJSON() throws {
        let report = report(many(3, .note), Display(statistics: true))
        let statistics = JSONValue.object(["public-database": .number(3)])
        #expect(try JSONValue(ReportFormat.json.render(report))["statistics"] == statistics)
        let last = ReportFormat.jsonl.string(report).split(separator: "\n").last!
        #expect(try JSONValue(Array(last.utf8))["statistics"] == statistics)
    }

    // MARK: exit status

    @Test(
        arguments: [
            ([], 0), ([.findings(1)], 1), ([.undecided(1)], 1), ([.findings(1), .noKnownFile], 2),
            ([.unreadFile("a")], 2), ([.strictInput(1)], 2), ([.missingPath("a")], 2),
        ] as [([Report.ExitStatus.Cause], Int)])
    func exitStatus(_ causes: [Report.ExitStatus.Cause], _ code: Int) {
        #expect(Report.ExitStatus(causes: causes).code == code)
    }
}
