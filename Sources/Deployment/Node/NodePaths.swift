internal import Extraction
internal import ListenerModel

/// Paths of files as programs make them: `path.join(__dirname, 'config.json')`.
enum NodePaths {
    /// The folder of the module and the folder in which the program is started stand for themselves in a text.
    static func base(_ symbol: Symbol) -> Unknown? {
        symbol.name == "__dirname" ? Unknown(.expression("__dirname")) : nil
    }

    private static func text(_ value: Value) -> SymbolicText? {
        switch value {
        case .symbol(let symbol): base(symbol).map { SymbolicText($0) }
        case .instance(let instance) where instance.symbol.name == "process.cwd": ""
        default: value.text
        }
    }

    /// What `require` is given, relative to the module: nil where it is not known.
    static func specifier(_ value: Value) -> String? {
        guard let text = text(value) else { return nil }
        if let known = text.known { return known }
        guard let name = relative(text) else { return nil }
        return "./" + name
    }

    /// The rest of a text that starts with the module's folder.
    private static func relative(_ text: SymbolicText) -> String? {
        guard case .unknown(let unknown)? = text.parts.first, case .expression("__dirname") = unknown.cause,
            let rest = SymbolicText(Array(text.parts.dropFirst())).known
        else { return nil }
        return String(rest.drop { $0 == "/" })
    }

    /// The file of the tree that a program opens under this name: relative to its module, else to its package.
    static func file(_ value: Value, from site: EvaluationSite, _ program: NodeProgram) -> String? {
        guard let text = text(value), let path = site.scope.file?.text.path else { return nil }
        let folder = RepositoryPath.parent(path)
        if let name = relative(text) { return RepositoryPath.join(folder, name) }
        guard let name = text.known, !name.hasPrefix("/") else { return nil }
        return RepositoryPath.join(program.resolution.packageRoot(of: folder) ?? "", name)
    }

    static func call(
        _ name: String, _ argument: (Int) -> Alternatives?, _ count: Int, in site: EvaluationSite,
        _ program: NodeProgram
    ) -> Alternatives? {
        switch name {
        case "path.join", "path.resolve", "path.posix.join", "path.posix.resolve", "upath.join", "pathe.join",
            "pathe.resolve":
            return joined((0..<min(count, 8)).compactMap(argument), resolves: name.hasSuffix("resolve"))
        case "path.normalize", "path.posix.normalize": return argument(0)
        case "path.dirname":
            // `__filename`, `fileURLToPath(import.meta.url)`
            switch argument(0)?.first.value {
            case .symbol(let symbol)? where symbol.name == "__filename": break
            case .instance(let instance)? where instance.symbol.name == "url.fileURLToPath": break
            default: return nil
            }
            return Alternatives(.symbol(Symbol("__dirname")))
        case "module.createRequire": return Alternatives(.symbol(Symbol("require")))
        case "JSON.parse", "js-yaml.load", "yaml.parse", "JSON5.parse", "json5.parse", "fs-extra.readJsonSync",
            "js-yaml.safeLoad", "fs-extra.readJSONSync":
            guard let source = argument(0)?.first.value else { return nil }
            var path = source
            if case .instance(let read) = source, let first = read.arguments.first {
                guard read.symbol.path.last == "readFileSync" || read.symbol.path.last == "readFile" else { return nil }
                path = first.first.value
            } else if name.hasSuffix("parse") || name.hasSuffix("oad") {
                return nil
            }
            return file(path, from: site, program).flatMap { program.document($0) }.map { Alternatives($0) }
        default: return nil
        }
    }

    private static func joined(_ parts: [Alternatives], resolves: Bool) -> Alternatives? {
        var result: SymbolicText?
        for part in parts {
            guard let next = text(part.first.value) else { return nil }
            if resolves, next.known?.hasPrefix("/") == true || next.parts.first?.isUnknown == true {
                result = next
            } else if let before = result {
                result = before.parts.isEmpty ? next : before + "/" + next
            } else {
                result = next
            }
        }
        return result.map { Alternatives(.text($0)) }
    }
}

extension SymbolicText.Part {
    fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
