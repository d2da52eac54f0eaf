import Dialects
import Extraction
import ListenerModel
import Testing
import YAMLTree

@testable import Deployment

/// One record of `testdata/conformance/node.jsonl`: an expression or a command line, and what Node did with it.
struct NodeCase: Sendable, CustomTestStringConvertible {
    var id: String
    var input: String
    var starts: Bool
    var error: String
    var sockets: Set<String>
    var environment: [String: String]
    var host: String?

    var testDescription: String { id }

    static let all = Observed.records("node.jsonl").map(NodeCase.init)

    private init(_ node: YAMLNode) {
        id = node["id"]!.scalar!.text
        input = node["input"]!.scalar!.text
        starts = node["verdict"]!.scalar!.text == "ok"
        error = node["error"]!.scalar!.text
        host = node["host"]?.string
        environment = [:]
        for entry in node["env"]?.mapping ?? [] { environment[entry.key.scalar!.text] = entry.value.scalar!.text }
        sockets = Set(node["sockets"]!.sequence!.map(Self.socket))
    }

    private static func socket(_ node: YAMLNode) -> String {
        var address = node["address"]!.scalar!.text
        if node["family"]!.scalar!.text == "unix" {
            // Node binds an abstract name with all of sun_path's zeros, which ss prints as @.
            while address.hasPrefix("@"), address.hasSuffix("@") { address.removeLast() }
            return "unix \(address)"
        }
        let dual = node["v6only"]?.bool == false ? " dual" : ""
        return "\(node["proto"]!.scalar!.text) \(address) \(node["port"]!.scalar!.text)\(dual)"
    }

    var isCommandLine: Bool { input.hasPrefix("node ") }

    /// The host that the cases ran on.
    var world: World {
        var world = World.standard
        world.environment = .exact(environment)
        world.bindV6Only = host == "net.ipv6.bindv6only=1"
        world.hosts["both.test"] = [IPAddress("10.77.0.5")!, IPAddress("fd77::5")!]
        world.hosts["multi4.test"] = [IPAddress("127.0.0.1")!, IPAddress("10.77.0.5")!]
        world.hosts["zero6.test"] = [.v6(.unspecified)]
        switch host {
        case "/etc/hosts maps localhost to ::1 only": world.hosts["localhost"] = [.v6(.loopback)]
        case "/etc/hosts has no localhost, no DNS": world.hosts["localhost"] = nil
        default: break
        }
        return world
    }

    /// The program that the expression stands in.
    var program: String {
        let modules = ["http", "https", "http2", "net", "tls", "dgram", "cluster", "fs"]
        return modules.map { "const \($0) = require('\($0)');\n" }.joined() + input + ";\n"
    }

    /// What bindlint says of the case.
    func bindings() -> [Binding] {
        if isCommandLine { return commandLineBindings() }
        let text = SourceText(path: "server.js", bytes: Array(program.utf8))
        let tree = MemoryTree(["server.js": program])
        return NodeResolver.declarations([NodeExtractor().extract(text)], in: tree).flatMap { declaration in
            switch declaration.meaning {
            case .bound(let bindings, _, _): return bindings
            case .request(let request, let dialect):
                let resolved = request.resolved(world.variable).request
                return [dialect.binding(of: resolved, in: world)]
            }
        }
    }

    private func commandLineBindings() -> [Binding] {
        var words = input.split(separator: " ").dropFirst().map(String.init)
        if let options = environment["NODE_OPTIONS"] { words = options.split(separator: " ").map(String.init) + words }
        let options = words.prefix { $0.hasPrefix("-") }.map { SymbolicText($0) }
        guard let found = NodeInspector.request(options: options) else { return [] }
        return [NodeDialect.inspector.binding(of: found.request, in: world)]
    }
}

/// Sockets in the records' words.
func recorded(_ sockets: [Socket]) -> Set<String> {
    Set(
        sockets.map { socket in
            switch socket.address {
            case .unix(let path): "unix \(path)"
            case .ip(let ip, let port): "\(socket.transport) \(ip) \(port)\(socket.dualStack ? " dual" : "")"
            }
        })
}
