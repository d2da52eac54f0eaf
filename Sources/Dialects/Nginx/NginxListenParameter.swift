public import ListenerModel

/// A parameter of `listen` behind the address: who takes it, since when, and what it does to sockets.
public struct NginxListenParameter: Sendable {
    public enum Form: Sendable {
        case flag
        case value(Value)
    }

    /// What may stand behind the `=`.
    public enum Value: Sendable {
        case anything
        /// A decimal number (ngx_atoi).
        case number
        /// A decimal number other than 0.
        case positiveNumber
        /// A number with `k`, `m` or nothing behind it (ngx_parse_size).
        case size
        case onOff
        /// `on`, `off`, or `idle:interval:count` of which at least one is given.
        case keepAlive
    }

    /// What else it says about the sockets.
    public enum Effect: Sendable {
        case none, datagram, quic, reusePort, ipv6Only, tls, defaultServer
    }

    public var name: String
    public var form: Form
    /// The first release in which each module takes it.
    public var modules: [NginxModule: World.Version]
    /// It counts as an option of the socket: at most one server may give any for an address, and the address is
    /// bound even beside a wildcard (`lsopt.set`, `lsopt.bind`).
    public var setsOptions: Bool
    /// Datagram words that it cannot stand beside.
    public var excludes: Set<String>
    public var effect: Effect
    /// Observed cases, or release notes of nginx (CHANGES).
    public var proof: String

    private static let always = World.Version(0, 0, 0)
    private static let stream1255 = World.Version(1, 25, 5)

    private init(
        _ name: String, _ form: Form, _ modules: [NginxModule: World.Version], setsOptions: Bool = false,
        excludes: Set<String> = [], effect: Effect = .none, proof: String
    ) {
        self.name = name
        self.form = form
        self.modules = modules
        self.setsOptions = setsOptions
        self.excludes = excludes
        self.effect = effect
        self.proof = proof
    }

    private static let everywhere: [NginxModule: World.Version] = [
        .http: always, .stream: always, .mail: always, .rtmp: always,
    ]

    /// One row a parameter (ngx_http_core_listen, ngx_stream_core_listen, ngx_mail_core_listen).
    public static let all: [NginxListenParameter] = [
        .init(
            "default_server", .flag, [.http: always, .stream: stream1255], effect: .defaultServer,
            proof: "nginx-typical-default, nginx-stream-default_server, nginx-mail-default_server"),
        .init("default", .flag, [.http: always], effect: .defaultServer, proof: "nginx-param-default"),
        .init(
            "bind", .flag, everywhere, setsOptions: true,
            proof: "nginx-wild-specific-bind, nginx-mail-wild-specific-bind"),
        .init(
            "backlog", .value(.positiveNumber), [.http: always, .stream: always, .mail: always], setsOptions: true,
            excludes: ["udp", "quic"],
            proof: "nginx-param-backlog0, nginx-wild-specific-backlog, nginx-param-quic-backlog"),
        .init(
            "rcvbuf", .value(.size), [.http: always, .stream: always, .mail: always], setsOptions: true,
            proof: "nginx-ctx-too-many-args"),
        .init(
            "sndbuf", .value(.size), [.http: always, .stream: always, .mail: always], setsOptions: true,
            proof: "nginx-ctx-too-many-args"),
        .init(
            "fastopen", .value(.number), [.http: always, .stream: World.Version(1, 21, 0)], setsOptions: true,
            excludes: ["udp", "quic"], proof: "CHANGES 1.21.0"),
        .init(
            "accept_filter", .value(.anything), [.http: always, .stream: stream1255],
            proof: "nginx-param-accept_filter, CHANGES 1.25.5"),
        .init(
            "deferred", .flag, [.http: always, .stream: stream1255], setsOptions: true, excludes: ["udp", "quic"],
            proof: "nginx-param-deferred, CHANGES 1.25.5"),
        .init(
            "ipv6only", .value(.onOff), everywhere, setsOptions: true, effect: .ipv6Only,
            proof: "nginx-addr-v6-any-off, nginx-addr-v6-any-maybe, nginx-x-v6-off-dup"),
        .init(
            "reuseport", .flag, [.http: always, .stream: always], setsOptions: true, effect: .reusePort,
            proof: "nginx-param-reuseport-both-specific, nginx-stream-udp-reuseport"),
        .init(
            "ssl", .flag, [.http: always, .stream: always, .mail: always], excludes: ["udp", "quic"], effect: .tls,
            proof: "nginx-param-ssl, nginx-mail-ssl"),
        .init("http2", .flag, [.http: always], excludes: ["quic"], proof: "nginx-param-ssl-http2"),
        .init(
            "quic", .flag, [.http: World.Version(1, 25, 0)], effect: .quic,
            proof: "nginx-param-quic-only, nginx-stream-quic"),
        .init("udp", .flag, [.stream: always], effect: .datagram, proof: "nginx-stream-x-tcp-udp, nginx-param-udp"),
        .init(
            "so_keepalive", .value(.keepAlive), everywhere, setsOptions: true, excludes: ["udp", "quic"],
            proof: "nginx-param-so_keepalive-on, nginx-x-wild-specific-opts"),
        .init(
            "proxy_protocol", .flag, everywhere, excludes: ["udp", "quic"],
            proof: "nginx-x-proto-mix, nginx-mail-proxy_protocol"),
        .init(
            "multipath", .flag,
            [.http: World.Version(1, 29, 7), .stream: World.Version(1, 29, 7), .mail: World.Version(1, 29, 7)],
            setsOptions: true, excludes: ["udp"], proof: "nginx-param-multipath"),
    ]

    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
