/// The parts of nginx that open sockets. Each reads `listen` on its own and groups its addresses on its own.
public enum NginxModule: String, CaseIterable, Sendable {
    case http, stream, mail
    /// The third-party nginx-rtmp-module.
    case rtmp

    /// What tells the modules apart, one row each.
    public struct Traits: Sendable {
        /// Where `listen` names no port; 0 where the system then picks one.
        public var defaultPort: UInt16
        /// What a server without `listen` does.
        public var withoutListen: WithoutListen
        /// The first release in which two servers may share an address; nil if none does.
        public var sharesAddressesSince: (Int, Int, Int)?
        /// Observed cases (`testdata/conformance/nginx.jsonl`) or the source that says so.
        public var proof: String
    }

    public enum WithoutListen: Sendable {
        /// `*:80`, or `*:8000` for a user other than root.
        case implicit
        case refused
        /// It opens nothing.
        case nothing
    }

    public var traits: Traits { Self.rows[self]! }

    private static let rows: [NginxModule: Traits] = [
        .http: Traits(
            defaultPort: 80, withoutListen: .implicit, sharesAddressesSince: (0, 0, 0),
            proof: "nginx-addr-star, nginx-http-nolisten-plus-explicit, nginx-http-nolisten-nonroot"),
        .stream: Traits(
            defaultPort: 0, withoutListen: .refused, sharesAddressesSince: (1, 25, 5),
            proof: "nginx-stream-noport-star, nginx-stream-nolisten, nginx-stream-x-same"),
        .mail: Traits(
            defaultPort: 0, withoutListen: .refused, sharesAddressesSince: nil,
            proof: "nginx-mail-nolisten, nginx-mail-x-same"),
        .rtmp: Traits(
            defaultPort: 1935, withoutListen: .nothing, sharesAddressesSince: nil,
            proof: "nginx-rtmp-module ngx_rtmp_core_module.c, ngx_rtmp_core_listen"),
    ]
}
