public import ListenerModel

/// Everything that a run found out, as data: the input of every writer. Writers make the prose; they read no file
/// and no clock, so two runs over one tree are byte-identical; lists sort themselves.
public struct Report: Sendable {
    public enum Command: String, Sendable { case check, list }

    public struct Tool: Sendable {
        public var name: String
        public var version: String
        /// Absolute `https:` address of the project.
        public var informationURI: String
        /// The manual page of a rule, absolute; nil where there is none (a team's own rule).
        public var helpURI: @Sendable (_ rule: String) -> String?

        public init(
            name: String = "bindlint", version: String, informationURI: String,
            helpURI: @escaping @Sendable (String) -> String? = { _ in nil }
        ) {
            self.name = name
            self.version = version
            self.informationURI = informationURI
            self.helpURI = helpURI
        }
    }

    /// A file that an extractor claimed and read.
    public struct ReadFile: Hashable, Comparable, Sendable {
        /// Relative to the repository root.
        public var path: String
        public var source: Source

        public init(path: String, source: Source) {
            self.path = path
            self.source = source
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.path, left.source.rawValue) < (right.path, right.source.rawValue)
        }
    }

    public var tool: Tool
    public var command: Command
    /// What judged, lowest first: names of packs (`recommended`) and policy files as the user knows them
    /// (`bindlint.yaml`, `../org.yaml`), never absolute.
    public var policies: [String]
    /// Without those in `suppressed`.
    public var findings: [Finding] { didSet { findings.sort(by: Self.precedes) } }
    /// Findings that an exception took away; each has its `suppression`.
    public var suppressed: [Finding] { didSet { suppressed.sort(by: Self.precedes) } }
    /// Who answers for an exception, where it says so.
    public var owners: [Finding.Suppression: String]
    /// By rule id, how many listeners it could not judge.
    public var undecided: [String: Int]
    public var listeners: [Listener] { didSet { listeners.sort(by: Listener.precedes) } }
    public var diagnostics: [Diagnostic] { didSet { diagnostics.sort(by: Self.precedes) } }
    /// Diagnostics about the policy rather than about what it judges.
    public var policyDiagnostics: [Diagnostic] { didSet { policyDiagnostics.sort(by: Self.precedes) } }
    public var unread: Unread
    public var files: [ReadFile] { didSet { files.sort() } }
    /// The rules in effect, and those that the policy switched off.
    public var rules: [RuleDescription]
    public var exit: ExitStatus
    public var display: Display
    /// The text of a file by its path from the repository root, for snippets; nil where it is not to be had.
    public var source: @Sendable (_ path: String) -> SourceText?
    /// A path from the repository root as the person in the current directory would write it.
    public var displayedPath: @Sendable (_ path: String) -> String

    public init(
        tool: Tool, command: Command, policies: [String] = [], findings: [Finding] = [], suppressed: [Finding] = [],
        owners: [Finding.Suppression: String] = [:], undecided: [String: Int] = [:], listeners: [Listener] = [],
        diagnostics: [Diagnostic] = [],
        policyDiagnostics: [Diagnostic] = [], unread: Unread = Unread(), files: [ReadFile] = [],
        rules: [RuleDescription] = [], exit: ExitStatus = ExitStatus(), display: Display = Display(),
        source: @escaping @Sendable (String) -> SourceText? = { _ in nil },
        displayedPath: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.tool = tool
        self.command = command
        self.policies = policies
        self.findings = findings.sorted(by: Self.precedes)
        self.suppressed = suppressed.sorted(by: Self.precedes)
        self.owners = owners
        self.undecided = undecided
        self.listeners = listeners.sorted(by: Listener.precedes)
        self.diagnostics = diagnostics.sorted(by: Self.precedes)
        self.policyDiagnostics = policyDiagnostics.sorted(by: Self.precedes)
        self.unread = unread
        self.files = files.sorted()
        self.rules = rules
        self.exit = exit
        self.display = display
        self.source = source
        self.displayedPath = displayedPath
    }
}

extension Report {
    /// By place, then what the contract sorts listeners by, then rule and message.
    static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.location != right.location { return left.location < right.location }
        if let mine = left.listener, let other = right.listener, mine != other {
            if Listener.precedes(mine, other) { return true }
            if Listener.precedes(other, mine) { return false }
        }
        return (left.rule, left.message) < (right.rule, right.message)
    }

    /// By place, those without one first; then by what they say.
    static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        switch (left.location, right.location) {
        case (nil, .some): return true
        case (.some, nil): return false
        case (let mine?, let other?) where mine != other: return mine < other
        default: return (left.code, left.message) < (right.code, right.message)
        }
    }

    /// Findings in the order of a consumer that stops reading: worst first, then by place.
    static func worstFirst(_ findings: [Finding]) -> [Finding] {
        Finding.Level.allCases.reversed().flatMap { level in findings.filter { $0.level == level } }
    }
}
