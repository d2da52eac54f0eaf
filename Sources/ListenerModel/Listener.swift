/// One declaration in one network namespace, with every fact that a policy may ask for (the contract's table,
/// section 4). Everything left of this type is about formats, everything right of it about facts.
public struct Listener: Sendable, Hashable {
    /// The address argument of the listen construct.
    public var location: Location
    /// The text there, as written.
    public var text: String
    public var source: Source
    public var role: Role
    public var namespace: NetworkNamespace
    public var service: String?
    public var image: String?
    public var networks: [String]
    public var transport: Transport
    /// Canonical address or name, a path for unix; nil if unknown.
    public var host: String?
    /// nil if unknown, and for unix.
    public var port: PortRange?
    /// The container-side port: for a publish the right-hand side, for a bind its own.
    public var target: PortRange?
    public var state: ListenerState
    public var stateReason: String?
    /// The other line of the same process for which the runtime refuses this one too.
    public var refusedBy: Location?
    public var sockets: [Socket]
    public var scope: Scope
    public var exposure: Exposure
    public var certainty: Certainty
    public var purpose: [Purpose]
    /// For a bind: a publish reaches it. nil where that is not known.
    public var published: Bool?
    /// For a publish: what stands behind it.
    public var backend: Backend?
    public var conflict: Location?
    public var counterpart: Counterpart?
    public var spelling: Spelling
    public var surprise: Surprise?
    /// From the listen construct back to the literals.
    public var trace: [TraceStep]
    public var test: Bool
    /// The link between this file and its service is an inference that could be wrong: a finding that rests on
    /// it is at most a warning.
    public var guessed: Bool
    /// For a publish, the bind listeners that it leads to; for a bind, the publishes that reach it.
    public var related: [TraceStep]

    public init(
        location: Location, text: String, source: Source, role: Role, namespace: NetworkNamespace = .unknown,
        service: String? = nil, image: String? = nil, networks: [String] = [], transport: Transport, host: String?,
        port: PortRange?, target: PortRange? = nil, state: ListenerState = .open, stateReason: String? = nil,
        sockets: [Socket] = [], scope: Scope, exposure: Exposure = .unknown, certainty: Certainty = .certain,
        purpose: [Purpose] = [], published: Bool? = nil, backend: Backend? = nil, conflict: Location? = nil,
        counterpart: Counterpart? = nil, spelling: Spelling = .explicit, surprise: Surprise? = nil,
        trace: [TraceStep] = [], test: Bool = false, guessed: Bool = false, related: [TraceStep] = []
    ) {
        self.location = location
        self.text = text
        self.source = source
        self.role = role
        self.namespace = namespace
        self.service = service
        self.image = image
        self.networks = networks
        self.transport = transport
        self.host = host
        self.port = port
        self.target = target
        self.state = state
        self.stateReason = stateReason
        self.sockets = sockets
        self.scope = scope
        self.exposure = exposure
        self.certainty = certainty
        self.purpose = purpose
        self.published = published
        self.backend = backend
        self.conflict = conflict
        self.counterpart = counterpart
        self.spelling = spelling
        self.surprise = surprise
        self.trace = trace
        self.test = test
        self.guessed = guessed
        self.related = related
    }

    /// Sorted by path, line, column, then service, transport, host, port.
    public static func precedes(_ left: Listener, _ right: Listener) -> Bool {
        if left.location != right.location { return left.location < right.location }
        return left.tieBreak < right.tieBreak
    }

    private var tieBreak: (String, String, String, PortRange, String) {
        (service ?? "", transport.rawValue, host ?? "", port ?? .ephemeral, role.rawValue + namespace.description)
    }
}
