public import ListenerModel

/// What a text asks a runtime to open, before the runtime's own reading of it.
public struct ListenRequest: Hashable, Sendable {
    /// The first argument of Go's `net.Listen` and what stands for it elsewhere: the transport, and the family if
    /// the text forces one.
    public enum Network: String, CaseIterable, Sendable {
        case tcp, tcp4, tcp6, udp, udp4, udp6, unix

        public var transport: Transport {
            switch self {
            case .tcp, .tcp4, .tcp6: .tcp
            case .udp, .udp4, .udp6: .udp
            case .unix: .unix
            }
        }
    }

    public enum Address: Hashable, Sendable {
        /// One text that holds host and port, in the runtime's own grammar: `:8080`, `[::1]:80`.
        case combined(SymbolicText)
        /// Host and port apart, nil where the construct does not give one.
        case parts(host: SymbolicText?, port: SymbolicText?)
    }

    public var network: Network
    public var address: Address
    /// IPV6_V6ONLY where the text sets it.
    public var ipv6Only: Bool?

    public init(_ network: Network, _ address: Address, ipv6Only: Bool? = nil) {
        self.network = network
        self.address = address
        self.ipv6Only = ipv6Only
    }

    /// The request in an environment: variables replaced by their values or fallbacks.
    public func resolved(_ environment: (String) -> EnvironmentValue) -> (
        request: Self, usedFallback: Bool, trace: [TraceStep]
    ) {
        var resolutions: [SymbolicText.Resolution] = []
        func resolve(_ text: SymbolicText) -> SymbolicText {
            let resolution = text.resolved(environment)
            resolutions.append(resolution)
            return resolution.text
        }
        var request = self
        switch address {
        case .combined(let text): request.address = .combined(resolve(text))
        case .parts(let host, let port): request.address = .parts(host: host.map(resolve), port: port.map(resolve))
        }
        return (request, resolutions.contains(where: \.usedFallback), resolutions.flatMap(\.trace))
    }
}
