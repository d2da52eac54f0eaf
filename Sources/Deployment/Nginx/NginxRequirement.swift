internal import Dialects
internal import ListenerModel

/// What a server needs besides `listen`, without which nginx does not start.
enum NginxRequirement: Hashable {
    /// For `listen … ssl` (ngx_http_ssl_init, ngx_stream_ssl_init, ngx_mail_ssl_merge_conf).
    case certificate
    /// What answers in a stream server, until 1.25.5 gave stream virtual servers (observed with 1.22.1;
    /// nginx-tests has servers without one for later releases).
    case handler
    /// Of a mail server, where its port does not tell (ngx_mail_core_merge_srv_conf).
    case mailProtocol
    /// Of a mail server (ngx_mail_auth_http_merge_conf).
    case mailAuthentication

    /// What a directive in a server block, or in the module's around it, gives.
    init?(directive name: String, in module: NginxModule) {
        switch (module, name) {
        case (_, "ssl_certificate"), (.http, "ssl_reject_handshake"), (.stream, "ssl_reject_handshake"):
            self = .certificate
        case (.mail, "protocol"): self = .mailProtocol
        case (.mail, "auth_http"): self = .mailAuthentication
        case (.stream, _) where !Self.isStreamSetting(name): self = .handler
        default: return nil
        }
    }

    /// Directives of stream modules that only set something; any other may be a module's that answers.
    private static func isStreamSetting(_ name: String) -> Bool {
        if name == "proxy_pass" { return false }
        return streamSettings.contains(name) || streamPrefixes.contains { name.hasPrefix($0) }
    }

    private static let streamSettings: Set<String> = [
        "listen", "server_name", "allow", "deny", "access_log", "error_log", "open_log_file_cache", "log_format",
        "tcp_nodelay", "set", "set_real_ip_from", "status_zone", "mqtt", "include",
    ]

    private static let streamPrefixes = ["proxy_", "ssl_", "js_", "limit_", "preread_", "resolver", "variables_"]

    /// Ports that name a protocol (ngx_mail_pop3_protocol, ngx_mail_imap_protocol, ngx_mail_smtp_protocol).
    private static let mailPorts: Set<UInt16> = [25, 465, 587, 110, 995, 143, 993]

    // MARK: Checking

    /// Refuses servers that lack something. `outer`: the root is a main file, so that what the blocks around a
    /// server give is known too.
    static func check(
        _ result: inout NginxServers, outer: Bool, unknownContent: Set<NginxContext>, version: World.Version
    ) {
        for number in result.servers.indices {
            let server = result.servers[number]
            if server.isConditional || server.missing != nil { continue }
            let isOuterKnown =
                outer && !unknownContent.contains(.module(server.module)) && !unknownContent.contains(.main)
            let given = server.given.union(result.given[server.module] ?? [])
            switch server.module {
            case .http, .rtmp: break
            case .stream:
                if version < World.Version(1, 25, 5), !given.contains(.handler) {
                    result.refuse("no handler for server", server)
                }
            case .mail:
                if !given.contains(.mailProtocol),
                    !server.listens.contains(where: { tellsProtocol(result.listens[$0]) })
                {
                    result.refuse("unknown mail protocol for server", server)
                } else if isOuterKnown && !given.contains(.mailAuthentication) {
                    result.refuse("no \"auth_http\" is defined for server", server)
                }
            }
            if isOuterKnown && server.module == .mail && !given.contains(.certificate) {
                checkCertificates(of: number, &result)
            }
        }
    }

    /// Known ports are in the table, unknown ones may be.
    private static func tellsProtocol(_ listen: NginxServers.Listen) -> Bool {
        if let ports = listen.address?.ports { return mailPorts.contains(ports.first) }
        return listen.binding.transport != .unix
    }

    private static func checkCertificates(of server: Int, _ result: inout NginxServers) {
        for index in result.servers[server].listens where result.listens[index].options.tls {
            refuseTLS(index, &result)
        }
    }

    /// Of servers that share an address in http or stream, the default one needs the certificate.
    static func checkCertificates(
        _ shared: [(tls: Int, defaultServer: Int)], _ result: inout NginxServers, unknownContent: Set<NginxContext>
    ) {
        if unknownContent.contains(.main) { return }
        for (tls, number) in shared {
            let server = result.servers[number]
            if unknownContent.contains(.module(server.module)) { continue }
            let given = server.given.union(result.given[server.module] ?? [])
            if server.isConditional || server.missing != nil || given.contains(.certificate) { continue }
            refuseTLS(tls, &result)
        }
    }

    private static func refuseTLS(_ index: Int, _ result: inout NginxServers) {
        let listen = result.listens[index]
        guard listen.refusal == nil, !listen.isConditional else { return }
        let reason = "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive"
        result.listens[index].refusal = reason
        result.refuse(reason, code: "nginx-listen", at: listen.location)
    }
}

extension NginxServers {
    fileprivate mutating func refuse(_ reason: String, _ server: Server) {
        refuse(reason, code: "nginx-structure", at: server.location)
    }
}
