internal import Deployment
internal import Discovery
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

extension PolicyArguments {
    func run() throws(Stop) -> Int32 {
        switch action {
        case .schema: return StandardStream.output.write(PolicySchema.json) ? 0 : 2
        case .show: return try show()
        case .test: return try test()
        case .`init`: return try start()
        }
    }

    private func show() throws(Stop) -> Int32 {
        if let path = paths.first { throw Stop("`policy show` takes no path: write --policy \(path) or --for \(path)") }
        let repository = Repository.containing([])
        let inForce = try PolicyInForce(policy, in: repository, today: CalendarDate.current(today))
        let path = forPath.map { repository.path(of: $0) ?? $0 }
        return StandardStream.output.write(inForce.policy.text(for: path).sanitisedLines) ? 0 : 2
    }

    // MARK: test

    private func test() throws(Stop) -> Int32 {
        let repository = Repository.containing([])
        let own = policy.isolated ? nil : PolicyInForce.discover(in: repository)
        let files = paths + policy.files + (paths.isEmpty && policy.files.isEmpty ? own.map { [$0] } ?? [] : [])
        if files.isEmpty { throw Stop("there is no policy to test: name one, or write bindlint.yaml") }
        var hasPassed = true
        var listing: [PolicyTestListing.File] = []
        for file in files {
            let report = Policy.test(file, today: CalendarDate.current(today), Self.support)
            hasPassed = hasPassed && report.hasPassed
            if !report.diagnostics.isEmpty { throw Stop("\(file) cannot be tested", report.diagnostics) }
            listing.append(Self.listed(report, of: file))
        }
        let output = PolicyTestListing(listing)
        guard StandardStream.output.write(format == .junit ? output.junit : output.text) else { return 2 }
        return hasPassed ? 0 : 1
    }

    private static func listed(_ report: PolicyTestReport, of file: String) -> PolicyTestListing.File {
        func place(_ location: Location) -> String { "\(location.path):\(location.start.line)" }
        return PolicyTestListing.File(
            path: file,
            results: report.results.map { .init(name: $0.name, place: place($0.location), failures: $0.failures) },
            untested: report.untestedRules.map { "rule \($0.id) (\(place($0.location)))" }
                + report.untestedAllowances.map { "allowance at \(place($0))" })
    }

    /// Snippets and folders become listeners as the files of a repository do.
    private static let support = PolicyTestSupport(
        read: { DiskFile.contents(of: $0) },
        folder: { path in
            let repository = Repository.containing([path])
            guard let tree = try? DiskTree(of: repository), let root = repository.path(of: path) else { return nil }
            let found = Walk(in: repository).files(under: [path]) { _ in true }
            guard !found.files.isEmpty else { return nil }
            var files: [String: [UInt8]] = [:]
            for file in found.files {
                guard case .bytes(let bytes) = tree.read(file.path) else { continue }
                files[String(file.path.dropFirst(root.isEmpty ? 0 : root.utf8.count + 1))] = bytes
            }
            return files
        },
        scan: { files in
            let paths = files.keys.sorted()
            var options = Deployment.Options()
            options.isTest = TestCode.isTest
            options.named = paths.count == 1 ? Set(paths) : []
            let deployment = Deployment(paths, in: MemoryTree(bytes: files), options: options)
            return PolicyTestSupport.Scan(
                listeners: deployment.listeners, suppressions: deployment.suppressions.values.flatMap { $0 })
        })

    // MARK: init

    /// Writes a first policy; a file that is there is not replaced.
    private func start() throws(Stop) -> Int32 {
        let path = paths.first ?? "bindlint.yaml"
        if paths.count > 1 { throw Stop("`policy init` writes one file") }
        switch DiskFile.contents(of: path) {
        case .missing: break
        case .bytes, .folder, .unreadable: throw Stop("\(path) is there already; `policy init` replaces nothing")
        }
        let day = CalendarDate.current(today)
        let arguments = ScanArguments(paths: ["."])
        let place = try Place(arguments)
        let recommended = try PolicyInForce(PolicyChoice(isolated: true), in: place.repository, today: day)
        let scanned = Scan(arguments, in: place, by: recommended, verbosity: verbosity)
        let text = StartingPolicy.text(
            listeners: scanned.deployment.listeners,
            suppressions: scanned.deployment.suppressions.values.flatMap { $0 }, today: day)
        try ReplacedFile.write(Array(text.utf8), to: path)
        return StandardStream.output.write("\(path) written: every wide listener of today is an allowance to justify\n")
            ? 0 : 2
    }
}
