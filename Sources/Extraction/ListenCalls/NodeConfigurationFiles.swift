internal import ListenerModel

/// Files in which a development server is told where to listen (`Tables/node-configuration-files.tsv`).
extension NodeListenCalls {
    public struct Configuration: Sendable {
        /// The key of the exported object.
        public var object: String
        public var call: NodeListenCall
    }

    /// What `vite.config.ts`, `webpack.dev.js` and the like say; nil for a file of another name.
    public static func configuration(named path: String) -> [Configuration]? {
        let parts = RepositoryPath.name(path).split(separator: ".")
        guard parts.count > 2 else { return nil }
        return configurations[String(parts[0])]
    }

    private static let configurations: [String: [Configuration]] = {
        var found: [String: [Configuration]] = [:]
        for fields in TableRows.of(EmbeddedFiles.node_configuration_files_tsv) {
            guard fields.count == 4 else { preconditionFailure("node-configuration-files.tsv: \(fields)") }
            var call = NodeListenCall(form: .options(0))
            call.read(attributes: fields[2])
            found[String(fields[0].prefix { $0 != "." }), default: []].append(
                Configuration(object: String(fields[1]), call: call))
        }
        return found
    }()
}
