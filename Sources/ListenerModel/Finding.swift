/// A rule of a policy that a listener breaks (a SARIF *result*).
public struct Finding: Sendable {
    public enum Level: String, CaseIterable, Sendable, Comparable {
        case off, note, warning, error

        private var rank: Int { Self.allCases.firstIndex(of: self)! }
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    /// The rule's id.
    public var rule: String
    public var level: Level
    /// One sentence: the consequence, in words.
    public var message: String
    public var why: String?
    public var fix: String?
    public var location: Location
    /// The other places that take part, with what each says.
    public var related: [TraceStep]
    public var trace: [TraceStep]
    /// nil only for the built-in rules about suppressions, allowances and the baseline.
    public var listener: Listener?
    /// The services of findings that were merged into this one because rule and place are the same.
    public var services: [String]
    /// Which exceptions took it away, if any did.
    public var suppression: Suppression?

    /// A change of the text after which the policy has nothing to say about the listener.
    public var edit: Edit?

    public struct Edit: Sendable, Hashable {
        /// What is replaced.
        public var location: Location
        public var replacement: String

        public init(at location: Location, replacement: String) {
            self.location = location
            self.replacement = replacement
        }
    }

    public struct Suppression: Sendable, Hashable {
        public enum Kind: String, Sendable { case allowance, inline, baseline }
        public var kind: Kind
        public var reason: String
        /// Where the exception is written; nil for a baseline.
        public var location: Location?

        public init(kind: Kind, reason: String, location: Location?) {
            self.kind = kind
            self.reason = reason
            self.location = location
        }
    }

    public init(
        rule: String, level: Level, message: String, why: String? = nil, fix: String? = nil, location: Location,
        related: [TraceStep] = [], trace: [TraceStep] = [], listener: Listener? = nil, services: [String] = [],
        suppression: Suppression? = nil
    ) {
        self.rule = rule
        self.level = level
        self.message = message
        self.why = why
        self.fix = fix
        self.location = location
        self.related = related
        self.trace = trace
        self.listener = listener
        self.services = services
        self.suppression = suppression
    }
}
