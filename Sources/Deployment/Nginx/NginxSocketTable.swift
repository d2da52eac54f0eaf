internal import Dialects
internal import ListenerModel

/// What the modules of one nginx bind: each merges equal addresses of its servers, and where a port has the
/// wildcard of a family, binds that and the addresses with options of their own (ngx_http_add_listen,
/// ngx_http_optimize_servers, ngx_http_init_listening; stream and mail alike).
struct NginxSocketTable {
    /// Ports that one configuration may listen on, each counted for every address; nginx has as many files open.
    static let portLimit = 1_000_000

    private enum Address: Hashable {
        case ip(IPAddress)
        case unix(String)
    }

    /// A piece of port range that no listen splits, on one address.
    private struct Key: Hashable {
        var module: NginxModule
        var transport: Transport
        var address: Address
        var piece: Int
    }

    private struct Group: Hashable {
        var module: NginxModule
        var transport: Transport
        var isIPv4: Bool
        var piece: Int
    }

    private struct Entry {
        var key: Key
        var members: [Int] = []
        /// Those of the members; thousands of servers may share an address.
        var servers: Set<Int?> = []
        /// Some member may not be there.
        var hasConditional = false
        var options = NginxListenOptions()
        /// The listen whose options are the socket's, and the default server's.
        var optionsFrom: Int?
        var defaultFrom: Int?
        var isBound = true
        var isConditional: Bool
    }

    private let version: World.Version
    /// The first port of each piece, ascending.
    private var starts: [Int] = []
    private var entries: [Entry] = []
    private var index: [Key: Int] = [:]
    private var entriesOfListen: [[Int]]

    /// The bound sockets of each listen, and of those without one, the listen that took its place.
    private(set) var sockets: [[Socket]]
    private(set) var absorbedBy: [Int?]
    private(set) var conflicts: [Int: Int] = [:]

    init(_ result: inout NginxServers, world: World) {
        version = world.nginx
        let count = result.listens.count
        entriesOfListen = Array(repeating: [], count: count)
        sockets = Array(repeating: [], count: count)
        absorbedBy = Array(repeating: nil, count: count)
        splitPorts(result.listens)
        var total = 0
        for listen in result.listens.indices where result.listens[listen].refusal == nil {
            total += result.listens[listen].address?.ports?.count ?? 1
            if total > Self.portLimit {
                result.refuse(
                    "more than \(Self.portLimit) ports", code: "nginx-listen", at: result.listens[listen].location)
                break
            }
            add(listen, &result)
        }
        absorb()
        check(&result)
        for listen in result.listens.indices { collect(listen) }
    }

    // MARK: Merging

    private mutating func splitPorts(_ listens: [NginxServers.Listen]) {
        var bounds: Set<Int> = [0, 1]
        for ports in listens.compactMap({ $0.address?.ports }) {
            bounds.insert(Int(ports.first))
            bounds.insert(Int(ports.last) + 1)
        }
        starts = bounds.sorted()
    }

    private func pieces(of ports: PortRange) -> Range<Int> {
        piece(startingAt: Int(ports.first))..<piece(startingAt: Int(ports.last) + 1)
    }

    /// Each start is in `starts`.
    private func piece(startingAt start: Int) -> Int {
        starts.partitioningIndex { $0 >= start }
    }

    private mutating func add(_ listen: Int, _ result: inout NginxServers) {
        guard let address = result.listens[listen].address else { return }
        let module = result.listens[listen].module
        let transport: Transport = result.listens[listen].options.isDatagram ? .udp : .tcp
        switch address.host {
        case .unknown, .unix(nil): return
        case .unix(let path?):
            add(listen, Key(module: module, transport: transport, address: .unix(path), piece: 0), &result)
        case .ip(let ip): add(listen, module, transport, [ip], address.ports, &result)
        case .name(_, let addresses):
            // Until 1.23.3 a name that resolves to an address twice is a duplicate (observed: nginx-ns-no6-localhost).
            let unique = version < World.Version(1, 23, 3) ? addresses : Self.unique(addresses)
            add(listen, module, transport, unique, address.ports, &result)
        }
    }

    private mutating func add(
        _ listen: Int, _ module: NginxModule, _ transport: Transport, _ addresses: [IPAddress], _ ports: PortRange?,
        _ result: inout NginxServers
    ) {
        guard let ports else { return }
        for ip in addresses {
            for piece in pieces(of: ports) {
                add(listen, Key(module: module, transport: transport, address: .ip(ip), piece: piece), &result)
            }
        }
    }

