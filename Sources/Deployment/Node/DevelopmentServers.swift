internal import Dialects
internal import Extraction
internal import ListenerModel

/// Joins the scripts that start a development server with its configuration: `"dev": "vite"` listens where
/// `vite.config.ts` beside it says.
enum DevelopmentServers {
    static func join(_ declarations: inout [Declaration]) {
        var configurations: [Declaration.Section: Declaration] = [:]
        for declaration in declarations where declaration.source == .node {
            guard let section = declaration.section else { continue }
            configurations[.init(file: stem(section.file), key: section.key)] = declaration
        }
        if configurations.isEmpty { return }
        declarations = declarations.compactMap { declaration in
            guard declaration.source == .command, let section = declaration.section,
                RepositoryPath.name(declaration.location.path) == "package.json",
                let path = RepositoryPath.join(RepositoryPath.parent(declaration.location.path), section.file),
                let configuration = configurations[.init(file: stem(path), key: section.key)]
            else { return declaration }
            return joined(declaration, configuration)
        }
    }

    /// nil where the command says nothing itself: the configuration stands for it.
    private static func joined(_ command: Declaration, _ configuration: Declaration) -> Declaration? {
        guard case .request(var request, let dialect) = command.meaning,
            case .parts(let host, let port) = request.address,
            case .request(let configured, _) = configuration.meaning,
            case .parts(let otherHost, let otherPort) = configured.address
        else { return command }
        let isWritten = command.trace.contains { $0.note.hasSuffix("is started here") }
        if !isWritten { return nil }
        var result = command
        request.address = .parts(host: host ?? otherHost, port: port ?? otherPort)
        result.meaning = .request(request, dialect: dialect)
        result.trace.append(TraceStep(configuration.location, "configured here"))
        return result
    }

    /// A path without the extension of a script: the table names the files without one.
    private static func stem(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), NodeExtractor.extensions.contains(String(path[dot...])) else {
            return path
        }
        return String(path[..<dot])
    }
}
