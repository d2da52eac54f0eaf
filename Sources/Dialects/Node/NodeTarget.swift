import ListenerModel

/// The address text of `bindAsync`: `0.0.0.0:50051`, `[::]:50051`, `dns:localhost:1`, `unix:///run/x`
/// (grpc-node `packages/grpc-js/src/uri-parser.ts`, gRPC name syntax).
enum NodeTarget {
    static func binding(_ text: SymbolicText, _ dialect: NodeDialect, _ request: ListenRequest, _ world: World)
        -> Binding
    {
        var rest = text.marked[...]
        if rest.hasPrefix("unix:") {
            rest = rest.dropFirst(5)
            if rest.hasPrefix("///") { rest = rest.dropFirst(2) }
            return NodePath.binding(text.slice(rest), fromArgument: false)
        }
        for scheme in ["dns:", "ipv4:", "ipv6:"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            while rest.first == "/" { rest = rest.dropFirst() }
        }
        let (host, port) = split(rest)
        return dialect.binding(host: text.slice(host), port: port.map { text.slice($0) }, request, world)
    }

    /// The last colon separates, but for an IPv6 address without brackets, which has no port.
    static func split(_ text: Substring) -> (host: Substring, port: Substring?) {
        if text.first == "[", let close = text.firstIndex(of: "]") {
            let host = text[text.index(after: text.startIndex)..<close]
            let after = text[text.index(after: close)...]
            return (host, after.first == ":" ? after.dropFirst() : nil)
        }
        guard let colon = text.lastIndex(of: ":"), text.firstIndex(of: ":") == colon else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }
}
