public import ListenerModel

/// What one file contributes: a pure function of its path and bytes. Units differ by format because each needs
/// its own structure until references are followed, so the body is a closed enum.
public struct Unit: Sendable {
    public var text: SourceText
    public var body: Body
    public var suppressions: [SuppressionComment]
    public var diagnostics: [Diagnostic]

    public enum Body: Sendable {
        /// Sources whose files stand alone: what they declare needs no other file.
        case declarations([Declaration])
        /// Stages whose effect depends on the target and build arguments that a compose file names.
        case dockerfile(Dockerfile)
        case compose(ComposeFile)
        case nginx(NginxFile)
        case go(GoHeader)
        /// What a call listens on is often written in another module.
        case node(NodeFile)
    }

    /// A file that stands alone, and that others use only for what it declares: one that declares nothing need not
    /// keep its text.
    init(
        _ text: SourceText, declaring declarations: [Declaration], suppressions: [SuppressionComment] = [],
        diagnostics: [Diagnostic] = []
    ) {
        self.init(
            declarations.isEmpty ? SourceText(path: text.path, bytes: []) : text, .declarations(declarations),
            suppressions: suppressions, diagnostics: diagnostics)
    }

    public init(
        _ text: SourceText, _ body: Body, suppressions: [SuppressionComment] = [], diagnostics: [Diagnostic] = []
    ) {
        self.text = text
        self.body = body
        self.suppressions = suppressions
        self.diagnostics = diagnostics
    }
}
