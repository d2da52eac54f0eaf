internal import Dialects
internal import ListenerModel

/// `listen … ssl` without a certificate in reach fails in `nginx -t` (ngx_http_ssl_init, ngx_stream_ssl_init,
/// ngx_mail_ssl_merge_conf).
enum NginxCertificates {
    static func check(_ result: inout NginxServers, unknownContent: Set<NginxContext>) {
        for (index, listen) in result.listens.enumerated() where listen.options.tls && listen.refusal == nil {
            guard let number = listen.server, !listen.isConditional else { continue }
            let server = result.servers[number]
            if server.hasCertificate || server.missing != nil || server.isConditional { continue }
            if result.modulesWithCertificate.contains(server.module) { continue }
            if unknownContent.contains(.module(server.module)) || unknownContent.contains(.main) { continue }
            // Another server of the same address may be its default, and have one.
            let isShared = result.listens.contains {
                $0.module == .http && $0.server != number && $0.address == listen.address
            }
            if server.module == .http && isShared { continue }
            let reason = "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive"
            result.listens[index].refusal = reason
            result.refuse(reason, code: "nginx-listen", at: listen.location)
        }
    }
}
