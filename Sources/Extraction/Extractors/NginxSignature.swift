internal import ListenerModel

/// Whether a file whose name does not say so is nginx's, by its outermost directives.
///
/// HAProxy, Caddy, NATS, Apache, Redis, dnsmasq and lighttpd end no directive with `;`; BIND names its `server`.
enum NginxSignature {
    static func isNginx(_ bytes: [UInt8], path: String) -> Bool {
        guard bytes.contains(UInt8(ascii: ";")) else { return false }
        let text = SourceText(path: path, bytes: bytes)
        let file = NginxGrammar.read(text, isTemplate: NginxFileNames.isTemplate(path: path))
        let top = file.body.directives
        if top.contains(where: isSignature) { return true }
        // Lines that a server block includes.
        guard NginxFileNames.isNginxFolder(path) else { return false }
        return top.contains { directive in
            guard let name = directive.name.text.known, case .none = directive.body else { return false }
            return name == "listen" && !directive.arguments.isEmpty
        }
    }

    private static func isSignature(_ directive: NginxDirective) -> Bool {
        guard let block = directive.block, let name = directive.name.text.known else { return false }
        switch name {
        case "http", "stream", "mail", "rtmp", "events":
            return directive.arguments.isEmpty && (block.directives.contains(where: isFamiliar) || isEmpty(block, name))
        case "server":
            return directive.arguments.isEmpty && block.directives.contains(where: isFamiliar)
        case "upstream":
            return directive.arguments.count == 1
                && block.directives.contains { $0.name.text.known == "server" && $0.block == nil }
        default: return false
        }
    }

    /// `events {}` alone is nginx; `http {}` alone could be anything's.
    private static func isEmpty(_ block: NginxBlock, _ name: String) -> Bool {
        name == "events" && block.directives.isEmpty
    }

    /// A directive that stands in a server, http or stream block of most files.
    private static func isFamiliar(_ directive: NginxDirective) -> Bool {
        guard let name = directive.name.text.known, familiar.contains(name) else { return false }
        switch directive.body {
        case .none: return !directive.arguments.isEmpty && !directive.arguments.contains { $0.text == "=" }
        case .block, .lua: return blocks.contains(name)
        }
    }

    private static let blocks: Set<String> = ["server", "location", "upstream", "map", "geo", "types", "if"]

    private static let familiar: Set<String> = [
        "listen", "server_name", "location", "root", "return", "rewrite", "proxy_pass", "include", "server", "upstream",
        "map", "geo", "types", "if", "index", "error_page", "access_log", "error_log", "ssl_certificate", "try_files",
        "worker_connections", "sendfile", "default_type", "log_format", "keepalive_timeout", "gzip", "auth_http",
        "client_max_body_size", "add_header", "ssl_preread", "resolver", "charset", "server_tokens", "proxy_timeout",
        "proxy_cache_path", "use", "multi_accept", "fastcgi_pass", "uwsgi_pass", "set", "ssl_protocols",
    ]
}
