internal import ListenerModel

/// Ports by service name, for runtimes that look them up: the names that servers are written with, from the
/// `services` file of netbase 6.4 (services(5)).
enum ServiceNames {
    static func port(_ name: String, _ transport: Transport) -> UInt16? {
        guard let entry = ports[name] else { return nil }
        switch transport {
        case .tcp: return entry.tcp ? entry.port : nil
        case .udp: return entry.udp ? entry.port : nil
        case .sctp, .unix: return nil
        }
    }

    private static let ports: [String: (port: UInt16, tcp: Bool, udp: Bool)] = [
        "ftp": (21, true, false), "ssh": (22, true, false), "telnet": (23, true, false), "smtp": (25, true, false),
        "mail": (25, true, false), "time": (37, true, true), "domain": (53, true, true), "bootps": (67, false, true),
        "bootpc": (68, false, true), "tftp": (69, false, true), "gopher": (70, true, false),
        "finger": (79, true, false), "http": (80, true, false), "www": (80, true, false),
        "kerberos": (88, true, true), "pop3": (110, true, false), "sunrpc": (111, true, true),
        "ntp": (123, false, true), "imap2": (143, true, false), "imap": (143, true, false),
        "snmp": (161, true, true), "snmp-trap": (162, true, true), "bgp": (179, true, false),
        "ldap": (389, true, true), "https": (443, true, true),
        "submissions": (465, true, false), "smtps": (465, true, false), "syslog": (514, false, true),
        "printer": (515, true, false), "submission": (587, true, false), "ldaps": (636, true, true),
        "domain-s": (853, true, true), "rsync": (873, true, false), "ftps": (990, true, false),
        "imaps": (993, true, false), "pop3s": (995, true, false), "socks": (1080, true, false),
        "openvpn": (1194, true, true), "ms-sql-s": (1433, true, false), "nfs": (2049, true, true),
        "mysql": (3306, true, false), "postgresql": (5432, true, false), "amqp": (5672, true, false),
        "redis": (6379, true, false), "http-alt": (8080, true, false), "sip": (5060, true, true),
        "xmpp-client": (5222, true, false), "mdns": (5353, false, true), "svn": (3690, true, false),
        "git": (9418, true, false), "x11": (6000, true, false),
    ]
}
