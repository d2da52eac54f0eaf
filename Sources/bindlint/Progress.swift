internal import Reporting
internal import Threading

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Says on a terminal which file is at hand, once a run takes long enough to be wondered at.
final class Progress: Sendable {
    private struct State {
        var line: ProgressLine
        var filesRead = 0
    }

    private let state: Lock<State>
    private let start = Progress.milliseconds()
    private let shownPath: @Sendable (String) -> String

    /// nil where standard error is no terminal, or nothing but findings is wanted.
    init?(_ verbosity: Verbosity, shownPath: @escaping @Sendable (String) -> String) {
        guard StandardStream.error.isTerminal, !verbosity.quiet, Terminal.variable("TERM") != "dumb" else { return nil }
        self.shownPath = shownPath
        state = Lock(State(line: ProgressLine(width: Terminal.width ?? 80)))
    }

    func read(_ path: String) {
        let elapsed = Self.milliseconds() - start
        state.withLock { state in
            state.filesRead += 1
            if let text = state.line.update(elapsed: elapsed, filesRead: state.filesRead, path: shownPath(path)) {
                StandardStream.error.write(text)
            }
        }
    }

    func end() {
        state.withLock { state in
            if let text = state.line.erase() { StandardStream.error.write(text) }
        }
    }

    private static func milliseconds() -> Int {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int(now.tv_sec) * 1000 + Int(now.tv_nsec) / 1_000_000
    }
}
