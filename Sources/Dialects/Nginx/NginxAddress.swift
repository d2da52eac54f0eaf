public import ListenerModel

/// The address argument of `listen` as `ngx_parse_url` (src/core/ngx_inet.c) reads it.
public struct NginxAddress: Hashable, Sendable {
    public enum Host: Hashable, Sendable {
        case ip(IPAddress)
        /// A name and what it resolves to; empty where the world does not know the name.
        case name(String, [IPAddress])
        /// The path of a socket file; nil where a part of it is unknown.
        case unix(String?)
        case unknown
    }

    public var host: Host
    /// nil for a unix socket and where it is unknown; `.ephemeral` where the system picks one.
    public var ports: PortRange?
    public var spelling: Spelling

    /// Reads `text`, whose unknown parts match anything.
    public init(_ text: SymbolicText, module: NginxModule, in world: World) throws(NginxAddressError) {
        let marked = Array(text.marked.utf8)
        if marked.count >= 5, String(decoding: marked[..<5], as: UTF8.self).lowercased() == "unix:" {
            self = try Self.unix(marked[5...])
        } else if marked.first == UInt8(ascii: "[") {
            self = try Self.inet6(marked[...], module)
        } else {
            self = try Self.inet(marked[...], module, world)
        }
    }

    private init(_ host: Host, _ ports: PortRange?, _ spelling: Spelling) {
        self.host = host
        self.ports = ports
        self.spelling = spelling
    }

    /// ngx_parse_unix_domain_url: everything behind `unix:` is the path, in at most 107 bytes (`sun_path`).
    private static func unix(_ path: ArraySlice<UInt8>) throws(NginxAddressError) -> NginxAddress {
        if path.isEmpty { throw .noPath }
        if isUnknown(path) { return NginxAddress(.unix(nil), nil, .explicit) }
        if path.count > 107 { throw .tooLongPath }
        return NginxAddress(.unix(String(decoding: path, as: UTF8.self)), nil, .explicit)
    }

    /// ngx_parse_inet6_url.
    private static func inet6(
        _ text: ArraySlice<UInt8>, _ module: NginxModule
    ) throws(NginxAddressError) -> NginxAddress {
        guard let close = text.firstIndex(of: UInt8(ascii: "]")) else {
            if isUnknown(text) { return NginxAddress(.unknown, nil, .explicit) }
            throw .invalidHost
        }
        let inner = text[(text.startIndex + 1)..<close]
        let rest = text[(close + 1)...]
        if rest.contains(UInt8(ascii: "/")) { throw .invalidHost }
        var ports: PortRange? = PortRange(module.traits.defaultPort)
        if let first = rest.first {
            if isUnknown(rest) && first != UInt8(ascii: ":") {
                ports = nil
            } else {
                if first != UInt8(ascii: ":") { throw .invalidHost }
                ports = try self.ports(rest.dropFirst())
            }
        }
        if inner.isEmpty { throw .noHost }
        if isUnknown(inner) { return NginxAddress(.unknown, ports, .explicit) }
        guard let address = NginxNumbers.ipv6(inner) else { throw .invalidIPv6Address }
        return NginxAddress(.ip(.v6(address)), ports, .explicit)
    }

    /// ngx_parse_inet_url: the port starts behind the first colon; a text without one is a port, a range or a name.
    private static func inet(
        _ text: ArraySlice<UInt8>, _ module: NginxModule, _ world: World
    ) throws(NginxAddressError) -> NginxAddress {
        if text.contains(UInt8(ascii: "/")) || text.contains(UInt8(ascii: "?")) { throw .invalidHost }
        var host = text
        var ports: PortRange? = PortRange(module.traits.defaultPort)
        if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            ports = try self.ports(text[(colon + 1)...])
            host = text[..<colon]
        } else if isUnknown(text) {
            return NginxAddress(.unknown, nil, .explicit)
        } else if let range = try portAlone(text) {
            return NginxAddress(.ip(.v4(.unspecified)), range, .shorthand)
        }
        if host.isEmpty { throw .noHost }
        if isUnknown(host) { return NginxAddress(.unknown, ports, .explicit) }
        if host.elementsEqual("*".utf8) { return NginxAddress(.ip(.v4(.unspecified)), ports, .shorthand) }
        if let address = NginxNumbers.ipv4(host) {
            let spelling: Spelling = NginxNumbers.hasLeadingZero(host) ? .ambiguous : .explicit
            return NginxAddress(.ip(.v4(address)), ports, spelling)
        }
        return try resolved(String(decoding: host, as: UTF8.self), ports, world)
    }

    /// What getaddrinfo(3) makes of a host: the forms of inet_aton(3), then the hosts file.
    private static func resolved(
        _ host: String, _ ports: PortRange?, _ world: World
    ) throws(NginxAddressError) -> NginxAddress {
        if let address = IPv4Address(loose: host) { return NginxAddress(.ip(.v4(address)), ports, .ambiguous) }
        let name = host.lowercased()
        if let addresses = world.hosts[name] { return NginxAddress(.name(name, addresses), ports, .name) }
        guard isHostName(name) else { throw .hostNotFound }
        return NginxAddress(.name(name, []), ports, .name)
    }

    /// A text without colon that is only a port or a range; nil if it is a host.
    private static func portAlone(_ text: ArraySlice<UInt8>) throws(NginxAddressError) -> PortRange? {
        if let dash = text.firstIndex(of: UInt8(ascii: "-")) {
            guard let last = NginxNumbers.decimal(text[(dash + 1)...]) else { return nil }
            if last < 1 || last > 65535 { throw .invalidPort }
            guard let first = NginxNumbers.decimal(text[..<dash]) else { return nil }
            return try range(first, last)
        }
        guard let port = NginxNumbers.decimal(text) else { return nil }
        return try range(port, port)
    }

    /// The text behind a colon; nil where it is unknown.
    private static func ports(_ text: ArraySlice<UInt8>) throws(NginxAddressError) -> PortRange? {
        if isUnknown(text) { return nil }
        let dash = text.firstIndex(of: UInt8(ascii: "-"))
        guard let first = NginxNumbers.decimal(text[..<(dash ?? text.endIndex)]) else { throw .invalidPort }
        guard let dash else { return try range(first, first) }
        guard let last = NginxNumbers.decimal(text[(dash + 1)...]) else { throw .invalidPort }
        return try range(first, last)
    }

    private static func range(_ first: Int, _ last: Int) throws(NginxAddressError) -> PortRange {
        guard (1...65535).contains(first), (1...65535).contains(last) else { throw .invalidPort }
        if first > last { throw .invalidPortRange }
        return PortRange(UInt16(first), UInt16(last))
    }

    private static let mark = Array(String(SymbolicText.mark).utf8)

    private static func isUnknown(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.contains { text[$0...].starts(with: mark) }
    }

    /// Whether a resolver could know the name (RFC 1123 section 2.1, with the underscores that container names
    /// have). A name whose last label is a number would be an address.
    private static func isHostName(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = labels.last(where: { !$0.isEmpty }), NginxNumbers.decimal(last[...]) == nil else {
            return false
        }
        if last.allSatisfy({ (0x30...0x39).contains($0) }) { return false }
        return labels.dropLast(labels.last!.isEmpty ? 1 : 0).allSatisfy { label in
            guard let first = label.first, let final = label.last, first != UInt8(ascii: "-"),
                final != UInt8(ascii: "-")
            else { return false }
            return label.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        } && !(labels.count == 1 && isPortRange(name))
    }

    /// `8000-8001-8002`: numbers and dashes only.
    private static func isPortRange(_ name: String) -> Bool {
        name.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
