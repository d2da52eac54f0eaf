internal import Extraction
internal import ListenerModel

/// Which files may import a path, found without resolving all imports: of thousands that a tree has, few are asked
/// about.
///
/// An import by a relative path leads to that path with or without an extension or, if it is a folder, to the main file
/// of its package; so those of a file are among the imports of a few paths, by whose hash they are kept here. What is
/// imported by name may be mapped to anywhere and is resolved at once, but only once in a package.
struct ImportIndex: Sendable {
    struct Place: Sendable {
        /// In the list of files.
        var file: Int
        /// In the file's list of imports.
        var position: Int
    }

    private struct Entry: Sendable {
        var hash: Int
        var place: Place
    }

    /// Sorted by hash: of the path that a relative import leads to, else of the name of what is imported.
    private var entries: [Entry] = []
    /// The imports by name that lead to each path of the tree.
    private var byName: [String: [Place]] = [:]

    init() {}

    init(_ files: [(path: String, file: NodeFile)], in tree: any SourceTree, jobs: Int) {
        let shares = ResolverShares.map(Array(files.indices), jobs: jobs) { indices in
            [Share(indices, of: files, NodeModuleResolution(tree: tree))]
        }
        entries.reserveCapacity(shares.reduce(0) { $0 + $1.entries.count })
        for share in shares {
            entries += share.entries
            for (path, place) in share.byName { byName[path, default: []].append(place) }
        }
        entries.sort { $0.hash < $1.hash }
    }

    /// What one thread found.
    private struct Share: Sendable {
        var entries: [Entry] = []
        var byName: [(path: String, place: Place)] = []

        init(
            _ indices: ArraySlice<Int>, of files: [(path: String, file: NodeFile)], _ resolution: NodeModuleResolution
        ) {
            for index in indices {
                let (path, file) = files[index]
                let folder = RepositoryPath.parent(path)
                for (position, specifier) in file.imports.enumerated() {
                    let place = Place(file: index, position: position)
                    if !specifier.hasPrefix(".") {
                        entries.append(Entry(hash: specifier.hashValue, place: place))
                        if let found = resolution.path(of: specifier, from: path) { byName.append((found, place)) }
                    } else if let target = RepositoryPath.join(folder, specifier) {
                        entries.append(Entry(hash: target.hashValue, place: place))
                    }
                }
            }
        }
    }

    /// Imports among which are all that lead to `path`.
    func mayName(_ path: String, _ resolution: NodeModuleResolution) -> [Place] {
        resolution.targets(leadingTo: path).flatMap(places) + (byName[path] ?? [])
    }

    /// Imports among which are all of a package by its name.
    func mayNamePackage(_ name: String) -> [Place] { places(name) }

    private func places(_ text: String) -> [Place] {
        let hash = text.hashValue
        return entries[entries.partitioningIndex { $0.hash >= hash }...].prefix { $0.hash == hash }.map(\.place)
    }
}
