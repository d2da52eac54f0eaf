import ListenerModel

/// Programs and what they make of listen addresses, a row each; `explain --source` takes the names.
///
/// Where a row says "ran", the program was started on Debian 12 in a network namespace of its own and its sockets
/// were read with `ss`: versions and cases stand beside each group. "doc" is the program's documentation, "src" its
/// source. A column that nobody looked at has the value of the program's language or C library.
public enum ServerDialects {
    public static let all: [ServerDialect] = go + python + node + databases + proxies + others

    public static func named(_ name: String) -> ServerDialect? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    // MARK: Go

    /// Ran: caddy 2.6.2, prometheus 2.42, etcd 3.4.23, containerd 1.6.20. One dual-stack socket for every wildcard,
    /// also for `0.0.0.0`; `*` and a bare port fail; a name gives one address, IPv4 first (net/ipsock_posix.go).
    private static let go: [ServerDialect] = [
        goProgram("go-program"),
        // Ran: `--listen-client-urls http://:2379` is refused (etcd 3.4.23).
        goProgram("etcd", empty: .refused("etcd wants an IP address or localhost")),
        // Ran: `tcp://`, `tcp://:2375`, `-H :2375` are the loopback (dockerd 20.10.24).
        goProgram("dockerd", empty: .wildcard(.loopbackIPv4), bare: .host),
        // Src google/pprof internal/driver/webui.go: an empty host becomes localhost.
        goProgram("pprof", empty: .wildcard(.loopbackIPv4)),
        // Src envconfig/config.go: OLLAMA_HOST is a host, host:port or URL; `:11434` keeps its empty host.
        goProgram("ollama", bare: .host),
        // Doc: addresses of traefik may end in /tcp or /udp; a bare port is refused.
        goProgram("traefik"),
        // Src delve service/config.go: `host:port` to net.Listen.
        goProgram("delve"),
    ]

    private static func goProgram(
        _ name: String, empty: ServerDialect.Reading = .wildcard(.dualStack),
        bare: ServerDialect.BareText = .refused("Go wants a colon before the port")
    ) -> ServerDialect {
        ServerDialect(
            name, ipv4Any: .wildcard(.dualStack), ipv6Any: .wildcard(.dualStack),
            star: .refused("Go looks `*` up as a host name"), empty: empty, names: .ipv4First, looseIPv4: false,
            bare: bare)
    }

    // MARK: Python

