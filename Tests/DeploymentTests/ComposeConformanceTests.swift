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
