import Deployment
import ListenerModel
import PolicyEngine
import YAMLTree

extension FuzzTarget {
    /// A policy, judged over listeners of every kind. A second document behind `==> x.yaml <==` may be extended.
    static let policy = FuzzTarget(
        "policy", openings: ["version: 1\nrules:\n  - id: a\n    deny: {"], words: Words.policy
    ) { corpus in
        corpus.files { $0.hasPrefix("policies/") || $0.hasSuffix("bindlint.yaml") } + Documentation.policies
    } run: { bytes throws(Violation) in
        let files = PackedTree.unpack(Array("==> bindlint.yaml <==\n".utf8) + bytes)
        let request = PolicyRequest(repositoryFile: "bindlint.yaml", today: day, repository: "acme/edge")
        let loaded = Policy.load(request) { path in files[path].map { .bytes($0) } ?? .missing }
        for diagnostic in loaded.diagnostics { try check(diagnostic, files) }
        guard let policy = loaded.policy else {
            if loaded.diagnostics.allSatisfy({ $0.level != .error }) { throw Violation("refused without an error") }
            return
        }
        let result = policy.check(CheckInput(listeners: sample))
        for finding in result.findings where policy.description(of: finding.rule) == nil {
            throw Violation("a finding of \(finding.rule), which the policy has not")
        }
        _ = policy.placing(sample)
        _ = policy.text(for: "deploy/compose.yaml")
        _ = policy.descriptions(help: true).map(\.page)
    }

    static let policyTests = FuzzTarget("policy-tests", openings: ["version: 1\ntests:\n  - {"], words: Words.policy) {
        corpus in
        corpus.files { $0.hasSuffix(".test.yaml") } + Documentation.policies
    } run: { bytes throws(Violation) in
        let support = PolicyTestSupport(
            read: { $0 == "p.yaml" ? .bytes(bytes) : .missing },
            folder: { _ in ["compose.yaml": Array("services: {a: {image: b, ports: ['1:1']}}".utf8)] },
            scan: { files in
                let deployment = Deployment(files.keys.sorted(), in: MemoryTree(bytes: files))
                return PolicyTestSupport.Scan(
                    listeners: deployment.listeners, suppressions: deployment.suppressions.values.flatMap { $0 })
            })
        _ = Policy.test("p.yaml", today: day, support)
    }

    static let baseline = FuzzTarget("baseline", openings: ["{\"version\": 1, \"findings\": ["], words: Words.policy) {
        corpus in
        corpus.files { $0.contains("baseline") }
            + [Array(recommended.record(CheckInput(listeners: sample)).baseline.json.utf8)]
    } run: { bytes throws(Violation) in
        let (read, _) = Baseline.read("b.json", bytes)
        let (again, problems) = Baseline.read("b.json", Array(read.json.utf8))
        if !problems.isEmpty || again.json != read.json { throw Violation("\(read.json) is not read as written") }
        let result = recommended.check(CheckInput(listeners: sample, baseline: read))
        if let needed = result.neededBaseline, needed.count > read.count { throw Violation("pruning adds") }
    }

    private static let day = CalendarDate("2026-11-28")!
    private static let recommended =
        Policy.load(PolicyRequest(files: ["recommended"], today: day)) { _ in .missing }.policy!

    private static func check(_ diagnostic: Diagnostic, _ files: [String: [UInt8]]) throws(Violation) {
        guard let location = diagnostic.location, let bytes = files[location.path] else { return }
        if location == Location(file: location.path) { return }
        try UnitInvariants.check(location, SourceText(path: location.path, bytes: bytes))
    }

    /// The listeners of the example deployment.
    private static let sample: [Listener] = {
        let files = PackedTree.unpack(Corpus.all.tree(in: "testdata/deploy"))
        return Deployment(files.keys.sorted(), in: MemoryTree(bytes: files)).listeners
    }()
}
