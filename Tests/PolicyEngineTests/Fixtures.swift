import ListenerModel
import Testing

@testable import PolicyEngine

let today = CalendarDate("2026-11-22")!

/// A policy of files in memory; fails the test if it is not accepted.
func policy(
    _ text: String?, shared: [String] = [], files: [String: String] = [:], repository: String? = nil,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws -> Policy {
    let loaded = load(text, shared: shared, files: files, repository: repository)
    if !loaded.diagnostics.isEmpty {
        Issue.record("\(loaded.diagnostics.map(\.line))", sourceLocation: sourceLocation)
    }
    return try #require(loaded.policy, sourceLocation: sourceLocation)
}

/// `text` is the repository's `bindlint.yaml`; nil where it has none.
func load(
    _ text: String?, shared: [String] = [], files: [String: String] = [:], repository: String? = nil
) -> LoadedPolicy {
    var files = files
    files["bindlint.yaml"] = text
    return Policy.load(
        PolicyRequest(
            files: shared, repositoryFile: text == nil ? nil : "bindlint.yaml", today: today, repository: repository)
    ) { path in
        files[path].map { .bytes(Array($0.utf8)) } ?? .missing
    }
}

extension Diagnostic {
    /// `bindlint.yaml:3:5: policy-unknown-key: a rule has no key 'denny' | did you mean 'deny'?`
    var line: String {
        let place = location.map { "\($0.path):\($0.start.line):\($0.start.column)" } ?? "-"
        return "\(place): \(code): \(message)" + (hint.map { " | \($0)" } ?? "")
    }
}

/// A listener with the facts that a test is about; the rest is what a plain TCP bind on a host has.
func listener(
    _ address: String? = "0.0.0.0", _ port: Int? = 9000, path: String = "server.conf", line: Int = 1, column: Int = 1,
    source: Source = .nginx, role: Role = .bind, context: NetworkNamespace = .host, service: String? = nil,
    transport: Transport = .tcp, _ adjust: (inout Listener) -> Void = { _ in }
) -> Listener {
    let ports = port.map { PortRange(UInt16($0)) }
    let text = "\(address ?? "$HOST"):\(port.map(String.init) ?? "$PORT")"
    let start = Position(line: line, column: column)
    let end = Position(line: line, column: column + text.utf16.count)
    let dual = address == "*"
    let host = dual ? "::" : address
    let ip = host.flatMap { IPAddress($0) }
    var sockets: [Socket] = []
    if let ip, let ports { sockets = [Socket(transport, ip, ports, dualStack: dual)] }
    let scope: Scope = transport == .unix ? .unix : ip?.scope ?? (host == nil ? .unknown : .name)
    if transport == .unix { sockets = [Socket(unix: host ?? "")] }
    var result = Listener(
        location: Location(path: path, start: start, end: end, range: 0..<text.utf8.count), text: text, source: source,
        role: role, namespace: context, service: service, transport: transport, host: host, port: ports, target: ports,
        sockets: sockets, scope: scope,
        purpose: ports.map { PortSets.purposes(port: $0.first, transport: transport) } ?? [])
    result.exposure = context == .host ? scope.exposureOnHost : .unknown
    if host == nil || port == nil { result.certainty = .unknown }
    adjust(&result)
    return result
}

extension CheckResult {
    /// `rule level path:line`, sorted.
    var lines: [String] {
        findings.map { "\($0.rule) \($0.level.rawValue) \($0.location.path):\($0.location.start.line)" }.sorted()
    }

    var rules: [String] { findings.map(\.rule).sorted() }
}

/// A row of a table of listeners, named by what it listens on: the report of a run stays readable.
struct Row<Expected: Sendable>: Sendable, CustomTestStringConvertible {
    var listener: Listener
    var expected: Expected

    init(_ listener: Listener, _ expected: Expected) {
        self.listener = listener
        self.expected = expected
    }

    var testDescription: String {
        "\(listener.location.path) \(listener.role.rawValue) \(listener.text) in \(listener.namespace)"
    }
}
