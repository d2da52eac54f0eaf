public import ListenerModel
import YAMLTree

/// What policy tests need from outside: files, and the whole way from files to listeners.
public struct PolicyTestSupport: Sendable {
    public struct Scan: Sendable {
        public var listeners: [Listener]
        public var suppressions: [SuppressionComment]

        public init(listeners: [Listener], suppressions: [SuppressionComment]) {
            self.listeners = listeners
            self.suppressions = suppressions
        }
    }

    /// Reads policies and annotated files, by the paths that `Policy.load` would ask for.
    public var read: @Sendable (String) -> FileContents
    /// All files of a folder by their paths in it; nil if there is no such folder.
    public var folder: @Sendable (String) -> [String: [UInt8]]?
    /// Finds the listeners of a tree of files.
    public var scan: @Sendable ([String: [UInt8]]) -> Scan

    public init(
        read: @escaping @Sendable (String) -> FileContents,
        folder: @escaping @Sendable (String) -> [String: [UInt8]]?,
        scan: @escaping @Sendable ([String: [UInt8]]) -> Scan
    ) {
        self.read = read
        self.folder = folder
        self.scan = scan
    }
}

/// What `policy test` has found out about one policy file.
public struct PolicyTestReport: Sendable {
    public struct Result: Sendable {
        public var name: String
        public var location: Location
        /// One sentence for each expectation that does not hold; none if the test has passed.
        public var failures: [String]
    }

    public var results: [Result]
    /// Rules that the file states and no test names or fires, with where they stand.
    public var untestedRules: [(id: String, location: Location)]
    /// Allowances of the file that excuse nothing in any test.
    public var untestedAllowances: [Location]
    /// Errors of the policy or of the test file; with any, nothing was run.
    public var diagnostics: [Diagnostic]

    public var hasPassed: Bool { diagnostics.isEmpty && results.allSatisfy(\.failures.isEmpty) }
}

extension Policy {
    /// Runs the tests in a policy file and in `NAME.test.yaml` beside it.
    public static func test(_ path: String, today: CalendarDate, _ support: PolicyTestSupport) -> PolicyTestReport {
        var report = PolicyTestReport(results: [], untestedRules: [], untestedAllowances: [], diagnostics: [])
        let request = PolicyRequest(repositoryFile: path, today: today)
        let loaded = Policy.load(request, read: support.read)
        guard let policy = loaded.policy, let own = policy.documents.last else {
            report.diagnostics = loaded.diagnostics
            return report
        }
        var tests = own.tests.map { (node: $0, file: own.file) }
        if case .bytes(let bytes) = support.read(testFile(of: path)) {
            var problems = Problems()
            let file = PolicyFile(.repository, path: testFile(of: path), bytes: bytes)
            let document = DocumentReader.read(file, &problems)
            guard !problems.hasErrors, let document else {
                report.diagnostics = problems.diagnostics
                return report
            }
            tests += document.tests.map { ($0, file) }
        }
        var run = PolicyTestRun(policy: policy, request: request, support: support)
        for (number, test) in tests.enumerated() {
            report.results.append(run.run(test.node, in: test.file, number: number + 1))
        }
        report.untestedRules = own.rules.filter { !run.touchedRules.contains($0.id.value) }
            .map { ($0.id.value, $0.id.place.location) }
        report.untestedAllowances = own.allowances.map(\.place.location)
            .filter { !run.touchedAllowances.contains($0) }
        return report
    }

    /// `policies/strict.yaml` → `policies/strict.test.yaml`
    private static func testFile(of path: String) -> String {
        for suffix in [".yaml", ".yml"] where path.hasSuffix(suffix) {
            return path.dropLast(suffix.count) + ".test.yaml"
        }
        return path + ".test.yaml"
    }
}

private struct PolicyTestRun {
    let policy: Policy
    let request: PolicyRequest
    let support: PolicyTestSupport
    private(set) var touchedRules: Set<String> = []
    private(set) var touchedAllowances: Set<Location> = []

    init(policy: Policy, request: PolicyRequest, support: PolicyTestSupport) {
        self.policy = policy
        self.request = request
        self.support = support
    }

    mutating func run(_ test: YAMLNode, in file: PolicyFile, number: Int) -> PolicyTestReport.Result {
        let place = Place(file: file, range: test.mapping?.first?.key.range ?? test.range)
        var result = PolicyTestReport.Result(
            name: test["name"]?.scalar?.text ?? "test \(number)", location: place.location, failures: [])
        let subject: TestSubject
        do throws(TestSubject.Problem) {
            subject = try TestSubject(test, in: file, support)
        } catch {
            result.failures = [error.message]
            return result
        }
        let outcome = policy(for: test).check(subject.input)
        let expected = Expectation(test)
        touchedRules.formUnion(expected.named)
        touchedRules.formUnion(subject.annotations.map(\.rule))
        touchedRules.formUnion(outcome.findings.map(\.rule))
        for acceptance in outcome.accepted {
            if let location = acceptance.exception.location { touchedAllowances.insert(location) }
        }
        result.failures = expected.failures(outcome, policy, annotated: subject.annotated)
        if let path = subject.annotated {
            result.failures += Annotation.failures(subject.annotations, outcome, in: path)
        }
        return result
    }

    /// The policy with the day and the repository of the test.
    private func policy(for test: YAMLNode) -> Policy {
        var policy = policy
        if let repository = test["repository"]?.string { policy.repository = repository }
        if let today = test["today"]?.string.flatMap({ CalendarDate($0) }) { policy.today = today }
        return policy
    }
}
