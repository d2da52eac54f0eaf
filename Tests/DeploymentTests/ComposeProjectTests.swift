import Deployment
import Dialects
import Extraction
import ListenerModel
import Testing

@Suite struct ComposeProjectTests {
    static func projects(
        _ files: [String: String], declared: [ComposeProjects.Declared] = [], world: World = .standard,
        mayRead: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> [ComposeProject] {
        let found = files.keys.sorted().compactMap { path -> ComposeFile? in
            guard path.hasSuffix("yaml") || path.hasSuffix("yml") else { return nil }
            let unit = ComposeExtractor().extract(SourceText(path: path, bytes: Array(files[path]!.utf8)))
            if case .compose(let file) = unit.body { return file } else { return nil }
        }
        return ComposeProjects.find(
            found, in: MemoryTree(files), declared: declared, world: world, mayRead: mayRead)
    }

    /// A project of one service `web` with these lines.
    private func web(_ lines: String, _ others: [String: String] = [:], world: World = .standard) throws
        -> ComposeService
    {
        let body = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
        let files = others.merging(["compose.yaml": "services:\n  web:\n    image: x\n\(body)"]) { own, _ in own }
        return try #require(Self.projects(files, world: world).first?.service("web"))
    }

    private func port(_ entry: String, _ others: [String: String] = [:]) throws -> PortMapping {
        try #require(web("ports:\n- \(entry)", others).ports.first)
    }

    // MARK: what the environment may change

    struct Unset: Sendable {
        var entry: String
        var host: String?
        var port: String?
        var certainty: Certainty
        var surprise: Surprise?
    }

    /// Nothing is known of the process environment.
    @Test(arguments: [
        Unset(entry: "\"${IP}:8080:80\"", port: "8080", certainty: .unknown, surprise: .failOpen),
        Unset(entry: "\"${PORT}:80\"", host: "0.0.0.0", certainty: .unknown, surprise: .failOpen),
        Unset(entry: "\"${IP}:${PORT}:80\"", certainty: .unknown, surprise: .failOpen),
        Unset(entry: "\"${IP}8080:80\"", certainty: .unknown, surprise: .failOpen),
        Unset(entry: "\"${IP:?}:8080:80\"", port: "8080", certainty: .unknown),
        Unset(entry: "\"127.0.0.1:${PORT}:80\"", host: "127.0.0.1", certainty: .unknown),
        Unset(entry: "\"8080:${PORT}\"", host: "0.0.0.0", port: "8080", certainty: .certain),
        Unset(entry: "\"${SPEC}\"", certainty: .unknown),
        Unset(entry: "\"${IP:-127.0.0.1}:9000:9000\"", host: "127.0.0.1", port: "9000", certainty: .default),
        Unset(entry: "\"${IP:-0.0.0.0}:9000:9000\"", host: "0.0.0.0", port: "9000", certainty: .default),
        Unset(
            entry: "\"${IP:-}:9000:9000\"", host: "0.0.0.0", port: "9000", certainty: .default, surprise: .failOpen),
        Unset(
            entry: "\"${IP:+$IP:}9000:9000\"", host: "0.0.0.0", port: "9000", certainty: .default,
            surprise: .failOpen),
        Unset(entry: "\"${PORT:-9000}:9000\"", host: "0.0.0.0", port: "9000", certainty: .default),
        Unset(entry: "\"${SPEC:-9000:9000}\"", host: "0.0.0.0", port: "9000", certainty: .default),
        Unset(
            entry: "{target: 80, published: \"${PORT}\"}", host: "0.0.0.0", certainty: .unknown,
            surprise: .failOpen),
        Unset(entry: "{target: 80, host_ip: \"${IP}\", published: 8080}", port: "8080", certainty: .unknown),
        Unset(entry: "\"{{ ip }}:8080:80\"", port: "8080", certainty: .unknown),
    ])
    func keepsWhatIsKnown(_ expected: Unset) throws {
        let mapping = try port(expected.entry)
        #expect(mapping.binding.host == expected.host)
        #expect(mapping.binding.port?.description == expected.port)
        #expect(mapping.certainty == expected.certainty)
        #expect(mapping.binding.surprise == expected.surprise)
        #expect(mapping.binding.sockets.isEmpty == (expected.host == nil || expected.port == nil))
        #expect(mapping.state == .open)
    }

    @Test func namesTheVariableThatCanWidenAnAddress() throws {
        let mapping = try port("\"${BIND:-127.0.0.1}:9000:9000\"")
        #expect(mapping.trace.map(\.note).contains { $0.contains("BIND") })
    }

    @Test func takesValuesFromDotenvAndNamesTheirPlace() throws {
        let mapping = try port("\"${IP}:8080:80\"", [".env": "# c\nIP=127.0.0.1\n"])
        #expect(mapping.binding.host == "127.0.0.1")
        #expect(mapping.certainty == .certain)
        #expect(mapping.binding.surprise == nil)
        #expect(mapping.trace.map(\.location.path) == [".env"])
    }

    @Test func anEmptyValueInDotenvIsFailOpenToo() throws {
        let mapping = try port("\"${IP}:8080:80\"", [".env": "IP=\n"])
        #expect(mapping.binding.sockets.count == 2)
        #expect(mapping.binding.surprise == .failOpen)
    }

    @Test func anIgnoredDotenvIsNotRead() throws {
        let files = [
            "compose.yaml": "services: {web: {image: x, ports: ['${IP}:8080:80']}}\n", ".env": "IP=127.0.0.1\n",
        ]
        let project = try #require(Self.projects(files, mayRead: { $0 != ".env" }).first)
        #expect(project.services[0].ports[0].certainty == .unknown)
        #expect(project.alsoRead.isEmpty)
    }

    // MARK: places

    @Test func longSyntaxSpansItsAddress() throws {
        let mapping = try web(
            "ports:\n- name: x\n  host_ip: 127.0.0.1\n  mode: host\n  target: 80\n  published: \"8080\"\n  x-note: y"
        ).ports[0]
        #expect(mapping.text.hasPrefix("host_ip: 127.0.0.1"))
        #expect(mapping.text.hasSuffix("published: \"8080\""))
        #expect(mapping.mode == "host")
    }

    @Test func environmentItemsSpanTheirValue() throws {
        let files = ["compose.yaml": "services:\n  web:\n    image: x\n    environment:\n    - \"HOST=0.0.0.0\"\n"]
        let service = try #require(Self.projects(files)[0].service("web"))
        guard case .value(let text, let location?) = service.environment.variable("HOST") else {
            Issue.record("HOST has no value")
            return
        }
        #expect(text.known == "0.0.0.0")
        let bytes = Array(files["compose.yaml"]!.utf8)
        #expect(String(decoding: bytes[location.range], as: UTF8.self) == "0.0.0.0")
    }

    // MARK: state

    @Test(arguments: [
        ("profiles: [debug]", ListenerState.inactive, nil),
        ("scale: 0", .inactive, nil),
        ("deploy: {replicas: 0}", .inactive, nil),
        ("network_mode: host", .inactive, Surprise.portsIgnored),
        ("network_mode: none", .inactive, .portsIgnored),
        ("network_mode: bridge", .open, nil),
        ("network_mode: \"service:db\"", .refused, nil),
        ("network_mode: \"container:db\"", .refused, nil),
        ("provider: {type: x}", .inactive, nil),
    ])
    func saysWhyAPortIsNotOpen(_ line: String, _ state: ListenerState, _ surprise: Surprise?) throws {
        let mapping = try web("ports: ['8080:80']\n\(line)").ports[0]
        #expect(mapping.state == state)
        #expect(mapping.binding.surprise == surprise)
        #expect((mapping.stateReason == nil) == (state == .open))
        #expect(mapping.binding.sockets.isEmpty == (state != .open))
        #expect(mapping.binding.scope == .wildcard)
    }

    @Test func activeProfilesStartServices() throws {
        let files = ["compose.yaml": "services: {web: {image: x, profiles: [debug], ports: ['80:80']}}\n"]
        #expect(Self.projects(files)[0].services[0].ports[0].state == .inactive)
        let declared = [ComposeProjects.Declared(files: ["compose.yaml"], profiles: ["debug"])]
        #expect(Self.projects(files, declared: declared)[0].services[0].ports[0].state == .open)
        let named = files.merging([".env": "COMPOSE_PROFILES=a,debug\n"]) { own, _ in own }
        #expect(Self.projects(named)[0].services[0].ports[0].state == .open)
    }

    @Test(arguments: [
        ("driver_opts: {com.docker.network.bridge.host_binding_ipv4: 127.0.0.1}", ["127.0.0.1"], ListenerState.open),
        ("driver_opts: {com.docker.network.bridge.host_binding_ipv4: '::1'}", ["::1"], .open),
        ("driver_opts: {com.docker.network.bridge.gateway_mode_ipv4: routed}", [], .inactive),
        ("internal: true", [], .inactive),
        ("driver: macvlan", [], .inactive),
        ("driver: bridge", ["0.0.0.0", "::"], .open),
    ])
    func readsTheNetworksOptions(_ option: String, _ addresses: [String], _ state: ListenerState) throws {
        let text = "services: {web: {image: x, ports: ['80:80']}}\nnetworks:\n  default:\n    \(option)\n"
        let mapping = Self.projects(["compose.yaml": text])[0].services[0].ports[0]
        #expect(mapping.binding.sockets.compactMap(\.ipAddress?.description) == addresses)
        #expect(mapping.state == state)
    }

    @Test func anExplicitAddressWinsOverTheNetworks() {
        let text = """
            services: {web: {image: x, ports: ['0.0.0.0:80:80']}}
            networks: {default: {driver_opts: {com.docker.network.bridge.host_binding_ipv4: 127.0.0.1}}}
            """
        let mapping = Self.projects(["compose.yaml": text])[0].services[0].ports[0]
        #expect(mapping.binding.sockets.map(\.scope) == [.wildcard])
    }

    @Test func aReplacedMappingStaysAsInactive() throws {
        let files = [
            "compose.yaml": "services: {web: {image: x, ports: ['8080:80', '8000-8002:8000-8002']}}\n",
            "compose.override.yaml": "services: {web: {ports: ['0.0.0.0:8080:80', '8001:8001']}}\n",
        ]
        let ports = try #require(Self.projects(files)[0].service("web")).ports
        let inactive = ports.filter { $0.state == .inactive }
        #expect(inactive.compactMap { $0.binding.port?.description } == ["8080", "8001"])
        #expect(inactive.allSatisfy { $0.binding.surprise == .replaced })
        let open = ports.filter { $0.state == .open }.compactMap { $0.binding.port?.description }
        #expect(open == ["8000", "8002", "8080", "8001"])
    }

    @Test func oneTextThatComesInTwiceIsOneMapping() throws {
        let service = try web("ports: [&p '80:80', *p, *p, '81:81']")
        #expect(service.ports.map(\.text) == ["80:80", "81:81"])
        #expect(service.ports.map(\.state) == [.open, .open])
    }

    @Test func portsThatATagTakesAwayStayAsInactive() throws {
        let files = [
            "compose.yaml": "services: {web: {image: x, ports: ['8080:80']}}\n",
            "compose.override.yaml": "services: {web: {ports: !override ['9090:90']}}\n",
        ]
        let ports = try #require(Self.projects(files)[0].service("web")).ports
        #expect(ports.map(\.state) == [.open, .inactive])
        #expect(ports[1].location.path == "compose.yaml")
        #expect(ports[1].stateReason?.contains("compose.override.yaml") == true)
    }

    // MARK: conflicts

    @Test func twoServicesWithOnePort() {
        let text = "services: {a: {image: x, ports: ['80:80']}, b: {image: x, ports: ['80:80', '81:81']}}\n"
        let services = Self.projects(["compose.yaml": text])[0].services
        #expect(services[0].ports.map(\.state) == [.open])
        #expect(services[1].ports.map(\.state) == [.refused, .refused])
        #expect(services[1].ports[0].conflict == services[0].ports[0].location)
        #expect(services[1].ports[1].conflict == nil)
    }

    @Test func anAddressAddedInAnOverrideCollides() throws {
        let files = [
            "compose.yaml": "services: {web: {image: x, ports: ['8080:80']}}\n",
            "compose.override.yaml": "services: {web: {ports: ['127.0.0.1:8080:80']}}\n",
        ]
        let ports = try #require(Self.projects(files)[0].service("web")).ports
        #expect(ports.map(\.state) == [.refused, .refused])
        #expect(ports.map(\.conflict?.path) == ["compose.override.yaml", "compose.yaml"])
    }

    @Test(arguments: [
        "services: {a: {image: x, ports: ['80:80']}, b: {image: x, profiles: [p], ports: ['80:80']}}",
        "services: {a: {image: x, ports: ['80:80']}, b: {image: x, ports: ['80:80/udp']}}",
        "services: {a: {image: x, ports: ['127.0.0.1:80:80']}, b: {image: x, ports: ['10.0.0.1:80:80']}}",
        "services: {a: {image: x, ports: ['80']}, b: {image: x, ports: ['80']}}",
    ])
    func theseDoNotCollide(_ text: String) {
        let services = Self.projects(["compose.yaml": text])[0].services
        #expect(services.flatMap(\.ports).allSatisfy { $0.conflict == nil && $0.state != .refused })
    }

    @Test func replicasShareNoFixedPort() throws {
        #expect(try web("ports: ['80:80']\nscale: 2").ports[0].conflict != nil)
        #expect(try web("ports: ['80-90:80', '99']\nscale: 2").ports.allSatisfy { $0.conflict == nil })
    }

    @Test func twoProjectsDoNotMeet() {
        let text = "services: {web: {image: x, ports: ['80:80']}}\n"
        let projects = Self.projects(["a/compose.yaml": text, "b/compose.yaml": text])
        #expect(projects.map(\.name) == ["a", "b"])
        #expect(projects.flatMap(\.services).flatMap(\.ports).allSatisfy { $0.conflict == nil })
    }
}
