import ListenerModel

/// A path of a unix socket, and what looks like an address but is one: `listen(':8080')` makes a file of that name.
enum NodePath {
    /// The size of `sun_path` without its final zero (unix(7)).
    static let longest = 107

    static func binding(_ text: SymbolicText, fromArgument: Bool) -> Binding {
        let known = text.known
        let surprise: Surprise? = fromArgument && looksLikeAddress(text.marked) ? .socketFile : nil
        guard var path = known else {
            return Binding(transport: .unix, host: nil, port: nil, scope: .unix, surprise: surprise)
        }
        if path.unicodeScalars.first == "\0" { path = "@" + path.dropFirst() }
        var refusal: String?
        if path.utf8.count > longest {
            refusal = "the path of a unix socket has at most \(longest) bytes (EINVAL)"
        } else if path.contains("://") {
            refusal = "Node takes this for the path of a unix socket, in a folder that does not exist"
        }
        return Binding(
            transport: .unix, host: path, port: nil, sockets: refusal == nil ? [Socket(unix: path)] : [], scope: .unix,
            surprise: surprise, refusal: refusal)
    }

    /// `:8080`, `127.0.0.1:8080`, `localhost`, `http://localhost:8080`; not `/run/x.sock`, not `app.sock`.
    static func looksLikeAddress(_ text: String) -> Bool {
        if text.contains("://") { return true }
        if text.contains("/") || text.contains("\\") { return false }
        if IPAddress(text) != nil || text == "localhost" || text == "*" { return true }
        guard let colon = text.lastIndex(of: ":") else { return Double(text) != nil }
        return text[text.index(after: colon)...].allSatisfy { ("0"..."9").contains($0) || $0 == SymbolicText.mark }
    }
}
