/// What is kept of one file of a Node program: what it imports. Its statements are read when something asks for them.
public struct NodeFile: Sendable {
    /// Something in the file looks like listening.
    public var mayListen: Bool
    /// The modules that the file names in `import`, `export … from`, `require()` and `import()`.
    public var imports: [String]
}
