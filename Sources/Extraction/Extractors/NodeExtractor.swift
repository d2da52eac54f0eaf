public import ListenerModel

/// JavaScript and TypeScript: files that Node, Deno or Bun run.
///
/// A file is parsed if it holds a needle of the table of listen calls, a configuration file of a development server
/// also without one. What a tool has written (minified, bundled) is said and not parsed: its source is elsewhere.
public struct NodeExtractor: Extractor {
    public let source = Source.node

    public init() {}

    public var names: FileNames { FileNames(Self.extensions.map { "*\($0)" }) }

    public func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path)
        guard let dot = name.lastIndex(of: ".") else { return .no }
        // Declarations of types: nothing in them runs.
        if name.hasSuffix(".d.ts") || name.hasSuffix(".d.mts") || name.hasSuffix(".d.cts") { return .no }
        return Self.extensions.contains(String(name[dot...])) ? .byExtension : .no
    }

    public static let extensions: Set<String> = [".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"]

    public func claims(_ bytes: [UInt8], path: String) -> Bool { claim(path: path) == .byExtension }

    public func glance(_ bytes: [UInt8], path: String) -> Unit? {
        if NodeListenCalls.configuration(named: path) != nil { return nil }
        let imports = ModuleSpecifiers.scan(bytes)
        if NodeListenCalls.mayOccur(in: bytes, importing: imports) { return nil }
        let file = NodeFile(mayListen: false, imports: imports)
        return Unit(SourceText(path: path, bytes: []), .node(file))
    }

    public func extract(_ text: SourceText) -> Unit {
        if Self.isGenerated(text) {
            let diagnostic = Diagnostic(
                .note, code: "node-generated", "written by a bundler or minifier and not read",
                hint: "what it listens on stands in its source", at: Location(file: text.path), fileUnread: true)
            let empty = SourceText(path: text.path, bytes: [])
            return Unit(empty, .node(NodeFile(mayListen: false, imports: [])), diagnostics: [diagnostic])
        }
        let (_, comments, diagnostics) = Self.parse(text)
        return Unit(
            SourceText(path: text.path, bytes: []),
            .node(NodeFile(mayListen: true, imports: ModuleSpecifiers.scan(text.bytes))),
            suppressions: SuppressionComment.find(in: text, comments: comments), diagnostics: diagnostics)
    }

    public static func parse(
        _ text: SourceText
    ) -> (statements: [Statement], comments: [Range<Int>], diagnostics: [Diagnostic]) {
        let hasElements = ![".ts", ".mts", ".cts"].contains { text.path.hasSuffix($0) }
        let lexer = JavaScriptLexer.lex(text.bytes, elements: hasElements)
        let (statements, tooDeep) = JavaScriptParser.parse(lexer)
        var diagnostics: [Diagnostic] = []
        if let problem = lexer.problem {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "node-syntax", problem.message,
                    hint: "what follows may have been misread; a template needs another extension to be left alone",
                    at: text.location(problem.range), fileUnread: true))
        }
        if let tooDeep {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "node-depth", "nests deeper than \(JavaScriptParser.maximumDepth) levels",
                    hint: "what is deeper was not read", at: text.location(tooDeep)))
        }
        return (statements, lexer.comments, diagnostics)
    }

    /// By its name, its size, or by lines that nobody writes: they are very long on average.
    public static func isGenerated(_ text: SourceText) -> Bool {
        let name = RepositoryPath.name(text.path)
        if [".min.", ".bundle.", "-bundle."].contains(where: { name.holds($0) }) { return true }
        if text.bytes.count > FileLimit.syntax { return true }
        guard text.bytes.count > 20_000 else { return false }
        return text.bytes.count / text.lineCount > 300
    }
}
