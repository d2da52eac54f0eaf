internal import Dialects
public import Extraction
public import ListenerModel

/// What nginx opens that starts from a file of the tree.
public struct NginxResolver {
    private let tree: any SourceTree
    private let world: World
    private let mounts: [NginxMount]
    private let overlay: [String: SourceText]
    let known: (String) -> Extraction.Unit?
    private let environment: (String) -> EnvironmentValue
    private let commandLine: SourceText?

    /// - Parameters:
    ///   - mounts: where nginx sees files of the tree. A root that none of them covers is read by the conventional
    ///     layout: its own folder is `/etc/nginx`.
    ///   - overlay: files that are not in the tree, or not as it has them, by their path in the tree.
    ///   - known: files that are parsed already.
    ///   - environment: the variables that envsubst(1) puts into templates.
    ///   - commandLine: what stands behind `nginx -g`.
    public init(
        tree: any SourceTree, world: World = .standard, mounts: [NginxMount] = [], overlay: [String: SourceText] = [:],
        known: @escaping (String) -> Extraction.Unit? = { _ in nil },
        environment: @escaping (String) -> EnvironmentValue = { _ in .unknown }, commandLine: SourceText? = nil
    ) {
        self.tree = tree
        self.world = world
        self.mounts = mounts
        self.overlay = overlay
        self.known = known
        self.environment = environment
        self.commandLine = commandLine
    }

    public func resolve(_ root: NginxRoot) -> NginxResolution {
        let (paths, isMain) =
            switch root {
            case .main(let path): ([path], true)
            case .fragments(let paths, _): (paths, false)
            }
        let files = NginxFiles(
            tree: tree, overlay: overlay, known: known, mounts: mounts, start: paths.first ?? "", isMain: isMain)
        var walk = NginxWalk(files: files, world: world, environment: environment)
        if let commandLine { walk.walk(commandLine: commandLine) }
        for path in paths {
            guard let source = walk.files.source(of: path, walk.files.expansion(of: path)) else {
                walk.result.diagnostics.append(
                    Diagnostic(
                        .error, code: "nginx-unreadable", "the file cannot be read", at: Location(file: path),
                        fileUnread: true))
                continue
            }
            walk.walk(source, in: context(of: source, root))
        }
        if isMain, let path = paths.first, !walk.hasEvents, !walk.unknownContent.contains(.main) {
            walk.result.refuse(
                "no \"events\" section in configuration", code: "nginx-structure", at: Location(file: path))
        }
        return resolution(&walk, isMain: isMain)
    }

    private func context(of source: NginxFiles.Source, _ root: NginxRoot) -> NginxContext {
        switch root {
        case .main: .main
        case .fragments(_, let module?): .module(module)
        case .fragments(_, nil): NginxFragment.context(of: source.file, path: source.text.path)
        }
    }

    private func resolution(_ walk: inout NginxWalk, isMain: Bool) -> NginxResolution {
        var result = walk.result
        let table = NginxSocketTable(&result, world: world)
        NginxRequirement.check(
            &result, outer: isMain, unknownContent: walk.unknownContent, version: world.nginx)
        if isMain {
            NginxRequirement.checkCertificates(
                table.tlsDefaults(result.listens), &result, unknownContent: walk.unknownContent)
        }
        let stop = result.refusals.first
        var declarations: [Declaration] = []
        var told: Set<NginxStatement> = []
        for (index, listen) in result.listens.enumerated() {
            var binding = listen.binding
            binding.refusal = listen.refusal
            if let ports = listen.address?.ports, ports.isEphemeral, !table.sockets[index].isEmpty {
                binding.surprise = .randomPort
            }
            binding.sockets = stop == nil ? table.sockets[index] : []
            let (state, reason) = Self.state(of: listen, table.absorbedBy[index].map { result.listens[$0] }, stop)
            // A file that several servers include says the same for each.
            guard told.insert(NginxStatement(location: listen.location, bindings: [binding], state: state)).inserted
            else {
                continue
            }
            var declaration = Declaration(
                location: listen.location, text: listen.text, source: .nginx,
                meaning: .bound([binding], state: state, stateReason: reason),
                certainty: Self.certainty(of: listen),
                purpose: listen.server.map { result.servers[$0].statusPages.isReadable } == true ? ["status"] : [],
                trace: listen.trace)
            declaration.conflict = table.conflicts[index].map { result.listens[$0].location }
            if state == .refused {
                declaration.refusedBy = declaration.conflict ?? (listen.refusal == nil ? stop?.location : nil)
            }
            declarations.append(declaration)
        }
        return NginxResolution(
            declarations: declarations, diagnostics: result.diagnostics, files: walk.files.read)
    }

    private static func state(
        of listen: NginxServers.Listen, _ wildcard: NginxServers.Listen?, _ stop: NginxServers.Refusal?
    ) -> (ListenerState, String?) {
        if let refusal = listen.refusal { return (.refused, refusal) }
        if let stop {
            return (
                .refused,
                "nginx does not start: \(stop.reason) (\(stop.location.path):\(stop.location.start.line))"
            )
        }
        if let wildcard {
            return (
                .absorbed,
                "nginx binds only the wildcard of this port: \"\(wildcard.text)\" "
                    + "(\(wildcard.location.path):\(wildcard.location.start.line))"
            )
        }
        return (.open, nil)
    }

    private static func certainty(of listen: NginxServers.Listen) -> Certainty {
        let isUnknown =
            listen.binding.host == nil || (listen.binding.port == nil && listen.binding.transport != .unix)
        if isUnknown { return .unknown }
        return listen.isImplicit ? .default : .certain
    }
}
