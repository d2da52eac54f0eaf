public import Extraction
public import ListenerModel

/// Groups the compose files of a tree into projects and resolves each.
public struct ComposeProjects: Sendable {
    /// A project that a policy declares (`projects:`).
    public struct Declared: Sendable, Hashable {
        public var files: [String]
        public var profiles: [String]
        public var envFile: String?

        public init(files: [String], profiles: [String] = [], envFile: String? = nil) {
            self.files = files
            self.profiles = profiles
            self.envFile = envFile
        }
    }

    /// - Parameters:
    ///   - files: the compose files that the scan found.
    ///   - mayRead: whether a `.env` file may be read; an ignored one is not, unless asked for.
    public static func find(
        _ files: [ComposeFile], in tree: any SourceTree, declared: [Declared] = [], world: World = .standard,
        mayRead: (String) -> Bool = { _ in true }
    ) -> [ComposeProject] {
        []
    }
}
