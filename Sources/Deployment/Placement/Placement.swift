internal import Dialects
internal import Extraction
internal import ListenerModel

/// Puts declarations into network namespaces: one listener for each declaration and each container that runs it.
struct Placement {
    let world: World
    let isTest: (String) -> Bool
    private(set) var placed: [Placed] = []

    /// A listener and what the join needs to know about where it came from.
    struct Placed {
        var listener: Listener
        /// The project that it is judged in; nil outside compose.
        var project: Int?
        /// The container that it runs in; nil outside containers.
        var workload: Int?
    }

    init(world: World, isTest: @escaping (String) -> Bool) {
        self.world = world
        self.isTest = isTest
    }

    /// In a container.
    mutating func place(
        _ declaration: Declaration, in workload: Workload, index: Int, inferred: Bool, via step: TraceStep?,
        inactive: String? = nil
    ) {
        var listeners = listeners(declaration, environment: workload.variable)
        for position in listeners.indices {
            listeners[position].namespace = workload.namespace
            listeners[position].service = workload.service?.name
            listeners[position].image = workload.image
            listeners[position].networks = workload.networks
            listeners[position].guessed = inferred
            if let step, step.location.path != declaration.location.path {
                listeners[position].trace.insert(step, at: 0)
            }
            if let reason = workload.service?.inactive ?? inactive, listeners[position].state == .open {
                listeners[position].deactivate(reason)
            }
            placed.append(Placed(listener: listeners[position], project: workload.project, workload: index))
        }
    }

    /// Outside every container that the tree describes: where it runs is unknown, unless the policy says it.
    mutating func place(_ declaration: Declaration) {
        for listener in listeners(declaration, environment: world.variable) {
            placed.append(Placed(listener: listener, project: nil, workload: nil))
        }
    }

    mutating func add(_ listener: Listener, project: Int?, workload: Int?) {
        var listener = listener
        listener.test = listener.test || isTest(listener.location.path)
        placed.append(Placed(listener: listener, project: project, workload: workload))
    }

    /// What was placed, each once: `ADDR=:80,:80` says the same twice, and so may code that is read along two ways.
    /// Nothing is placed afterwards.
    mutating func takeListeners() -> [Listener] {
        var listeners: [Listener] = []
        listeners.reserveCapacity(placed.count)
        var positions: [Location: [Int]] = [:]
        for listener in placed.lazy.map(\.listener) {
            if positions[listener.location]?.contains(where: { listeners[$0] == listener }) == true { continue }
            positions[listener.location, default: []].append(listeners.count)
            listeners.append(listener)
        }
        placed = []
        return listeners
    }

    /// Joins what was placed: reach by address, purposes, backends, and who can connect in the end.
    mutating func join(_ backends: Backends, _ purposes: Purposes) {
        placed.setReachOfBinds(workloads: backends.workloads)
        purposes.set(&placed, role: .bind)
        backends.join(&placed)
        purposes.set(&placed, role: .publish)
        placed.markHostConflicts()
    }

    /// What the runtime makes of a declaration in an environment: one listener for each address it names.
    private func listeners(_ declaration: Declaration, environment: (String) -> EnvironmentValue) -> [Listener] {
        let bindings: [Binding]
        var state = ListenerState.open
        var stateReason: String?
        var certainty = declaration.certainty
        var trace = declaration.trace
        switch declaration.meaning {
        case .bound(let bound, let boundState, let reason):
            bindings = bound
            state = boundState
            stateReason = reason
        case .request(let request, let dialect):
            let resolution = request.resolved(environment)
            bindings = [dialect.binding(of: resolution.request, in: world)]
            // A variable's value ends the trace: it is the last literal on the way back from the call.
            trace += resolution.trace
            if resolution.usedFallback && certainty == .certain { certainty = .default }
        }
        return bindings.map { binding in
            var listener = Listener(
                location: declaration.location, text: declaration.text, source: declaration.source,
                role: declaration.role, transport: binding.transport, host: binding.host, port: binding.port,
                target: binding.port, state: state, stateReason: stateReason,
                sockets: state == .open ? binding.sockets.sorted() : [], scope: binding.scope, certainty: certainty,
                purpose: declaration.purpose, spelling: binding.spelling, surprise: binding.surprise, trace: trace,
                test: declaration.test || isTest(declaration.location.path))
            listener.refusedBy = declaration.refusedBy
            listener.conflict = declaration.conflict
            if let refusal = binding.refusal, state == .open {
                listener.state = .refused
                listener.stateReason = refusal
                listener.sockets = []
            }
            if binding.isUnknown { listener.certainty = .unknown }
            return listener
        }
    }
}

extension Binding {
    /// Host or port cannot be known.
    var isUnknown: Bool { host == nil || (port == nil && transport != .unix) }
}

extension Listener {
    /// Written, but not in force: no sockets, while scope and exposure stay as if it were.
    mutating func deactivate(_ reason: String) {
        state = .inactive
        stateReason = reason
        sockets = []
    }
}
