internal import Dialects
internal import Extraction
internal import ListenerModel

/// What the nginx of each container opens, and what files of no container would.
struct NginxInWorkloads {
    /// By workload.
    private(set) var declarations: [[Declaration]]
    /// Of files that no container holds.
    private(set) var elsewhere: [Declaration] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// Workloads whose main configuration file was read: no listener of their nginx is missing.
    private(set) var configured: Set<Int> = []

    init(paths: [String], workloads: [Workload], store: UnitStore, world: World) {
        let tree = store.tree
        declarations = workloads.map { _ in [] }
        var held: Set<String> = []
        let given = PathSet(paths)
        for (index, workload) in workloads.enumerated() where workload.mayRunNginx {
            let inline = workload.inlineConfigurations(store)
            let own = given.below(workload.files.entries.map(\.treePath)) + inline.map(\.text.path)
            guard !own.isEmpty else { continue }
            let resolver = NginxResolver(
                tree: tree, world: world,
                mounts: workload.nginxMounts + inline.map { NginxMount(seen: $0.target, path: $0.text.path) },
                overlay: Dictionary(inline.map { ($0.text.path, $0.text) }, uniquingKeysWith: { $1 }),
                known: { store.units[$0] },
                environment: workload.variable)
            let (roots, isConfigured) = Self.roots(among: own, in: workload, inline, resolver, tree)
            for resolution in roots {
                declarations[index] += resolution.declarations.map { found in inline.reduce(found) { $1.placed($0) } }
                diagnostics += resolution.diagnostics.map { found in inline.reduce(found) { $1.placed($0) } }
                held.formUnion(resolution.files)
            }
            if isConfigured { configured.insert(index) }
        }
        let rest = paths.filter { !held.contains($0) }
        let resolver = NginxResolver(
            tree: tree, world: world, known: { store.units[$0] }, environment: world.variable)
        for (_, resolution) in NginxRoot.roots(
            among: rest, in: tree, known: resolver.known, resolve: resolver.resolve)
        {
            elsewhere += resolution.declarations
            diagnostics += resolution.diagnostics
        }
    }

    private static func roots(
        among paths: [String], in workload: Workload, _ inline: [InlineConfiguration], _ resolver: NginxResolver,
        _ tree: any SourceTree
    ) -> (roots: [NginxResolution], isConfigured: Bool) {
        let places = Dictionary(inline.map { ($0.text.path, $0.target) }, uniquingKeysWith: { $1 })
        let main = places.first { Workload.nginxMainFiles.contains($0.value) }?.key
        if let main = main ?? workload.nginxMainFile(among: paths) { return ([resolver.resolve(.main(main))], true) }
        // The main file is the image's own and includes `conf.d/*.conf` inside http.
        let included = paths.filter { path in
            (places[path] ?? workload.files.containerPath(of: path)).map(isIncludedByImage) ?? false
        }
        if !included.isEmpty { return ([resolver.resolve(.fragments(included, inside: .http))], false) }
        return (
            NginxRoot.roots(among: paths, in: tree, known: resolver.known, resolve: resolver.resolve).map(\.resolution),
            false
        )
    }

    /// The official image's nginx.conf includes these (github.com/nginx/docker-nginx, 20-envsubst-on-templates.sh).
    private static func isIncludedByImage(_ path: String) -> Bool {
        switch RepositoryPath.parent(path) {
        case "/etc/nginx/conf.d": path.hasSuffix(".conf")
        case "/etc/nginx/templates": path.hasSuffix(".template")
        default: false
        }
    }
}

extension Workload {
    /// Where the nginx packages and images look for their main file.
    fileprivate static let nginxMainFiles = [
        "/etc/nginx/nginx.conf", "/usr/local/openresty/nginx/conf/nginx.conf", "/opt/bitnami/nginx/conf/nginx.conf",
        "/usr/local/nginx/conf/nginx.conf",
    ]

    /// Texts of `configs:` that stand where nginx looks for its files.
    fileprivate func inlineConfigurations(_ store: UnitStore) -> [InlineConfiguration] {
        (service?.configs ?? []).compactMap { config in
            guard let content = config.content, let home = store.units[content.location.path]?.text else { return nil }
            return InlineConfiguration(config, in: home)
        }.filter { $0.target.hasPrefix("/etc/nginx/") || Self.nginxMainFiles.contains($0.target) }
    }

    /// Configuration that is mounted elsewhere too (php-fpm shares a volume with its proxy) is not run there. Of an
    /// image that the table does not know, the place of the files tells.
    fileprivate var mayRunNginx: Bool {
        let names = [facts?.name, image, build?.image.base.known].compactMap { $0 }
        if names.contains(where: { name in Self.nginxNames.contains { name.holds($0) } }) { return true }
        return facts == nil
            && files.entries.contains { entry in
                Self.nginxMainFiles.contains {
                    RepositoryPath.parent($0) == entry.containerPath || $0 == entry.containerPath
                }
                    || entry.containerPath.hasPrefix("/etc/nginx/")
            }
    }

    private static let nginxNames = ["nginx", "openresty", "angie", "swag", "tengine"]

    /// The file of the tree that nginx starts from in this container.
    fileprivate func nginxMainFile(among paths: [String]) -> String? {
        Self.nginxMainFiles.lazy.flatMap { files.treePaths(of: $0) }.first(where: paths.contains)
    }

    /// A folder of templates is seen twice: as it is, and expanded in `conf.d`.
    fileprivate var nginxMounts: [NginxMount] {
        files.entries.flatMap { entry -> [NginxMount] in
            let plain = NginxMount(seen: entry.containerPath, path: entry.treePath)
            let templates = "/etc/nginx/templates"
            if entry.containerPath == templates {
                return [plain, NginxMount(seen: "/etc/nginx/conf.d", path: entry.treePath, expansion: .templates)]
            }
            if RepositoryPath.parent(entry.containerPath) == templates, entry.containerPath.hasSuffix(".template") {
                let name = RepositoryPath.name(entry.containerPath).dropLast(".template".utf8.count)
                return [
                    plain, NginxMount(seen: "/etc/nginx/conf.d/" + name, path: entry.treePath, expansion: .envsubst),
                ]
            }
            return [plain]
        }
    }
}
