internal import Extraction
internal import ListenerModel

/// Declarations of every source, with references followed across files.
struct ResolvedSources {
    /// Written once, running wherever the file or what is built from it is: source code, scripts, env files.
    private(set) var shared: [Declaration] = []
    /// By workload: what depends on how the container sees the tree, such as its server's configuration.
    private(set) var ofWorkloads: [[Declaration]]
    private(set) var diagnostics: [Diagnostic] = []
    /// Workloads whose server was read from its main configuration file on: no listener of it is missing.
    private(set) var configured: Set<Int> = []

    /// - Parameter code: Go and Node files.
    init(of code: [Unit], store: UnitStore, workloads: [Workload], options: Deployment.Options) {
        var nginx: [String] = []
        for path in store.units.keys.sorted() {
            switch store.units[path]?.body {
            case .declarations(let declarations): shared += declarations
            case .nginx: nginx.append(path)
            case .compose, .dockerfile, .go, .node, nil: break
            }
        }
        shared += GoResolver.declarations(code, in: store.tree, jobs: options.jobs)
        shared += NodeResolver.declarations(code, in: store.tree, jobs: options.jobs)
        DevelopmentServers.join(&shared)
        let servers = NginxInWorkloads(paths: nginx, workloads: workloads, store: store, world: options.world)
        ofWorkloads = servers.declarations
        shared += servers.elsewhere
        diagnostics += servers.diagnostics
        configured = servers.configured
    }
}
