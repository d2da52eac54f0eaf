internal import ListenerModel

extension [Placement.Placed] {
    /// Who can connect to each process by its own address; publishes that reach it widen that afterwards.
    mutating func setReachOfBinds(workloads: [Workload]) {
        for index in indices where self[index].listener.role == .bind {
            let listener = self[index].listener
            switch listener.namespace {
            case .host: self[index].listener.exposure = Reach.onHost(listener.scope)
            case .unknown: self[index].listener.exposure = Reach.anywhere(listener.scope)
            case .container:
                let workload = self[index].workload.map { workloads[$0] }
                if workload?.service == nil && !listener.isLoopbackOnly {
                    // No compose file says which ports of this container are published.
                    self[index].listener.exposure = .unknown
                } else if workload?.service?.networkMode == ComposeService.NetworkMode.none {
                    self[index].listener.exposure = .isolated
                } else {
                    self[index].listener.exposure = Reach.inContainer(listener.scope)
                }
                if workload?.service != nil { self[index].listener.published = listener.published ?? false }
            }
        }
    }
}
