/// One file of a Node program. Most hold no listen call, and of those only what they import is kept.
public struct NodeFile: Sendable {
    /// nil where nothing in the file hints at listening: it is parsed if another file's address leads into it.
    public var statements: [Statement]?
    /// The modules that the file names in `import`, `export … from`, `require()` and `import()`.
    public var imports: [String]
}
