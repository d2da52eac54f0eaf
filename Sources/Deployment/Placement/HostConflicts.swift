internal import ListenerModel

extension [Placement.Placed] {
    /// Marks what cannot be open at the same time on the host: a process with `network_mode: host` beside a
    /// published port or a process of another service. Two published ports of a project are compared where they
    /// are read; processes of one service are not, for code often has one port in two branches.
    mutating func markHostConflicts() {
        let candidates = indices.filter { index in
            let listener = self[index].listener
            return listener.namespace == .host && listener.state == .open && self[index].project != nil
                && !listener.guessed && !listener.test && [.certain, .default].contains(listener.certainty)
        }
        for members in Dictionary(grouping: candidates, by: { self[$0].project }).values {
            let collisions = PortConflicts.collisions(among: members.map { self[$0].listener.sockets })
            for (later, earlier) in collisions.sorted(by: { $0.key < $1.key }) {
                let (first, second) = (members[earlier], members[later])
                guard self[first].listener.service != self[second].listener.service,
                    self[first].listener.role == .bind || self[second].listener.role == .bind
                else { continue }
                self[first].listener.conflict = self[first].listener.conflict ?? self[second].listener.location
                self[second].listener.conflict = self[second].listener.conflict ?? self[first].listener.location
            }
        }
    }
}
