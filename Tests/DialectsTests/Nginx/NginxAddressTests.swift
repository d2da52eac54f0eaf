import ListenerModel
import Testing

@testable import Dialects

/// The address argument of `listen`, a row each, with the observed case or the source behind it.
@Suite struct NginxAddressTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var text: String
        /// `host port spelling`, or nginx's words for what is wrong.
        var expected: String
        var module = NginxModule.http
        var testDescription: String { "\(module.rawValue) \(text)" }
    }

    static let rows: [Row] = [
        // nginx-addr-star, nginx-addr-v4-any-noport, nginx-dup-080
        Row(text: "80", expected: "0.0.0.0 80 shorthand"),
        Row(text: "080", expected: "0.0.0.0 80 shorthand"),
        Row(text: "*", expected: "0.0.0.0 80 shorthand"),
        Row(text: "*:8080", expected: "0.0.0.0 8080 shorthand"),
        Row(text: "0.0.0.0", expected: "0.0.0.0 80 explicit"),
        // nginx-stream-noport-star, nginx-stream-noport-v6
        Row(text: "*", expected: "0.0.0.0 0 shorthand", module: .stream),
        Row(text: "[::1]", expected: "::1 0 explicit", module: .mail),
        Row(text: "127.0.0.1", expected: "127.0.0.1 1935 explicit", module: .rtmp),
        // nginx-addr-range-default, nginx-addr-range-rev, nginx-addr-range-3, nginx-addr-range-open-left
        Row(text: "8000-8002", expected: "0.0.0.0 8000-8002 shorthand"),
        Row(text: "127.0.0.1:8000-8002", expected: "127.0.0.1 8000-8002 explicit"),
        Row(text: "8003-8000", expected: "invalid port range"),
        Row(text: "127.0.0.1:8003-8000", expected: "invalid port range"),
        Row(text: "8000-8001-8002", expected: "host not found"),
        Row(text: "-8000", expected: "host not found"),
        Row(text: "8000-", expected: "host not found"),
        Row(text: "8000-99999", expected: "invalid port"),
        Row(text: "0-10", expected: "invalid port"),
        // nginx-addr-port-0, nginx-addr-port-65536, nginx-addr-port-huge
        Row(text: "0", expected: "invalid port"),
        Row(text: "65536", expected: "invalid port"),
        Row(text: "99999999999999999999", expected: "host not found"),
        Row(text: "127.0.0.1:", expected: "invalid port"),
        Row(text: "127.0.0.1:http", expected: "invalid port"),
        Row(text: "[::1]:", expected: "invalid port"),
        Row(text: "[::1]:0", expected: "invalid port"),
        // nginx-addr-v4-octal, nginx-addr-v4-hex, nginx-addr-v4-decimal, nginx-dup-127.1
        Row(text: "0177.0.0.1:80", expected: "177.0.0.1 80 ambiguous"),
        Row(text: "127.000.000.001:80", expected: "127.0.0.1 80 ambiguous"),
        Row(text: "0x7f.0.0.1:80", expected: "127.0.0.1 80 ambiguous"),
        Row(text: "127.1:80", expected: "127.0.0.1 80 ambiguous"),
        Row(text: "2130706433:80", expected: "127.0.0.1 80 ambiguous"),
        Row(text: "2130706433", expected: "invalid port"),
        Row(text: "0x50", expected: "0.0.0.80 80 ambiguous"),
        Row(text: "0:80", expected: "0.0.0.0 80 ambiguous"),
        Row(text: "255.255.255.255:80", expected: "255.255.255.255 80 ambiguous"),
        // src/core/ngx_inet.c, ngx_inet_addr: an empty number is 0
        Row(text: "1..2.3:80", expected: "1.0.2.3 80 explicit"),
        Row(text: "1.2.3.4.5:80", expected: "host not found"),
        Row(text: "127.0.0.1.:80", expected: "host not found"),
        Row(text: "300.1.1.1:80", expected: "host not found"),
        // nginx-addr-v6-*
        Row(text: "[::]", expected: ":: 80 explicit"),
        Row(text: "[::]:443", expected: ":: 443 explicit"),
        Row(text: "[0:0:0:0:0:0:0:0]:80", expected: ":: 80 explicit"),
        Row(text: "[FD77::5]:80", expected: "fd77::5 80 explicit"),
        Row(text: "[::ffff:127.0.0.1]:80", expected: "::ffff:127.0.0.1 80 explicit"),
        Row(text: "[::ffff:7f00:1]:80", expected: "::ffff:127.0.0.1 80 explicit"),
        Row(text: "[1:2:3:4:5:6:7:8]:80", expected: "1:2:3:4:5:6:7:8 80 explicit"),
        // ngx_inet6_addr, differs from inet_pton(3)
        Row(text: "[1:2:3:4:5:6:7::]:80", expected: "invalid IPv6 address"),
        Row(text: "[:1:2:3:4:5:6:7:8]:80", expected: "1:2:3:4:5:6:7:8 80 explicit"),
        Row(text: "[1::2::3]:80", expected: "invalid IPv6 address"),
        Row(text: "[12345::]:80", expected: "invalid IPv6 address"),
        Row(text: "[1:2:3:4:5:6:7:8:9]:80", expected: "invalid IPv6 address"),
        Row(text: "[fe80::1%v0]:80", expected: "invalid IPv6 address"),
        Row(text: "[127.0.0.1]:80", expected: "invalid IPv6 address"),
        Row(text: "[]:80", expected: "no host"),
        Row(text: "[::1]80", expected: "invalid host"),
        Row(text: "[::1:80", expected: "invalid host"),
        Row(text: "::1:80", expected: "invalid port"),
        Row(text: ":::80", expected: "invalid port"),
        Row(text: "fd77::5", expected: "invalid port"),
        Row(text: ":80", expected: "no host"),
        // nginx-addr-slash, nginx-addr-url
        Row(text: "127.0.0.1:80/", expected: "invalid host"),
        Row(text: "/run/nginx.sock", expected: "invalid host"),
        Row(text: "a?b", expected: "invalid host"),
        // nginx-addr-localhost-port, nginx-addr-host-unresolvable, nginx-comma, nginx-addr-underscore-host
        Row(text: "localhost:8080", expected: "localhost(::1,127.0.0.1) 8080 name"),
        Row(text: "LocalHost", expected: "localhost(::1,127.0.0.1) 80 name"),
        Row(text: "nosuch.test:85", expected: "nosuch.test() 85 name"),
        Row(text: "my_host:80", expected: "my_host() 80 name"),
        Row(text: "80a", expected: "80a() 80 name"),
        Row(text: "80,", expected: "host not found"),
        Row(text: "$port", expected: "host not found"),
        Row(text: "127.0.0.1\\:80", expected: "host not found"),
        // nginx-addr-unix-*
        Row(text: "unix:/run/a.sock", expected: "unix:/run/a.sock"),
        Row(text: "UNIX:/run/a.sock:80", expected: "unix:/run/a.sock:80"),
        Row(text: "unix:@abstract", expected: "unix:@abstract"),
        Row(text: "unix:", expected: "no path in the unix domain socket"),
        Row(text: "unix:/" + String(repeating: "x", count: 107), expected: "too long path in the unix domain socket"),
        Row(
            text: "unix:/" + String(repeating: "x", count: 106), expected: "unix:/" + String(repeating: "x", count: 106)
        ),
        // Unknown parts: what is known stays known.
        Row(text: "[::]:?", expected: ":: ? explicit"),
        Row(text: "127.0.0.1:?", expected: "127.0.0.1 ? explicit"),
        Row(text: "*:?", expected: "0.0.0.0 ? shorthand"),
        Row(text: "localhost:8?", expected: "localhost(::1,127.0.0.1) ? name"),
        Row(text: "?:8080", expected: "? 8080 explicit"),
        Row(text: "[?]:8080", expected: "? 8080 explicit"),
        Row(text: "?", expected: "? ? explicit"),
        Row(text: "80?", expected: "? ? explicit"),
        Row(text: "unix:/run/?.sock", expected: "unix:?"),
        Row(text: "?/x", expected: "invalid host"),
        Row(text: "", expected: "no host"),
    ]

    @Test(arguments: rows) func reading(_ row: Row) {
        #expect(Self.read(row.text, row.module) == row.expected)
    }

    @Test func everyRefusalHasARow() {
        let seen = Set(Self.rows.map(\.expected))
        for refusal in NginxAddressError.allCases { #expect(seen.contains(refusal.rawValue)) }
    }

    private static func read(_ text: String, _ module: NginxModule) -> String {
        var symbolic = SymbolicText()
        for (index, piece) in text.split(separator: "?", omittingEmptySubsequences: false).enumerated() {
            // `?` stands for an unknown part, but where nginx itself looks for one.
            if index > 0 { symbolic.append(text == "a?b" ? .literal("?") : .unknown(Unknown(.template("x")))) }
            symbolic.append(.literal(String(piece)))
        }
        do throws(NginxAddressError) {
            let address = try NginxAddress(symbolic, module: module, in: .standard)
            let ports = address.ports.map(\.description) ?? "?"
            switch address.host {
            case .unix(let path): return "unix:\(path ?? "?")"
            case .unknown: return "? \(ports) \(address.spelling.rawValue)"
            case .ip(let ip): return "\(ip) \(ports) \(address.spelling.rawValue)"
            case .name(let name, let addresses):
                return
                    "\(name)(\(addresses.map(\.description).joined(separator: ","))) \(ports) \(address.spelling.rawValue)"
            }
        } catch {
            return error.rawValue
        }
    }
}
