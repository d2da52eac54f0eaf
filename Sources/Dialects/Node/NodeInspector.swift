public import ListenerModel

/// The debugger's socket: `--inspect`, `--inspect-brk`, `--inspect-wait`, `inspector.open()`. Whoever connects runs
/// code, so its purpose is `debug`. Read by `NodeDialect.inspector`.
public enum NodeInspector {
    public static let purpose: [Purpose] = ["debug"]

    /// What `--inspect=argument` asks for; `--inspect` alone has no argument.
    public static func request(argument: SymbolicText?) -> ListenRequest {
        guard let argument else { return ListenRequest(.tcp, .parts(host: nil, port: nil)) }
        return ListenRequest(.tcp, .combined(argument))
    }

    /// What the options before the script ask for, of `node` or of NODE_OPTIONS: the last address counts
    /// (`node-cli-inspect-twice`), `--inspect-port` alone opens nothing (`node-cli-inspect-port-flag-only`).
    /// `index` is that of the option that holds the address, or of the one that turns it on.
    public static func request(options: [SymbolicText]) -> (request: ListenRequest, index: Int)? {
        var isOn: Int?
        var address: (text: SymbolicText, index: Int)?
        for (index, option) in options.enumerated() {
            let marked = option.marked
            let name = marked.prefix { $0 != "=" }
            let turnsOn = ["--inspect", "--inspect-brk", "--inspect-wait"].contains(name)
            guard turnsOn || name == "--inspect-port" || name == "--debug-port" else { continue }
            if turnsOn { isOn = index }
            if name.endIndex < marked.endIndex {
                address = (option.slice(marked[marked.index(after: name.endIndex)...]), index)
            }
        }
        guard let isOn else { return nil }
        return (request(argument: address?.text), address?.index ?? isOn)
    }

    /// `SplitHostPort` of `src/node_options.cc`: brackets alone are a host, digits alone a port, else the last colon
    /// separates.
    static func binding(
        _ text: SymbolicText, _ dialect: NodeDialect, _ request: ListenRequest, _ world: World
    ) -> Binding {
        let marked = text.marked
        func unbracketed(_ text: Substring) -> Substring {
            text.count >= 2 && text.first == "[" && text.last == "]" ? text.dropFirst().dropLast() : text
        }
        let whole = marked[...]
        if marked.isEmpty {
            var binding = dialect.binding(host: nil, port: nil, request, world)
            binding.refusal = "--inspect= needs an argument"
            binding.sockets = []
            return binding
        }
        if unbracketed(whole).count < whole.count {
            return dialect.binding(host: text.slice(unbracketed(whole)), port: nil, request, world)
        }
        guard let colon = marked.lastIndex(of: ":") else {
            if !marked.allSatisfy({ ("0"..."9").contains($0) || $0 == SymbolicText.mark }) {
                return resolved(text.slice(whole), nil, dialect, request, world)
            }
            return checked(dialect.binding(host: nil, port: text, request, world), text)
        }
        let port = text.slice(marked[marked.index(after: colon)...])
        return checked(
            resolved(text.slice(unbracketed(marked[..<colon])), port.known == "" ? "0" : port, dialect, request, world),
            port)
    }

    /// `*` is both loopback addresses to getaddrinfo without AI_PASSIVE (`node-cli-inspect-star`).
    private static func resolved(
        _ host: SymbolicText, _ port: SymbolicText?, _ dialect: NodeDialect, _ request: ListenRequest, _ world: World
    ) -> Binding {
        guard host.known == "*" else { return dialect.binding(host: host, port: port, request, world) }
        var loopback = dialect
        loopback.absentHost = .everyInterface(.loopbackPair)
        var binding = loopback.binding(host: nil, port: port, request, world)
        binding.host = "*"
        binding.spelling = .ambiguous
        return binding
    }

    /// Ports below 1024 are refused (`node-cli-inspect-low`).
    private static func checked(_ binding: Binding, _ port: SymbolicText) -> Binding {
        guard let first = binding.port?.first, first > 0, first < 1024 else { return binding }
        var binding = binding
        binding.refusal = "the inspector's port must be 0 or 1024 to 65535"
        binding.sockets = []
        return binding
    }
}
