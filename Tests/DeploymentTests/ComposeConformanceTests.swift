import Deployment
import Dialects
import ListenerModel
import Testing

@Suite struct ComposeConformanceTests {
    @Test(arguments: ComposeCase.all)
    func opensWhatWasObserved(_ observed: ComposeCase) {
        let project = observed.project()
        let ports = project?.services.flatMap(\.ports) ?? []
        #expect(Conformance.sockets(ports.flatMap(\.binding.sockets)) == observed.sockets, "\(observed.error)")
        let isRefused = project == nil || project?.refusal != nil || ports.contains { $0.state == .refused }
        #expect(isRefused == observed.isRefused, "\(observed.error)")
    }
}
