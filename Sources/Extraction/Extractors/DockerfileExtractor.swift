public import ListenerModel

/// Dockerfiles by name: `Dockerfile`, `Dockerfile.dev`, `api.dockerfile`, `Containerfile`.
public struct DockerfileExtractor: Extractor {
    public init() {}

    public var source: Source { .dockerfile }

    public var names: FileNames {
        FileNames([
            "Dockerfile", "Dockerfile.*", "*.dockerfile", "Containerfile", "Containerfile.*", "*.containerfile",
        ])
    }

    public func claim(path: String) -> Claim {
        let written = RepositoryPath.name(path)
        let name = written.lowercased()
        if name.hasSuffix(".dockerignore") || name.hasSuffix(".containerignore") { return .no }
        // `Dockerfile.j2` is a template of one.
        if [".j2", ".tmpl", ".tpl", ".template", ".erb", ".md"].contains(where: name.hasSuffix) { return .no }
        if name == "dockerfile" || name == "containerfile" { return .owned }
        if name.hasSuffix(".dockerfile") || name.hasSuffix(".containerfile") { return .byExtension }
        if name.hasPrefix("dockerfile.") || name.hasPrefix("containerfile.") {
            // `dockerfile.go` and `dockerfile.vim` are about Dockerfiles, `Dockerfile.dev` is one.
            return written.hasPrefix("d") || written.hasPrefix("c") ? .ifContent : .byExtension
        }
        return .no
    }

    /// Whether the first instruction is one that a Dockerfile can begin with.
    public var largestFile: Int { FileLimit.lines }

    public func claims(_ bytes: [UInt8], path: String) -> Bool {
        for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(200) {
            let text = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
            guard let first = text.first, first != UInt8(ascii: "#") else { continue }
            let word = String(decoding: text.prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
            return word == "FROM" || word == "ARG"
        }
        return false
    }

    public func extract(_ text: SourceText) -> Unit {
        let grammar = DockerfileGrammar(text)
        var diagnostics = withoutTemplateLines(grammar.diagnostics, in: text)
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

    /// A file that a template engine makes a Dockerfile of: one word about it instead of one for each line.
    private func withoutTemplateLines(_ diagnostics: [Diagnostic], in text: SourceText) -> [Diagnostic] {
        let lines = diagnostics.filter { $0.code == "dockerfile-instruction" }
        guard let first = lines.first, TemplatePlaceholders.occur(in: text.bytes) else { return diagnostics }
        let summary = Diagnostic(
            .warning, code: "dockerfile-template",
            "this is a template of a Dockerfile: \(lines.count) of its lines could not be read",
            hint: "check the Dockerfile that is made from it", at: first.location)
        return diagnostics.filter { $0.code != "dockerfile-instruction" } + [summary]
    }
}
