public import Extraction
public import ListenerModel

/// Compose files read together, as `docker compose` reads them: merged, extended, included and interpolated.
public struct ComposeProject: Sendable {
    /// The project directory: the folder of the first file.
    public var folder: String
    /// `name:` where the file gives one, else the folder's name, normalised as compose does; "" for the root folder.
    public var name: String
    /// The compose files in the order of merging, without included and extended ones.
    public var files: [String]
    /// Every other file that was read for it: included and extended files, `.env`, env files.
    public var alsoRead: [String]
    /// In order of their names, so that two runs agree.
    public var services: [ComposeService]
    /// By the name used in the project; `default` is there even if no file writes it.
    public var networks: [String: ComposeNetwork]
    /// Why compose refuses the project as a whole, and where: then none of its services starts.
    public var refusal: ComposeFile.Refusal?
    public var diagnostics: [Diagnostic]

    public func service(_ name: String) -> ComposeService? { services.first { $0.name == name } }
}

/// A value and the place where it is written.
public struct Located<Value: Sendable>: Sendable {
    public var value: Value
    public var location: Location

    public init(_ value: Value, at location: Location) {
        self.value = value
        self.location = location
    }
}

extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

/// A network of a project, with what decides the sockets of ports published through it.
public struct ComposeNetwork: Hashable, Sendable {
    public var name: String
    public var location: Location?
    public var driver: String?
    /// No way out, and no published ports.
    public var isInternal: Bool
    public var enableIPv6: Bool
    /// `com.docker.network.bridge.host_binding_ipv4`: what stands in for an address that is not written.
    public var hostBinding: Located<SymbolicText>?
    /// `com.docker.network.bridge.gateway_mode_ipv4` is `routed`: no socket on the host (moby 27 and later).
    public var isRouted: Bool
    public var isExternal: Bool

    public init(
        name: String, location: Location? = nil, driver: String? = nil, isInternal: Bool = false,
        enableIPv6: Bool = false, hostBinding: Located<SymbolicText>? = nil, isRouted: Bool = false,
        isExternal: Bool = false
    ) {
        self.name = name
        self.location = location
        self.driver = driver
        self.isInternal = isInternal
        self.enableIPv6 = enableIPv6
        self.hostBinding = hostBinding
        self.isRouted = isRouted
        self.isExternal = isExternal
    }
}
