/// A rule as documentation and reports show it; what it tests is the policy engine's.
public struct RuleDescription: Sendable, Hashable {
    public var id: String
    public var title: String
    /// In effect, after overrides that apply everywhere.
    public var level: Finding.Level
    /// The level the rule was defined with.
    public var defaultLevel: Finding.Level
    public var why: String?
    public var fix: String?
    /// Markdown, in the fixed form: what, why it is bad, example, use instead, references.
    public var help: String?
    public var tags: [String]
    /// `very-high`, `high`, `medium`, `low`.
    public var precision: String?
    /// CVSS-like, `0.0` to `10.0`.
    public var securitySeverity: String?
    /// `CWE-1327`
    public var cwe: String?
    public var references: [String]
    /// The pack's name or the policy file and line that defined it, then those that changed it.
    public var origins: [String]
    /// Whether a comment in the file may excuse it (the keys `suppressible` and `exceptions: none`).
    public var suppressible: Bool

    public init(
        id: String, title: String, level: Finding.Level, defaultLevel: Finding.Level, why: String? = nil,
        fix: String? = nil, help: String? = nil, tags: [String] = [], precision: String? = nil,
        securitySeverity: String? = nil, cwe: String? = nil, references: [String] = [], origins: [String] = [],
        suppressible: Bool = true
    ) {
        self.id = id
        self.title = title
        self.level = level
        self.defaultLevel = defaultLevel
        self.why = why
        self.fix = fix
        self.help = help
        self.tags = tags
        self.precision = precision
        self.securitySeverity = securitySeverity
        self.cwe = cwe
        self.references = references
        self.origins = origins
        self.suppressible = suppressible
    }
}
