public import ListenerModel

/// What commands listen on, by the table of programs: the one reader for Dockerfiles, compose files, Procfiles,
/// package scripts and Makefiles.
///
/// Variables stay variables (`Unknown(.environment)`): a program's default stands in where a service does not set
/// them, so `ListenRequest.resolved` with the service's environment gives what is bound.
public struct CommandReader {
    public private(set) var invocations: [Invocation]
    private let source: SourceText

    /// The words of a command that no shell reads. `program` stands in front of words that start with a flag, as an
    /// image's entry point does.
    public init(words: [CommandWord], program: String? = nil, in source: SourceText) {
        var unwrapper = CommandUnwrapper(source)
        var words = words
        if let program, let first = words.first, first.text.marked.hasPrefix("-") {
            words.insert(CommandWord(SymbolicText(program), at: first.location), at: 0)
        }
        unwrapper.add(words, [:])
        self.source = source
        invocations = unwrapper.invocations
    }

    /// A script for a shell.
    public init(shell text: PlacedText) {
        var unwrapper = CommandUnwrapper(text.source)
        unwrapper.add(shell: text)
        source = text.source
        invocations = unwrapper.invocations
    }

    /// In the order of the commands.
    public var declarations: [Declaration] { invocations.flatMap(declarations) }

    /// What one program listens on.
    public func declarations(of invocation: Invocation) -> [Declaration] {
        let asksForHelp = invocation.arguments.contains { ["--help", "--version"].contains($0.text.known) }
        guard !asksForHelp else { return [] }
        let flags = CommandTable.flagNames(in: invocation.arguments)
        let found = CommandTable.rows(for: invocation.program, flags: flags).flatMap { row in
            CommandListener(row, invocation, source)?.declarations ?? []
        }
        return found.sorted { $0.location < $1.location }
    }
}
