#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Where the scanned tree starts, and how its paths are spelt for the person who runs bindlint.
public struct Repository: Sendable {
    /// Absolute, without symbolic links.
    public let root: String
    /// Absolute, without symbolic links.
    public let currentFolder: String

    public init(root: String, currentFolder: String) {
        self.root = root
        self.currentFolder = currentFolder
    }

    /// The closest folder with `.git`, from the current one upward, else the current folder. If a PATH lies
    /// outside it, the same from the closest folder that holds every PATH.
    public static func containing(_ arguments: [String]) -> Repository {
        let current = Self.resolved(".") ?? "/"
        let own = Repository(root: Self.rootUpward(from: current) ?? current, currentFolder: current)
        let folders = arguments.compactMap { own.isOutside($0) ? Self.closestFolder(to: $0) : nil }
        guard let first = folders.first else { return own }
        let inside = arguments.count == folders.count ? first : Self.commonFolder(first, current)
        let common = folders.dropFirst().reduce(inside, Self.commonFolder)
        return Repository(root: Self.rootUpward(from: common) ?? common, currentFolder: current)
    }

    /// The current folder relative to the root; nil if it lies outside.
    public var currentPath: String? { relative(currentFolder) }

    /// A PATH of the command line relative to the root; nil if it lies outside. Symbolic links of its folders are
    /// followed, one in its last component is not.
    public func path(of argument: String) -> String? {
        relative(Self.absolute(argument, from: currentFolder))
    }

    /// A path of the tree as seen from the current folder: what text, concise and JSON print.
    public func shown(_ path: String) -> String {
        let target = (root == "/" ? "" : root) + (path.isEmpty ? "" : "/" + path)
        let wanted = target.split(separator: "/")
        let here = currentFolder.split(separator: "/")
        let shared = zip(wanted, here).prefix { $0 == $1 }.count
        let up = [String](repeating: "..", count: here.count - shared)
        let steps = up + wanted.dropFirst(shared).map(String.init)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    private func isOutside(_ argument: String) -> Bool { path(of: argument) == nil }

    private func relative(_ absolute: String) -> String? {
        guard holds(absolute) else { return nil }
        let rest = absolute.utf8.dropFirst(root.utf8.count)
        return String(decoding: rest.first == UInt8(ascii: "/") ? rest.dropFirst() : rest, as: UTF8.self)
    }

    /// Whether an absolute path without symbolic links is the root or below it.
    func holds(_ absolute: String) -> Bool {
        absolute == root || absolute.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8)
    }

    private static func absolute(_ argument: String, from current: String) -> String {
        let path = argument.hasPrefix("/") ? argument : current + "/" + argument
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard let last = parts.last else { return "/" }
        let whole = "/" + parts.joined(separator: "/")
        if last == ".." { return resolved(whole) ?? whole }
        let folder = "/" + parts.dropLast().joined(separator: "/")
        // A folder that does not exist leaves the path as written: reading it will say so.
        guard let resolvedFolder = resolved(folder) else { return whole }
        return resolvedFolder == "/" ? "/\(last)" : "\(resolvedFolder)/\(last)"
    }

    private static func closestFolder(to argument: String) -> String? {
        guard var path = resolved(argument) else { return nil }
        if !isFolder(path) { path = parent(path) }
        return path
    }

    private static func commonFolder(_ left: String, _ right: String) -> String {
        let shared = zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }
        return "/" + shared.map { String($0.0) }.joined(separator: "/")
    }

    private static func rootUpward(from folder: String) -> String? {
        var folder = folder
        while true {
            if access(folder + "/.git", F_OK) == 0 { return folder }
            if folder == "/" { return nil }
            folder = parent(folder)
        }
    }

    private static func parent(_ path: String) -> String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// realpath(3)
    static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(validatingCString: resolved)
    }
}
