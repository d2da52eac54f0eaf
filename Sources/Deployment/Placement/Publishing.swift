internal import Dialects
internal import Extraction
internal import ListenerModel

extension Listener {
    /// The engine's sockets on the host for one entry of `ports:`.
    ///
    /// - Parameter refusal: why compose refuses the whole project, if it does.
    init(_ mapping: PortMapping, of workload: Workload, refusal: ComposeFile.Refusal?) {
        let binding = mapping.binding
        self.init(
            location: mapping.location, text: mapping.text, source: .compose, role: .publish, namespace: .host,
            service: workload.service?.name, image: workload.image, networks: workload.networks,
            transport: binding.transport, host: binding.host, port: binding.port, target: mapping.target,
            state: mapping.state, stateReason: mapping.stateReason,
            sockets: mapping.state == .open ? binding.sockets.sorted() : [], scope: binding.scope,
            exposure: Reach.onHost(binding.scope), certainty: mapping.certainty, spelling: binding.spelling,
            surprise: binding.surprise, trace: mapping.trace)
        conflict = mapping.conflict
        if state == .refused && binding.refusal == nil {
            let other = workload.service?.ports.first { $0.binding.refusal != nil }
            refusedBy = mapping.conflict ?? refusal?.location ?? other?.location
        }
        if let reason = workload.service?.inactive, state == .open { deactivate(reason) }
        // The engine binds nothing on the host for a container without a network of its own.
        if workload.namespace == .host && state == .open {
            deactivate("network_mode: host ignores ports")
            surprise = .portsIgnored
        }
    }

    /// A port that is only documented: `EXPOSE` or `expose:`.
    init(expose text: String, at location: Location, port: PortRange?, transport: Transport, source: Source) {
        self.init(
            location: location, text: text, source: source, role: .expose, transport: transport, host: nil,
            port: port, target: port, scope: .none, certainty: port == nil ? .unknown : .certain, spelling: .implied)
    }
}
