import Foundation
import ListenerModel
import Testing
import YAMLTree

@testable import Deployment

/// One record of `testdata/conformance/nginx.jsonl`: a configuration and what nginx did with it.
struct NginxCase: Sendable, CustomTestStringConvertible {
    var id: String
    var input: String
    var files: [String: String]
    var mainFile: String
    var starts: Bool
    var sockets: Set<String>
    var version: World.Version
    var commandLine: String
    var host: String?
    var isRoot: Bool
    var error: String

    var testDescription: String { id }

    static let all = Observed.records("nginx.jsonl").map(NginxCase.init)

    private init(_ node: YAMLNode) {
        id = node["id"]!.scalar!.text
        input = node["input"]!.scalar!.text
        files = [:]
        for entry in node["files"]?.mapping ?? [] { files[entry.key.scalar!.text] = entry.value.scalar!.text }
        mainFile = node["main_file"]?.scalar?.text ?? "nginx.conf"
        starts = node["verdict"]!.scalar!.text == "ok"
        error = node["error"]!.scalar!.text
        host = node["host"]?.string
        isRoot = node["run_as"] == nil
        commandLine = node["g_option"]?.scalar?.text ?? "daemon off;"
        let numbers = node["version"]!.scalar!.text.split(separator: "/")[1].split(separator: ".").map { Int($0)! }
        version = World.Version(numbers[0], numbers[1], numbers[2])
        sockets = Set(node["sockets"]!.sequence!.map(Self.socket))
    }

    private static func socket(_ node: YAMLNode) -> String {
        let address = node["address"]!.scalar!.text
        if node["family"]!.scalar!.text == "unix" { return "unix \(address)" }
        let dual = node["v6only"]?.bool == false ? " dual" : ""
        return "\(node["proto"]!.scalar!.text) \(address) \(node["port"]!.scalar!.text)\(dual)"
    }

    /// The host that the cases ran on.
    var world: World {
        var world = World.standard
        world.nginx = version
        world.root = isRoot
        let v4 = IPAddress("10.77.0.5")!
        let v6 = IPAddress("fd77::5")!
        world.hosts = [
            "localhost": [.v4(.loopback), .v6(.loopback)], "ip6-localhost": [.v6(.loopback)],
            "both.test": [v4, v6], "v4only.test": [v4], "v6only.test": [v6], "zero.test": [.v4(.unspecified)],
        ]
        switch host {
        case "IPv6 disabled by sysctl disable_ipv6=1":
            world.hosts["localhost"] = [.v4(.loopback), .v4(.loopback)]
            world.hosts["both.test"] = [v4]
        case "/etc/hosts maps localhost to ::1 only": world.hosts["localhost"] = [.v6(.loopback)]
        case "/etc/hosts has no localhost, no DNS": world.hosts["localhost"] = nil
        default: break
        }
        return world
    }

    func resolve() -> NginxResolution {
        var tree = files
        tree[mainFile] = input
        let resolver = NginxResolver(
            tree: MemoryTree(tree), world: world, mounts: [NginxMount(seen: "/srv/t", path: "")],
            commandLine: SourceText(path: "-g", bytes: Array(commandLine.utf8)))
        return resolver.resolve(.main(mainFile))
    }
}

/// Sockets one port a line, in the records' words.
func described(_ sockets: [Socket]) -> Set<String> {
    var result: Set<String> = []
    for socket in sockets {
        switch socket.address {
        case .unix(let path): result.insert("unix \(path)")
        case .ip(let ip, let ports):
            for port in ports.first...ports.last {
                result.insert("\(socket.transport) \(ip) \(port)\(socket.dualStack ? " dual" : "")")
            }
        }
    }
    return result
}
