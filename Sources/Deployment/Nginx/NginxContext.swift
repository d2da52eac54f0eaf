internal import Dialects

/// Where in nginx's configuration a directive stands.
enum NginxContext: Hashable {
    case main
    case events
    case module(NginxModule)
    case server(NginxModule)
    /// `location`, and what stands in it: `if`, `limit_except`.
    case location
    case upstream
    /// A body of words that its own handler reads: `map`, `types`.
    case data
    /// Lines of which nobody says where they are included.
    case unknown
}

/// The directives that make up nginx's structure: where each may stand, with what, and what it opens
/// (`ngx_command_t` tables of src/core, src/http, src/stream, src/mail). Any other name may be some module's.
enum NginxStructure {
    struct Form {
        var arguments: ClosedRange<Int>
        /// The context inside its block; nil for a directive that `;` ends.
        var opens: NginxContext?
    }

    static let directives: [String: [NginxContext: Form]] = [
        "events": [.main: block(.events)],
        "http": [.main: block(.module(.http))],
        "stream": [.main: block(.module(.stream))],
        "mail": [.main: block(.module(.mail))],
        "rtmp": [.main: block(.module(.rtmp))],
        "server": servers,
        "listen": listens,
        "location": [.server(.http): block(.location, 1...2), .location: block(.location, 1...2)],
        "if": [.server(.http): block(.location, 1...limit), .location: block(.location, 1...limit)],
        "limit_except": [.location: block(.location, 1...limit)],
        "upstream": [.module(.http): block(.upstream, 1...1), .module(.stream): block(.upstream, 1...1)],
        "types": [.module(.http): block(.data), .server(.http): block(.data), .location: block(.data)],
        "map": [.module(.http): block(.data, 2...2), .module(.stream): block(.data, 2...2)],
        "geo": [.module(.http): block(.data, 1...2), .module(.stream): block(.data, 1...2)],
        "split_clients": [.module(.http): block(.data, 2...2), .module(.stream): block(.data, 2...2)],
        "charset_map": [.module(.http): block(.data, 2...2)],
    ]

    /// Directives that may be given once in the whole main context, for which nginx says `is duplicate`.
    static let once: Set<String> = [
        "events", "http", "stream", "mail", "rtmp", "daemon", "master_process", "timer_resolution", "pid", "lock_file",
        "worker_processes", "debug_points", "user", "worker_priority", "worker_rlimit_nofile", "worker_rlimit_core",
        "worker_shutdown_timeout", "working_directory", "pcre_jit",
    ]

    /// `NGX_CONF_MAX_ARGS` is 8 for directives with a fixed number; those with "1 or more" take any.
    private static let limit = Int.max - 1

    private static func block(_ inside: NginxContext, _ arguments: ClosedRange<Int> = 0...0) -> Form {
        Form(arguments: arguments, opens: inside)
    }

    private static let servers: [NginxContext: Form] = {
        var forms: [NginxContext: Form] = [.upstream: Form(arguments: 1...limit)]
        for module in NginxModule.allCases { forms[.module(module)] = block(.server(module)) }
        return forms
    }()

    private static let listens: [NginxContext: Form] = {
        var forms: [NginxContext: Form] = [.unknown: Form(arguments: 1...limit)]
        for module in NginxModule.allCases { forms[.server(module)] = Form(arguments: 1...limit) }
        return forms
    }()
}
