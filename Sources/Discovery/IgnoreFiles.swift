#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads the ignore files of folders. One that cannot be read counts as absent, as in git.
struct IgnoreFiles {
    /// Of the repository root.
    let rootDescriptor: Int32
    let bindlintIgnore: Bool

    private static let maxSize = 16 << 20

    /// The scope inside `folder`. `listing` is the folder's content where it has been read already: only files that
    /// are there are opened then.
    func scope(
        in folder: String, below parent: IgnoreScope, listing: FolderListing? = nil
    ) -> IgnoreScope {
        func rules(_ name: StaticString) -> IgnoreRules? {
            if let listing, !listing.contains(name, .file, .link) { return nil }
            return read(path(folder, "\(name)"), relativeTo: folder)
        }
        var files = IgnoreScope.Files()
        if bindlintIgnore { files.bindlintIgnore = rules(".bindlintignore") }
        files.ignore = rules(".ignore")
        files.gitIgnore = rules(".gitignore")
        let isGitRoot =
            listing?.contains(".git", .file, .folder, .link)
            ?? (faccessat(rootDescriptor, path(folder, ".git"), F_OK, 0) == 0)
        if isGitRoot { files.gitExclude = read(gitFolder(of: folder) + "/info/exclude", relativeTo: folder) }
        return parent.entering(files, isGitRoot: isGitRoot)
    }

    private func read(_ path: String, relativeTo folder: String) -> IgnoreRules? {
        guard let bytes = contents(path) else { return nil }
        let rules = IgnoreRules(bytes, in: folder)
        return rules.isEmpty ? nil : rules
    }

    private func contents(_ path: String) -> [UInt8]? {
        try? OpenFile(path, in: rootDescriptor).contents(limit: Self.maxSize)
    }

    private func path(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

    /// The folder that holds `info/exclude`: in worktrees and submodules `.git` is a file that names it
    /// (gitrepository-layout(5)).
    private func gitFolder(of folder: String) -> String {
        let own = path(folder, ".git")
        guard let target = firstLine(own), target.hasPrefix("gitdir: ") else { return own }
        let gitFolder = join(folder, String(target.dropFirst("gitdir: ".count)))
        return firstLine(gitFolder + "/commondir").map { join(gitFolder, $0) } ?? gitFolder
    }

    private func join(_ base: String, _ target: String) -> String {
        target.hasPrefix("/") ? target : path(base, target)
    }

    private func firstLine(_ path: String) -> String? {
        contents(path).map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) }
    }
}
