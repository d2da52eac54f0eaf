public import ListenerModel

/// Go source files. What they declare crosses files and packages, so the unit holds the syntax and `Deployment`
/// resolves it; a file in which nothing looks like listening is read no further than its imports.
public struct GoExtractor: Extractor {
    public init() {}

    public var source: Source { .go }

    public func claim(path: String) -> Claim { path.hasSuffix(".go") ? .byExtension : .no }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        let header = GoFile.parseHeader(text)
        guard Self.mayListen(header, text.bytes) else { return Unit(text, .go(header)) }
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

    private static let needles: [[UInt8]] = ["Listen", "httptest", "bindlint:"].map { Array($0.utf8) }

    /// Whether a listen call, a listen-shaped text or a suppression can be in here.
    private static func mayListen(_ header: GoFile, _ bytes: [UInt8]) -> Bool {
        if needles.contains(where: { bytes.firstOffset(of: $0) != nil }) { return true }
        let packages = header.imports.map { GoListenCalls.unversioned($0.source).path }
        if packages.contains(where: { GoListenCalls.packages.contains($0) && $0 != "net" && $0 != "net/http" }) {
            return true
        }
        return ListenShape.occurs(in: bytes)
    }
}
