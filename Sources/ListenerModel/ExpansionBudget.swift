/// How much text the variables of one file may stand for. `A=$B$B`, `B=$C$C`, … doubles with every line, and a long
/// value may be used on every line; the environment of a real program is smaller than this (execve(2), E2BIG).
public struct ExpansionBudget: Sendable {
    private var remaining = 1 << 20
    private var refusals = 0

    /// For the diagnostic.
    public static let problem = "variables in variables stand for more than 1 MiB of text"

    public init() {}

    /// Counts a text that variables were replaced in; false once there is too much.
    public mutating func allows(_ text: SymbolicText) -> Bool {
        if remaining <= 0 || text.isCut {
            refusals += 1
            remaining = 0
            return false
        }
        remaining -= text.size
        return true
    }

    /// Nothing more is allowed, so that there is no use in replacing variables.
    public var isSpent: Bool { remaining <= 0 }

    /// The text was the first that was refused.
    public var hasJustEnded: Bool { refusals == 1 }
}
