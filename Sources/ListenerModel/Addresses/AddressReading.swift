/// One way to read a listen address that is written without saying for which program: `ss`, `netstat`, `lsof`,
/// configuration files and code all spell them differently, and some spellings mean two things.
public struct AddressReading: Hashable, Sendable {
    public enum Host: Hashable, Sendable {
        /// Nothing is written before the port: `:22`, `22`.
        case omitted
        /// `*`
        case asterisk
        case address(IPAddress)
        case name(String)
        /// A unix domain socket; `@` starts one in Linux's abstract namespace (unix(7)).
        case path(String)
    }

    public enum Port: Hashable, Sendable {
        case range(PortRange)
        /// A name of services(5): `:http`.
        case service(String)
        /// `*` in the peer column of `ss` and `netstat`.
        case any
    }

    public var host: Host
    /// nil if none is written.
    public var port: Port?
    /// The container's side of a port mapping, `80` in `8080:80`; nil for anything else.
    public var target: PortRange?
    /// Where the text says it: `/udp`, `tcp://`.
    public var transport: Transport?
    /// The interface of a socket bound to one (SO_BINDTODEVICE), which `ss` prints as `127.0.0.53%lo:53`.
    public var device: String?

    init(
        _ host: Host, _ port: Port? = nil, target: PortRange? = nil, transport: Transport? = nil,
        device: String? = nil
    ) {
        self.host = host
        self.port = port
        self.target = target
        self.transport = transport
        self.device = device
    }

    /// The spelling that has no other reading: RFC 5952 with brackets before a port; a mapping as compose writes it.
    public var canonical: String {
        let suffix = transport.map { $0 == .tcp || $0 == .unix ? "" : "/\($0.rawValue)" } ?? ""
        if case .path(let path) = host { return path.hasPrefix("//") ? "unix://\(path)" : "unix:\(path)" }
        var parts: [String] = []
        switch host {
        case .omitted: if port != nil && target == nil { parts.append("") }
        case .asterisk: parts.append("*")
        case .address(let address): parts.append(port == nil && target == nil ? address.description : address.hostForm)
        case .name(let name): parts.append(name)
        case .path: break
        }
        if let device, !parts.isEmpty { parts[0] += "%\(device)" }
        switch port {
        case .range(let range):
            parts.append(range.isEphemeral && target != nil && !parts.isEmpty ? "" : range.description)
        case .service(let name): parts.append(name)
        case .any: parts.append("*")
        case nil: break
        }
        if let target { parts.append(target.description) }
        return parts.joined(separator: ":") + suffix
    }

    /// What the host is by itself. `*` and no host at all are every interface to most programs.
    public var scope: Scope {
        switch host {
        case .omitted, .asterisk: .wildcard
        case .address(let address): address.scope
        case .name: .name
        case .path: .unix
        }
    }
}

extension AddressReading {
    /// Every way to read `text`, the likeliest first; empty if it is no address in any spelling.
    public static func readings(of text: String) -> [AddressReading] {
        if let path = unixPath(text) { return [AddressReading(.path(path), transport: .unix)] }
        var rest = text[...]
        var transport: Transport?
        if let scheme = rest.range(ofScheme: ()) {
            guard let known = transports[rest[..<scheme.lowerBound].lowercased()] else { return [] }
            transport = known
            rest = rest[scheme.upperBound...]
            if rest.last == "/" { rest.removeLast() }
        }
        if let slash = rest.lastIndex(of: "/") {
            guard let known = Transport(rawValue: rest[rest.index(after: slash)...].lowercased()), known != .unix else {
                return []
            }
            transport = known
            rest = rest[..<slash]
        }
        var seen: Set<AddressReading> = []
        return AddressParser(rest).readings().compactMap { reading in
            var reading = reading
            reading.transport = transport
            return seen.insert(reading).inserted ? reading : nil
        }
    }

    private static let transports: [String: Transport] = [
        "tcp": .tcp, "tcp4": .tcp, "tcp6": .tcp, "udp": .udp, "udp4": .udp, "udp6": .udp, "http": .tcp, "https": .tcp,
        "ws": .tcp, "wss": .tcp, "redis": .tcp, "amqp": .tcp, "postgres": .tcp, "mysql": .tcp, "mongodb": .tcp,
    ]

    private static func unixPath(_ text: String) -> String? {
        if text.lowercased().hasPrefix("unix:") {
            let path = text.dropFirst("unix:".count)
            return path.hasPrefix("//") ? String(path.dropFirst(2)) : String(path)
        }
        let isPath = ["/", "./", "../", "@"].contains { text.hasPrefix($0) }
        return isPath && text.utf8.count > 1 ? text : nil
    }
}

extension Substring {
    /// The place of `://`.
    fileprivate func range(ofScheme: Void) -> Range<Index>? {
        guard let colon = firstIndex(of: ":"), self[colon...].hasPrefix("://") else { return nil }
        return colon..<index(colon, offsetBy: 3)
    }
}
