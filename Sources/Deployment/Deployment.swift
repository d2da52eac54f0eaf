internal import Extraction
public import ListenerModel

/// A tree as what it will start: every listener it declares, placed, joined and judged for who can reach it.
public struct Deployment: Sendable {
    /// Sorted; those in the given paths only.
    public var listeners: [Listener]
    public var diagnostics: [Diagnostic]
    /// By path, for the given paths and what they refer to.
    public var suppressions: [String: [SuppressionComment]]
    /// The given files that were read, sorted by path.
    public var filesRead: [(path: String, source: Source)]
    /// Files that make something listen in a way that bindlint cannot read yet, with the kind.
    public var unsupported: [String: String]
    /// Given files above the limit of size, sorted; not those that were named or that another file needs.
    public var tooLarge: [String]
    /// An owed file could not be read or parsed: the run is not to be trusted.
    public var owedFileUnread: Bool

    public struct Options: Sendable {
        public var world = World.standard
        /// nil for all.
        public var sources: Set<Source>?
        public var jobs = 1
        /// Paths given one by one, which are opened whatever their name.
        public var named: Set<String> = []
        public var projects: [ComposeProjects.Declared] = []
        /// Whether a path is test code.
        public var isTest: @Sendable (String) -> Bool = { _ in false }
        /// Whether a file that nobody refers to by name may be read: an ignored `.env` may not.
        public var mayRead: @Sendable (String) -> Bool = { _ in true }

        /// Told of each file before it is read, on any thread.
        public var willRead: @Sendable (String) -> Void = { _ in }

        public init() {}
    }

    /// - Parameter paths: the files that were found or given, relative to the repository root.
    public init(_ paths: [String], in tree: any SourceTree, options: Options = Options()) {
        let reader = UnitReader(
            tree: tree, sources: options.sources, jobs: options.jobs, willRead: options.willRead)
        var store = UnitStore(tree: tree, reader: reader, paths: paths, named: options.named)
        var assembly = Assembly(store: &store, options: options)

        let given = store.given
        listeners = []
        swap(&listeners, &assembly.listeners)
        listeners.removeAll { !given.contains($0.location.path) }
        listeners.sort(by: Listener.precedes)
        suppressions = store.suppressions
        var found = store.diagnostics + assembly.diagnostics
        filesRead = store.sources.sorted { $0.path < $1.path }
        unsupported = store.unsupported
        tooLarge = store.tooLarge
        owedFileUnread = false
        for index in found.indices where found[index].fileUnread {
            let path = found[index].location?.path ?? ""
            if store.owed.contains(path) {
                found[index].level = .error
                owedFileUnread = true
            } else {
                // The reader of a file does not know whether anything needs it.
                found[index].level = options.isTest(path) ? .note : max(found[index].level, .warning)
            }
        }
        diagnostics = Self.sorted(found)
    }

    private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        Array(Set(diagnostics)).sorted { left, right in
            let places = (left.location ?? Location(file: ""), right.location ?? Location(file: ""))
            if places.0 != places.1 { return places.0 < places.1 }
            return (left.code, left.message) < (right.code, right.message)
        }
    }
}
