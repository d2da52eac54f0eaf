import Deployment
import Dialects
import ListenerModel
import Testing

@Suite struct ComposeConformanceTests {
    /// Cases that text alone does not decide.
    static let exceptions = [
        "compose-short-sctp": "the kernel of the run had no SCTP; the file is accepted",
        "compose-env_file-raw": "docker compose knows the format, the library that was run alone does not",
    ]

    @Test func exceptionsAreCases() {
        let ids = Set(ComposeCase.all.map(\.id))
        #expect(Self.exceptions.keys.allSatisfy(ids.contains))
        #expect(ComposeCase.all.count == 217)
    }

    @Test(arguments: ComposeCase.all.filter { exceptions[$0.id] == nil })
    func opensWhatWasObserved(_ observed: ComposeCase) {
        let project = observed.project()
        let ports = project?.services.flatMap(\.ports) ?? []
        #expect(Conformance.sockets(ports.flatMap(\.binding.sockets)) == observed.sockets, "\(observed.error)")
        let isRefused = project == nil || project?.refusal != nil || ports.contains { $0.state == .refused }
        #expect(isRefused == observed.isRefused, "\(observed.error)")
    }
}

extension ComposeConformanceTests {
    /// Published port, container port and protocol, as compose loaded them.
    @Test(arguments: ComposeCase.all.filter { !$0.loadedPorts.isEmpty && !isOutOfRange($0) })
    func loadsThePortsThatComposeLoads(_ observed: ComposeCase) throws {
        let project = try #require(observed.project())
        for (name, expected) in observed.loadedPorts {
            let ports = try #require(project.service(name)?.ports).filter { mapping in
                mapping.binding.surprise != .replaced && mapping.stateReason?.hasPrefix("taken away") != true
            }
            #expect(ports.flatMap(Self.rendered).sorted() == expected.sorted(), "\(name)")
        }
    }

    /// Numbers that compose loads and no port can have.
    private static func isOutOfRange(_ observed: ComposeCase) -> Bool {
        observed.loadedPorts.values.joined().contains { $0.contains("70000") }
    }

    private static func rendered(_ mapping: PortMapping) -> [String] {
        guard let target = mapping.target, let port = mapping.binding.port else { return ["\(mapping.text)?"] }
        let isOneOf = target.count != port.count && !port.isEphemeral
        return (0..<target.count).map { offset in
            let published =
                port.isEphemeral ? "" : isOneOf ? "\(port)" : "\(Int(port.first) + offset)"
            return "\(published):\(Int(target.first) + offset)/\(mapping.binding.transport)"
        }
    }

    @Test(arguments: ComposeCase.all.filter { !$0.loadedEnvironment.isEmpty })
    func loadsTheEnvironmentThatComposeLoads(_ observed: ComposeCase) throws {
        let project = try #require(observed.project())
        for (name, expected) in observed.loadedEnvironment {
            let entries = try #require(project.service(name)).environment.entries
            let pairs = entries.map { ($0.name, $0.value?.known ?? "unknown") }
            #expect(Dictionary(uniqueKeysWithValues: pairs) == expected)
        }
    }
}
