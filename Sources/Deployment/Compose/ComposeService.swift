public import ListenerModel

/// One service of a project after merging, extending and interpolation.
public struct ComposeService: Sendable {
    public var name: String
    /// The key under `services:` in the file that names it first.
    public var location: Location
    public var image: Located<SymbolicText>?
    public var build: Build?
    public var command: Words?
    public var entrypoint: Words?
    public var workingDirectory: Located<SymbolicText>?
    public var environment = ServiceEnvironment()
    public var ports: [PortMapping] = []
    public var expose: [ExposedPort] = []
    public var networkMode: NetworkMode = .networks
    /// Names of networks, in order; `default` where none is written.
    public var networks: [String] = []
    /// `gw_priority` by network: the highest gives the default route, and with it the published ports.
    public var gatewayPriority: [String: Int] = [:]
    public var profiles: [String] = []
    /// Why no container of it is started: its profile is off, or it is scaled to none. nil if it starts.
    public var inactive: String?
    /// Containers; nil if that depends on a variable.
    public var replicas: Int? = 1
    public var volumes: [Mount] = []
    /// `configs` and `secrets` with what they hold.
    public var configs: [MountedConfig] = []
    public var containerName: Located<SymbolicText>?
    /// The services it was made from, nearest first.
    public var extends: [TraceStep] = []

    public init(name: String, location: Location) {
        self.name = name
        self.location = location
    }

    public struct Build: Sendable {
        public var location: Location
        /// The context folder in the tree; nil if it is remote, outside the tree or not known.
        public var context: String?
        /// The Dockerfile's path in the tree; nil if inline or not known.
        public var dockerfile: String?
        public var target: SymbolicText?
        public var arguments: [EnvironmentEntry]
        public var inline: Located<String>?
    }

    /// `command` or `entrypoint`.
    public enum Words: Hashable, Sendable {
        /// The list form: one word an item.
        case words([Located<SymbolicText>])
        /// One string that compose splits as a shell would, without a shell.
        case shell(Located<SymbolicText>)
        /// `null`, `[]` or "": the image's own is switched off.
        case cleared(Location)
    }

    public enum NetworkMode: Hashable, Sendable {
        /// Not written: the networks of the project.
        case networks
        case host
        case none
        /// The engine's default bridge.
        case bridge
        case service(String)
        case container(String)
        case other(SymbolicText)
    }

    /// `expose:`; documentation, no socket.
    public struct ExposedPort: Hashable, Sendable {
        public var location: Location
        public var text: String
        /// nil if unknown or not a port.
        public var port: PortRange?
        public var transport: Transport
    }

    /// A bind mount of something in the tree.
    public struct Mount: Hashable, Sendable {
        public var location: Location
        /// The file or folder in the tree; nil if it is outside, a named volume or not known.
        public var source: String?
        /// Absolute path in the container.
        public var target: SymbolicText
    }

    public struct MountedConfig: Hashable, Sendable {
        public var location: Location
        /// The file in the tree that it holds.
        public var file: String?
        public var content: Located<SymbolicText>?
        /// Absolute path in the container: `/name` for a config, `/run/secrets/name` for a secret.
        public var target: SymbolicText
    }
}

/// One variable; nil if the value comes from the shell that runs compose (a bare name).
public struct EnvironmentEntry: Hashable, Sendable {
    public var name: String
    public var value: SymbolicText?
    /// The value, or the name where it stands alone.
    public var location: Location

    public init(name: String, value: SymbolicText?, location: Location) {
        self.name = name
        self.value = value
        self.location = location
    }
}

/// What a service's processes find in their environment, besides what its image sets.
public struct ServiceEnvironment: Sendable {
    /// One entry a name: `environment` over later env files over earlier ones.
    public var entries: [EnvironmentEntry] = []
    /// Every env file could be read.
    public var isComplete = true

    public func variable(_ name: String) -> EnvironmentValue {
        guard let entry = entries.first(where: { $0.name == name }) else { return isComplete ? .unset : .unknown }
        return entry.value.map { .value($0, at: entry.location) } ?? .unknown
    }
}
