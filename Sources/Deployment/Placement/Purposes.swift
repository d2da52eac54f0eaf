internal import ListenerModel

/// What is behind each listener: evidence in the files first, then the table of images, then the port sets.
struct Purposes {
    let workloads: [Workload]

    /// Binds are told apart first, because a publish has the purposes of what stands behind it.
    func set(_ placed: inout [Placement.Placed], role: Role) {
        for index in placed.indices where placed[index].listener.role == role {
            let listener = placed[index].listener
            let found =
                listener.purpose.isEmpty
                ? fromImage(listener, workload: placed[index].workload) ?? fromPorts(listener) : listener.purpose
            placed[index].listener.purpose = Set(found).sorted()
        }
    }

    /// nil if the table has nothing on this port that could carry a finding.
    private func fromImage(_ listener: Listener, workload: Int?) -> [Purpose]? {
        guard let workload, let facts = workloads[workload].facts, let target = listener.target,
            let fact = facts.port(target.first, listener.transport), fact.confidence > .memory, !fact.purposes.isEmpty
        else { return nil }
        return fact.purposes
    }

    private func fromPorts(_ listener: Listener) -> [Purpose] {
        [listener.port, listener.target].compactMap { $0 }.flatMap { range in
            PortSets.purposes(of: range, listener.transport)
        }
    }
}
