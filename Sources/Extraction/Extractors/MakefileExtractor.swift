public import ListenerModel

/// Recipes of makefiles (GNU make manual, "Writing Recipes"): each line is a command of its own.
public struct MakefileExtractor: Extractor {
    public init() {}

    public var source: Source { .command }

    public var names: FileNames { FileNames(["Makefile", "GNUmakefile", "*.mk"]) }

    public func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path)
        return ["Makefile", "makefile", "GNUmakefile"].contains(name) || name.hasSuffix(".mk") ? .byExtension : .no
    }

    public var largestFile: Int { FileLimit.lines }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        let makefile = Makefile(text)
        return Unit(
            text, declaring: makefile.recipes.flatMap { CommandReader(shell: $0).declarations },
            suppressions: SuppressionComment.find(in: text, comments: makefile.comments))
    }
}
