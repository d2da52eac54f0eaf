public import Extraction
public import ListenerModel
import YAMLTree

/// Groups the compose files of a tree into projects and resolves each.
///
/// A folder's default file makes a project with its override; `COMPOSE_FILE` in the folder's `.env` and a policy's
/// `projects` name others. Any other compose file that nobody refers to is a project of its own. A file is an
/// override, an included file or a project, never two of them.
public enum ComposeProjects {
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
    ///   - mayRead: whether an env file may be read; an ignored one is not, unless asked for.
    public static func find(
        _ files: [ComposeFile], in tree: any SourceTree, declared: [Declared] = [], world: World = .standard,
        mayRead: @escaping @Sendable (String) -> Bool = { _ in true }, jobs: Int = 1
    ) -> [ComposeProject] {
        let known = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let sources = ComposeSources(known, in: tree, world: world, mayRead: mayRead)
        var plan = Plan(files, sources)
        for project in declared { plan.add(project) }
        plan.addDefaults()
        plan.addOthers()
        let projects = ResolverShares.map(plan.outlines, jobs: jobs) { outlines in
            let sources = ComposeSources(known, in: tree, world: world, mayRead: mayRead)
            return outlines.map { ComposeResolver.resolve($0, sources, world) }
        }
        return projects.sorted { ($0.files.first ?? "", $0.files.count) < ($1.files.first ?? "", $1.files.count) }
    }

    /// What compose would be started with.
    struct Outline: Sendable {
        var files: [String]
        var folder: String
        var envFiles: [String]
        /// Those that the policy names; if none, `COMPOSE_PROFILES` counts.
        var profiles: [String] = []
        /// These are all the files it is started with. A file that only its name sets apart may be meant as an
        /// addition to others, which nobody says.
        var isWhole = false
    }

    /// Base names in the order of preference, then those of overrides (compose-go `cli/options.go`).
    private static let defaultNames = [
        "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml",
    ]
    private static let overrideNames = [
        "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
        "docker-compose.override.yaml",
    ]

    private struct Plan {
        private let files: [ComposeFile]
        private let sources: ComposeSources
        private(set) var outlines: [Outline] = []
        /// Files that a project is made of.
        private var used: Set<String> = []
        private let included: Set<String>
        private var extended: Set<String> = []

        init(_ files: [ComposeFile], _ sources: ComposeSources) {
            self.files = files
            self.sources = sources
            included = Self.included(files)
            for file in files { extended.formUnion(file.extendedPaths) }
        }

        /// Files that are included, directly or not, by one that nobody includes: of a circle each is a project.
        private static func included(_ files: [ComposeFile]) -> Set<String> {
            let paths = Dictionary(files.map { ($0.path, $0.includedPaths) }, uniquingKeysWith: { first, _ in first })
            let targets = Set(paths.values.joined())
            var open = paths.keys.filter { !targets.contains($0) }.flatMap { paths[$0] ?? [] }
            var reached: Set<String> = []
            while let path = open.popLast() {
                if reached.insert(path).inserted { open += paths[path] ?? [] }
            }
            return reached
        }

        private mutating func add(_ outline: Outline) {
            outlines.append(outline)
            used.formUnion(outline.files)
        }

        mutating func add(_ project: Declared) {
            guard let first = project.files.first else { return }
            let folder = RepositoryPath.parent(first)
            add(
                Outline(
                    files: project.files, folder: folder,
                    envFiles: project.envFile.map { [$0] } ?? sources.defaultEnvFiles(of: folder),
                    profiles: project.profiles, isWhole: true))
        }

        mutating func addDefaults() {
            let byFolder = Dictionary(grouping: files.map(\.path)) { RepositoryPath.parent($0) }
            for (folder, paths) in byFolder.sorted(by: { $0.key < $1.key }) {
                let names = Set(paths.map { RepositoryPath.name($0) })
                func path(_ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }
                let envFiles = sources.defaultEnvFiles(of: folder)
                let variables = sources.variables(envFiles: envFiles)
                var chosen: [String] = []
                if let listed = sources.setting("COMPOSE_FILE", variables) {
                    let separator = sources.setting("COMPOSE_PATH_SEPARATOR", variables)?.first ?? ":"
                    chosen = listed.split(separator: separator)
                        .compactMap { RepositoryPath.join(folder, String($0)) }
                        .filter { sources.isFile($0) }
                } else if let base = defaultNames.first(where: names.contains) {
                    chosen = ([base] + overrideNames.filter(names.contains).prefix(1)).map(path)
                }
                guard let first = chosen.first, !used.contains(first), !included.contains(first) else { continue }
                // Relative paths start from the first file's folder, wherever it was named.
                add(
                    Outline(
                        files: chosen, folder: RepositoryPath.parent(first), envFiles: envFiles, isWhole: true))
            }
        }

        mutating func addOthers() {
            for file in files where !used.contains(file.path) && !included.contains(file.path) {
                if extended.contains(file.path) && !defaultNames.contains(RepositoryPath.name(file.path)) { continue }
                let folder = RepositoryPath.parent(file.path)
                add(Outline(files: [file.path], folder: folder, envFiles: sources.defaultEnvFiles(of: folder)))
            }
        }
    }
}

extension ComposeFile {
    private var folder: String { RepositoryPath.parent(path) }

    /// Files named by `include:` without a variable.
    fileprivate var includedPaths: [String] {
        documents.flatMap { $0["include"]?.sequence ?? [] }.flatMap { item in
            let paths = item.mapping == nil ? [item] : item["path"].map { $0.sequence ?? [$0] } ?? []
            return paths.compactMap { $0.string }
        }.compactMap { RepositoryPath.join(folder, $0) }.filter { $0 != path }
    }

    fileprivate var extendedPaths: [String] {
        documents.flatMap { $0["services"]?.mapping ?? [] }
            .compactMap { $0.value["extends"]?["file"]?.string }
            .compactMap { RepositoryPath.join(folder, $0) }.filter { $0 != path }
    }
}
