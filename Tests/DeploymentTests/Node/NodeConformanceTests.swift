import Dialects
import ListenerModel
import Testing

@testable import Deployment

@Suite struct NodeConformanceTests {
    /// Cases that the text of a program does not decide, and why.
    static let undecidable: [String: String] = [:]

    @Test(arguments: NodeCase.all)
    func observed(_ observed: NodeCase) {
        let bindings = observed.bindings()
        let sockets = recorded(bindings.flatMap(\.sockets))
        let isRefused = bindings.contains { $0.refusal != nil }
        if Self.undecidable[observed.id] != nil {
            #expect(
                sockets != observed.sockets || observed.starts == isRefused,
                "the case is listed as undecidable and agrees")
        } else {
            #expect(sockets == observed.sockets, "\(observed.input): \(observed.error)")
            #expect(observed.starts != isRefused, "\(observed.input): \(observed.error)")
        }
    }
}
