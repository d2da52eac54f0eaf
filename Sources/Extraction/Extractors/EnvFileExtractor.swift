public import ListenerModel

/// Env files: `.env`, `.env.production`, `api.env`. Which keys mean listening says `Tables/env-keys.tsv`.
public struct EnvFileExtractor: Extractor {
    public init() {}

    public var source: Source { .env }

    public var names: FileNames { FileNames([".env", ".env.*", "*.env"]) }

    public func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path)
        guard name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env") else { return .no }
        return Self.otherFormats.contains(where: name.hasSuffix) ? .no : .byExtension
    }

    /// Made from an env file, or into one, by another tool.
    private static let otherFormats = [
        ".patch", ".diff", ".j2", ".tmpl", ".tpl", ".erb", ".md", ".gpg", ".age", ".enc", ".vault", ".ts", ".js",
        ".json",
        ".yml", ".yaml", ".sh",
    ]

    public var largestFile: Int { FileLimit.lines }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        let file = Dotenv(text.bytes)
        let variables = file.variables(in: text) { _ in .unknown }.variables.compactMap { variable in
            if case .value(let value, _) = variable.value {
                ListeningVariables.Variable(name: variable.key, value: value, location: variable.location)
            } else {
                nil
            }
        }
        let diagnostics = file.problems.map { problem in
            Diagnostic(
                .warning, code: "env-syntax", "docker compose refuses this line: \(problem.message)",
                hint: "write KEY=value, with quotes around a value that needs them", at: text.location(problem.range))
        }
        return Unit(
            text, .declarations(ListeningVariables.declarations(of: variables, in: text)),
            suppressions: SuppressionComment.find(in: text, comments: file.comments), diagnostics: diagnostics)
    }
}
