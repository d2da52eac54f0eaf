internal import Extraction
internal import ListenerModel
internal import Threading

/// Reads files into units: decides whose each file is, then extracts in parallel. The result does not depend on
/// the number of threads.
struct UnitReader {
    let tree: any SourceTree
    /// nil for all.
    let sources: Set<Source>?
    let jobs: Int
    let willRead: @Sendable (String) -> Void

    /// All sorted by path.
    struct Reading {
        var units: [Unit] = []
        /// Go and Node files, which are many; nobody looks for one by its path.
        var code: [Unit] = []
        var sources: [(path: String, source: Source)] = []
        /// The claim by which each file was read: an owned file that cannot be read makes a run untrustworthy.
        var owned: Set<String> = []
        var unread: [(path: String, why: FileContents.Unreadable)] = []
        /// Files that make something listen in a way that no extractor reads, with the kind.
        var unsupported: [String: String] = [:]
    }

    /// - Parameter paths: sorted.
    /// - Parameter named: paths given one by one; they are opened whatever their name says.
    func read(_ paths: [String], named: Set<String> = []) -> Reading {
        var reading = Reading()
        let results = Workers.map(paths, jobs: jobs) { self.read($0, named: named.contains($0)) }
        for (path, result) in zip(paths, results) {
            switch result {
            case .notClaimed: continue
            case .unsupported(let kind): reading.unsupported[path] = kind
            case .unit(let unit, let source, let owned):
                switch unit.body {
                case .go, .node: reading.code.append(unit)
                case .declarations, .dockerfile, .compose, .nginx: reading.units.append(unit)
                }
                reading.sources.append((path, source))
                if owned { reading.owned.insert(path) }
            case .unreadable(let why, let owned):
                reading.unread.append((path, why))
                if owned { reading.owned.insert(path) }
            }
        }
        return reading
    }

    private enum FileReading: Sendable {
        case notClaimed
        case unsupported(kind: String)
        case unit(Unit, Source, owned: Bool)
        case unreadable(FileContents.Unreadable, owned: Bool)
    }

    private func read(_ path: String, named: Bool) -> FileReading {
        let kinds = FileKinds(of: path.utf8)
        let possible = named ? Extractors.all : kinds.extractors
        let claims = possible.filter { sources?.contains($0.source) ?? true }.map { ($0, $0.claim(path: path)) }
        func first(_ wanted: Claim) -> (any Extractor)? { claims.first { $0.1 == wanted }?.0 }
        let owner = first(.owned)
        let byExtension = first(.byExtension)
        let byContent = claims.filter { $0.1 == .ifContent || (named && $0.1 == .no) }.map(\.0)
        if owner == nil && byExtension == nil && byContent.isEmpty && !kinds.mayTell { return .notClaimed }

        willRead(path)
        let bytes: [UInt8]
        switch tree.readOnce(path) {
        case .bytes(let read): bytes = read
        case .folder, .missing: return .notClaimed
        case .unreadable(let why): return .unreadable(why, owned: owner != nil)
        }
        // Video in `.ts`, a compiled `.conf`; if the name says what it is, or it was named, the grammar will complain.
        if owner == nil && !named && bytes.looksBinary { return .notClaimed }
        let chosen = owner ?? byContent.first { $0.claims(bytes, path: path) } ?? byExtension
        guard let chosen else {
            return TellTales.kind(of: bytes, path: path, kinds).map { .unsupported(kind: $0) } ?? .notClaimed
        }
        return .unit(chosen.unit(of: bytes, path: path), chosen.source, owned: owner != nil)
    }
}
