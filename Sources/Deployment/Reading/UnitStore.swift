internal import Extraction
internal import ListenerModel

/// The units of a run: those that the scan found, and those read later because another file refers to them.
struct UnitStore {
    let tree: any SourceTree
    let reader: UnitReader
    private(set) var units: [String: Unit]
    private(set) var sources: [String: Source]
    private(set) var owed: Set<String>
    private(set) var diagnostics: [Diagnostic]
    /// Of the given paths.
    let unsupported: [String: String]
    /// What was given or asked for, whether a unit came of it or not.
    private var asked: Set<String>

    init(tree: any SourceTree, reader: UnitReader, paths: [String], named: Set<String>) {
        self.tree = tree
        self.reader = reader
        let reading = reader.read(paths, named: named)
        units = reading.units
        sources = reading.sources
        owed = reading.owned.union(named)
        diagnostics = reading.diagnostics
        unsupported = reading.unsupported
        asked = Set(paths)
    }

    /// Reads what is not read yet of `paths`; they become owed if a parsed file refers to each of them by name.
    mutating func demand(_ paths: [String], owed byName: Bool) {
        let missing = paths.filter { asked.insert($0).inserted }.sorted()
        if !missing.isEmpty {
            let reading = reader.read(missing)
            units.merge(reading.units) { old, _ in old }
            sources.merge(reading.sources) { old, _ in old }
            diagnostics += reading.diagnostics
        }
        if byName { owed.formUnion(paths) }
    }

    /// A file that is a Dockerfile because a compose file says so, whatever its name.
    mutating func dockerfile(at path: String) -> Dockerfile? {
        if case .dockerfile(let dockerfile)? = units[path]?.body { return dockerfile }
        guard case .bytes(let bytes) = tree.read(path) else { return nil }
        let unit = DockerfileExtractor().extract(SourceText(path: path, bytes: bytes))
        units[path] = unit
        asked.insert(path)
        sources[path] = .dockerfile
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
