public import ListenerModel

/// How Node and its frameworks read listen addresses (`lib/net.js`, `lib/dgram.js`), with what differs between them
/// as values: a row of the table of listen calls names a form and its defaults.
///
/// In a request, `combined` is a first argument that may be a port or a path, or a text in the form's own grammar;
/// `parts` are a host and a port that were apart.
public struct NodeDialect: Dialect, Hashable {
    public enum Form: String, CaseIterable, Sendable {
        /// `listen(port, host)`: text that is no number is the path of a unix socket (case `node-http-str-colon-port`).
        case arguments
        /// `{ port, host }`: a port must be a number (`node-http-obj-port-str`, `node-http-str-big`).
        case options
        /// `dgram`: host and socket must be of one family (`node-dgram-udp4-v6lo`).
        case datagram
        /// One text `host:port`, `unix:path` (grpc-node `packages/grpc-js/src/uri-parser.ts`, `resolver-uds.ts`).
        case target
        /// `--inspect=` (`src/node_options.cc`, `SplitHostPort`).
        case inspector
    }

    /// What is opened where no host is given.
    public enum AbsentHost: Hashable, Sendable {
        case everyInterface(WildcardOutcome)
        case name(String)
    }

    public var form: Form
    public var absentHost: AbsentHost
    /// 0 where the system picks one, nil where the runtime refuses to start without, unless `undefined` is written.
    public var absentPort: UInt16?
    /// The program makes a number of the port's text: `Number(x)`, `+x`, `parseInt(x)`. Blank is then 0
    /// (`node-http-env-empty-num`), an absent variable NaN (`node-http-env-unset-num`).
    public var convertsPort: Bool
    /// A host name opens a socket for each of its addresses, not for the first one alone.
    public var everyAddress: Bool
    /// A host stands under a key that the runtime does not read: `{ port, hostname }` (`lib/net.js`).
    public var ignoresHost = false

    public init(
        _ form: Form = .arguments, absentHost: AbsentHost = .everyInterface(.dualStack), absentPort: UInt16? = 0,
        convertsPort: Bool = false, everyAddress: Bool = false
    ) {
        self.form = form
        self.absentHost = absentHost
        self.absentPort = absentPort
        self.convertsPort = convertsPort
        self.everyAddress = everyAddress
    }

    /// `net.Server.listen` and all that passes its arguments on: express, koa, Nest, …
    public static let server = NodeDialect()
    /// `inspector.open()` and `--inspect`: 127.0.0.1:9229 (`node-cli-inspect-brk`), a name on all of its addresses
    /// (`node-cli-inspect-localhost`).
    public static let inspector = NodeDialect(
        .inspector, absentHost: .everyInterface(.loopbackIPv4), absentPort: 9229, everyAddress: true)

    public var name: String { "node" }

    public func binding(of request: ListenRequest, in world: World) -> Binding {
        switch request.address {
        case .combined(let text):
            if request.network == .unix { return NodePath.binding(text, fromArgument: true) }
            switch form {
            case .arguments, .options, .datagram:
                return binding(host: nil, port: text, request, world)
            case .target: return NodeTarget.binding(text, self, request, world)
            case .inspector: return NodeInspector.binding(text, self, request, world)
            }
        case .parts(let host, let port):
            if request.network == .unix { return NodePath.binding(port ?? host ?? "", fromArgument: false) }
            return binding(host: host, port: port, request, world)
        }
    }

    func binding(host: SymbolicText?, port: SymbolicText?, _ request: ListenRequest, _ world: World) -> Binding {
        let port = NodePort(port, self)
        if case .path(let path) = port.reading { return NodePath.binding(path, fromArgument: true) }
        var binding = NodeHost(host, self).binding(request, port.range, world)
        if host == nil || host?.known == "" {
            binding.spelling = port.isWritten || form == .target ? .shorthand : .implied
        }
        switch port.reading {
        case .port, .path, .unknown: break
        case .absent where port.range == nil:
            binding.refusal = "listen() needs a port or a path (ERR_INVALID_ARG_VALUE)"  // node-http-obj-empty
        case .absent: if port.isWritten && port.range == .ephemeral { binding.surprise = .randomPort }
        case .refused(let reason): binding.refusal = binding.refusal ?? reason
        }
        if ignoresHost { binding.surprise = .ignoredHost }
        if binding.refusal != nil || binding.port == nil { binding.sockets = [] }
        return binding
    }
}
