/// The ignore files that are in force in a folder: its own and those of the folders above it.
///
/// As in ripgrep, `.bindlintignore` is asked first, then `.ignore`, `.gitignore` and `.git/info/exclude`; each
/// from the folder upward, and those of git no further than the folder that has `.git`.
final class IgnoreScope: Sendable {
    private let parent: IgnoreScope?
    private let own: Files
    private let isGitRoot: Bool

    struct Files: Sendable {
        var bindlintIgnore: IgnoreRules?
        var ignore: IgnoreRules?
        var gitIgnore: IgnoreRules?
        var gitExclude: IgnoreRules?

        var isEmpty: Bool {
            bindlintIgnore == nil && ignore == nil && gitIgnore == nil && gitExclude == nil
        }
    }

    static let none = IgnoreScope(parent: nil, own: Files(), isGitRoot: false)

    private init(parent: IgnoreScope?, own: Files, isGitRoot: Bool) {
        self.parent = parent
        self.own = own
        self.isGitRoot = isGitRoot
    }

    /// The scope inside a folder with these ignore files.
    func entering(_ files: Files, isGitRoot: Bool) -> IgnoreScope {
        files.isEmpty && !isGitRoot ? self : IgnoreScope(parent: self, own: files, isGitRoot: isGitRoot)
    }

    func verdict(_ path: ArraySlice<UInt8>, isFolder: Bool) -> IgnoreRules.Verdict? {
        var ignore: IgnoreRules.Verdict?
        var gitIgnore: IgnoreRules.Verdict?
        var gitExclude: IgnoreRules.Verdict?
        var insideGitRoot = true
        var scope: IgnoreScope? = self
        while let current = scope {
            let files = current.own
            if let verdict = files.bindlintIgnore?.verdict(path, isFolder: isFolder) { return verdict }
            if ignore == nil { ignore = files.ignore?.verdict(path, isFolder: isFolder) }
            if insideGitRoot {
                if gitIgnore == nil { gitIgnore = files.gitIgnore?.verdict(path, isFolder: isFolder) }
                if gitExclude == nil { gitExclude = files.gitExclude?.verdict(path, isFolder: isFolder) }
                insideGitRoot = !current.isGitRoot
            }
            scope = current.parent
        }
        return ignore ?? gitIgnore ?? gitExclude
    }
}
