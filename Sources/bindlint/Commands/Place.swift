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
            let bytes = try list == "-" ? StandardStream.input(limit: arguments.maxFileSize) : Self.bytes(of: list)
            for line in bytes.split(separator: arguments.nulSeparated ? 0 : 0x0a) {
                let path = line.last == 0x0d && !arguments.nulSeparated ? line.dropLast() : line
                if !path.isEmpty { paths.append(String(decoding: path, as: UTF8.self)) }
            }
        }
        try self.init(paths, maxFileSize: arguments.maxFileSize)
    }

    private static func bytes(of path: String) throws(Stop) -> [UInt8] {
        switch DiskFile.contents(of: path) {
        case .bytes(let bytes): return bytes
        case .missing: throw Stop("\(path): no such file")
        case .folder: throw Stop("\(path) is a folder")
        case .unreadable(let reason): throw Stop("cannot read \(path): \(reason)")
        }
    }
}

/// Why a command cannot go on; exit status 2.
struct Stop: Error {
    var message: String
    /// What is wrong with the policy, with places.
    var diagnostics: [Diagnostic] = []

    init(_ message: String, _ diagnostics: [Diagnostic] = []) {
        self.message = message
        self.diagnostics = diagnostics
    }
}
