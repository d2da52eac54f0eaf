import ListenerModel

/// The one edit that needs no judgement about a program: a port published on every interface, published on loopback
/// instead. It is proposed only where the policy has nothing to say about the result.
enum SafeEdit {
    static func of(_ listener: Listener, by policy: Policy) -> Finding.Edit? {
        guard listener.role == .publish, listener.state == .open, listener.host == "0.0.0.0",
            listener.spelling == .shorthand, isHostAndContainerPort(listener.text)
        else { return nil }
        var edited = listener
        edited.host = "127.0.0.1"
        edited.scope = .loopback
        edited.exposure = .host
        edited.spelling = .explicit
        edited.sockets = listener.sockets.filter { $0.family == .ipv4 }.map { socket in
            Socket(
                socket.transport, .v4(.loopback), socket.port ?? .ephemeral, oneOf: socket.oneOf,
                sharing: socket.sharing)
        }
        var judgement = Judgement(policy, [edited])
        judgement.run()
        guard judgement.breaches.isEmpty else { return nil }
        return Finding.Edit(at: listener.location, replacement: "127.0.0.1:" + listener.text)
    }

    /// compose's short syntax without an address and without variables: `8080:80`, `53:53/udp`, `8000-8010:80-90`.
    private static func isHostAndContainerPort(_ text: String) -> Bool {
        let parts = text.prefix { $0 != "/" }.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2d } }
    }
}
