internal import Extraction
internal import ListenerModel

/// The units of a run: those that the scan found, and those read later because another file refers to them.
struct UnitStore {
    let tree: any SourceTree
    let reader: UnitReader
    /// By path, without those of `code`.
    private(set) var units: [String: Unit] = [:]
    /// Go and Node files: they are many, and resolved together.
    private(set) var code: [Unit] = []
    private(set) var owed: Set<String>
    private(set) var diagnostics: [Diagnostic] = []
    /// By path.
    private(set) var suppressions: [String: [SuppressionComment]] = [:]
    /// The files that the scan found.
    let given: PathSet
    /// Of the given paths.
    private(set) var sources: [(path: String, source: Source)]
    let unsupported: [String: String]
    /// Of the given paths, those that nothing needs; sorted.
    private(set) var tooLarge: [String]
    /// What was asked for beyond the given paths, whether a unit came of it or not.
    private var asked: Set<String> = []

    init(tree: any SourceTree, reader: UnitReader, paths: [String], named: Set<String>) {
        self.tree = tree
        self.reader = reader
        given = PathSet(paths)
        let reading = reader.read(given.sorted, named: named)
        owed = reading.owned.union(named)
        sources = reading.sources
        unsupported = reading.unsupported
        tooLarge = reading.unread.filter { $0.why.isTooLarge && !named.contains($0.path) }.map(\.path)
        add(reading)
        for (path, why) in reading.unread where !why.isTooLarge || named.contains(path) { report(path, why) }
    }

    /// Reads what is not read yet of `paths`; they become owed if a parsed file refers to each of them by name.
    mutating func demand(_ paths: [String], owed byName: Bool) {
        let missing = paths.filter { !given.contains($0) && asked.insert($0).inserted }.sorted()
        if !missing.isEmpty {
            let reading = reader.read(missing)
            add(reading)
            for (path, why) in reading.unread { report(path, why) }
        }
        if byName {
            owed.formUnion(paths)
            for path in Set(paths).intersection(tooLarge) {
                guard case .unreadable(let why) = tree.readOnce(path) else { continue }
                tooLarge.removeAll { $0 == path }
                report(path, why)
            }
        }
    }

    private mutating func add(_ reading: UnitReader.Reading) {
        units.reserveCapacity(units.count + reading.units.count)
        for unit in reading.units {
            add(unit)
            units[unit.text.path] = unit
        }
        for unit in reading.code { add(unit) }
        code += reading.code
    }

    private mutating func report(_ path: String, _ why: FileContents.Unreadable) {
        diagnostics.append(
            Diagnostic(
                .warning, code: "unreadable-file", "cannot read \(path): \(why)",
                hint: "give bindlint permission to read it, or exclude it", at: Location(file: path),
                fileUnread: true))
    }

    private mutating func add(_ unit: Unit) {
        if !unit.suppressions.isEmpty { suppressions[unit.text.path] = unit.suppressions }
        diagnostics += unit.diagnostics
    }

    /// The Go and Node files, which nobody needs afterwards.
    mutating func takeCode() -> [Unit] {
        defer { code = [] }
        return code
    }

    /// A file that is a Dockerfile because a compose file says so, whatever its name.
    mutating func dockerfile(at path: String) -> Dockerfile? {
        if case .dockerfile(let dockerfile)? = units[path]?.body { return dockerfile }
        guard case .bytes(let bytes) = tree.read(path) else { return nil }
        let unit = DockerfileExtractor().unit(of: bytes, path: path)
        if units.updateValue(unit, forKey: path) != nil {
            // What it was taken for by its name had other problems.
            diagnostics.removeAll { $0.location?.path == path }
        } else if given.contains(path) {
            sources.append((path, .dockerfile))
        }
        add(unit)
        asked.insert(path)
        owed.insert(path)
        guard case .dockerfile(let dockerfile) = unit.body else { return nil }
        return dockerfile
    }

    /// The text at a place in a file that was read.
    func text(at location: Location) -> String { units[location.path]?.text.text(location.range) ?? "" }

    /// Every file below a folder, without what is never entered.
    func files(below folder: String) -> [String] {
        var found: [String] = []
        var pending = [folder]
        while let next = pending.popLast() {
            for entry in tree.entries(of: next) ?? [] {
                guard let path = RepositoryPath.join(next, entry.name) else { continue }
                if !entry.isFolder {
                    found.append(path)
                } else if !Self.neverEntered.contains(entry.name) {
                    pending.append(path)
                }
            }
        }
        return found.sorted()
    }

    private static let neverEntered: Set<String> = [".git", "node_modules", "vendor"]
}
