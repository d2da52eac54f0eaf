import ListenerModel
import Testing

@testable import Dialects

/// The parameters of `listen`: who takes them, since when, and with what values.
@Suite struct NginxListenOptionsTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var words: String
        /// What they set, in order of the fields, or the refusal.
        var expected: String
        var module = NginxModule.http
        var version = World.Version(1, 31, 4)
        var testDescription: String { "\(module.rawValue) \(version) \(words)" }
    }

    static let rows: [Row] = [
        Row(words: "", expected: ""),
        Row(words: "default_server ssl http2 proxy_protocol", expected: "tls default"),
        Row(words: "default", expected: "default"),
        Row(words: "bind", expected: "set"),
        Row(words: "backlog=5 rcvbuf=8k sndbuf=1M deferred fastopen=3", expected: "set"),
        Row(words: "backlog=0", expected: "0 invalid value of the parameter \"backlog=0\""),
        Row(words: "bind backlog=-1", expected: "1 invalid value of the parameter \"backlog=-1\""),
        Row(words: "backlog=", expected: "0 invalid value of the parameter \"backlog=\""),
        Row(words: "rcvbuf=8g", expected: "0 invalid value of the parameter \"rcvbuf=8g\""),
        Row(words: "accept_filter=httpready", expected: ""),
        Row(words: "ipv6only=on", expected: "set v6only"),
        Row(words: "ipv6only=off", expected: "set dual"),
        Row(words: "ipv6only=maybe", expected: "0 invalid value of the parameter \"ipv6only=maybe\""),
        Row(words: "ipv6only", expected: "0 invalid parameter \"ipv6only\""),
        Row(words: "reuseport", expected: "set reuseport"),
        Row(words: "so_keepalive=on", expected: "set"),
        Row(words: "so_keepalive=30m::10", expected: "set"),
        Row(words: "so_keepalive=::", expected: "0 invalid value of the parameter \"so_keepalive=::\""),
        Row(words: "setfib=1", expected: "0 invalid parameter \"setfib=1\""),
        Row(words: "udp", expected: "0 invalid parameter \"udp\""),
        Row(words: "http3", expected: "0 invalid parameter \"http3\""),
        Row(words: "SSL", expected: "0 invalid parameter \"SSL\""),
        Row(words: "bind bind", expected: "set"),
        Row(words: "quic reuseport", expected: "set udp reuseport tls"),
        Row(words: "quic backlog=5", expected: "1 the parameter \"backlog\" is incompatible with \"quic\""),
        Row(words: "ssl quic", expected: "0 the parameter \"ssl\" is incompatible with \"quic\""),
        Row(
            words: "quic", expected: "0 invalid parameter \"quic\" (http takes it since 1.25.0)",
            version: World.Version(1, 22, 1)),
        Row(
            words: "multipath", expected: "0 invalid parameter \"multipath\" (http takes it since 1.29.7)",
            version: World.Version(1, 28, 0)),
        Row(words: "multipath", expected: "set"),
        Row(words: "udp reuseport", expected: "set udp reuseport", module: .stream),
        Row(
            words: "udp proxy_protocol", expected: "1 the parameter \"proxy_protocol\" is incompatible with \"udp\"",
            module: .stream),
        Row(words: "quic", expected: "0 invalid parameter \"quic\"", module: .stream),
        Row(words: "default_server", expected: "default", module: .stream),
        Row(
            words: "default_server", expected: "0 invalid parameter \"default_server\" (stream takes it since 1.25.5)",
            module: .stream, version: World.Version(1, 22, 1)),
        Row(words: "ssl proxy_protocol", expected: "tls", module: .mail),
        Row(words: "reuseport", expected: "0 invalid parameter \"reuseport\"", module: .mail),
        Row(words: "default_server", expected: "0 invalid parameter \"default_server\"", module: .mail),
        Row(words: "? bind", expected: "set unknown"),
    ]

    @Test(arguments: rows) func reading(_ row: Row) {
        let words = row.words.split(separator: " ").map { word in
            word == "?" ? SymbolicText(Unknown(.template("x"))) : SymbolicText(String(word))
        }
        let read: String
        do throws(NginxListenOptions.Problem) {
            read = Self.words(for: try NginxListenOptions(words, module: row.module, version: row.version))
        } catch {
            read = "\(error.index) \(error.reason)"
        }
        #expect(read == row.expected)
    }

    private static func words(for options: NginxListenOptions) -> String {
        var words: [String] = []
        if options.setsOptions { words.append("set") }
        if options.isDatagram { words.append("udp") }
        if options.reusePort { words.append("reuseport") }
        if options.tls { words.append("tls") }
        if options.isDefaultServer { words.append("default") }
        if let only = options.ipv6Only { words.append(only ? "v6only" : "dual") }
        if options.hasUnknown { words.append("unknown") }
        return words.joined(separator: " ")
    }

    /// Every row of the table has a proof and is read by some module.
    @Test func rowsAreComplete() {
        for row in NginxListenParameter.all {
            #expect(!row.proof.isEmpty)
            #expect(!row.modules.isEmpty)
        }
    }
}
