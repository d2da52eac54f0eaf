/// What a run saw and did not read: silence about it would look like a clean result.
public struct Unread: Sendable, Hashable {
    public enum Reason: String, CaseIterable, Sendable {
        /// A file of a known kind that an ignore file hides.
        case ignored
        /// A template (Helm, Jinja) that is not yet the format its name says.
        case template
        /// Larger than `--max-file-size`.
        case tooLarge = "too-large"
        /// Could not be opened or parsed.
        case unreadable
        /// Shows signs of a listener in a language that has no extractor.
        case unsupported
    }

    public struct Group: Sendable, Hashable {
        public var reason: Reason
        /// The source or language: `compose`, `python`, `kubernetes`.
        public var kind: String
        public var count: Int
        /// A few of the paths, relative to the repository root.
        public var examples: [String]

        public init(_ reason: Reason, kind: String, count: Int, examples: [String] = []) {
            self.reason = reason
            self.kind = kind
            self.count = count
            self.examples = examples.sorted()
        }
    }

    /// Sorted by reason, then kind.
    public let groups: [Group]

    public init(_ groups: [Group] = []) {
        let order = Reason.allCases
        self.groups = groups.sorted {
            (order.firstIndex(of: $0.reason)!, $0.kind) < (order.firstIndex(of: $1.reason)!, $1.kind)
        }
    }

    func groups(_ reason: Reason) -> [Group] { groups.filter { $0.reason == reason } }
}
