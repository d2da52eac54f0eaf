public import ListenerModel

/// One field of a port mapping.
public enum PortField<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Nothing is written.
    case absent
    case known(Value)
    /// Written, but a part of it is not known from the tree.
    case unknown(SymbolicText)

    public var value: Value? { if case .known(let value) = self { value } else { nil } }
    public var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

/// The host side of a port mapping.
public enum HostPort: Hashable, Sendable {
    /// Absent or 0: the engine picks a free port at each start.
    case enginePicks
    /// One host port for each container port.
    case ports(PortRange)
    /// A range for one container port: the engine takes the first free one.
    case oneOf(PortRange)
    case unknown(SymbolicText)

    public var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

/// What an engine is asked to publish: `docker run -p`, an entry of compose `ports:`.
public struct PublishedPort: Hashable, Sendable {
    public var hostIP: PortField<IPAddress>
    public var hostPort: HostPort
    /// Container ports.
    public var target: PortField<PortRange>
    public var transport: PortField<Transport>

    public init(
        hostIP: PortField<IPAddress>, hostPort: HostPort, target: PortField<PortRange>,
        transport: PortField<Transport> = .known(.tcp)
    ) {
        self.hostIP = hostIP
        self.hostPort = hostPort
        self.target = target
        self.transport = transport
    }
}
