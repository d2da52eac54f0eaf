public import ListenerModel

/// A runtime's reading of a `ListenRequest`: the facts of a listener that do not depend on where it runs.
public struct Binding: Hashable, Sendable {
    public var transport: Transport
    /// Canonical address or name; what the runtime calls it if nothing is written; nil if unknown.
    public var host: String?
    public var port: PortRange?
    public var sockets: [Socket]
    public var scope: Scope
    public var spelling: Spelling
    public var surprise: Surprise?
    /// Why the runtime rejects the text, nil where it does not. Scope is given as if it were open.
    public var refusal: String?

    public init(
        transport: Transport, host: String?, port: PortRange?, sockets: [Socket] = [], scope: Scope,
        spelling: Spelling = .explicit, surprise: Surprise? = nil, refusal: String? = nil
    ) {
        self.transport = transport
        self.host = host
        self.port = port
        self.sockets = sockets
        self.scope = scope
        self.spelling = spelling
        self.surprise = surprise
        self.refusal = refusal
    }
}
