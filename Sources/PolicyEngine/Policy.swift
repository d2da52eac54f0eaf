public import ListenerModel

/// Everything that decides what is wrong with a listener: packs, shared files and the repository's own, merged.
public struct Policy: Sendable {
    /// In the order in which they were first defined, the built-in ones last.
    var rules: [Rule]
    var overrides: [PlacedOverride]
    var allowances: [PlacedAllowance]
    /// What the last file sees; sealed rules keep their own.
    var environment: PolicyEnvironment
    /// For every exception that the repository's files and its baseline make.
    var terms: [Sourced<ExceptionTerms>]
    var today: CalendarDate
    /// The repository's name (`acme/shop`), nil if it is not known.
    var repository: String?
    /// `policy test` of the files reads these.
    var documents: [PolicyDocument]

    /// An override in the layer and with the sets of its file.
    struct PlacedOverride: Sendable {
        var override: Override
        var layer: Int
        var environment: PolicyEnvironment
    }

    struct PlacedAllowance: Sendable {
        var allowance: Allowance
        var environment: PolicyEnvironment
    }

    /// The files it was made of, in the order in which they were merged: `pack recommended`, `bindlint.yaml`.
    public var sources: [String]
    /// The file of recorded findings, as `read` would be asked for it.
    public var baseline: String?
    /// Compose files that are started together.
    public var projects: [ProjectDeclaration]
    /// Where files run that no deployment file places. `check` applies them itself (a sealed rule has its own);
    /// an inventory asks `placing`.
    public var contexts: [ContextDeclaration] { environment.contexts }
    /// A policy was given that the repository's own cannot weaken: `.bindlintignore` is not honoured.
    public var isSealed: Bool

    /// The names that discovery looks for, from the current folder upward.
    public static let fileNames = ["bindlint.yaml", ".bindlint.yaml"]
}

/// What to make a policy of.
public struct PolicyRequest: Sendable {
    /// `--policy`, in order: paths, or names of packs.
    public var files: [String]
    /// What discovery found.
    public var repositoryFile: String?
    public var today: CalendarDate
    /// `owner/name`; nil where it is not known, which makes the predicate `repository` unknown.
    public var repository: String?

    public init(files: [String] = [], repositoryFile: String? = nil, today: CalendarDate, repository: String? = nil) {
        self.files = files
        self.repositoryFile = repositoryFile
        self.today = today
        self.repository = repository
    }
}

public struct LoadedPolicy: Sendable {
    /// nil if there is an error among the diagnostics.
    public var policy: Policy?
    /// All that is wrong with all files, with places and suggestions.
    public var diagnostics: [Diagnostic]
}

extension Policy {
    /// Loads the files of a request, or the pack `recommended` where it names none. `read` is asked for paths as
    /// they are written, joined to the folder of the file that names them; they may lie outside the tree.
    public static func load(_ request: PolicyRequest, read: @escaping (String) -> FileContents) -> LoadedPolicy {
        var problems = Problems()
        var loader = PolicyLoader(read: read)
        for file in request.files { loader.load(file, owner: .commandLine, &problems) }
        let sealed = loader.documents
        loader = loader.next()
        if let file = request.repositoryFile {
            loader.load(file, owner: .repository, &problems)
        } else if request.files.isEmpty {
            loader.loadPack("recommended", &problems)
        }
        var merge = PolicyMerge(today: request.today, problems: problems)
        let documents = sealed + loader.documents
        for (layer, document) in documents.enumerated() {
            merge.add(document, layer: layer)
            if layer + 1 == sealed.count { merge.sealEverything(layer: layer) }
        }
        // What is shipped is checked by the tests; that takes longer than reading it.
        if !documents.allSatisfy(\.file.isShipped) { merge.checkReferences() }
        let diagnostics = merge.problems.diagnostics.sorted { left, right in
            (left.location ?? Location(file: "")) < (right.location ?? Location(file: ""))
        }
        guard !merge.problems.hasErrors else { return LoadedPolicy(policy: nil, diagnostics: diagnostics) }
        var policy = merge.policy
        policy.repository = request.repository
        policy.documents = documents
        policy.isSealed = !sealed.isEmpty
        return LoadedPolicy(policy: policy, diagnostics: diagnostics)
    }
}

extension Policy {
    /// The listeners where the policy's `contexts` put them: for an inventory. `check` does this by itself.
    public func placing(_ listeners: [Listener]) -> [Listener] {
        listeners.map { $0.placed(by: environment.contexts) }
    }
}