    private mutating func add(_ listen: Int, _ key: Key, _ result: inout NginxServers) {
        let new = result.listens[listen]
        guard let known = index[key] else {
            var entry = Entry(key: key, members: [listen], options: new.options, isConditional: new.isConditional)
            entry.servers = [new.server]
            entry.hasConditional = new.isConditional
            if new.options.setsOptions { entry.optionsFrom = listen }
            if new.options.isDefaultServer { entry.defaultFrom = listen }
            index[key] = entries.count
            entriesOfListen[listen].append(entries.count)
            entries.append(entry)
            return
        }
        if let reason = duplicate(new, entries[known]) {
            let isConditional = new.isConditional || entries[known].hasConditional
            if !isConditional, result.listens[listen].refusal == nil {
                result.listens[listen].refusal = reason
                result.refuse(reason, code: "nginx-listen", at: new.location)
            }
        }
        entries[known].members.append(listen)
        entries[known].servers.insert(new.server)
        if new.isConditional { entries[known].hasConditional = true }
        entries[known].isConditional = entries[known].isConditional && new.isConditional
        if new.options.setsOptions {
            entries[known].optionsFrom = listen
            entries[known].options = new.options
        }
        if new.options.isDefaultServer { entries[known].defaultFrom = listen }
        if entriesOfListen[listen].last != known { entriesOfListen[listen].append(known) }
    }

    /// Why nginx refuses a second listen on one address.
    private func duplicate(_ new: NginxServers.Listen, _ entry: Entry) -> String? {
        let address = name(of: entry.key)
        let since = new.module.traits.sharesAddressesSince
        guard let since, version >= World.Version(since.0, since.1, since.2) else {
            return "duplicate \"\(address)\" address and port pair"
        }
        if entry.servers.contains(new.server) {
            return "a duplicate listen \(address)"
        }
        if new.options.setsOptions && entry.optionsFrom != nil { return "duplicate listen options for \(address)" }
        if new.options.isDefaultServer && entry.defaultFrom != nil {
            return "a duplicate default server for \(address)"
        }
        return nil
    }

    private func name(of key: Key) -> String {
        switch key.address {
        case .unix(let path): "unix:\(path)"
        case .ip(let ip): "\(ip.hostForm):\(starts[key.piece])"
        }
    }

    private static func unique(_ addresses: [IPAddress]) -> [IPAddress] {
        addresses.enumerated().filter { !addresses[..<$0.offset].contains($0.element) }.map(\.element)
    }

    // MARK: Binding

    private static func isWildcard(_ address: Address) -> Bool {
        address == .ip(.v4(.unspecified)) || address == .ip(.v6(.unspecified))
    }

    private mutating func absorb() {
        var wildcards: [Group: Int] = [:]
        for (number, entry) in entries.enumerated() where Self.isWildcard(entry.key.address) && !entry.isConditional {
            if let group = Self.group(of: entry.key) { wildcards[group] = number }
        }
        for number in entries.indices {
            let entry = entries[number]
            guard !Self.isWildcard(entry.key.address), !entry.options.setsOptions, !entry.options.hasUnknown,
                let group = Self.group(of: entry.key), let wildcard = wildcards[group]
            else { continue }
            entries[number].isBound = false
            for member in entry.members { absorbedBy[member] = entries[wildcard].members[0] }
        }
    }

    private static func group(of key: Key) -> Group? {
        guard case .ip(let ip) = key.address else { return nil }
        return Group(module: key.module, transport: key.transport, isIPv4: ip.isIPv4, piece: key.piece)
    }

    private func socket(of entry: Entry, through last: Int? = nil) -> Socket {
        switch entry.key.address {
        case .unix(let path): return Socket(unix: path)
        case .ip(let ip):
            let first = starts[entry.key.piece]
            let end = (last ?? entry.key.piece) + 1
            let ports = PortRange(UInt16(first), UInt16(end < starts.count ? starts[end] - 1 : first))
            return Socket(
                entry.key.transport, ip, ports,
                dualStack: entry.options.ipv6Only == false && NginxDialect.obeysIPv6Only(ip),
                sharing: entry.options.reusePort ? .reusePort : .reuseAddress)
        }
    }

    /// The sockets of one listen, pieces of a range put together again.
    private mutating func collect(_ listen: Int) {
        let bound = entriesOfListen[listen].map { entries[$0] }.filter(\.isBound)
        if !bound.isEmpty { absorbedBy[listen] = nil }
        var position = 0
        while position < bound.count {
            var last = position
            while last + 1 < bound.count, Self.continues(bound[last], bound[last + 1]) { last += 1 }
            sockets[listen].append(socket(of: bound[position], through: bound[last].key.piece))
            position = last + 1
        }
    }

