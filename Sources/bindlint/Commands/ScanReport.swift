internal import Deployment
internal import Discovery
internal import ListenerModel
internal import Reporting

extension Scan {
    /// What every report says of the files: what was read, and what was not.
    func report(_ command: Report.Command, verbosity: Verbosity, statistics: Bool) -> Report {
        let repository = repository
        let tree = tree
        return Report(
            tool: Report.Tool(
                version: Version.number, informationURI: Homepage.uri, helpURI: Homepage.page),
            command: command, listeners: deployment.listeners, diagnostics: deployment.diagnostics + problems,
            unread: unread,
            files: deployment.filesRead.map { Report.ReadFile(path: $0.path, source: $0.source) },
            display: Display(verbosity, statistics: statistics, root: repository.root),
            source: { path in
                guard case .bytes(let bytes) = tree.read(path) else { return nil }
                return SourceText(path: path, bytes: bytes)
            },
            displayedPath: repository.shown)
    }

    /// Folders and files that the walk could not open, and policies that do not count.
    private var problems: [Diagnostic] {
        ignoredPolicies.map { path in
            Diagnostic(
                .note, code: "policy-ignored", "this policy is not read: the one of the current folder judges",
                hint: "extend it from there, or run bindlint in this folder", at: Location(file: path))
        }
            + found.problems.map { problem in
                Diagnostic(
                    problem.isNamed ? .error : .warning, code: "unreadable-path", "\(problem.path): \(problem.failure)",
                    hint: problem.isNamed
                        ? "check the spelling of the path" : "give bindlint permission, or exclude it",
                    at: problem.isNamed ? nil : Location(file: problem.path))
            }
    }

    private var unread: Unread {
        var groups: [Unread.Group] = []
        func add(_ reason: Unread.Reason, _ paths: [(kind: String, path: String)]) {
            for (kind, members) in Dictionary(grouping: paths, by: \.kind) {
                let sorted = members.map(\.path).sorted()
                groups.append(
                    Unread.Group(reason, kind: kind, count: sorted.count, examples: Array(sorted.prefix(3))))
            }
        }
        add(.ignored, found.ignoredFiles.compactMap { path in Self.kind(of: path).map { ($0.rawValue, path) } })
        add(.tooLarge, deployment.tooLarge.map { (Self.kind(of: $0)?.rawValue ?? "other", $0) })
        add(.unsupported, deployment.unsupported.map { ($0.value, $0.key) })
        let unparsed = deployment.diagnostics.filter { $0.fileUnread && $0.location != nil }
        func kind(_ diagnostic: Diagnostic) -> (String, String) {
            let path = diagnostic.location?.path ?? ""
            return (deployment.filesRead.first { $0.path == path }?.source.rawValue ?? "other", path)
        }
        add(.template, unparsed.filter { $0.code.contains("template") }.map(kind))
        add(.unreadable, unparsed.filter { !$0.code.contains("template") }.map(kind))
        return Unread(groups)
    }

    /// `--show-files`: what would be read, a path a line.
    func printFiles() -> Int32 {
        let paths = deployment.filesRead.map { repository.shown($0.path).sanitised.asOwnLine + "\n" }
        return StandardStream.output.write(paths.joined()) ? 0 : 2
    }
}

extension Report {
    /// The format for standard output, and files for the others: each written beside its place, then renamed.
    func write(_ format: ReportFormat, _ outputs: [OutputFile]) throws(Stop) {
        for output in outputs {
            var report = self
            report.display = display.forFile
            try ReplacedFile.write(output.format.render(report), to: output.path)
        }
        if !StandardStream.output.write(format.render(self)) { throw Stop("cannot write to standard output") }
        // The other formats have no room for what was read, and why the status is what it is.
        if format != .text { StandardStream.error.write(RunNotes(self).rendered) }
    }
}

extension Display {
    init(_ verbosity: Verbosity, statistics: Bool, root: String) {
        let colour = Terminal.showsColour(verbosity.color)
        self.init(
            colour: colour, width: Terminal.width,
            hyperlinkBase: colour && StandardStream.output.isTerminal ? Terminal.fileURI(root) : nil,
            quiet: verbosity.quiet, verbose: verbosity.verbose, statistics: statistics)
    }
}
