internal import Discovery
internal import ListenerModel

/// Where a run happens: the repository, the paths that were asked for, and the tree they are in.
struct Place {
    let repository: Repository
    let tree: DiskTree
    let paths: [String]

    init(_ paths: [String], maxFileSize: Int = DiskTree.defaultMaxFileSize) throws(Stop) {
        self.paths = paths
        repository = Repository.containing(paths)
        do throws(ReadFailure) {
            tree = try DiskTree(of: repository, maxFileSize: maxFileSize)
        } catch {
            throw Stop("cannot read \(repository.root): \(error)")
        }
    }

    /// The paths that arguments and `--files-from` name.
    init(_ arguments: ScanArguments) throws(Stop) {
        var paths = arguments.paths
        if let list = arguments.filesFrom {
            guard let bytes = list == "-" ? StandardStream.readInput() : Self.read(list) else {
                throw Stop("cannot read the list of files \(list)")
            }
            let separator: UInt8 = arguments.nulSeparated ? 0 : 0x0a
            paths += bytes.split(separator: separator).map { line in
                String(decoding: line.last == 0x0d && !arguments.nulSeparated ? line.dropLast() : line, as: UTF8.self)
            }
        }
        try self.init(paths, maxFileSize: arguments.walk.maxFileSize)
    }

    /// A file outside the tree's rules: a policy, a list, a baseline. nil if it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        if case .bytes(let bytes) = contents(of: path) { return bytes }
        return nil
    }
}

/// Why a command cannot go on; exit status 2.
struct Stop: Error {
    var message: String
    var diagnostics: [Diagnostic] = []

    init(_ message: String, _ diagnostics: [Diagnostic] = []) {
        self.message = message
        self.diagnostics = diagnostics
    }
}
