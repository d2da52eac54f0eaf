/// Input that could not be read, or not wholly (a SARIF *notification*). A rule that is broken is a `Finding`.
public struct Diagnostic: Hashable, Sendable {
    public enum Level: String, Sendable, Comparable {
        case error, warning, note

        /// Worst first.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    public var level: Level
    /// A stable kebab-case word: `yaml-syntax`, `nginx-unclosed-block`.
    public var code: String
    public var message: String
    /// What to do about it.
    public var hint: String?
    public var location: Location?
    /// The file as a whole could not be read or parsed: if it is owed, the run is not to be trusted.
    public var fileUnread: Bool

    public init(
        _ level: Level, code: String, _ message: String, hint: String? = nil, at location: Location? = nil,
        fileUnread: Bool = false
    ) {
        self.level = level
        self.code = code
        self.message = message
        self.hint = hint
        self.location = location
        self.fileUnread = fileUnread
    }
}
