/// The line that a terminal shows on standard error while a run takes its time. It knows no clock: the caller says
/// how long the run has taken, and writes what it is given.
public struct ProgressLine: Sendable {
    /// Milliseconds before the first line: most runs end sooner, and a flash of text is worse than none.
    private static let delay = 500
    /// Milliseconds between lines.
    private static let interval = 100

    private let width: Int
    private var next = delay
    private var isShown = false

    /// - Parameter width: columns of the terminal.
    public init(width: Int) { self.width = width }

    /// What to write, if it is time for it; it takes the place of the line before.
    /// - Parameters:
    ///   - elapsed: milliseconds since the start of the run.
    ///   - path: the file at hand, as the person would write it.
    public mutating func update(elapsed: Int, filesRead: Int, path: String) -> String? {
        guard elapsed >= next else { return nil }
        next = elapsed + Self.interval
        isShown = true
        let head = "\(counted(filesRead, "file")) read "
        // The last column stays free, where some terminals would start a new line.
        let room = max(0, width - head.displayWidth - 1)
        return "\r" + head + path.sanitised.truncatedAtStart(to: room) + Self.eraseToEnd
    }

    /// What to write before anything else is written to the terminal; nil if no line is shown.
    public mutating func erase() -> String? {
        guard isShown else { return nil }
        isShown = false
        return "\r" + Self.eraseToEnd
    }

    /// EL of ECMA-48.
    private static let eraseToEnd = "\u{1b}[K"
}
