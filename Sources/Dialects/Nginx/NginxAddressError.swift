/// Why nginx refuses an address argument; the raw value is what it says.
public enum NginxAddressError: String, Error, CaseIterable, Sendable {
    case noHost = "no host"
    case invalidHost = "invalid host"
    case invalidPort = "invalid port"
    case invalidPortRange = "invalid port range"
    case invalidIPv6Address = "invalid IPv6 address"
    case noPath = "no path in the unix domain socket"
    case tooLongPath = "too long path in the unix domain socket"
    /// The text can be no host name, so that no resolver knows it.
    case hostNotFound = "host not found"

    /// An observed case (`testdata/conformance/nginx.jsonl`) or the function that says so.
    public var proof: String {
        switch self {
        case .noHost: "nginx-addr-colon-port, nginx-addr-v6-empty"
        case .invalidHost: "nginx-addr-slash, nginx-addr-v6-nocolon"
        case .invalidPort: "nginx-addr-port-0, nginx-addr-v6-bare-lo-port"
        case .invalidPortRange: "nginx-addr-range-rev"
        case .invalidIPv6Address: "nginx-addr-v6-zone"
        case .noPath, .tooLongPath: "src/core/ngx_inet.c, ngx_parse_unix_domain_url"
        case .hostNotFound: "nginx-comma, nginx-addr-range-3, nginx-addr-v4-trailing-dot"
        }
    }
}
