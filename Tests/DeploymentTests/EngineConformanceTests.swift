import Deployment
import Dialects
import ListenerModel
import Testing
import YAMLTree

/// `testdata/conformance/docker.jsonl`: `docker run -p` under seven daemon configurations.
struct EngineCase: CustomStringConvertible, Sendable {
    var id: String
    var published: [String]
    var network: EngineDialect.Network
    var hostHasIPv6: Bool
    var userlandProxy: Bool
    var isRefused: Bool
    var sockets: [String]
    var description: String { id }

    static let all: [EngineCase] = Observed.records("docker.jsonl").map { line in
        let words = line["input"]!.scalar!.text.split(separator: " ").map(String.init)
        var published = words.indices.filter { words[$0] == "-p" }.map { words[$0 + 1] }
        if words.contains("-P") {
            published = words.indices.filter { words[$0] == "--expose" }.map { words[$0 + 1] }
        }
        let name = line["network"]!.scalar!.text
        var network = EngineDialect.Network(hasIPv6: name.contains("IPv6 subnet"))
        if name.contains("host_binding_ipv4=127.0.0.1") {
            network.hostBinding = .known(.v4(.loopback))
        } else if name == "default bridge", let address = line["daemon_config"]?["ip"]?.string {
            network.hostBinding = .known(IPAddress(address)!)
        }
        return EngineCase(
            id: line["id"]!.scalar!.text, published: published, network: network,
            hostHasIPv6: !line["host"]!.scalar!.text.contains("IPv6 disabled"),
            userlandProxy: line["daemon_config"]?["userland-proxy"]?.bool ?? true,
            isRefused: line["verdict"]!.scalar!.text != "ok", sockets: Conformance.sockets(line["sockets"]!))
    }
}

@Suite struct EngineConformanceTests {
    /// What is not the engine's own reading of one mapping.
    static let exceptions = [
        "docker-default-dup": "two mappings of one container",
        "docker-default-wild-and-lo": "two mappings of one container",
        "docker-default-host-net": "network host",
        "docker-default-container-net": "network of another container",
    ]

    @Test func exceptionsAreCases() {
        let ids = Set(EngineCase.all.map(\.id))
        #expect(Self.exceptions.keys.allSatisfy(ids.contains))
        #expect(EngineCase.all.count == 48)
    }

    @Test(arguments: EngineCase.all.filter { exceptions[$0.id] == nil })
    func opensWhatWasObserved(_ observed: EngineCase) throws {
        var world = World.standard
        world.userlandProxy = observed.userlandProxy
        let dialect = EngineDialect(network: observed.network, hostHasIPv6: observed.hostHasIPv6)
        let bindings = try observed.published.map { text in
            dialect.binding(of: try PortSyntax.parse(SymbolicText(text)), in: world)
        }
        #expect(Conformance.sockets(bindings.flatMap(\.sockets)) == observed.sockets)
        #expect(bindings.contains { $0.refusal != nil } == observed.isRefused)
    }

    @Test(arguments: ["docker-default-dup", "docker-default-wild-and-lo"])
    func collidesWhereTheEngineFails(_ id: String) throws {
        let observed = try #require(EngineCase.all.first { $0.id == id })
        let sockets = try observed.published.map { text in
            EngineDialect().binding(of: try PortSyntax.parse(SymbolicText(text)), in: .standard).sockets
        }
        #expect(PortConflicts.collisions(among: sockets) == [1: 0])
    }

    @Test func aDefaultBindingOfEveryAddressIsNone() throws {
        let published = try PortSyntax.parse("8080:80")
        let none = EngineDialect().binding(of: published, in: .standard)
        let unspecified = EngineDialect(network: .init(hostBinding: .known(.v4(.unspecified))))
            .binding(of: published, in: .standard)
        #expect(none.sockets == unspecified.sockets)
    }
}
