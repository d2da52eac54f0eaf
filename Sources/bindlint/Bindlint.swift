import Deployment
import Discovery
import ListenerModel

@main
struct Bindlint {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let repository = Repository.containing(arguments)
        let found = Walk(in: repository).files(under: arguments) { _ in true }
        let tree = try DiskTree(of: repository)
        var options = Deployment.Options()
        options.jobs = 2
        options.isTest = { path in
            let under = found.files.first { $0.path == path }?.under ?? ""
            return TestCode.isTest(String(path.dropFirst(under.isEmpty ? 0 : under.count + 1)))
        }
        let deployment = Deployment(found.files.map(\.path), in: tree, options: options)
        for l in deployment.listeners {
            print("\(l.location.path):\(l.location.start.line):\(l.location.start.column) \(l.source) \(l.role) \(l.transport) \(l.host ?? "?") \(l.port.map(\.description) ?? "?") -> \(l.target.map(\.description) ?? "?") \(l.state) \(l.stateReason ?? "") \(l.scope) \(l.exposure) \(l.certainty) \(l.purpose.map(\.rawValue)) pub=\(l.published.map(String.init) ?? "-") backend=\(l.backend?.rawValue ?? "-") \(l.surprise?.rawValue ?? "") ns=\(l.namespace) \(l.test ? "test" : "") \(l.guessed ? "guessed" : "") counterpart=\(l.counterpart?.rawValue ?? "") conflict=\(l.conflict.map { "\($0.path):\($0.start.line)" } ?? "") text=\(l.text)")
            for t in l.trace { print("      \(t.location.path):\(t.location.start.line) \(t.note)") }
        }
        for d in deployment.diagnostics { print(d.level, d.code, d.message, d.location.map { "\($0.path):\($0.start.line)" } ?? "") }
        print(deployment.unsupported)
    }
}
