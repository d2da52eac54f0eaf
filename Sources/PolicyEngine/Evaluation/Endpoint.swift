import ListenerModel

/// What a rule judges at a time: one address and one port of a listener. A dual-stack wildcard counts as `0.0.0.0`
/// and `::`; a range counts as its ports, taken together as far as no predicate tells them apart.
struct Endpoint: Sendable, Hashable {
    var transport: Transport
    var address: AddressFact
    var port: PortFact
    var target: PortFact
    /// A path for unix, else nil.
    var unixPath: String?
}

/// The ports at which some predicate of a policy may change its mind: the first of each range and the one after its
/// last, sorted.
struct PortBoundaries: Sendable {
    private let starts: [Int]

    init(_ ranges: some Sequence<PortRange>) {
        starts = Set(ranges.flatMap { [Int($0.first), Int($0.last) + 1] }).sorted()
    }

    func inside(_ range: PortRange) -> ArraySlice<Int> {
        let next = starts.partitioningIndex { $0 > Int(range.first) }
        return starts[next...].prefix { $0 <= Int(range.last) }
    }
}

extension Listener {
    /// Its sockets one by one; where it has none, what its host and port say.
    func endpoints(_ boundaries: PortBoundaries) -> [Endpoint] {
        guard sockets.isEmpty else {
            return sockets.flatMap { socket -> [Endpoint] in
                switch socket.address {
                case .unix(let path):
                    return [unixEndpoint(path, socket.transport)]
                case .ip(let address, let ports):
                    let seen = address.seenThroughMapping
                    let both = socket.dualStack && seen.isUnspecified && !seen.isIPv4
                    let addresses = both ? [.v4(.unspecified), seen] : [seen]
                    return addresses.flatMap { endpoints(.ip($0), ports, socket.transport, boundaries) }
                }
            }
        }
        if transport == .unix { return [unixEndpoint(host, transport)] }
        if scope == .none { return endpoints(.none, port, transport, boundaries) }
        guard let host else { return endpoints(addressWithoutHost, port, transport, boundaries) }
        guard let address = IPAddress(host)?.seenThroughMapping else {
            return endpoints(addressWithoutHost, port, transport, boundaries)
        }
        // An omitted host reads `::` exactly where the runtime opens a dual-stack socket.
        let isOmitted = spelling == .implied || spelling == .shorthand
        let both = isOmitted && address == .v6(.unspecified)
        let addresses = both ? [.v4(.unspecified), address] : [address]
        return addresses.flatMap { endpoints(.ip($0), port, transport, boundaries) }
    }

    /// For a host that is not known, or a name: `localhost` has a scope without a resolver.
    private var addressWithoutHost: AddressFact {
        switch scope {
        case .wildcard: .ip(.v4(.unspecified))
        case .loopback: .ip(.v4(.loopback))
        case .name: .name
        case .global, .shared, .private, .linkLocal, .multicast, .reserved, .unix, .unknown, .none: .unknown
        }
    }

    private func unixEndpoint(_ path: String?, _ transport: Transport) -> Endpoint {
        Endpoint(
            transport: transport, address: .unix, port: .notApplicable, target: .notApplicable, unixPath: path)
    }

    private func endpoints(
        _ address: AddressFact, _ ports: PortRange?, _ transport: Transport, _ boundaries: PortBoundaries
    ) -> [Endpoint] {
        let wholeTarget: PortFact = target.map { .range($0) } ?? (role == .publish ? .unknown : .open)
        guard let ports else {
            let target = wholeTarget == .open ? .unknown : wholeTarget
            return [Endpoint(transport: transport, address: address, port: .unknown, target: target)]
        }
        // Ranges of equal length are joined port by port.
        let shift = target.flatMap { target in
            target.count == ports.count && ports.count > 1 ? Int(target.first) - Int(ports.first) : nil
        }
        var starts = Set(boundaries.inside(ports))
        if let target, let shift { starts.formUnion(boundaries.inside(target).map { $0 - shift }) }
        var endpoints: [Endpoint] = []
        var first = Int(ports.first)
        for next in starts.sorted() + [Int(ports.last) + 1] {
            let segment = PortRange(UInt16(first), UInt16(next - 1))
            let segmentTarget: PortFact =
                if let shift {
                    .range(PortRange(UInt16(first + shift), UInt16(next - 1 + shift)))
                } else if wholeTarget == .open {
                    .range(segment)
                } else {
                    wholeTarget
                }
            endpoints.append(
                Endpoint(transport: transport, address: address, port: .range(segment), target: segmentTarget))
            first = next
        }
        return endpoints
    }
}
