public import ListenerModel

extension Report {
    /// Why a run ends as it does; the status follows from the causes, so that the number and its explanation cannot
    /// disagree.
    public struct ExitStatus: Sendable, Hashable {
        public enum Cause: Sendable, Hashable {
            /// This many findings at or above `failOn`.
            case findings(Int)
            /// `--fail-on-unknown`, and this many judgements were left undecided.
            case undecided(Int)
            /// A file that is owed could not be read or parsed.
            case unreadFile(String)
            /// `--strict-input`, and this many files could not be read or parsed.
            case strictInput(Int)
            /// A path on the command line does not exist.
            case missingPath(String)
            /// No file of a known kind, and no `--allow-empty`.
            case noKnownFile

            var isUntrustworthy: Bool {
                switch self {
                case .findings, .undecided: false
                case .unreadFile, .strictInput, .missingPath, .noKnownFile: true
                }
            }
        }

        /// `off` is `--fail-on never`.
        public var failOn: Finding.Level
        public var causes: [Cause]

        public init(failOn: Finding.Level = .warning, causes: [Cause] = []) {
            self.failOn = failOn
            self.causes = causes
        }

        /// 0, 1 or 2; the last wins.
        public var code: Int {
            if !isTrustworthy { return 2 }
            return causes.isEmpty ? 0 : 1
        }

        public var isTrustworthy: Bool { !causes.contains(where: \.isUntrustworthy) }
    }
}
