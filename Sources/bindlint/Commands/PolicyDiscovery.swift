internal import Discovery
internal import ListenerModel
internal import PolicyEngine

/// The policy that judges a run, and what there is to say about how it was found.
struct PolicyInForce {
    let policy: Policy
    let diagnostics: [Diagnostic]
    /// The repository's own file that was found, relative to the current folder.
    let discovered: String?

    /// One look-up, from the current folder upward to the repository root, unless `--isolated`.
    init(_ choice: PolicyChoice, in repository: Repository, today: CalendarDate) throws(Stop) {
        let own = choice.isolated ? nil : Self.discover(in: repository)
        let request = PolicyRequest(
            files: choice.files, repositoryFile: own, today: today,
            repository: RepositoryName.read(root: repository.root))
        let loaded = Policy.load(request) { DiskFile.contents(of: $0) }
        guard let policy = loaded.policy else { throw Stop("the policy cannot be used", loaded.diagnostics) }
        self.policy = policy
        diagnostics = loaded.diagnostics
        discovered = own
    }

    static func discover(in repository: Repository) -> String? {
        var folder = ""
        var here = repository.currentFolder
        while true {
            for name in Policy.fileNames {
                if case .bytes = DiskFile.contents(of: folder + name) { return folder + name }
            }
            if here == repository.root || !here.hasPrefix(repository.root) || here == "/" { return nil }
            here = String(here[..<(here.lastIndex(of: "/") ?? here.startIndex)])
            folder += "../"
        }
    }
}
