import Deployment
import Extraction
import Foundation
import ListenerModel
import YAMLTree

/// A line of `testdata/conformance/compose.jsonl`: what compose and the engine were seen to do with some files.
struct ComposeCase: CustomStringConvertible, Sendable {
    var id: String
    var files: [String: String]
    var arguments: [String]
    var environment: [String: String]
    var isRefused: Bool
    var error: String
    /// As `ss` prints them, sorted; of moby 28 where the case says that it differs from 20.10.
    var sockets: [String]
    /// By service: `published:target/protocol`.
    var loadedPorts: [String: [String]]
    var loadedEnvironment: [String: [String: String]]
    var description: String { id }

    static let all: [ComposeCase] = Observed.records("compose.jsonl").map { line in
        var files: [String: String] = [:]
        for entry in line["files"]?.mapping ?? [] { files[entry.key.scalar!.text] = entry.value.scalar!.text }
        if files.isEmpty { files = ["compose.yaml": line["input"]!.scalar!.text] }
        if !files.keys.contains(where: { $0.hasSuffix("yaml") || $0.hasSuffix("yml") }),
            let input = line["input"]?.scalar
        {
            if !input.text.isEmpty { files["compose.yaml"] = input.text }
        }
        var environment: [String: String] = [:]
        for entry in line["env"]?.mapping ?? [] { environment[entry.key.scalar!.text] = entry.value.scalar!.text }
        var ports: [String: [String]] = [:]
        var variables: [String: [String: String]] = [:]
        for service in line["services"]?.mapping ?? [] {
            let name = service.key.scalar!.text
            if let list = service.value["ports"]?.sequence {
                ports[name] = list.map { port in
                    let published = port["published"]?.scalar?.text ?? ""
                    return "\(published == "0" ? "" : published):\(port["target"]?.scalar?.text ?? "0")"
                        + "/\(port["protocol"]?.scalar?.text ?? "tcp")"
                }
            }
            for entry in service.value["environment"]?.mapping ?? [] {
                variables[name, default: [:]][entry.key.scalar!.text] = entry.value.scalar!.text
            }
        }
        return ComposeCase(
            id: line["id"]!.scalar!.text, files: files,
            arguments: line["args"]?.sequence?.map { $0.scalar!.text } ?? [], environment: environment,
            isRefused: line["verdict"]!.scalar!.text != "ok", error: line["error"]!.scalar!.text,
            sockets: Conformance.sockets(line["sockets_moby_modern"] ?? line["sockets"]!),
            loadedPorts: ports, loadedEnvironment: variables)
    }

    /// The project that the command line of the case means, in the environment of the case.
    func project() -> ComposeProject? {
        let tree = MemoryTree(files)
        var world = World.standard
        world.environment = .exact(environment)
        world.profiles = Set(values(of: "--profile"))
        let named = values(of: "-f")
        let found = files.keys.sorted().filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.compactMap { path in
            let unit = ComposeExtractor().extract(SourceText(path: path, bytes: Array(files[path]!.utf8)))
            if case .compose(let file) = unit.body { return file } else { return nil }
        }
        var declared: [ComposeProjects.Declared] = []
        let envFile = values(of: "--env-file").first
        if !named.isEmpty || envFile != nil {
            declared = [.init(files: named.isEmpty ? ["compose.yaml"] : named, envFile: envFile)]
        }
        let projects = ComposeProjects.find(found, in: tree, declared: declared, world: world)
        guard let files = declared.first?.files else { return projects.first { $0.folder.isEmpty } }
        return projects.first { $0.files == files }
    }

    private func values(of option: String) -> [String] {
        arguments.indices.filter { arguments[$0] == option && $0 + 1 < arguments.count }.map { arguments[$0 + 1] }
    }
}

enum Conformance {
    /// `tcp 0.0.0.0:80`, an ephemeral port as 0, one of a range as `8000-8003?`.
    static func sockets(_ node: YAMLNode) -> [String] {
        Set(
            (node.sequence ?? []).map { socket in
                let address = IPAddress(socket["address"]!.scalar!.text)!
                let oneOf = socket["one_of_range"]?.bool == true ? "?" : ""
                return "\(socket["proto"]!.scalar!.text) \(address.hostForm):\(socket["port"]!.scalar!.text)\(oneOf)"
            }
        ).sorted()
    }

    static func sockets(_ sockets: some Sequence<Socket>) -> [String] {
        var result: Set<String> = []
        for socket in sockets {
            guard case .ip(let address, let range) = socket.address else { continue }
            if socket.oneOf {
                result.insert("\(socket.transport) \(address.hostForm):\(range)?")
            } else {
                for port in range.first...range.last {
                    result.insert("\(socket.transport) \(address.hostForm):\(port)")
                }
            }
        }
        return result.sorted()
    }
}
