internal import Extraction
internal import ListenerModel

/// Joins published ports with what stands behind them: published socket → container port → process listener.
struct Backends {
    let workloads: [Workload]
    /// Workloads whose server was read from its main configuration file on.
    let configured: Set<Int>

    func join(_ placed: inout [Placement.Placed]) {
        // The key is the namespace, not the service: `network_mode: service:x` shares x's ports.
        var binds: [NetworkNamespace: BindsByPort] = [:]
        for (index, item) in placed.enumerated() where item.listener.role == .bind {
            switch item.listener.state {
            // What is refused is a fault of its own, and would be behind the port without it.
            case .open, .refused: binds[item.listener.namespace, default: BindsByPort()].add(item.listener, at: index)
            case .absorbed, .inactive: break
            }
        }
        var whollyKnown: [Int: Bool] = [:]
        for index in placed.indices where placed[index].listener.role == .publish {
            guard let workload = placed[index].workload else { continue }
            let candidates = binds[workloads[workload].namespace] ?? BindsByPort()
            let isWhollyKnown =
                whollyKnown[workload]
                ?? isWhollyKnown(workload, candidates.all.map { placed[$0].listener })
            whollyKnown[workload] = isWhollyKnown
            join(&placed, publish: index, workload, candidates, isWhollyKnown: isWhollyKnown)
        }
    }

    private func join(
        _ placed: inout [Placement.Placed], publish: Int, _ workload: Int, _ candidates: BindsByPort,
        isWhollyKnown: Bool
    ) {
        let published = placed[publish].listener
        let certain = published.target.map { candidates.meeting($0, published.transport) } ?? []
        let unknown = candidates.onUnknownPort[published.transport] ?? []
        let open = certain.filter { !placed[$0].listener.isLoopbackOnly }

        let backend: Backend
        var behind = certain
        if !open.isEmpty {
            backend = .bound
            behind = open
        } else if published.target == nil {
            backend = .unknown
        } else if !unknown.isEmpty {
            // A listener on a port that is not known may be the one.
            backend = .unknown
            behind = (certain + unknown).sorted()
        } else if !certain.isEmpty {
            backend = certain.allSatisfy { placed[$0].listener.certainty == .likely } ? .unknown : .loopback
        } else {
            backend = isWhollyKnown ? .unbound : imageBackend(published, workloads[workload]) ?? .unknown
        }
        placed[publish].listener.backend = backend
        if behind.contains(where: { placed[$0].listener.guessed }) { placed[publish].listener.guessed = true }
        for index in behind {
            let bind = placed[index].listener
            placed[publish].listener.related.append(TraceStep(bind.location, bind.text))
            placed[publish].listener.trace += bind.trace.filter { $0.location.path != bind.location.path }
            placed[publish].listener.trace.append(TraceStep(bind.location, bind.text))
            placed[publish].listener.purpose += bind.purpose
            guard published.state == .open else { continue }
            placed[index].listener.related.append(TraceStep(published.location, published.text))
            if backend == .unknown {
                if placed[index].listener.published == false { placed[index].listener.published = nil }
                if !bind.isLoopbackOnly { placed[index].listener.widen(to: .unknown) }
            } else {
                placed[index].listener.published = true
                if backend == .bound { placed[index].listener.widen(to: published.exposure) }
            }
        }
    }

    /// Whether every listener of a container's processes is known, so that a port without one is really dead.
    private func isWhollyKnown(_ workload: Int, _ binds: [Listener]) -> Bool {
        if configured.contains(workload) { return true }
        // Code that was found to listen, started by a known entry point, on an image without a server of its own.
        return !workloads[workload].entryPoints.isEmpty && workloads[workload].facts?.ports.isEmpty ?? true
            && !binds.isEmpty
            && binds.allSatisfy { $0.port != nil && $0.certainty != .likely && !$0.guessed }
    }

    /// What the table says of a well-known image; a fact from memory alone settles nothing that could be reported.
    private func imageBackend(_ published: Listener, _ workload: Workload) -> Backend? {
        guard let facts = workload.facts, let target = published.target,
            let fact = facts.port(target.first, published.transport)
        else { return nil }
        switch fact.binds {
        case .wildcard, .containerAddress: return .bound
        case .loopback: return fact.bindConfidence > .memory && workload.isAsShipped ? .loopback : .unknown
        case .configurable, .notListening: return .unknown
        }
    }
}

/// The processes' listeners of one namespace, found by the port that a publish leads to.
private struct BindsByPort {
    private struct Key: Hashable {
        var transport: Transport
        var port: UInt16
    }

    private(set) var all: [Int] = []
    private(set) var onUnknownPort: [Transport: [Int]] = [:]
    private var onOnePort: [Key: [Int]] = [:]
    private var onSeveral: [(ports: PortRange, transport: Transport, index: Int)] = []

    mutating func add(_ listener: Listener, at index: Int) {
        all.append(index)
        switch listener.port {
        case nil: onUnknownPort[listener.transport, default: []].append(index)
        case let ports? where ports.count == 1:
            onOnePort[Key(transport: listener.transport, port: ports.first), default: []].append(index)
        case let ports?: onSeveral.append((ports, listener.transport, index))
        }
    }

    /// Those on one of these ports, ascending.
    func meeting(_ ports: PortRange, _ transport: Transport) -> [Int] {
        var found = onSeveral.filter { $0.transport == transport && $0.ports.overlaps(ports) }.map(\.index)
        for port in ports.first...ports.last { found += onOnePort[Key(transport: transport, port: port)] ?? [] }
        return found.sorted()
    }
}

extension Workload {
    /// The image as it comes: no command, file or variable of the service could have told it to listen elsewhere.
    fileprivate var isAsShipped: Bool {
        guard build == nil, let service, let facts else { return false }
        let isConfigured = facts.variables.contains { variable in
            service.environment.variable(variable.name) != .unset
        }
        return service.command == nil && service.entrypoint == nil && service.volumes.isEmpty
            && service.configs.isEmpty && !isConfigured
    }
}

extension Listener {
    /// Reachable from its own namespace only.
    var isLoopbackOnly: Bool { scope == .loopback || scope == .unix }

    /// A container's bind is as exposed as the widest publish that reaches it; an unknown one makes it unknown,
    /// unless another is already public.
    mutating func widen(to other: Exposure) {
        if exposure == .public { return }
        exposure =
            other == .public ? .public : (exposure == .unknown || other == .unknown) ? .unknown : max(exposure, other)
    }
}
