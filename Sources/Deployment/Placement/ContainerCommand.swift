internal import Extraction
internal import ListenerModel

/// What a container starts: `ENTRYPOINT` and `CMD` of its image, or what its service puts in their place, followed
/// through the package scripts that they name.
struct ContainerCommand {
    /// What the commands themselves say about listening.
    private(set) var declarations: [Declaration] = []
    /// The files (Node) and packages (Go) that are started, by their path in the tree.
    private(set) var entryPoints: Set<String> = []
    /// What the image's own command would open, where the service puts another in its place.
    private(set) var replaced: [Declaration] = []

    private let workload: Workload
    private let store: UnitStore
    /// Scripts may name each other.
    private static let maximumDepth = 8

    init(of workload: Workload, store: UnitStore) {
        self.workload = workload
        self.store = store
        for reader in readers() { follow(reader, depth: 0) }
        addEnvironmentFlags()
        addReplaced()
    }

    private mutating func addReplaced() {
        guard let service = workload.service, service.entrypoint != nil || service.command != nil,
            let build = workload.build, let source = store.units[build.dockerfile]?.text
        else { return }
        let kept = Set(declarations.map(\.location))
        replaced = build.image.start(in: source).declarations.filter { !kept.contains($0.location) }
    }

    /// Flags that reach any program through the environment: `NODE_OPTIONS=--inspect=0.0.0.0`.
    private mutating func addEnvironmentFlags() {
        for entry in workload.service?.environment.entries ?? [] {
            guard let value = entry.value, let source = store.units[entry.location.path]?.text else { continue }
            declarations += ListeningVariables.flags(
                of: .init(name: entry.name, value: value, location: entry.location), in: source, kind: .compose)
        }
    }

    // MARK: The command

    private func readers() -> [CommandReader] {
        let image = workload.build?.image
        let entrypoint = workload.service?.entrypoint
        let command = workload.service?.command
        // A service's entry point takes the image's command away with its entry point.
        let imageCommand = entrypoint == nil && command == nil ? image?.command : nil
        let imageEntrypoint = entrypoint == nil ? image?.entrypoint : nil

        var words: [CommandWord] = []
        var readers: [CommandReader] = []
        if let entrypoint {
            words += self.words(entrypoint)
        } else if case .exec(let own)? = imageEntrypoint {
            words += own.map { CommandWord($0.text, at: $0.location) }
        } else if case .shell(let text)? = imageEntrypoint {
            // The shell form ignores what CMD or the service adds.
            return [CommandReader(shell: text)]
        }
        let wrapped = words.count
        if let command {
            words += self.words(command)
        } else if case .exec(let own)? = imageCommand {
            words += own.map { CommandWord($0.text, at: $0.location) }
        } else if case .shell(let text)? = imageCommand {
            readers.append(CommandReader(shell: text))
        }
        // A script in front of a command sets something up and ends in `exec "$@"`.
        if wrapped == 1, words.count > 1, words[0].text.known?.hasSuffix(".sh") == true { words.removeFirst() }
        if let first = words.first, let source = store.units[first.location.path]?.text {
            readers.append(CommandReader(words: words, program: program, in: source))
        }
        return readers
    }

    private func words(_ words: ComposeService.Words) -> [CommandWord] {
        switch words {
        case .cleared: return []
        case .words(let words): return words.map { CommandWord($0.value, at: $0.location) }
        case .shell(let text):
            guard let source = store.units[text.location.path]?.text else { return [] }
            return ShellWords.words(in: PlacedText(text.value, in: source, at: text.location.range))
        }
    }

    /// The program that an image starts whose entry point the tree does not show: mostly it bears its name.
    private var program: String? {
        guard workload.build == nil, let image = workload.image else { return nil }
        let name = image.split(separator: "/").last?.prefix { $0 != ":" && $0 != "@" }
        return name.map(String.init)
    }

    // MARK: What it starts

    private mutating func follow(_ reader: CommandReader, depth: Int) {
        declarations += reader.declarations
        for invocation in reader.invocations {
            if let script = invocation.script {
                let written = script.text.known ?? ""
                if let file = treePaths(written).lazy.compactMap(entryFile).first { entryPoints.insert(file) }
            } else if let name = invocation.packageScript {
                guard depth < Self.maximumDepth, let manifest = manifest(), let script = manifest.script(name) else {
                    continue
                }
                follow(CommandReader(shell: script.command), depth: depth + 1)
            } else if let written = invocation.goPackage?.text.known {
                if let folder = treePaths(written).first(where: store.tree.isFolder) { entryPoints.insert(folder) }
            } else if let package = package(invocation.programWord.text.known ?? "") {
                entryPoints.insert(package)
            }
        }
    }

    private func manifest() -> PackageManifest? {
        for path in treePaths("package.json") {
            if case .bytes(let bytes) = store.tree.read(path), PackageJSONExtractor().reads(bytes) {
                return PackageManifest(SourceText(path: path, bytes: bytes))
            }
        }
        return nil
    }

    /// The Go package that a program of the image was built from.
    private func package(_ program: String) -> String? {
        guard let build = workload.build else { return nil }
        let name = RepositoryPath.name(program)
        let made =
            build.image.programs.first { $0.path == program }
            ?? build.image.programs.first {
                RepositoryPath.name($0.path) == name
            }
        return made.flatMap { RepositoryPath.join(build.context, $0.package) }
    }

    /// Where in the tree a path could stand that the command writes.
    private func treePaths(_ written: String) -> [String] {
        if written.hasPrefix("/") { return workload.files.treePaths(of: written) }
        let folder = workload.service?.workingDirectory?.value ?? workload.build?.image.workingDirectory
        guard let folder = folder?.known, let path = RepositoryPath.join(folder, written) else { return [] }
        return workload.files.treePaths(of: "/" + path)
    }

    /// The source file of an entry file: itself, with the ending that the command leaves out, or what a compiler
    /// made it of (`dist/server.js` of `src/server.ts`).
    private func entryFile(_ path: String) -> String? {
        let tree = store.tree
        let candidates = [path] + Self.endings.map { path + $0 } + Self.endings.map { path + "/index" + $0 }
        if let found = candidates.first(where: tree.isFile) { return found }
        guard let dot = path.lastIndex(of: ".") else { return nil }
        let parts = path[..<dot].split(separator: "/").map(String.init)
        guard let output = parts.firstIndex(where: Self.outputFolders.contains) else { return nil }
        for replacement in [["src"], []] {
            let stem = (parts[..<output] + replacement + parts[(output + 1)...]).joined(separator: "/")
            if let found = Self.endings.map({ stem + $0 }).first(where: tree.isFile) { return found }
        }
        return nil
    }

    private static let endings = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"]
    private static let outputFolders: Set<String> = ["dist", "build", "out", "lib", "output"]
}
