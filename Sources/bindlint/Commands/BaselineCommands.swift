internal import Deployment
internal import Discovery
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

extension BaselineArguments {
    func run() throws(Stop) -> Int32 {
        let place = try Place(scan)
        let inForce = try PolicyInForce(policy, in: place.repository, today: CalendarDate.current(today))
        let scanned = Scan(scan, in: place, by: inForce, verbosity: verbosity)
        if let missing = scanned.missing.first { throw Stop("\(missing): no such file or folder") }
        let path = baseline ?? inForce.policy.baseline ?? ".bindlint-baseline.json"
        let deployment = scanned.deployment
        var input = CheckInput(
            listeners: deployment.listeners,
            suppressions: noSuppressions ? [] : deployment.suppressions.values.flatMap { $0 },
            isWholeTree: scanned.isWholeTree)
        switch action {
        case .write: return try write(input, inForce.policy, to: path)
        case .prune:
            guard let old = try Baseline.load(path)?.baseline else { throw Stop("there is no baseline to prune") }
            input.baseline = old
            guard let needed = inForce.policy.check(input).neededBaseline else {
                throw Stop("the baseline \(path) is not used by this policy")
            }
            try ReplacedFile.write(Array(needed.json.utf8), to: path)
            let removed = old.count - needed.count
            return say("\(path): \(Self.findings(removed)) removed, \(needed.count) left")
        }
    }

    /// Says so where an existing file grows: a ratchet that loosens silently is none.
    private func write(_ input: CheckInput, _ policy: Policy, to path: String) throws(Stop) -> Int32 {
        let (recorded, refused) = policy.record(input)
        var growth = recorded.count
        if case .bytes = DiskFile.contents(of: path), let old = try Baseline.load(path)?.baseline {
            growth = recorded.growth(over: old)
        }
        try ReplacedFile.write(Array(recorded.json.utf8), to: path)
        for (rule, count) in refused.sorted(by: { $0.key < $1.key }) {
            StandardStream.error.write(
                "bindlint: \(Self.findings(count)) of \(rule) not recorded: the policy lets nothing except it\n")
        }
        return say("\(path): \(Self.findings(recorded.count)) recorded, \(growth) of them new")
    }

    private func say(_ line: String) -> Int32 {
        if verbosity.quiet { return 0 }
        return StandardStream.output.write(line.sanitised.asOwnLine + "\n") ? 0 : 2
    }

    private static func findings(_ count: Int) -> String { count == 1 ? "1 finding" : "\(count) findings" }
}
