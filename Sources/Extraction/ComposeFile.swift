public import ListenerModel
public import YAMLTree

/// One compose file as YAML: what it means depends on the project that it is read in, because merging and
/// interpolation come before every other grammar.
public struct ComposeFile: Sendable {
    public var text: SourceText
    /// In file order, later ones merged over earlier ones. Aliases are expanded and `<<` is merged, so that every
    /// node still has the range in which it was written.
    public var documents: [YAMLNode]
    /// Why compose would refuse the file as it stands: a duplicate key, a syntax error after the last document.
    public var refusal: Refusal?
    /// Compose's first format: the documents' top level is the services.
    public var isVersionOne = false

    public struct Refusal: Hashable, Sendable {
        public var reason: String
        public var location: Location

        public init(_ reason: String, at location: Location) {
            self.reason = reason
            self.location = location
        }
    }

    public init(text: SourceText, documents: [YAMLNode], refusal: Refusal? = nil) {
        self.text = text
        self.documents = documents
        self.refusal = refusal
    }

    public var path: String { text.path }
}
