import ListenerModel
import Reporting
import Testing

@Suite struct SARIFTests {
    static func log(_ report: Report) throws -> JSONValue { try JSONValue(ReportFormat.sarif.render(report)) }

    static func violations(_ log: JSONValue) -> [SARIFChecker.Violation] {
        SARIFChecker.violations(in: log) { Sample.text($0) ?? Self.others[$0] }
    }

    /// Files that only diagnostics and policy lines point at.
    static let others = ["bindlint.yaml", "charts/app/values.yaml"].reduce(into: [String: SourceText]()) {
        files, path in
        files[path] = SourceText(path: path, bytes: Array(String(repeating: "# a line\n", count: 20).utf8))
    }

    @Test(arguments: [false, true])
    func sampleMeetsTheContract(showSuppressed: Bool) throws {
        let log = try Self.log(Sample.report(.check, Display(showSuppressed: showSuppressed)))
        #expect(Self.violations(log) == [])
    }

    @Test func hostileInputMeetsTheContract() throws {
        let log = try Self.log(Hostile.report(.check))
        #expect(SARIFChecker.violations(in: log) { $0 == Hostile.path ? Hostile.source : nil } == [])
    }

    @Test func cleanRunHasAnEmptyArray() throws {
        var report = Sample.report()
        report.findings = []
        let log = try Self.log(report)
        #expect(log["runs"]?[0]["results"] == .array([]))
        #expect(Self.violations(log) == [])
    }

    @Test func twoRunsAreByteIdentical() {
        #expect(ReportFormat.sarif.render(Sample.report()) == ReportFormat.sarif.render(Sample.report()))
    }

    // MARK: the checker itself

    /// What the schema does not catch, by the rule of the checker that must.
    static let mutations: [(name: String, caughtBy: String, change: @Sendable (inout JSONValue) -> Void)] = [
        ("no columnKind", "columnKind", { $0.run["columnKind"] = nil }),
        ("mixed suppressions", "mixed-suppressions", { $0.result["suppressions"] = .array([]) }),
        ("undeclared uriBaseId", "SARIF1004", { $0.run["originalUriBaseIds"] = .object([:]) }),
        ("no help", "GH2012", { $0.rule["help"] = nil }),
        ("endColumn before startColumn", "SARIF1007", { $0.region["endColumn"] = .number(1) }),
        ("endLine before startLine", "SARIF1007", { $0.region["endLine"] = .number(1) }),
        ("wrong ruleIndex", "ruleIndex", { $0.result["ruleIndex"] = .number(1) }),
        ("ruleIndex out of range", "SARIF1009", { $0.result["ruleIndex"] = .number(99) }),
        ("empty line hash", "lineHash", { $0.result["partialFingerprints"]!["primaryLocationLineHash"] = .string("") }),
        (
            "line hash of another line", "lineHash",
            { log in
                log.result["partialFingerprints"]!["primaryLocationLineHash"] = .string("c129715d7a2bc9a3:1")
            }
        ),
        ("absolute URI", "absolute-uri", { $0.artifact["uri"] = .string("file:///srv/repo/compose.yaml") }),
        ("absolute path", "absolute-uri", { $0.artifact["uri"] = .string("/srv/repo/compose.yaml") }),
        ("URI that is not encoded", "SARIF1002", { $0.artifact["uri"] = .string("deploy/nginx é.conf") }),
        ("name is id", "SARIF1001", { $0.rule["name"] = $0.rule["id"] }),
        (
            "numeric security-severity", "security-severity",
            { log in
                for index in log.run["tool"]!["driver"]!["rules"]!.array!.indices {
                    log.run["tool"]!["driver"]!["rules"]![index]["properties"]!["security-severity"] = .number(8)
                }
            }
        ),
        ("no locations", "GH1015", { $0.result["locations"] = .array([]) }),
        (
            "11 tags", "tags",
            { log in
                log.rule["properties"]!["tags"] = .array((1...11).map { .string("tag\($0)") })
            }
        ),
        ("another file's text", "snippet", { $0.region["snippet"]!["text"] = .string("0.0.0.0:1") }),
        (
            "a line that is not there", "region",
            { log in
                log.region["startLine"] = .number(1000)
                log.region["endLine"] = .number(1000)
            }
        ),
        ("two runs", "one-run", { $0["runs"] = .array($0["runs"]!.array! + $0["runs"]!.array!) }),
        ("message without its end", "SARIF2001", { $0.result["message"]!["text"] = .string("half a sentence") }),
        ("link to nowhere", "links", { $0.result["message"]!["text"] = .string("See [this](7).") }),
        ("no help address", "SARIF2012", { $0.rule["helpUri"] = nil }),
        ("relative help address", "SARIF1005", { $0.rule["helpUri"] = .string("docs/rules.md") }),
        (
            "context no wider than the region", "SARIF1008",
            { log in
                log.physical["contextRegion"] = log.region
            }
        ),
        ("no region", "GH1003", { $0.physical["region"] = nil }),
        ("another schema", "SARIF1011", { $0["$schema"] = .string("https://json.schemastore.org/sarif-2.1.0.json") }),
    ]

    @Test(arguments: mutations.indices)
    func checkerCatches(_ index: Int) throws {
        let mutation = Self.mutations[index]
        var log = try Self.log(Sample.report())
        mutation.change(&log)
        #expect(Self.violations(log).map(\.rule).contains(mutation.caughtBy), "\(mutation.name)")
    }
}

/// The parts of the sample's log that the mutations change; the result is the one of public-database.
extension JSONValue {
    var run: JSONValue {
        get { self["runs"]![0] }
        set { self["runs"]![0] = newValue }
    }
    var rule: JSONValue {
        get { run["tool"]!["driver"]!["rules"]![0] }
        set { run["tool"]!["driver"]!["rules"]![0] = newValue }
    }
    var result: JSONValue {
        get { run["results"]![resultIndex] }
        set { run["results"]![resultIndex] = newValue }
    }
    var physical: JSONValue {
        get { result["locations"]![0]["physicalLocation"]! }
        set { result["locations"]![0]["physicalLocation"] = newValue }
    }
    var region: JSONValue {
        get { physical["region"]! }
        set { physical["region"] = newValue }
    }
    var artifact: JSONValue {
        get { physical["artifactLocation"]! }
        set { physical["artifactLocation"] = newValue }
    }
    private var resultIndex: Int {
        run["results"]!.array!.firstIndex { $0["ruleId"] == .string("public-database") }!
    }
}
