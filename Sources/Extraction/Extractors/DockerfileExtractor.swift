public import ListenerModel

/// Dockerfiles by name: `Dockerfile`, `Dockerfile.dev`, `api.dockerfile`, `Containerfile`.
public struct DockerfileExtractor: Extractor {
    public init() {}

    public var source: Source { .dockerfile }

    public func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path).lowercased()
        if name.hasSuffix(".dockerignore") || name.hasSuffix(".containerignore") { return .no }
        // `Dockerfile.j2` is a template of one.
        if [".j2", ".tmpl", ".tpl", ".template", ".erb", ".md"].contains(where: name.hasSuffix) { return .no }
        if name == "dockerfile" || name == "containerfile" { return .owned }
        if name.hasPrefix("dockerfile.") || name.hasPrefix("containerfile.") || name.hasSuffix(".dockerfile")
            || name.hasSuffix(".containerfile")
        {
            return .byExtension
        }
        return .no
    }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        let grammar = DockerfileGrammar(text)
        var diagnostics = grammar.diagnostics
        if grammar.dockerfile.stages.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .error, code: "dockerfile-empty", "this Dockerfile has no FROM, so it builds nothing",
                    hint: "begin with FROM IMAGE", at: Location(file: text.path), fileUnread: true))
        }
        return Unit(
            text, .dockerfile(grammar.dockerfile),
            suppressions: SuppressionComment.find(in: text, comments: grammar.comments),
            diagnostics: diagnostics)
    }
}
