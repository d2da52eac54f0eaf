import Extraction
import Dialects
import ListenerModel
import Testing

@testable import Deployment

@Suite struct NginxConformanceTests {
    /// Cases that the text of a configuration does not decide, and why.
    static let undecidable: [String: String] = [
        "nginx-addr-ip-not-local": "the addresses of the host",
        "nginx-addr-v4-octal": "the addresses of the host",
        "nginx-addr-port-hex": "the addresses of the host",
        "nginx-ctx-unknown-directive": "the name may be a module's",
        "nginx-lua-missing-module": "the same text as nginx-lua-block, without the module",
        "nginx-stream-no-module": "the same text as any stream case, without the module",
        "nginx-stream-load-module": "the modules that are installed",
        "nginx-mail-unknown-port": "x",
        "nginx-unix-regular-file-present": "x",
    ]

    @Test(arguments: NginxCase.all)
    func observed(_ observed: NginxCase) {
        let resolution = observed.resolve()
        let states = resolution.declarations.map { declaration -> (ListenerState, [Socket]) in
            guard case .bound(let bindings, let state, _) = declaration.meaning else { return (.open, []) }
            return (state, bindings.flatMap(\.sockets))
        }
        let sockets = described(states.flatMap(\.1))
        let isNoticed =
            states.contains { $0.0 == .refused }
            || resolution.diagnostics.contains { $0.level != .note || $0.code == "nginx-unresolved-host" }
        let agrees = sockets == observed.sockets && observed.starts != isNoticed
        if Self.undecidable[observed.id] != nil {
            #expect(!agrees, "the case is listed as undecidable and agrees")
        } else {
            #expect(sockets == observed.sockets, "\(observed.error) \(resolution.diagnostics.map(\.message))")
            #expect(observed.starts != isNoticed, "\(observed.error) \(resolution.diagnostics.map(\.message))")
        }
    }
}
