public import ListenerModel

/// Go source files. What they declare crosses files and packages, so the unit holds the syntax and `Deployment`
/// resolves it; a file in which nothing looks like listening is read no further than its imports.
public struct GoExtractor: Extractor {
    public init() {}

    public var source: Source { .go }

    public var names: FileNames { FileNames(["*.go"]) }

    public func claim(path: String) -> Claim { path.hasSuffix(".go") ? .byExtension : .no }

    public var largestFile: Int { FileLimit.syntax }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func glance(_ bytes: [UInt8], path: String) -> Unit? {
        let header = GoFile.parseHeader(bytes, path: path)
        return Self.mayListen(header, bytes, path) ? nil : Unit(SourceText(path: path, bytes: []), .go(header))
    }

    private static func mayListen(_ header: GoHeader, _ bytes: [UInt8], _ path: String) -> Bool {
        if anywhere.occurs(in: bytes) { return true }
        var callsByName = false
        for path in header.imports {
            let package = GoListenCalls.unversioned(path).path
            guard GoListenCalls.packages.contains(package) else { continue }
            if !spelledOut.contains(package) || header.importsNames { return true }
            callsByName = true
        }
        if callsByName, functions.occurs(in: bytes) { return true }
        // Texts that only look like an address count in programs, not in their tests.
        return !path.hasSuffix("_test.go") && ListenShape.occurs(in: bytes)
    }

    /// Packages that most programs import and few listen with: what counts are the names of their listen calls.
    private static let spelledOut: Set<String> = ["net", "net/http", "net/http/httptest", "crypto/tls"]

    /// Their functions; whoever calls one imports the package.
    private static let functions = NeedleSet(calls { $0 == nil })

    /// Their methods, which can be called on what another file or package has made.
    private static let anywhere = NeedleSet(calls { $0 != nil } + ["bindlint:"])

    private static func calls(_ isWanted: (_ receiver: String?) -> Bool) -> [String] {
        let rows = GoListenCalls.heads.filter { spelledOut.contains($0.package) && isWanted($0.receiver) }
        return Set(rows.map(\.call)).map { "\\.\($0)\\b" }
    }

    public func extract(_ text: SourceText) -> Unit {
        let (file, comments) = GoFile.parse(text)
        let diagnostics = file.problems.prefix(1).map { problem in
            Diagnostic(
                .warning, code: "go-syntax", "this Go file is not wholly read: \(problem.message)",
                hint: "run gofmt on it to see what the Go compiler says", at: text.location(problem.range))
        }
        var header = file.header
        header.mayListen = true
        return Unit(
            SourceText(path: text.path, bytes: []), .go(header),
            suppressions: SuppressionComment.find(in: text, comments: comments),
            diagnostics: diagnostics)
    }
}