    /// Ran: uvicorn 0.54, gunicorn 27.0, hypercorn 0.18, daphne 4.2, flask 3.1, django 5.2, waitress 3.0,
    /// aiohttp 3.14, tornado 6.6, jupyter_server 2.21, streamlit 1.67, http.server of 3.11.
    private static let python: [ServerDialect] = [
        ServerDialect(
            "uvicorn", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets)),
        ServerDialect("asyncio", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.twoSockets)),
        // A bare number is a host name to gunicorn: `-b 8000` does not start.
        ServerDialect(
            "gunicorn", ipv6Any: .wildcard(.systemDefault), empty: .wildcard(.ipv4Only), names: .ipv4First,
            portAloneOpensAll: true),
        ServerDialect("hypercorn", ipv6Any: .wildcard(.systemDefault), empty: .wildcard(.ipv4Only), names: .ipv4First),
        ServerDialect("daphne", ipv6Any: .wildcard(.systemDefault), empty: .wildcard(.ipv4Only), names: .ipv4First),
        ServerDialect("flask", ipv6Any: .wildcard(.systemDefault), empty: .wildcard(.ipv4Only), names: .ipv4First),
        // `0:8000` is 0.0.0.0; `:8000`, `*:8000` and an address without port do not start.
        ServerDialect(
            "django", ipv6Any: .wildcard(.systemDefault), star: .refused("runserver wants [HOST:]PORT"),
            empty: .refused("runserver wants [HOST:]PORT"), absent: .wildcard(.loopbackIPv4), names: .ipv4First,
            bare: .port),
        ServerDialect(
            "waitress", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets)),
        // Which family the wildcard has is decided by the resolver's order; IPv4 where it ran.
        ServerDialect(
            "http.server", ipv6Any: .wildcard(.dualStack), empty: .wildcard(.ipv4Only), names: .first, bare: .port),
        ServerDialect(
            "tornado", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets)),
        ServerDialect("streamlit", ipv6Any: .wildcard(.dualStack), empty: .wildcard(.dualStack), names: .ipv4First),
        // Src debugpy server/cli.py: a number alone listens on 127.0.0.1.
        ServerDialect(
            "debugpy", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.loopbackIPv4), names: .ipv4First, bare: .either),
        // Src uwsgi core/socket.c: `:PORT` is INADDR_ANY.
        ServerDialect(
            "uwsgi", ipv6Any: .wildcard(.systemDefault), empty: .wildcard(.ipv4Only), names: .ipv4First, bare: .either),
    ]

    // MARK: Node

    private static let node: [ServerDialect] = [
        // Ran on Node 20.20: one dual-stack socket without host, `0.0.0.0` is IPv4 alone, the first address of a name.
        ServerDialect(
            "node-program", ipv6Any: .wildcard(.dualStack), star: .refused("Node looks `*` up as a host name"),
            empty: .wildcard(.dualStack), names: .first, bare: .either),
        // Src fastify lib/server.js: `localhost` is bound on all its addresses.
        ServerDialect(
            "fastify", ipv6Any: .wildcard(.dualStack), star: .refused("Node looks `*` up as a host name"),
            empty: .wildcard(.dualStack), names: .all, bare: .either),
    ]

    // MARK: Databases

    /// Ran: redis 7.0.15, PostgreSQL 15.20, MariaDB 10.11.19, memcached 1.6.18.
    private static let databases: [ServerDialect] = [
        ServerDialect(
            "redis", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.ipv4Only),
            empty: .refused("redis exits on an empty bind"),
            absent: .wildcard(.twoSockets), names: .ipv4First),
        ServerDialect("postgres", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .name),
        ServerDialect(
            "mariadb", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets),
            empty: .refused("an empty bind-address fails"), absent: .wildcard(.twoSockets), names: .ipv4First),
        // Src sql/conn_handler/socket_connection.cc: `*`, `::` and nothing are one `::` with IPV6_V6ONLY off.
        ServerDialect(
            "mysql", ipv6Any: .wildcard(.dualStack), star: .wildcard(.dualStack),
            empty: .refused("an empty bind-address fails"), absent: .wildcard(.dualStack), names: .ipv4First),
        ServerDialect(
            "memcached", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets)),
        // Doc: net.bindIp, IPv6 only with --ipv6.
        ServerDialect("mongod", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.ipv4Only), names: .ipv4First),
        // Doc: the JVM binds one dual-stack socket.
        ServerDialect(
            "kafka", ipv4Any: .wildcard(.dualStack), ipv6Any: .wildcard(.dualStack), empty: .wildcard(.dualStack),
            names: .ipv4First),
    ]

    // MARK: Proxies

    /// Ran: haproxy 2.6.12, apache 2.4.71, lighttpd 1.4.69, squid 5.7, varnish 7.1, OpenSSH 9.2p1, php-fpm 8.2.
    private static let proxies: [ServerDialect] = [
        ServerDialect(
            "haproxy", ipv6Any: .wildcard(.systemDefault), star: .wildcard(.ipv4Only), empty: .wildcard(.ipv4Only),
            names: .first, bare: .refused("haproxy wants a colon before the port"), portAfterBareIPv6: true),
        ServerDialect(
            "apache", ipv6Any: .wildcard(.dualStack), star: .wildcard(.dualStack), empty: .wildcard(.dualStack),
            bare: .port, portAfterBareIPv6: true),
        ServerDialect("lighttpd", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.ipv4Only), bare: .port),
        ServerDialect("squid", ipv6Any: .wildcard(.dualStack), empty: .wildcard(.dualStack), bare: .port),
        ServerDialect("varnish", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.twoSockets), bare: .host),
        // `ListenAddress *` is the loopback: glibc reads "*" as no host without AI_PASSIVE.
        ServerDialect(
            "sshd", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.loopbackPair), empty: .wildcard(.twoSockets)),
        // ssh(1) -L and -D: no address is the loopback, `*` and an empty one are every interface.
        ServerDialect(
            "ssh", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets),
            absent: .wildcard(.loopbackPair), bare: .port),
        ServerDialect(
            "php-fpm", ipv6Any: .wildcard(.dualStack), star: .address(.v6(.loopback)),
            empty: .refused("php-fpm wants an address before the colon"), absent: .wildcard(.dualStack), names: .first,
            bare: .port),
    ]

    // MARK: Others

    private static let others: [ServerDialect] = [
        // Ran: `php -S :8000` and `php -S 8000` do not start.
        ServerDialect(
            "php", ipv6Any: .wildcard(.dualStack), empty: .refused("php -S wants HOST:PORT"), names: .first,
            bare: .refused("php -S wants HOST:PORT")),
        // Ran on JDK 17: one dual-stack socket for every wildcard.
        ServerDialect(
            "java", ipv4Any: .wildcard(.dualStack), ipv6Any: .wildcard(.dualStack), empty: .wildcard(.dualStack),
            names: .ipv4First, bare: .host),
        // Ran on JDK 17: a port alone and an empty host are 127.0.0.1 (JDK 8: every interface).
        ServerDialect(
            "jdwp", ipv6Any: .wildcard(.dualStack), star: .wildcard(.dualStack), empty: .wildcard(.loopbackIPv4),
            names: .ipv4First, bare: .port),
        // Ran: puma 5.6.5. Its defaults and `-p` are IPv4 alone, a name binds all its addresses.
        ServerDialect("puma", ipv6Any: .wildcard(.dualStack), empty: .wildcard(.ipv4Only), bare: .port),
        // Ran: WEBrick opens one socket for each family.
        ServerDialect(
            "webrick", ipv6Any: .wildcard(.ipv6Only), star: .wildcard(.twoSockets), empty: .wildcard(.twoSockets)),
        // Doc: `+`, `*` and any name but localhost are every interface (Kestrel, "URL formats").
        ServerDialect(
            "dotnet", ipv6Any: .wildcard(.dualStack), star: .wildcard(.dualStack), empty: .wildcard(.dualStack),
            otherNames: .wildcard(.dualStack), looseIPv4: false, bare: .port),
        // Ran: std::net binds `[::]` as the system says; an empty host panics.
        ServerDialect(
            "rust", ipv6Any: .wildcard(.systemDefault), empty: .refused("Rust's parser wants an address"),
            names: .first,
            looseIPv4: false),
        // Ran: socat 1.7.4, no bind= is IPv4 for TCP-LISTEN and UDP-LISTEN.
        ServerDialect("socat", ipv6Any: .wildcard(.dualStack), empty: .wildcard(.ipv4Only), names: .first, bare: .port),
        // Doc ncat(1): 0.0.0.0 and :: on 31337.
        ServerDialect(
            "ncat", ipv6Any: .wildcard(.ipv6Only), empty: .wildcard(.twoSockets), names: .first, bare: .either),
        // Ran: systemd 252, `8080` and `[::]:8080` follow net.ipv6.bindv6only; nothing else than an address is accepted.
        ServerDialect(
            "systemd", ipv6Any: .wildcard(.systemDefault), star: .refused("systemd wants an address or a port"),
            empty: .refused("systemd wants an address or a port"), absent: .wildcard(.systemDefault),
            otherNames: .refused("systemd wants an address or a port"), looseIPv4: false, bare: .port),
        // A program of which only the flag is known: the C library's reading, the family not known to be wider.
        ServerDialect(
            "server", ipv6Any: .wildcard(.dualStack), star: .wildcard(.dualStack), empty: .wildcard(.dualStack),
            names: .all, bare: .either),
    ]
}
