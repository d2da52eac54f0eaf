internal import Deployment
internal import Discovery
internal import Extraction
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

extension CheckArguments {
    /// The exit status: 0, 1 or 2 of the contract, the same for every format.
    func run() throws(Stop) -> Int32 {
        let place = if let standardInputName { try Place([standardInputName]) } else { try Place(scan) }
        let inForce = try PolicyInForce(policy, in: place.repository, today: CalendarDate.current(today))
        let policy = inForce.policy
        var file: InputFile?
        if let standardInputName {
            guard let path = place.repository.path(of: standardInputName) else {
                throw Stop("--stdin-filename lies outside the repository")
            }
            file = InputFile(path: path, bytes: try StandardStream.input(limit: scan.maxFileSize))
        }
        let scanned = Scan(scan, in: place, by: inForce, verbosity: verbosity, standardInput: file)
        if showFiles { return scanned.printFiles() }

        let baseline = try Baseline.load(self.baseline ?? policy.baseline)
        let deployment = scanned.deployment
        let result = policy.check(
            CheckInput(
                listeners: deployment.listeners,
                suppressions: noSuppressions ? [] : deployment.suppressions.values.flatMap { $0 },
                baseline: baseline?.baseline,
                incompleteFiles: Set(deployment.diagnostics.filter(\.fileUnread).compactMap { $0.location?.path }),
                isWholeTree: scanned.isWholeTree))

        var report = scanned.report(.check, verbosity: verbosity, statistics: statistics)
        report.policies = policy.sources
        report.findings = result.findings
        report.suppressed = result.suppressed
        for accepted in result.accepted { report.owners[accepted.exception] = accepted.owner }
        report.undecided = result.undecided
        report.policyDiagnostics = inForce.diagnostics + (baseline?.diagnostics ?? []) + result.diagnostics
        report.rules = policy.descriptions(help: Self.needsHelp(format, outputs))
        report.display.showSuppressed = showSuppressed
        report.exit = exitStatus(scanned, report)
        try report.write(format, outputs)
        return Int32(report.exit.code)
    }

    /// Help texts are long, and only SARIF shows them.
    private static func needsHelp(_ format: ReportFormat, _ outputs: [OutputFile]) -> Bool {
        format == .sarif || outputs.contains { $0.format == .sarif }
    }

    private func exitStatus(_ scanned: Scan, _ report: Report) -> Report.ExitStatus {
        var causes: [Report.ExitStatus.Cause] = scanned.missing.map { .missingPath($0) }
        let unread = scanned.deployment.diagnostics.filter(\.fileUnread)
        let owed = Set(unread.filter { $0.level == .error }.compactMap { $0.location?.path })
        causes += owed.sorted().map { .unreadFile($0) }
        if strictInput, unread.count > owed.count { causes.append(.strictInput(unread.count)) }
        if scanned.deployment.filesRead.isEmpty && scanned.missing.isEmpty && !allowEmpty && !scanned.isFileByFile {
            causes.append(.noKnownFile)
        }
        let level = failOn.level
        if level != .off {
            let failing = report.findings.count { $0.level >= level }
            if failing > 0 { causes.append(.findings(failing)) }
        }
        let undecided = report.undecided.values.reduce(0, +)
        if failOnUnknown && undecided > 0 { causes.append(.undecided(undecided)) }
        return Report.ExitStatus(failOn: level, causes: causes)
    }
}

extension ListArguments {
    func run() throws(Stop) -> Int32 {
        let place = try Place(scan)
        let inForce = try PolicyInForce(policy, in: place.repository, today: CalendarDate.current(nil))
        let scanned = Scan(scan, in: place, by: inForce, verbosity: verbosity)
        if showFiles { return scanned.printFiles() }
        var report = scanned.report(.list, verbosity: verbosity, statistics: statistics)
        report.listeners = inForce.policy.placing(report.listeners)
        report.policies = inForce.policy.sources
        report.policyDiagnostics = inForce.diagnostics
        let unread = scanned.deployment.diagnostics.filter { $0.fileUnread && $0.level == .error }
        report.exit = Report.ExitStatus(
            causes: scanned.missing.map { .missingPath($0) }
                + Set(unread.compactMap { $0.location?.path }).sorted().map { .unreadFile($0) })
        try report.write(format, outputs)
        return Int32(report.exit.code)
    }
}
