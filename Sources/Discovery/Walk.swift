public import ListenerModel
internal import Threading

/// Finds the files below the PATHs of the command line, by ripgrep's rules (see `Options` for where we differ).
/// Results are sorted: the same for any number of jobs.
public struct Walk: Sendable {
    public struct Options: Sendable {
        /// Files and folders whose name starts with a dot; `.env*` files are found in any case.
        public var hidden = false
        /// No ignore file counts.
        public var noIgnore = false
        /// `.bindlintignore` counts.
        public var bindlintIgnore = true
        /// If there are any, a file has to match one.
        public var include: [Glob] = []
        /// A folder that matches is not entered.
        public var exclude: [Glob] = []
        /// A file named on the command line is subject to all of these as well.
        public var forceExclude = false
        public var jobs = Workers.available

        public init() {}
    }

    public struct File: Hashable, Sendable {
        /// Relative to the repository root.
        public var path: String
        /// The PATH under which it was found, relative to the repository root; its own if it was named.
        public var under: String

        public var isNamed: Bool { path == under }

        public init(path: String, under: String) {
            self.path = path
            self.under = under
        }
    }

    public struct Problem: Hashable, Sendable {
        /// Relative to the repository root; as written if it lies outside.
        public var path: String
        public var failure: ReadFailure
        /// It is a PATH of the command line.
        public var isNamed: Bool

        public init(path: String, failure: ReadFailure, isNamed: Bool) {
            self.path = path
            self.failure = failure
            self.isNamed = isNamed
        }
    }

    public struct Result: Sendable {
        /// Sorted by path; a file found under two PATHs is there once, under the longer.
        public var files: [File] = []
        /// Wanted files that ignore files or `--exclude` took away; folders that they took away are not searched.
        public var ignoredFiles: [String] = []
        public var ignoredFolders = 0
        public var problems: [Problem] = []

        mutating func append(_ other: Result) {
            files += other.files
            ignoredFiles += other.ignoredFiles
            ignoredFolders += other.ignoredFolders
            problems += other.problems
        }
    }

    private let repository: Repository
    private let options: Options

    public init(in repository: Repository, _ options: Options = Options()) {
        self.repository = repository
        self.options = options
    }

    /// `wanted` says by a file's path, relative to the repository root, whether it may be of a known kind; a file that
    /// is named is found anyway.
    public func files(
        under arguments: [String], wanted: @escaping @Sendable (ArraySlice<UInt8>) -> Bool
    ) -> Result {
        var result = Result()
        let visitor: FolderVisitor
        do throws(ReadFailure) {
            visitor = try FolderVisitor(repository, options, wanted)
        } catch {
            result.problems = [Problem(path: repository.root, failure: error, isNamed: false)]
            return result
        }
        var folders: [FolderQueue.Folder] = []
        for argument in arguments {
            guard let path = repository.path(of: argument) else {
                result.problems.append(Problem(path: argument, failure: .outsideRepository, isNamed: true))
                continue
            }
            visitor.start(at: path, &result, &folders)
        }
        result.append(visitor.visitAll(folders))
        Self.tidy(&result)
        return result
    }

    private static func tidy(_ result: inout Result) {
        result.files.sort { ($0.path, $1.under.utf8.count) < ($1.path, $0.under.utf8.count) }
        var files: [File] = []
        for file in result.files where files.last?.path != file.path { files.append(file) }
        result.files = files
        result.ignoredFiles = unique(result.ignoredFiles)
        var seen: Set<Problem> = []
        result.problems = result.problems.filter { seen.insert($0).inserted }.sorted { $0.path < $1.path }
    }

    private static func unique(_ paths: [String]) -> [String] { Set(paths).sorted() }
}
