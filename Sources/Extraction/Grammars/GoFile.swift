public import ListenerModel

/// What is kept of one Go source file of a tree: its package clause and imports. Its declarations are read when
/// something asks for them, and forgotten again.
public struct GoHeader: Sendable {
    /// The name in the package clause.
    public var package: String
    /// The paths of what it imports.
    public var imports: [String]
    /// `import . "net"`: what such a package exports is called without its name.
    public var importsNames: Bool
    /// Built into programs for Linux by its name and constraints; others are listened to but define nothing.
    public var buildsOnLinux: Bool
    /// Something in the file looks like listening.
    public var mayListen = false
}

/// One Go source file.
public struct GoFile: Sendable {
    public var header: GoHeader
    /// In order.
    public var declarations: [Statement]
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
        let header = header(package, declarations, text.bytes, text.path, lexed)
        let file = GoFile(
            header: header, declarations: declarations,
            problems: parser.problems.map { Problem(message: $0.message, range: $0.range) })
        // A general comment ends before its closing mark.
        return (file, lexed.comments.map { text.bytes[$0].starts(with: [0x2f, 0x2a]) ? $0.dropLast(2) : $0 })
    }

    /// The package clause and imports alone.
    public static func parseHeader(_ bytes: [UInt8], path: String) -> GoHeader {
        let lexed = GoLexer.tokens(of: bytes, headerOnly: true)
        var parser = GoParser(bytes: bytes, lexed: lexed)
        let package = parser.packageClause()
        return header(package, parser.topLevel(), bytes, path, lexed)
    }

    private static func header(
        _ package: String?, _ declarations: [Statement], _ bytes: [UInt8], _ path: String, _ lexed: GoLexer.Output
    ) -> GoHeader {
        let imports = declarations.compactMap { declaration -> ImportDeclaration? in
            if case .imports(let declaration) = declaration.kind { declaration } else { nil }
        }
        return GoHeader(
            package: package ?? "", imports: imports.map(\.source),
            importsNames: imports.contains { $0.names.contains { $0.local == "." } },
            buildsOnLinux: GoBuildConstraint.matchesLinux(path: path, bytes, comments: lexed.comments))
    }
}
