internal import Dialects
internal import ListenerModel
internal import Reporting

/// The options, by their long names without the dashes. The parser, the help, the completions and the manual page
/// are all made from the rows of this table.
enum Option: String, CaseIterable, Sendable {
    // Policy
    case policy, isolated, baseline, today
    case noSuppressions = "no-suppressions"
    case showSuppressed = "show-suppressed"
    case forPath = "for"
    // What fails
    case failOn = "fail-on"
    case failOnUnknown = "fail-on-unknown"
    case strictInput = "strict-input"
    case allowEmpty = "allow-empty"
    // Files
    case source, include, exclude
    case forceExclude = "force-exclude"
    case noIgnore = "no-ignore"
    case hidden
    case maxFileSize = "max-file-size"
    case filesFrom = "files-from"
    case null
    case stdinFilename = "stdin-filename"
    case showFiles = "show-files"
    case jobs
    // Output
    case format, output, statistics, color, quiet, verbose
    // About
    case help, version, json

    enum Argument: Sendable {
        case none
        /// Free text, under this name in the help.
        case text(String)
        case file(String)
        case oneOf([String])
        /// Comma-separated.
        case listOf([String], name: String)

        /// How the help writes it; nil for none.
        var name: String? {
            switch self {
            case .none: nil
            case .text(let name), .file(let name), .listOf(_, let name): name
            case .oneOf(let words): words.count > 4 ? "WORD" : words.joined(separator: "|")
            }
        }

        var words: [String] {
            switch self {
            case .none, .text, .file: []
            case .oneOf(let words), .listOf(let words, _): words
            }
        }
    }

    enum Group: String, CaseIterable, Sendable {
        case policy = "Policy"
        case failure = "Exit status"
        case files = "Files"
        case output = "Output"
        case about = "About bindlint"
    }

    struct Row: Sendable {
        var group: Group
        var short: Character?
        var argument: Argument = .none
        /// Each use adds a value; else the last one counts.
        var isRepeatable = false
        var commands: Set<Command>
        var help: String
    }

    private static let scanning: Set<Command> = [.check, .list, .baseline]
    private static let judging: Set<Command> = [.check, .list, .baseline, .rules, .policy, .explain]

