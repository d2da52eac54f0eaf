public import ListenerModel

/// One Go source file: its package clause and imports, and its declarations where they were read.
public struct GoFile: Sendable {
    /// The name in the package clause.
    public var package: String
    public var imports: [ImportDeclaration]
    /// In order; nil where only the header was read because nothing in the file looks like listening.
    public var declarations: [Statement]?
    /// Built into programs for Linux by its name and constraints; others are listened to but define nothing.
    public var buildsOnLinux: Bool
    public var problems: [Problem]

    public struct Problem: Sendable, Equatable {
        public var message: String
        public var range: Range<Int>
    }

    /// The whole file.
    public static func parse(_ text: SourceText) -> (file: GoFile, comments: [Range<Int>]) {
        let lexed = GoLexer.tokens(of: text.bytes)
        var parser = GoParser(bytes: text.bytes, lexed: lexed)
        let package = parser.packageClause()
        if package == nil { parser.problem("there is no package clause") }
        let declarations = parser.topLevel()
        let file = GoFile(
            package: package ?? "", imports: imports(declarations), declarations: declarations,
            buildsOnLinux: GoBuildConstraint.matchesLinux(path: text.path, text.bytes, comments: lexed.comments),
            problems: parser.problems.map { Problem(message: $0.message, range: $0.range) })
        // A general comment ends before its closing mark.
        return (file, lexed.comments.map { text.bytes[$0].starts(with: [0x2f, 0x2a]) ? $0.dropLast(2) : $0 })
    }

    /// The package clause and imports alone.
    public static func parseHeader(_ bytes: [UInt8], path: String) -> GoFile {
        let lexed = GoLexer.tokens(of: bytes, headerOnly: true)
        var parser = GoParser(bytes: bytes, lexed: lexed)
        let package = parser.packageClause()
        return GoFile(
            package: package ?? "", imports: imports(parser.topLevel()), declarations: nil,
            buildsOnLinux: GoBuildConstraint.matchesLinux(path: path, bytes, comments: lexed.comments),
            problems: [])
    }

    private static func imports(_ declarations: [Statement]) -> [ImportDeclaration] {
        declarations.compactMap { if case .imports(let declaration) = $0.kind { declaration } else { nil } }
    }
}
