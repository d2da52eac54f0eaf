internal import Dialects
internal import Extraction
internal import ListenerModel

/// Files that are no main file: which block they are written for.
enum NginxFragment {
    static func context(of file: NginxFile, path: String) -> NginxContext {
        let names = Set(file.body.directives.compactMap { $0.name.text.known })
        if !names.isDisjoint(with: ["http", "events", "stream", "mail", "rtmp"]) { return .main }
        let servers = file.body.directives.filter { $0.name.text.known == "server" && $0.block != nil }
        if !servers.isEmpty || names.contains("upstream") {
            return .module(isStream(servers, path: path) ? .stream : .http)
        }
        // Lines that a server block includes.
        let listens = file.body.directives.filter { $0.name.text.known == "listen" && $0.block == nil }
        if listens.isEmpty && !names.contains("location") { return .unknown }
        let isUDP = listens.contains { $0.arguments.contains { $0.text.known == "udp" } }
        return .server(isUDP || isInStreamFolder(path) ? .stream : .http)
    }

    private static func isInStreamFolder(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { $0.hasPrefix("stream") }
    }

    /// A folder of streams, or a server that only stream takes: `listen … udp`, `proxy_pass` without a scheme.
    private static func isStream(_ servers: [NginxDirective], path: String) -> Bool {
        if isInStreamFolder(path) { return true }
        return servers.contains { server in
            server.block!.directives.contains { directive in
                switch directive.name.text.known {
                case "listen": directive.arguments.contains { $0.text.known == "udp" }
                case "proxy_pass": directive.arguments.first?.text.marked.contains("://") == false
                case "ssl_preread", "proxy_responses", "proxy_timeout", "preread_timeout": true
                default: false
                }
            }
        }
    }
}
