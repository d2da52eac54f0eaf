import Extraction
import ListenerModel

/// The files that projects are made of, each read once.
final class ComposeSources {
    private let tree: any SourceTree
    private var files: [String: ComposeFile]
    private let world: World
    private let mayRead: (String) -> Bool
    /// Files beyond the project's own that were asked for, in order.
    private(set) var alsoRead: [String] = []
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var refusal: ComposeFile.Refusal?
    /// A file that is referred to is remote or named by a variable: what it holds is not known.
    private(set) var isIncomplete = false
    /// Two includes of a file that has two includes, and so on, are many: a bound for one project.
    private var remainingMerges = mergeLimit
    private static let mergeLimit = 1_000
    private var noted: Set<String> = []

    /// - Parameter files: those that are read already, by path.
    init(_ files: [String: ComposeFile], in tree: any SourceTree, world: World, mayRead: @escaping (String) -> Bool) {
        self.tree = tree
        self.files = files
        self.world = world
        self.mayRead = mayRead
    }

    /// Starts the accounts of another project.
    func begin() {
        alsoRead = []
        diagnostics = []
        refusal = nil
        isIncomplete = false
        remainingMerges = Self.mergeLimit
        noted = []
    }

    private func refuse(_ reason: String, at location: Location) {
        if refusal == nil { refusal = .init(reason, at: location) }
    }

    func note(_ path: String) {
        if noted.insert(path).inserted { alsoRead.append(path) }
    }

