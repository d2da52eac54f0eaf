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
        let file = GoFile.parse(text)
        let diagnostics = file.problems.prefix(1).map { problem in
            Diagnostic(
                .warning, code: "go-syntax", "this Go file is not wholly read: \(problem.message)",
                hint: "run gofmt on it to see what the Go compiler says", at: text.location(problem.range))
        }
        return Unit(text, .go(file), suppressions: Self.suppressions(text), diagnostics: diagnostics)
    }

    private static let needles: [[UInt8]] = ["Listen", "httptest", "bindlint:"].map { Array($0.utf8) }

    /// Whether a listen call, a listen-shaped text or a suppression can be in here.
    private static func mayListen(_ header: GoFile, _ bytes: [UInt8]) -> Bool {
        if needles.contains(where: { ByteSearch.contains(bytes, $0) }) { return true }
        let packages = header.imports.map { GoListenCalls.unversioned($0.source).path }
        if packages.contains(where: { GoListenCalls.packages.contains($0) && $0 != "net" && $0 != "net/http" }) {
            return true
        }
        return ListenShape.occurs(in: bytes)
    }

    private static func suppressions(_ text: SourceText) -> [SuppressionComment] {
        let mark = Array("bindlint:".utf8)
        guard ByteSearch.contains(text.bytes, mark) else { return [] }
        let lexed = GoLexer.tokens(of: text.bytes)
        return lexed.comments.compactMap { range in
            guard let start = ByteSearch.first(text.bytes, mark, in: range) else { return nil }
            let isGeneral = text.bytes[range.lowerBound + 1] == UInt8(ascii: "*")
            let end = isGeneral ? max(start, range.upperBound - 2) : range.upperBound
            let line = text.bytes[..<range.lowerBound].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let next = lexed.tokens.first { $0.start >= range.upperBound && $0.kind != .end && $0.symbol != ";" }
            return SuppressionComment(
                text: text.text(start..<end).trimmingTrailingBlanks, location: text.location(range),
                ownLine: text.bytes[line..<range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 },
                nextLine: next.map { text.position($0.start).line } ?? 0)
        }
    }
}

extension String {
    fileprivate var trimmingTrailingBlanks: String {
        var bytes = Array(utf8)
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0d { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
