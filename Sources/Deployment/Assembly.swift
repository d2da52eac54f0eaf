internal import Extraction
internal import ListenerModel

/// The steps from units to listeners: resolve references, find the containers, place, join, judge.
struct Assembly {
    var listeners: [Listener]
    private(set) var diagnostics: [Diagnostic] = []

    init(store: inout UnitStore, options: Deployment.Options) {
        let projects = Self.projects(&store, options)
        diagnostics += projects.flatMap(\.diagnostics)
        var workloads = Self.workloads(of: projects, &store)
        for index in workloads.indices {
            let command = ContainerCommand(of: workloads[index], store: store)
            workloads[index].commands = command.declarations
            workloads[index].replacedCommands = command.replaced
            workloads[index].entryPoints = command.entryPoints
        }
        var placement = Placement(world: options.world, isTest: options.isTest)

        let sources = ResolvedSources(of: store.takeCode(), store: store, workloads: workloads, options: options)
        diagnostics += sources.diagnostics
        let commanded = Set(workloads.flatMap { $0.commands.map(\.location) })
        let index = WorkloadIndex(workloads)
        for declaration in sources.shared {
            // A script runs where a container's command names it, not wherever its file lies.
            if declaration.source == .command {
                if !commanded.contains(declaration.location) { placement.place(declaration) }
                continue
            }
            var isPlaced = false
            for position in index.mayRun(declaration) {
                let workload = workloads[position]
                guard let run = workload.runs(declaration) else { continue }
                placement.place(declaration, in: workload, index: position, inferred: run.inferred, via: run.via)
                isPlaced = true
            }
            if !isPlaced { placement.place(declaration) }
        }
        for (index, declarations) in sources.ofWorkloads.enumerated() {
            for declaration in declarations {
                placement.place(
                    declaration, in: workloads[index], index: index, inferred: false, via: workloads[index].origin)
            }
        }
        for (index, workload) in workloads.enumerated() {
            for declaration in workload.commands {
                placement.place(
                    declaration, in: workload, index: index, inferred: workload.inferred, via: workload.origin)
            }
            for declaration in workload.replacedCommands {
                placement.place(
                    declaration, in: workload, index: index, inferred: workload.inferred, via: workload.origin,
                    inactive: "the service has a command of its own")
            }
            for mapping in workload.service?.ports ?? [] {
                let refusal = workload.project.flatMap { projects[$0].refusal }
                placement.add(
                    Listener(mapping, of: workload, refusal: refusal), project: workload.project, workload: index)
            }
            for listener in workload.exposed(text: { store.text(at: $0) }) {
                placement.add(listener, project: workload.project, workload: index)
            }
        }
        placement.join(
            Backends(workloads: workloads, configured: sources.configured), Purposes(workloads: workloads))
        listeners = placement.takeListeners()
        dropUsedVariables()
        listeners.findCounterparts()
    }

    /// A key of an env file is a listener only where nothing that was read uses it: what does has it in its trace.
    private mutating func dropUsedVariables() {
        var used: [String: [Range<Int>]] = [:]
        for listener in listeners where listener.source != .env {
            for step in listener.trace { used[step.location.path, default: []].append(step.location.range) }
        }
        let merged = used.mapValues { MergedRanges($0) }
        listeners.removeAll { listener in
            listener.source == .env && merged[listener.location.path]?.overlap(listener.location.range) == true
        }
    }

    private static func projects(_ store: inout UnitStore, _ options: Deployment.Options) -> [ComposeProject] {
        let files = store.units.values.compactMap { unit -> ComposeFile? in
            if case .compose(let file) = unit.body { file } else { nil }
        }.sorted { $0.path < $1.path }
        let projects = ComposeProjects.find(
            files, in: store.tree, declared: options.projects, world: options.world, mayRead: options.mayRead,
            jobs: options.jobs)
        for project in projects {
            store.demand(project.files, owed: false)
            store.demand(project.alsoRead, owed: true)
        }
        return projects
    }

    /// The containers of all projects, and of every Dockerfile that none of them builds.
    private static func workloads(of projects: [ComposeProject], _ store: inout UnitStore) -> [Workload] {
        var workloads: [Workload] = []
        for (index, project) in projects.enumerated() {
            for service in project.services {
                workloads.append(Workload(service, of: project, index: index, store: &store))
            }
        }
        // A build context outside the given paths holds the code behind the published ports.
        for context in Set(workloads.compactMap { $0.build?.context }).sorted() {
            store.demand(store.files(below: context), owed: false)
        }
        let built = Set(workloads.compactMap { $0.build?.dockerfile })
        for path in store.units.keys.sorted() where !built.contains(path) {
            guard case .dockerfile(let dockerfile)? = store.units[path]?.body,
                let workload = Workload(dockerfile, at: path, tree: store.tree)
            else { continue }
            workloads.append(workload)
        }
        return workloads
    }
}
