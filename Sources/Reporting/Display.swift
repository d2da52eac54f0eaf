/// How a report is shown to a person. What a terminal can do is for the caller to find out.
public struct Display: Sendable, Hashable {
    public var colour: Bool
    /// Columns of the terminal; nil where there is none: prose is wrapped at 80, tables are as wide as they are.
    public var width: Int?
    /// The `file:` URI of the repository root, ending in `/`, where the terminal shows hyperlinks (OSC 8).
    public var hyperlinkBase: String?
    /// Findings only.
    public var quiet: Bool
    /// Everything in full: every diagnostic, every explanation.
    public var verbose: Bool
    /// Counts per rule in place of the findings.
    public var statistics: Bool
    public var showSuppressed: Bool

    public init(
        colour: Bool = false, width: Int? = nil, hyperlinkBase: String? = nil, quiet: Bool = false,
        verbose: Bool = false, statistics: Bool = false, showSuppressed: Bool = false
    ) {
        self.colour = colour
        self.width = width
        self.hyperlinkBase = hyperlinkBase
        self.quiet = quiet
        self.verbose = verbose
        self.statistics = statistics
        self.showSuppressed = showSuppressed
    }

    /// The same for a file: no colours, no links, no width.
    public var forFile: Display {
        Display(quiet: quiet, verbose: verbose, statistics: statistics, showSuppressed: showSuppressed)
    }

    /// Columns for prose: a line longer than 100 is hard to read, below 40 there is no room for the labels.
    var proseWidth: Int { min(max(width ?? 80, 40), 100) }
}
