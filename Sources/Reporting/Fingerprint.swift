import ListenerModel

extension Finding {
    /// What stays the same while lines move and prose is reworded: rule, path, service and normalised sockets (the
    /// text where there are none), one to a field. Equal for findings that differ only by their line.
    var fingerprint: String {
        let what: String
        if let listener {
            let sockets = listener.sockets.map { "\($0.transport.rawValue) \($0.ssForm)" }.sorted()
            what =
                sockets.isEmpty
                ? "\(listener.transport.rawValue) \(listener.shownText)" : sockets.joined(separator: ",")
        } else {
            what = message
        }
        return [rule, location.path, listener?.service ?? services.joined(separator: ","), what].joined(separator: "|")
    }
}

/// Numbers equal keys in the order in which they come, from 1.
struct OccurrenceCounter {
    private var counts: [String: Int] = [:]

    mutating func next(_ key: String) -> Int {
        counts[key, default: 0] += 1
        return counts[key]!
    }
}