    /// Counts a file that is merged into the project; false once they are too many.
    func mayMerge(_ path: String) -> Bool {
        remainingMerges -= 1
        if remainingMerges == 0 {
            refuse("more than \(Self.mergeLimit) files to include", at: Location(file: path))
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-limit", "the project includes more than \(Self.mergeLimit) files",
                    hint: "what else it includes was not read", at: Location(file: path)))
        }
        return remainingMerges > 0
    }

    func file(_ path: String) -> ComposeFile? {
        if let file = files[path] { return file }
        guard case .bytes(let bytes) = tree.read(path) else { return nil }
        let unit = ComposeExtractor().unit(of: bytes, path: path)
        guard case .compose(let file) = unit.body else { return nil }
        diagnostics += unit.diagnostics
        files[path] = file
        return file
    }

    func isFile(_ path: String) -> Bool { files[path] != nil || tree.isFile(path) }
    func isFolder(_ path: String) -> Bool { tree.isFolder(path) }

    // MARK: paths

    /// The path in the tree that a value names; nil, and a diagnostic, if it names no file there.
    func referred(_ value: ComposeValue, relativeTo folder: String) -> String? {
        guard let written = value.known else {
            isIncomplete = true
            diagnostics.append(
                Diagnostic(
                    .note, code: "compose-unknown-path", "which file this names depends on a variable",
                    at: value.location))
            return nil
        }
        if Self.isRemote(written) {
            isIncomplete = true
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-remote-file", "\(written) is not in the tree and was not read",
                    at: value.location))
            return nil
        }
        guard let path = RepositoryPath.join(folder, written), isFile(path) else {
            refuse("no such file: \(written)", at: value.location)
            diagnostics.append(
                Diagnostic(
                    .warning, code: "compose-missing-file", "no file \(written) in the tree",
                    hint: "it is looked for in \(folder.isEmpty ? "the root" : folder)", at: value.location))
            return nil
        }
        note(path)
        return path
    }

    private static func isRemote(_ path: String) -> Bool {
        ["oci://", "https://", "http://", "git@", "ssh://", "github.com/"].contains { path.hasPrefix($0) }
    }

    // MARK: variables

    /// What the interpolation of a project sees: the process environment over its env files.
    func variables(envFiles: [String]) -> (String) -> EnvironmentValue {
        Self.layered(world.variable, over: values(ofEnvFiles: envFiles, outer: world.variable))
    }

    private static func layered(
        _ outer: @escaping (String) -> EnvironmentValue, over values: [String: EnvironmentValue]
    ) -> (String) -> EnvironmentValue {
        if values.isEmpty { return outer }
        return { name in
            let value = outer(name)
            if case .value = value { return value }
            return values[name] ?? value
        }
    }

    private func values(
        ofEnvFiles paths: [String], outer: @escaping (String) -> EnvironmentValue
    ) -> [String: EnvironmentValue] {
        var values: [String: EnvironmentValue] = [:]
        for path in paths {
            guard case .bytes(let bytes) = tree.read(path) else {
                refuse("couldn't find env file: \(path)", at: Location(file: path))
                continue
            }
            note(path)
            let text = SourceText(path: path, bytes: bytes)
            let (variables, problems) = dotenv(text, outer: Self.layered(outer, over: values))
            if let problem = problems.first {
                refuse("\(path): \(problem.message)", at: text.location(problem.range))
            }
            for variable in variables where variable.value != .unset { values[variable.key] = variable.value }
        }
        return values
    }

    /// The `.env` of a folder, if there is one and it may be read. A link to nothing is none.
    func defaultEnvFile(of folder: String) -> String? {
        guard let path = RepositoryPath.join(folder, ".env"), tree.isFile(path), mayRead(path),
            case .bytes = tree.read(path)
        else { return nil }
        return path
    }

    /// The env files that compose reads in a folder where none is named.
    func defaultEnvFiles(of folder: String) -> [String] {
        if let listed = setting("COMPOSE_ENV_FILES", world.variable) {
            return listed.split(separator: ",").compactMap { RepositoryPath.join(folder, String($0)) }
        }
        if ["1", "true"].contains(setting("COMPOSE_DISABLE_ENV_FILE", world.variable)) { return [] }
        return defaultEnvFile(of: folder).map { [$0] } ?? []
    }

    /// A variable that steers compose itself, where it is known and not empty.
    func setting(_ name: String, _ variables: (String) -> EnvironmentValue) -> String? {
        guard case .value(let text, _) = variables(name), let known = text.known, !known.isEmpty else { return nil }
        return known
    }

    func dotenv(
        _ text: SourceText, format: Dotenv.Format = .interpolated, outer: (String) -> EnvironmentValue
    ) -> (variables: [Dotenv.Variable], problems: [Dotenv.Problem]) {
        if !EnvFileExtractor().reads(text.bytes) {
            // What it sets stays unknown.
            diagnostics += EnvFileExtractor().unit(of: text.bytes, path: text.path).diagnostics
            return ([], [])
        }
        let file = Dotenv(text.bytes, format: format)
        let (variables, failures) = file.variables(in: text, outer: outer)
        let problems = file.problems + failures
        diagnostics += problems.map {
            Diagnostic(
                .warning, code: "env-file-syntax", $0.message, hint: "docker compose refuses the whole file",
                at: text.location($0.range))
        }
        return (variables, problems)
    }

    /// An env file of a service; nil if it is not in the tree. Who deploys may have it: only in a world where
    /// nothing is unknown is that a reason to refuse.
    func serviceEnvFile(_ value: ComposeValue, isRequired: Bool) -> SourceText? {
        guard let name = value.known, let path = RepositoryPath.join(value.origin.folder, name), mayRead(path),
            case .bytes(let bytes) = tree.read(path)
        else {
            if case .exact = world.environment, isRequired {
                refuse("env file \(value.writtenText) not found", at: value.location)
            }
            return nil
        }
        note(path)
        return SourceText(path: path, bytes: bytes)
    }

    func refuseEnvFormat(_ value: ComposeValue) {
        refuse("unsupported env_file format \(value.writtenText)", at: value.location)
    }

    // MARK: include

    struct Included {
        var files: [String]
        var folder: String
        var variables: (String) -> EnvironmentValue
    }

    /// One entry of `include:`, a path or a mapping with `path`, `project_directory` and `env_file`.
    func include(
        _ item: ComposeValue, folder: String, parent: @escaping (String) -> EnvironmentValue
    ) -> Included? {
        let written = item.mapping == nil ? [item] : item["path"].map { ComposeMerge.list($0).sequence ?? [] } ?? []
        let paths = written.compactMap { referred($0, relativeTo: folder) }
        guard let first = paths.first else { return nil }
        let directory =
            item["project_directory"]?.known.flatMap { RepositoryPath.join(folder, $0) }
            ?? RepositoryPath.parent(first)
        let envFiles: [String]
        if let written = item["env_file"] {
            envFiles = (ComposeMerge.list(written).sequence ?? [])
                .filter { $0.known != "/dev/null" }.compactMap { referred($0, relativeTo: folder) }
        } else {
            envFiles = defaultEnvFile(of: directory).map { [$0] } ?? []
        }
        return Included(
            files: paths, folder: directory,
            variables: Self.layered(parent, over: values(ofEnvFiles: envFiles, outer: parent)))
    }
}
