internal import Dialects
public import Extraction
public import ListenerModel

extension NginxRoot {
    /// The roots among files of a tree that are nginx's: main files, and each fragment that none of the others
    /// includes. `resolve` gives what a root opens, and with it the files that it includes; `known` files that are
    /// parsed already.
    public static func roots(
        among paths: [String], in tree: any SourceTree, known: (String) -> Extraction.Unit? = { _ in nil },
        resolve: (NginxRoot) -> NginxResolution
    ) -> [(root: NginxRoot, resolution: NginxResolution)] {
        var found: [(root: NginxRoot, resolution: NginxResolution)] = []
        var included: Set<String> = []
        for path in paths.sorted() where isMain(path, in: tree, known) {
            let resolution = resolve(.main(path))
            included.formUnion(resolution.files.dropFirst())
            found.append((.main(path), resolution))
        }
        found.removeAll { isIncluded($0.root, included) }
        let mains = Set(found.map { $0.resolution.files.first ?? "" })
        var fragments: [(root: NginxRoot, resolution: NginxResolution)] = []
        var includedByFragments: Set<String> = []
        for path in paths.sorted() where !included.contains(path) && !mains.contains(path) {
            let root = NginxRoot.fragments([path], inside: nil)
            let resolution = resolve(root)
            // Of files that include each other the first one stays.
            if !includedByFragments.contains(path) { includedByFragments.formUnion(resolution.files.dropFirst()) }
            fragments.append((root, resolution))
        }
        found += fragments.filter { !isIncluded($0.root, includedByFragments) }
        // A file that several main files include says the same in each.
        var told: Set<NginxStatement> = []
        for index in found.indices {
            found[index].resolution.declarations.removeAll { declaration in
                NginxStatement(declaration).map { !told.insert($0).inserted } ?? false
            }
        }
        return found
    }

    /// A file that `nginx -c` could name: it has an `events` block, or all of nginx's in a file of that name.
    private static func isMain(
        _ path: String, in tree: any SourceTree, _ known: (String) -> Extraction.Unit?
    ) -> Bool {
        guard case .nginx(let file)? = tree.nginxUnit(path, known)?.body else { return false }
        let names = Set(file.body.directives.compactMap { $0.name.text.known })
        if names.contains("events") { return true }
        return RepositoryPath.name(path) == "nginx.conf" && names.contains("http")
    }

    private static func isIncluded(_ root: NginxRoot, _ included: Set<String>) -> Bool {
        switch root {
        case .main(let path): included.contains(path)
        case .fragments(let paths, _): paths.contains { included.contains($0) }
        }
    }
}

/// What one place says: equal for a file that is included twice with the same outcome.
struct NginxStatement: Hashable {
    var location: Location
    var bindings: [Binding]
    var state: ListenerState

    init(location: Location, bindings: [Binding], state: ListenerState) {
        self.location = location
        self.bindings = bindings
        self.state = state
    }

    init?(_ declaration: Declaration) {
        guard case .bound(let bindings, let state, _) = declaration.meaning else { return nil }
        self.init(location: declaration.location, bindings: bindings, state: state)
    }
}