    var row: Row {
        switch self {
        case .policy:
            Row(
                group: .policy, argument: .file("FILE"), isRepeatable: true, commands: Self.judging,
                help:
                    "Use this policy file, or the shipped pack of this name. Its rules are locked: the repository's own "
                    + "file is read below it and may add and tighten.")
        case .isolated:
            Row(
                group: .policy, commands: Self.judging,
                help: "Look for no policy file: the pack `recommended` alone, with what --policy names.")
        case .baseline:
            Row(
                group: .policy, argument: .file("FILE"), commands: [.check, .baseline],
                help: "Report only what this file does not record.")
        case .today:
            Row(
                group: .policy, argument: .text("DATE"), commands: [.check, .baseline, .policy],
                help:
                    "The day (YYYY-MM-DD, UTC) by which exceptions have expired or not. Default: SOURCE_DATE_EPOCH, else "
                    + "the clock.")
        case .noSuppressions:
            Row(
                group: .policy, commands: [.check, .baseline],
                help: "Let no comment in a scanned file suppress a finding.")
        case .showSuppressed:
            Row(
                group: .policy, commands: [.check],
                help: "Report suppressed findings as well, marked as such.")
        case .forPath:
            Row(
                group: .policy, argument: .file("PATH"), commands: [.policy],
                help: "With show: the level of each rule for this file.")
        case .failOn:
            Row(
                group: .failure, argument: .oneOf(FailureThreshold.allCases.map(\.rawValue)), commands: [.check],
                help: "Exit with 1 if there is a finding of this level or above. Default: warning.")
        case .failOnUnknown:
            Row(
                group: .failure, commands: [.check],
                help: "Exit with 1 as well if a rule could not be decided because an address or port is not known.")
        case .strictInput:
            Row(
                group: .failure, commands: [.check],
                help: "Exit with 2 for every file that looks like one bindlint reads but could not be read or parsed.")
        case .allowEmpty:
            Row(
                group: .failure, commands: [.check], help: "Do not exit with 2 if no file of a known kind is found.")
        case .source:
            Row(
                group: .files, argument: .listOf(Source.allCases.map(\.rawValue), name: "NAME,..."), isRepeatable: true,
                commands: Self.scanning.union([.explain]),
                help: "Only these kinds of files; with `explain`, only these runtimes and programs.")
        case .include:
            Row(
                group: .files, argument: .text("GLOB"), isRepeatable: true, commands: Self.scanning,
                help:
                    "Read only files that match. Without a slash, GLOB is compared with the file name; with one, with the "
                    + "path from the current folder.")
        case .exclude:
            Row(
                group: .files, argument: .text("GLOB"), isRepeatable: true, commands: Self.scanning,
                help: "Skip files and folders that match.")
        case .forceExclude:
            Row(
                group: .files, commands: Self.scanning,
                help: "Apply --include, --exclude and ignore files to the PATHs of the command line too.")
        case .noIgnore:
            Row(
                group: .files, commands: Self.scanning,
                help: "Use no .gitignore, .ignore and .bindlintignore.")
        case .hidden:
            Row(
                group: .files, commands: Self.scanning,
                help: "Read hidden files and folders. Files named .env* are read in any case.")
        case .maxFileSize:
            Row(
                group: .files, argument: .text("SIZE"), commands: Self.scanning,
                help: "Skip and count larger files: bytes, or with K, M or G. Default: 64M.")
        case .filesFrom:
            Row(
                group: .files, argument: .file("FILE"), commands: Self.scanning,
                help: "Read further PATHs from FILE, one a line; `-` is standard input.")
        case .null:
            Row(
                group: .files, short: "0", commands: Self.scanning,
                help: "The PATHs of --files-from end in a NUL byte, not in a line break.")
        case .stdinFilename:
            Row(
                group: .files, argument: .file("PATH"), commands: [.check],
                help: "Read standard input (PATH `-`) as if it were this file.")
        case .showFiles:
            Row(
                group: .files, commands: [.check, .list],
                help: "Print the files that would be read and stop.")
        case .jobs:
            Row(
                group: .files, short: "j", argument: .text("N"), commands: Self.scanning,
                help: "Use N threads. Default: one for each processor. The output is the same for any number.")
        case .format:
            Row(
                group: .output, argument: .oneOf(ReportFormat.allCases.map(\.rawValue)),
                commands: [.check, .list, .rules, .policy],
                help: "Write standard output in this format. Default: text.")
        case .output:
            Row(
                group: .output, argument: .text("FORMAT=PATH"), isRepeatable: true, commands: [.check, .list],
                help: "Write this format to the file PATH as well, which is replaced when all of it is written.")
        case .statistics:
            Row(
                group: .output, commands: [.check, .list],
                help: "Print counts by rule, or by kind of listener, instead.")
        case .color:
            Row(
                group: .output, argument: .oneOf(ColorChoice.allCases.map(\.rawValue)),
                commands: Self.judging,
                help: "Colours and links. Default: auto, which is a terminal that can show them, without NO_COLOR.")
        case .quiet:
            Row(
                group: .output, short: "q", commands: Self.scanning.union([.policy]),
                help: "Print findings only, no summary.")
        case .verbose:
            Row(
                group: .output, short: "v", commands: Self.scanning.union([.policy]),
                help: "Print also what was undecided, suppressed or not read, one by one.")
        case .help:
            Row(group: .about, short: "h", commands: Set(Command.allCases), help: "Print this help.")
        case .version:
            Row(group: .about, short: "V", commands: [.check], help: "Print the version; with --json, as JSON.")
        case .json:
            Row(group: .about, commands: [.check], help: "With --version: print it as JSON.")
        }
    }

    /// The values it can have with a command; empty where any text will do.
    func words(with command: Command) -> [String] {
        if self == .format { return ReportFormat.known(to: command).map(\.rawValue) }
        if self == .source && command == .explain { return Dialects.names }
        return row.argument.words
    }

    /// As written: `--files-from`.
    var name: String { "--" + rawValue }

    static func named(_ name: Substring) -> Option? { Option(rawValue: String(name)) }

    static func short(_ letter: Character) -> Option? { allCases.first { $0.row.short == letter } }
}

extension ReportFormat {
    /// The formats that a command can write.
    static func known(to command: Command) -> [ReportFormat] {
        switch command {
        case .check: allCases
        case .list: allCases.filter(\.hasInventory)
        case .rules: [.text, .json]
        case .policy: [.text, .junit]
        case .explain, .baseline, .completions, .help, .manual: [.text]
        }
    }
}

/// `--color`
enum ColorChoice: String, CaseIterable, Sendable { case auto, always, never }

/// `--fail-on`
enum FailureThreshold: String, CaseIterable, Sendable { case error, warning, note, never }
