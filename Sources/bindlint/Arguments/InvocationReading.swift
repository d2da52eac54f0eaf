internal import Discovery
internal import ListenerModel
internal import Reporting

extension Invocation {
    /// `arguments` without the program's name. `pathExists` is asked only to tell a misspelt command from a PATH.
    init(_ arguments: [String], pathExists: (String) -> Bool) throws(UsageError) {
        let parsed = try ParsedArguments(arguments)
        if parsed.has(.help) {
            self = .help(parsed.namesCommand ? parsed.command : nil)
        } else if parsed.has(.version) {
            self = .version(json: parsed.has(.json))
        } else if parsed.has(.json) {
            throw .needs(.json, "--version; for findings as JSON write --format json")
        } else {
            self = try Self.command(parsed, pathExists: pathExists)
        }
    }

    private static func command(
        _ parsed: ParsedArguments, pathExists: (String) -> Bool
    ) throws(UsageError) -> Invocation {
        switch parsed.command {
        case .check:
            try refuseMisspeltCommand(parsed, pathExists)
            return .check(try CheckArguments(parsed))
        case .list:
            return .list(
                ListArguments(
                    scan: try ScanArguments(parsed, paths: parsed.operands), policy: PolicyChoice(parsed),
                    verbosity: try Verbosity(parsed), format: try parsed.format(), outputs: try parsed.outputs(),
                    statistics: parsed.has(.statistics), showFiles: parsed.has(.showFiles)))
        case .explain:
            return .explain(
                ExplainArguments(
                    subject: try parsed.onlyOperand(), dialects: try parsed.dialects(), policy: PolicyChoice(parsed),
                    verbosity: try Verbosity(parsed)))
        case .rules:
            try parsed.refuseOperands()
            return .rules(
                RulesArguments(
                    policy: PolicyChoice(parsed), verbosity: try Verbosity(parsed), format: try parsed.format()))
        case .policy:
            let action = try parsed.word(PolicyArguments.Action.init)
            let format = try parsed.format()
            if format != .text && action != .test { throw .needs(.format, "`policy test`") }
            if parsed.last(.forPath) != nil && action != .show { throw .needs(.forPath, "`policy show`") }
            return .policy(
                PolicyArguments(
                    action: action, paths: Array(parsed.operands.dropFirst()), forPath: parsed.last(.forPath),
                    format: format, policy: PolicyChoice(parsed), verbosity: try Verbosity(parsed),
                    today: try parsed.day(.today)))
        case .baseline:
            let action = try parsed.word(BaselineArguments.Action.init)
            return .baseline(
                BaselineArguments(
                    action: action, scan: try ScanArguments(parsed, paths: Array(parsed.operands.dropFirst())),
                    policy: PolicyChoice(parsed), verbosity: try Verbosity(parsed), baseline: parsed.last(.baseline),
                    noSuppressions: parsed.has(.noSuppressions), today: try parsed.day(.today)))
        case .completions:
            let shell = try parsed.word(Shell.init)
            if parsed.operands.count > 1 { throw .unexpectedOperand(.completions, parsed.operands[1]) }
            return .completions(shell)
        case .help:
            guard let topic = parsed.operands.first else { return .help(nil) }
            if parsed.operands.count > 1 { throw .unexpectedOperand(.help, parsed.operands[1]) }
            guard let command = Command(rawValue: topic) else { throw .unknownWord(.help, topic) }
            return .help(command)
        case .manual:
            try parsed.refuseOperands()
            return .manual
        }
    }

    private static func refuseMisspeltCommand(
        _ parsed: ParsedArguments, _ pathExists: (String) -> Bool
    ) throws(UsageError) {
        guard !parsed.namesCommand, let word = parsed.operands.first, !word.contains("/"), !pathExists(word),
            let meant = Suggestion.closest(to: word, among: Command.shown.map(\.rawValue)).flatMap(Command.init)
        else { return }
        throw .noSuchPathOrCommand(word, meant: meant)
    }
}

extension CheckArguments {
    fileprivate init(_ parsed: ParsedArguments) throws(UsageError) {
        scan = try ScanArguments(parsed, paths: parsed.operands)
        policy = PolicyChoice(parsed)
        verbosity = try Verbosity(parsed)
        format = try parsed.format()
        outputs = try parsed.outputs()
        statistics = parsed.has(.statistics)
        showFiles = parsed.has(.showFiles)
        failOn = try parsed.choice(.failOn) ?? .warning
        failOnUnknown = parsed.has(.failOnUnknown)
        strictInput = parsed.has(.strictInput)
        allowEmpty = parsed.has(.allowEmpty)
        noSuppressions = parsed.has(.noSuppressions)
        showSuppressed = parsed.has(.showSuppressed)
        baseline = parsed.last(.baseline)
        today = try parsed.day(.today)
        standardInputName = parsed.last(.stdinFilename)
        let readsStandardInput = parsed.operands.contains("-")
        switch (readsStandardInput, standardInputName) {
        case (true, nil): throw .standardInputUnnamed
        case (false, .some): throw .needs(.stdinFilename, "the path - (standard input)")
        case (true, .some), (false, nil): break
        }
        if readsStandardInput {
            if parsed.operands.count > 1 || scan.filesFrom != nil { throw .standardInputAmongPaths }
            scan.paths = []
        }
    }
}

extension ScanArguments {
    fileprivate init(_ parsed: ParsedArguments, paths: [String]) throws(UsageError) {
        filesFrom = parsed.last(.filesFrom)
        nulSeparated = parsed.has(.null)
        if nulSeparated && filesFrom == nil { throw .needs(.null, "--files-from") }
        self.paths = paths.isEmpty && filesFrom == nil ? ["."] : paths
        sources = try parsed.sources()
        walk.hidden = parsed.has(.hidden)
        walk.noIgnore = parsed.has(.noIgnore)
        walk.forceExclude = parsed.has(.forceExclude)
        walk.include = try parsed.globs(.include)
        walk.exclude = try parsed.globs(.exclude)
        if let size = parsed.last(.maxFileSize) {
            guard let bytes = Self.byteCount(size) else {
                throw .badValue(.maxFileSize, size, expected: "a number of bytes such as 500000, 64M or 1G")
            }
            maxFileSize = bytes
        }
        if let jobs = parsed.last(.jobs) {
            guard let number = Int(jobs), (1...1024).contains(number) else {
                throw .badValue(.jobs, jobs, expected: "a number from 1 to 1024")
            }
            walk.jobs = number
        }
    }

    /// `K`, `M` and `G` are powers of 1024.
    private static func byteCount(_ text: String) -> Int? {
        let shifts: [Character: Int] = ["K": 10, "M": 20, "G": 30]
        let shift = text.uppercased().last.flatMap { shifts[$0] }
        let digits = shift == nil ? text[...] : text.dropLast()
        guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(digits) else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
        return overflow ? nil : bytes
    }
}

extension PolicyChoice {
    fileprivate init(_ parsed: ParsedArguments) {
        files = parsed.all(.policy)
        isolated = parsed.has(.isolated)
    }
}

extension Verbosity {
    fileprivate init(_ parsed: ParsedArguments) throws(UsageError) {
        quiet = parsed.has(.quiet)
        verbose = parsed.has(.verbose)
        color = try parsed.choice(.color) ?? .auto
    }
}
