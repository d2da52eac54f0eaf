internal import Extraction
internal import ListenerModel

/// The pages of a server that tell of nginx itself, and whether anyone may read them.
struct NginxStatusPages {
    private(set) var isReadable = false

    /// Who may enter a location, by the directives of the access and authentication modules. Each kind is inherited
    /// from the outer level unless the inner one gives its own.
    struct Access {
        /// `allow` and `deny` in order; the first that matches decides.
        var rules: [(allows: Bool, network: String)] = []
        var asksForPassword = false
        var isInternal = false

        /// What stands in this block, on top of what the blocks around it say.
        func inside(_ directives: [NginxDirective]) -> Access {
            var result = self
            var ownRules: [(allows: Bool, network: String)] = []
            for directive in directives {
                guard let name = directive.name.text.known else { continue }
                let value = directive.arguments.first?.text.known ?? ""
                switch name {
                case "allow": ownRules.append((true, value))
                case "deny": ownRules.append((false, value))
                case "auth_basic", "auth_request", "auth_jwt", "auth_oidc": result.asksForPassword = value != "off"
                case "internal": result.isInternal = true
                default: continue
                }
            }
            if !ownRules.isEmpty { result.rules = ownRules }
            return result
        }

        /// Whoever is not on a list, or has no password, is turned away.
        var isClosed: Bool {
            if asksForPassword || isInternal { return true }
            let everyone = rules.first { ["all", "0.0.0.0/0", "::/0"].contains($0.network) }
            return everyone.map { !$0.allows } ?? false
        }
    }

    /// Directives that answer with nginx's own state: ngx_http_stub_status_module, nginx Plus, Angie, and the
    /// traffic status modules.
    private static let directives: Set<String> = [
        "stub_status", "api", "dashboard", "status", "vhost_traffic_status_display",
        "stream_server_traffic_status_display",
        "check_status", "upstream_conf", "rtmp_stat", "nchan_stub_status",
    ]

    /// Names that locations of such pages bear whatever answers behind them.
    private static let names: Set<String> = [
        "nginx_status", "nginx-status", "stub_status", "stub-status", "basic_status", "nginx_stub_status",
        "nginx_stats",
    ]

    mutating func add(location directive: NginxDirective, access: Access) {
        guard let block = directive.block, !access.isClosed else { return }
        let answers = block.directives.contains { Self.directives.contains($0.name.text.known ?? "") }
        let path = directive.arguments.last?.text.known ?? ""
        if answers || path.split(separator: "/").contains(where: { Self.names.contains(String($0)) }) {
            isReadable = true
        }
    }

    /// A status directive in the server block itself.
    mutating func add(server directives: [NginxDirective], access: Access) {
        guard !access.isClosed else { return }
        if directives.contains(where: { ["stub_status"].contains($0.name.text.known ?? "") }) { isReadable = true }
    }
}
