internal import ListenerModel

/// What a file may be by its name alone: one look-up for all extractors and for all signs of what none of them reads.
public struct FileKinds: Sendable {
    private let kinds: FileNameIndex.Kinds

    /// - Parameter path: relative to the repository root.
    public init(of path: some Collection<UInt8>) { kinds = Self.index.kinds(of: path) }

    /// Nothing that bindlint knows: the file is not worth opening.
    public var isEmpty: Bool { kinds == 0 }

    /// Those that may claim the file: few are asked for their `claim`.
    public var extractors: [any Extractor] {
        Extractors.all.indices.compactMap { holds($0) ? Extractors.all[$0] : nil }
    }

    /// Whether it may hold signs of listeners that no extractor reads.
    public var mayTell: Bool { kinds >> FileNameIndex.Kinds(Extractors.all.count) != 0 }

    /// The same for one row of their table.
    func mayTell(_ row: Int) -> Bool { holds(Extractors.all.count + row) }

    private func holds(_ position: Int) -> Bool { kinds >> FileNameIndex.Kinds(position) & 1 == 1 }

    private static let index = FileNameIndex(Extractors.all.map(\.names) + TellTales.names)
}
