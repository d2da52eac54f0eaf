import Dialects
import ListenerModel
import Testing

@testable import Deployment

@Suite struct NodeConformanceTests {
    /// Cases that the text of a program does not decide, and why.
    static let undecidable: [String: String] = [
        "node-http-v4-notlocal": "the addresses of the host",
        "node-http-host-nosuch": "the names that the host resolves",
        "node-http-nohosts-localhost": "the names that the host resolves",
        "node-ns-no6-http-v6lo": "whether the host has IPv6",
        "node-dns-order-verbatim-v4first": "what the process has set before",
        "node-http-twice": "whether both calls run",
        "node-http-v4any-then-default": "the order of events; the two are reported as a conflict",
        "node-http-then-close": "what happens after the start",
        "node-listen-unref": "what else keeps the process running",
        "node-cli-inspect-v6any-bare": "the program runs on without its inspector, which is refused",
        "node-cli-inspect-space": "whether a file of that name is there",
        "node-cli-debug-old": "there is no listener to refuse",
    ]

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
