/// Everything outside the tree that decides what a program opens. The linting machine is never asked: the
/// command line uses `standard`, tests set another.
public struct World: Sendable {
    /// Names that resolve, in the order getaddrinfo(3) returns their addresses.
    public var hosts: [String: [IPAddress]]
    /// The process environment that servers start with, where a deployment file does not say.
    public var environment: Environment
    /// Servers start as root (nginx's implicit port 80).
    public var root: Bool
    /// `net.ipv6.bindv6only`, for programs that do not set IPV6_V6ONLY themselves.
    public var bindV6Only: Bool
    /// The engine's userland proxy opens the IPv6 socket of a port published without an address.
    public var userlandProxy: Bool
    public var nginx: Version
    /// Compose profiles that are on, besides those of services named by `projects`.
    public var profiles: Set<String>

    public enum Environment: Sendable {
        case unknown
        /// These variables and no others.
        case exact([String: String])
    }

    public struct Version: Comparable, Sendable, CustomStringConvertible {
        public var major, minor, patch: Int
        public init(_ major: Int, _ minor: Int, _ patch: Int) {
            (self.major, self.minor, self.patch) = (major, minor, patch)
        }
        public static func < (left: Self, right: Self) -> Bool {
            (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
        }
        public var description: String { "\(major).\(minor).\(patch)" }
    }

    public init(
        hosts: [String: [IPAddress]], environment: Environment, root: Bool, bindV6Only: Bool, userlandProxy: Bool,
        nginx: Version, profiles: Set<String>
    ) {
        self.hosts = hosts
        self.environment = environment
        self.root = root
        self.bindV6Only = bindV6Only
        self.userlandProxy = userlandProxy
        self.nginx = nginx
        self.profiles = profiles
    }

    /// The contract's default: Debian's hosts file, unknown environment, root, current engine and nginx.
    public static let standard = World(
        hosts: [
            "localhost": [.v6(.loopback), .v4(.loopback)],
            "ip6-localhost": [.v6(.loopback)],
            "ip6-loopback": [.v6(.loopback)],
        ],
        environment: .unknown, root: true, bindV6Only: false, userlandProxy: true, nginx: Version(1, 29, 0),
        profiles: [])

    public func variable(_ name: String) -> EnvironmentValue {
        switch environment {
        case .unknown: .unknown
        case .exact(let values): values[name].map { .value(SymbolicText($0), at: nil) } ?? .unset
        }
    }
}
