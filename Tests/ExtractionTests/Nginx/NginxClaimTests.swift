import ListenerModel
import Testing

@testable import Extraction

/// Which files are nginx's, and which look alike and are not.
@Suite struct NginxClaimTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var path: String
        var text: String
        var isNginx: Bool
        var testDescription: String { path }
    }

    static let server = "server {\n    listen 80;\n    server_name a.test;\n}\n"

    static let rows: [Row] = [
        Row(path: "nginx.conf", text: "", isNginx: true),
        Row(path: "deploy/default.conf", text: server, isNginx: true),
        Row(
            path: "deploy/default.conf.template", text: "server { listen ${PORT}; location / { root /srv; } }",
            isNginx: true),
        Row(
            path: "roles/web/templates/site.conf.j2", text: "server {\n listen {{ port }};\n root {{ dir }};\n}\n",
            isNginx: true),
        Row(path: "templates/vhost.erb", text: "server {\n listen <%= @port %>;\n}\n", isNginx: true),
        Row(path: "x/nginx.tmpl", text: "{{ if .x }}\nserver {\n listen 80;\n}\n{{ end }}\n", isNginx: true),
        Row(path: "a/site.vhost", text: server, isNginx: true),
        Row(path: "sites-available/default", text: server, isNginx: true),
        Row(path: "sites-enabled/example.com", text: server, isNginx: true),
        Row(path: "proxy/conf", text: server, isNginx: true),
        Row(path: "etc/nginx/snippets/listen.conf", text: "listen 8080;\nlisten [::]:8080;\n", isNginx: true),
        Row(path: "a/upstreams.conf", text: "upstream app { server app:9000; }", isNginx: true),
        Row(path: "stream.conf", text: "stream { server { listen 53 udp; proxy_pass dns; } }", isNginx: true),
        Row(path: "a/server.txt", text: server, isNginx: false),
        Row(path: "a/README.md", text: server, isNginx: false),
        Row(path: "haproxy.conf", text: "frontend web\n    bind *:80\n    default_backend app\n", isNginx: false),
        Row(path: "caddy.conf", text: ":80 {\n    root * /srv\n    reverse_proxy app:9000\n}\n", isNginx: false),
        Row(path: "Caddyfile.conf", text: "example.com {\n\thandle / {\n\t\trespond \"a;\"\n\t}\n}\n", isNginx: false),
        Row(
            path: "nats.conf", text: "listen: 0.0.0.0:4222\nhttp: 8222\ncluster {\n  listen: 0.0.0.0:6222\n}\n",
            isNginx: false),
        Row(path: "nats-server.conf", text: "server { listen = 4222; }\nhttp { port: 8222 }\n", isNginx: false),
        Row(
            path: "httpd.conf", text: "Listen 80\n<VirtualHost *:80>\n  ServerName a; b\n</VirtualHost>\n",
            isNginx: false),
        Row(path: "redis.conf", text: "bind 127.0.0.1 ::1\nport 6379\n# a;\n", isNginx: false),
        Row(path: "dnsmasq.conf", text: "listen-address=127.0.0.1\nserver=8.8.8.8 # a;\n", isNginx: false),
        Row(
            path: "lighttpd.conf",
            text:
                "server.port = 80\nserver.modules = ( \"mod_access\" ) # ;\n$HTTP[\"host\"] == \"a\" {\n  server.bind = \"x\"\n}\n",
            isNginx: false),
        Row(
            path: "named.conf", text: "options { listen-on { any; }; };\nserver 10.0.0.1 { keys { a; }; };\n",
            isNginx: false),
        Row(path: "nomad.conf", text: "server {\n  enabled = true\n}\nports {\n  http = 8500\n}\n# ;", isNginx: false),
        Row(
            path: "dovecot.conf", text: "service imap-login {\n  inet_listener imap {\n    port = 143\n  }\n}\n# ;",
            isNginx: false),
        Row(path: "radius.conf", text: "server default {\n listen {\n  type = auth\n }\n}\n# ;", isNginx: false),
        Row(path: "etc/nginx/snippets/ssl.conf", text: "ssl_protocols TLSv1.3;\n", isNginx: false),
        Row(path: "my.conf", text: "", isNginx: false),
    ]

    @Test(arguments: rows) func claims(_ row: Row) {
        let extractor = NginxExtractor()
        let isNginx =
            switch extractor.claim(path: row.path) {
            case .no: false
            case .owned, .byExtension: true
            case .ifContent: extractor.claims(Array(row.text.utf8), path: row.path)
            }
        #expect(isNginx == row.isNginx)
    }

    @Test func suppressions() {
        let text = """
            listen 80;  # bindlint: ignore[a] -- why
            # bindlint: ignore[b] -- why
            # and more
            listen 81;
            """
        let unit = NginxExtractor().extract(SourceText(path: "x.conf", bytes: Array(text.utf8)))
        #expect(unit.suppressions.map(\.text) == ["bindlint: ignore[a] -- why", "bindlint: ignore[b] -- why"])
        #expect(unit.suppressions.map(\.ownLine) == [false, true])
        #expect(unit.suppressions.map(\.nextLine) == [4, 4])
    }
}
