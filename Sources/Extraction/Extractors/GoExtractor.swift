public import ListenerModel

/// Go source files. What they declare crosses files and packages, so the unit holds the syntax and `Deployment`
/// resolves it; a file in which nothing looks like listening is read no further than its imports.
public struct GoExtractor: Extractor {
    public init() {}

    public var source: Source { .go }

    public var names: FileNames { FileNames(["*.go"]) }

    public func claim(path: String) -> Claim { path.hasSuffix(".go") ? .byExtension : .no }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func glance(_ bytes: [UInt8], path: String) -> Unit? {
        if Self.needles.occurs(in: bytes) || ListenShape.occurs(in: bytes) { return nil }
        let header = GoFile.parseHeader(bytes, path: path)
        let packages = header.imports.map { GoListenCalls.unversioned($0.source).path }
        if packages.contains(where: { GoListenCalls.packages.contains($0) && !Self.spelledOut.contains($0) }) {
            return nil
        }
        return Unit(SourceText(path: path, bytes: []), .go(header))
    }

    /// Packages that most programs import and few listen with: what counts are the names of their listen calls.
    private static let spelledOut: Set<String> = ["net", "net/http", "crypto/tls"]

    private static let needles = NeedleSet(
        ["httptest", "bindlint:"]
            + Set(GoListenCalls.all.filter { spelledOut.contains($0.package) }.map(\.call)).map { "\($0)\\b" })

    public func extract(_ text: SourceText) -> Unit {
        let (file, comments) = GoFile.parse(text)
        let diagnostics = file.problems.prefix(1).map { problem in
            Diagnostic(
                .warning, code: "go-syntax", "this Go file is not wholly read: \(problem.message)",
                hint: "run gofmt on it to see what the Go compiler says", at: text.location(problem.range))
        }
        return Unit(
            text, .go(file), suppressions: SuppressionComment.find(in: text, comments: comments),
            diagnostics: diagnostics)
    }
}