    private static func continues(_ left: Entry, _ right: Entry) -> Bool {
        left.key.address == right.key.address && left.key.piece + 1 == right.key.piece
            && left.options.ipv6Only == right.options.ipv6Only && left.options.reusePort == right.options.reusePort
    }

    // MARK: What cannot start

    /// What `nginx -t` does not see, since it forgives EADDRINUSE, and v4-mapped addresses.
    private mutating func check(_ result: inout NginxServers) {
        var byPlace: [Key: [Int]] = [:]
        for (number, entry) in entries.enumerated() where entry.isBound && !entry.isConditional {
            checkAlone(entry, &result)
            byPlace[Self.place(of: entry.key), default: []].append(number)
        }
        for entry in entries {
            if let numbers = byPlace.removeValue(forKey: Self.place(of: entry.key)) {
                checkCollisions(numbers, &result)
            }
        }
    }

    /// Equal for sockets that may collide: of one port, or one file, whatever module binds them.
    private static func place(of key: Key) -> Key {
        switch key.address {
        case .ip: Key(module: .http, transport: key.transport, address: .unix(""), piece: key.piece)
        case .unix: Key(module: .http, transport: .unix, address: key.address, piece: 0)
        }
    }

    /// In http and stream, listens with TLS and the default server of their address, which is the first but for
    /// `default_server`.
    func tlsDefaults(_ listens: [NginxServers.Listen]) -> [(tls: Int, defaultServer: Int)] {
        entries.compactMap { entry in
            guard entry.key.module == .http || entry.key.module == .stream,
                let tls = entry.members.first(where: { listens[$0].options.tls }),
                let server = listens[entry.defaultFrom ?? entry.members[0]].server
            else { return nil }
            return (tls, server)
        }
    }

    /// What the kernel refuses whatever else is bound.
    private func checkAlone(_ entry: Entry, _ result: inout NginxServers) {
        guard let member = entry.optionsFrom ?? entry.members.first, !entry.options.hasUnknown,
            result.listens[member].refusal == nil
        else { return }
        let (reason, hint): (String, String)
        switch entry.key.address {
        case .ip(let ip) where NginxDialect.isMapped(ip) && entry.options.ipv6Only != false:
            reason = "bind() to \(name(of: entry.key)) fails (22: Invalid argument)"
            hint = "a v4-mapped address needs ipv6only=off, or be written as IPv4"
        case .unix where entry.options.reusePort:
            // Observed on Linux 6.18; older kernels took the option and did nothing with it.
            reason = "setsockopt(SO_REUSEPORT) \(name(of: entry.key)) fails (95: Operation not supported)"
            hint = "take reuseport away: newer Linux kernels refuse it for unix sockets"
        case .ip, .unix: return
        }
        result.listens[member].refusal = reason
        result.refuse(reason, code: "nginx-listen", hint: hint, at: result.listens[member].location)
    }

    /// Sockets of one port: two collide only if they are of one address, or one of them is a wildcard.
    private mutating func checkCollisions(_ numbers: [Int], _ result: inout NginxServers) {
        guard numbers.count > 1 else { return }
        var byAddress: [Address: Int] = [:]
        var wide: [Int] = []
        for number in numbers {
            var address = entries[number].key.address
            if case .ip(let ip) = address {
                address = .ip(ip.seenThroughMapping)
                if ip.isUnspecified { wide.append(number) }
            }
            if let other = byAddress.updateValue(number, forKey: address) { checkPair(other, number, &result) }
        }
        for wildcard in wide {
            for number in numbers where number != wildcard { checkPair(wildcard, number, &result) }
        }
    }

    private mutating func checkPair(_ left: Int, _ right: Int, _ result: inout NginxServers) {
        guard socket(of: entries[left]).collides(with: socket(of: entries[right])) else { return }
        let leftMember = entries[left].optionsFrom ?? entries[left].members[0]
        let rightMember = entries[right].optionsFrom ?? entries[right].members[0]
        for member in entries[left].members where conflicts[member] == nil { conflicts[member] = rightMember }
        for member in entries[right].members where conflicts[member] == nil { conflicts[member] = leftMember }
        let (first, second) =
            result.listens[leftMember].location < result.listens[rightMember].location
            ? (leftMember, rightMember) : (rightMember, leftMember)
        guard result.listens[second].refusal == nil else { return }
        let other = result.listens[first]
        let reason =
            "\(name(of: entries[second == leftMember ? left : right].key)) cannot be bound beside \"\(other.text)\" "
            + "(\(other.location.path):\(other.location.start.line)): address already in use"
        result.listens[second].refusal = reason
        result.refuse(
            reason, code: "nginx-conflict", hint: "nginx -t does not see this", at: result.listens[second].location)
    }
}
