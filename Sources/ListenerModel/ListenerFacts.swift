// The closed word lists of the contract: raw values are the words of JSON and of the policy language.

/// The format or language that the listen construct is written in.
public enum Source: String, CaseIterable, Sendable {
    case nginx, compose, go, node, env, dockerfile, command
}

public enum Role: String, CaseIterable, Sendable {
    /// A process opens it.
    case bind
    /// The container engine opens it on the host.
    case publish
    /// Documentation only, no socket.
    case expose
}

public enum ListenerState: String, CaseIterable, Sendable {
    case open
    /// nginx binds only the wildcard of a group.
    case absorbed
    /// Written, but not in force; `stateReason` says why.
    case inactive
    /// The runtime rejects this text; `stateReason` says why.
    case refused
}

public enum Exposure: String, CaseIterable, Sendable, Comparable {
    /// Only its own network namespace can connect.
    case isolated
    case host
    /// The container network.
    case network
    case `private`
    case `public`
    case unknown

    private var rank: Int { Self.allCases.firstIndex(of: self)! }
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}

public enum Certainty: String, CaseIterable, Sendable {
    case certain
    /// A fallback that the environment may override, or the program's own default.
    case `default`
    /// A listen-shaped string in a listening-named place.
    case likely
    /// Host or port cannot be known.
    case unknown
}

public enum Spelling: String, CaseIterable, Sendable {
    case explicit
    /// Nothing is written.
    case implied
    /// `:80`, `*:80`, `80`
    case shorthand
    case name
    /// Two readings are possible.
    case ambiguous
}

/// What stands behind a published port.
public enum Backend: String, CaseIterable, Sendable {
    case bound, loopback, unbound, unknown
}

/// For a single-family wildcard: the other family that is covered on that port too.
public enum Counterpart: String, CaseIterable, Sendable {
    case ipv4, ipv6, none
}

/// Where the runtime does not do what the text suggests.
public enum Surprise: String, CaseIterable, Sendable {
    /// An unset variable publishes on every interface.
    case failOpen = "fail-open"
    /// Node makes a unix socket file of this text and opens no port.
    case socketFile = "socket-file"
    /// The host is written where the runtime does not look for it.
    case ignoredHost = "ignored-host"
    case ignoredIPv6Only = "ignored-ipv6only"
    /// `ports:` does nothing under this network mode.
    case portsIgnored = "ports-ignored"
    /// Nobody chose the port: the system picks one at each start.
    case randomPort = "random-port"
    /// More than the written address is bound: Go's `0.0.0.0` is dual stack.
    case widerThanWritten = "wider-than-written"
    /// A later spelling of the same published port replaces an earlier one.
    case replaced
}

/// What is behind a listener. Open-ended: policies name further ones by port sets.
public struct Purpose: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// The network namespace that a listener's sockets are in (network_namespaces(7)).
public enum NetworkNamespace: Hashable, Sendable, CustomStringConvertible {
    case host
    case container(project: String, service: String)
    case unknown

    public enum Context: String, CaseIterable, Sendable { case host, container, unknown }

    public var context: Context {
        switch self {
        case .host: .host
        case .container: .container
        case .unknown: .unknown
        }
    }

    public var description: String {
        switch self {
        case .host: "host"
        case .container(let project, let service): "container:\(project)/\(service)"
        case .unknown: "unknown"
        }
    }
}
