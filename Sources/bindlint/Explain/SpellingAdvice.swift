internal import Dialects
internal import ListenerModel

/// What to write in each runtime so that certain people can connect and no others. Each row has the request that
/// its text makes; a test asks the dialects whether that opens what the row says.
enum SpellingAdvice {
    enum Audience: String, CaseIterable, Sendable {
        case thisMachine = "only this machine"
        case ipv4 = "every interface, IPv4 only"
        case bothFamilies = "every interface, IPv4 and IPv6"
    }

    struct Row: Sendable {
        var audience: Audience
        /// The name of a dialect.
        var dialect: String
        var transport: Transport
        /// `PORT` stands for the port.
        var template: String
        var requests: [ListenRequest]

        func text(port: String) -> String {
            var text = ""
            var rest = template[...]
            while let letter = rest.first {
                if rest.hasPrefix("PORT") {
                    text += port
                    rest = rest.dropFirst(4)
                } else {
                    text.append(letter)
                    rest.removeFirst()
                }
            }
            return text
        }
    }

    static let rows: [Row] = [
        nginx(.thisMachine, .tcp, "listen 127.0.0.1:PORT;", "127.0.0.1:7000"),
        go(.thisMachine, .tcp, #"net.Listen("tcp", "127.0.0.1:PORT")"#, .tcp, "127.0.0.1:7000"),
        node(.thisMachine, "server.listen(PORT, '127.0.0.1')", host: "127.0.0.1"),
        compose(.thisMachine, .tcp, #"- "127.0.0.1:PORT:PORT""#, "127.0.0.1:7000:7000"),

        nginx(.ipv4, .tcp, "listen PORT;", "7000"),
        go(.ipv4, .tcp, #"net.Listen("tcp4", ":PORT")"#, .tcp4, ":7000"),
        node(.ipv4, "server.listen(PORT, '0.0.0.0')", host: "0.0.0.0"),
        compose(.ipv4, .tcp, #"- "0.0.0.0:PORT:PORT""#, "0.0.0.0:7000:7000"),

        nginx(.bothFamilies, .tcp, "listen PORT; listen [::]:PORT;", "7000", "[::]:7000"),
        go(.bothFamilies, .tcp, #"net.Listen("tcp", ":PORT")"#, .tcp, ":7000"),
        node(.bothFamilies, "server.listen(PORT)", host: nil),
        compose(.bothFamilies, .tcp, #"- "PORT:PORT""#, "7000:7000"),

        nginx(.thisMachine, .udp, "listen 127.0.0.1:PORT udp;", "127.0.0.1:7000"),
        go(.thisMachine, .udp, #"net.ListenPacket("udp", "127.0.0.1:PORT")"#, .udp, "127.0.0.1:7000"),
        compose(.thisMachine, .udp, #"- "127.0.0.1:PORT:PORT/udp""#, "127.0.0.1:7000:7000/udp"),

        nginx(.ipv4, .udp, "listen PORT udp;", "7000"),
        go(.ipv4, .udp, #"net.ListenPacket("udp4", ":PORT")"#, .udp4, ":7000"),
        compose(.ipv4, .udp, #"- "0.0.0.0:PORT:PORT/udp""#, "0.0.0.0:7000:7000/udp"),

        nginx(.bothFamilies, .udp, "listen PORT udp; listen [::]:PORT udp;", "7000", "[::]:7000"),
        go(.bothFamilies, .udp, #"net.ListenPacket("udp", ":PORT")"#, .udp, ":7000"),
        compose(.bothFamilies, .udp, #"- "PORT:PORT/udp""#, "7000:7000/udp"),
    ]

    private static func nginx(_ audience: Audience, _ transport: Transport, _ text: String, _ addresses: String...)
        -> Row
    {
        let network: ListenRequest.Network = transport == .udp ? .udp : .tcp
        let requests = addresses.map { ListenRequest(network, .combined(SymbolicText($0))) }
        return Row(audience: audience, dialect: "nginx", transport: transport, template: text, requests: requests)
    }

    private static func go(
        _ audience: Audience, _ transport: Transport, _ text: String, _ network: ListenRequest.Network,
        _ address: String
    ) -> Row {
        Row(
            audience: audience, dialect: "go", transport: transport, template: text,
            requests: [ListenRequest(network, .combined(SymbolicText(address)))])
    }

    private static func node(_ audience: Audience, _ text: String, host: String?) -> Row {
        Row(
            audience: audience, dialect: "node", transport: .tcp, template: text,
            requests: [ListenRequest(.tcp, .parts(host: host.map { SymbolicText($0) }, port: "7000"))])
    }

    private static func compose(_ audience: Audience, _ transport: Transport, _ text: String, _ mapping: String) -> Row
    {
        Row(
            audience: audience, dialect: "compose", transport: transport, template: text,
            requests: [ListenRequest(.tcp, .combined(SymbolicText(mapping)))])
    }
}
