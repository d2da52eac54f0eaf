internal import Extraction
internal import ListenerModel

/// The files of one nginx as it sees them: the tree through mounts and conventions, with the parsed form of each
/// kept.
struct NginxFiles {
    struct Source {
        var text: SourceText
        var file: NginxFile
        /// `$NAME` and `${NAME}` are the environment's.
        var isExpanded: Bool
    }

    enum Lookup {
        case file(String, NginxMount.Expansion)
        case folder
        /// The place is in the tree, and holds nothing.
        case missing
        /// The tree says nothing about the place.
        case outside
    }

    /// Where the tree itself is seen; no real path starts so.
    static let treePrefix = "/\u{0}tree"
    /// What packages call the folder of `nginx.conf`.
    private static let configurationFolders = [
        "/etc/nginx", "/usr/local/nginx/conf", "/usr/local/etc/nginx", "/opt/nginx/conf", "/etc/openresty",
        "/usr/local/openresty/nginx/conf", "/opt/homebrew/etc/nginx", "/etc/angie", "/opt/bitnami/nginx/conf",
    ]

    private let tree: any SourceTree
    private let overlay: [String: SourceText]
    private let known: (String) -> Extraction.Unit?
    /// Longest `seen` first; of equal ones, the last given.
    fileprivate let mounts: [(mount: NginxMount, isGuess: Bool)]
    /// Where relative includes are looked up: the folder of the main file, as nginx sees it.
    let folder: String
    private var parsed: [String: Source] = [:]
    private(set) var read: [String] = []

    init(
        tree: any SourceTree, overlay: [String: SourceText], known: @escaping (String) -> Extraction.Unit?,
        mounts: [NginxMount], start: String, isMain: Bool
    ) {
        self.tree = tree
        self.overlay = overlay
        self.known = known
        var all = mounts.reversed().map { (mount: $0, isGuess: false) }
        if let mounted = Self.place(of: start, in: all.map(\.mount)) {
            folder = isMain ? Self.parent(mounted) : Self.configurationFolder(of: Self.parent(mounted))
        } else {
            let parent = RepositoryPath.parent(start)
            let treeFolder = isMain ? parent : Self.mainFolder(above: parent, in: tree)
            folder = treeFolder.isEmpty ? Self.treePrefix : Self.treePrefix + "/" + treeFolder
            // Where the main file of a fragment stands is a guess, and so is what it could not include.
            all.append((NginxMount(seen: Self.treePrefix, path: ""), !isMain))
            for known in Self.configurationFolders {
                all.append((NginxMount(seen: known, path: treeFolder), true))
                // A copy of a file system: `rootfs/etc/nginx/nginx.conf`.
                if let root = Self.root(of: treeFolder, endingIn: known) {
                    all.append((NginxMount(seen: "/", path: root), true))
                }
            }
        }
        self.mounts = all.enumerated().sorted { left, right in
            (right.element.mount.seen.utf8.count, left.offset) < (left.element.mount.seen.utf8.count, right.offset)
        }.map(\.element)
    }

    /// The nearest folder with an `nginx.conf`, else what the names of the folders say.
    private static func mainFolder(above folder: String, in tree: any SourceTree) -> String {
        var candidate = folder
        while true {
            if tree.isFile(candidate.isEmpty ? "nginx.conf" : candidate + "/nginx.conf") { return candidate }
            if candidate.isEmpty { return configurationFolder(of: folder) }
            candidate = RepositoryPath.parent(candidate)
        }
    }

    /// A fragment in `sites-enabled` or `conf.d` is included by a main file beside that folder.
    private static func configurationFolder(of folder: String) -> String {
        let included: Set<String> = [
            "sites-enabled", "sites-available", "conf.d", "http.d", "snippets", "streams-enabled", "stream.d", "vhosts",
        ]
        return included.contains(RepositoryPath.name(folder)) ? RepositoryPath.parent(folder) : folder
    }

    private static func root(of folder: String, endingIn known: String) -> String? {
        let path = "/" + folder
        guard path == known || path.hasSuffix(known) else { return nil }
        return String(path.dropLast(known.utf8.count).dropFirst())
    }

    /// Where nginx sees a file of the tree.
    private static func place(of path: String, in mounts: [NginxMount]) -> String? {
        for mount in mounts where RepositoryPath.contains(mount.path, path) {
            let rest = path.dropFirst(mount.path.utf8.count)
            return mount.seen + (rest.isEmpty || rest.hasPrefix("/") ? rest : "/" + rest)
        }
        return nil
    }

    // MARK: Reading

    mutating func source(of path: String, _ expansion: NginxMount.Expansion) -> Source? {
        if let known = parsed[path] { return known }
        let overlaid = overlay[path].map { NginxExtractor().extract($0) }
        guard let unit = overlaid ?? tree.nginxUnit(path, known), case .nginx(let file) = unit.body else { return nil }
        let source = Source(
            text: unit.text, file: file,
            isExpanded: expansion != .none || NginxFileNames.isTemplate(path: path) || file.isTemplate)
        parsed[path] = source
        read.append(path)
        return source
    }

    // MARK: Places

    /// An absolute path for an argument of `include`.
    func absolute(_ argument: String) -> String {
        let full = argument.hasPrefix("/") ? argument : folder + "/" + argument
        var parts: [Substring] = []
        for part in full.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }

    func lookup(_ seen: String) -> Lookup {
        var guessed = false
        for (mount, isGuess) in mounts {
            guard let path = Self.path(of: seen, under: mount) else { continue }
            if overlay[path] != nil { return .file(path, mount.expansion) }
            switch tree.read(path) {
            case .bytes: return .file(path, mount.expansion)
            case .folder: return .folder
            case .missing, .unreadable:
                if !isGuess { return .missing }
                guessed = true
            }
        }
        return guessed || !seen.hasPrefix(Self.treePrefix) ? .outside : .missing
    }

    /// The tree path of `seen` under a mount; nil if it is not there.
    private static func path(of seen: String, under mount: NginxMount) -> String? {
        let base = mount.seen == "/" ? "" : mount.seen
        guard seen == base || seen.hasPrefix(base + "/") else { return nil }
        let rest = String(seen.dropFirst(base.utf8.count + (seen == base ? 0 : 1)))
        if rest.isEmpty { return mount.path }
        let name = mount.expansion == .templates ? rest + ".template" : rest
        return mount.path.isEmpty ? name : mount.path + "/" + name
    }

    /// The places that a pattern matches, sorted by bytes; nil where the tree says nothing about its folder.
    func places(matching pattern: String) -> [String]? {
        var places = [""]
        var isKnown = true
        for part in pattern.split(separator: "/").map(String.init) {
            guard NginxGlob.isPattern(part) else {
                places = places.map { $0 + "/" + part }
                continue
            }
            let glob = NginxGlob(part)
            var next: [String] = []
            for place in places {
                guard let names = names(in: place) else {
                    isKnown = false
                    continue
                }
                next += names.filter(glob.matches).map { place + "/" + $0 }
            }
            places = next
        }
        let found = places.filter {
            switch lookup($0) {
            case .file, .folder: true
            case .missing, .outside: false
            }
        }
        if found.isEmpty && !isKnown { return nil }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The names that nginx sees in a folder; nil where the tree says nothing about it.
    private func names(in seen: String) -> [String]? {
        var names: Set<String>?
        for (mount, isGuess) in mounts {
            let base = mount.seen == "/" ? "" : mount.seen
            if Self.parent(base) == seen {
                names = (names ?? []).union([String(base.dropFirst(seen.utf8.count + 1))])
            } else if let path = Self.folderPath(of: seen, under: mount) {
                if let entries = tree.entries(of: path) {
                    names = (names ?? []).union(entries.compactMap { Self.name(of: $0, mount.expansion) })
                } else if !isGuess {
                    names = names ?? []
                }
            }
        }
        for path in overlay.keys where Self.treePrefix + "/" + RepositoryPath.parent(path) == seen {
            names = (names ?? []).union([RepositoryPath.name(path)])
        }
        return names.map(Array.init)
    }

    private static func folderPath(of seen: String, under mount: NginxMount) -> String? {
        var plain = mount
        plain.expansion = .none
        return path(of: seen, under: plain)
    }

    private static func name(of entry: FolderEntry, _ expansion: NginxMount.Expansion) -> String? {
        guard expansion == .templates, !entry.isFolder else { return entry.name }
        return entry.name.hasSuffix(".template") ? String(entry.name.dropLast(".template".utf8.count)) : nil
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}

extension NginxFiles {
    /// How a root's own file is expanded, by the mount that it is under.
    func expansion(of path: String) -> NginxMount.Expansion {
        mounts.first {
            !$0.isGuess && $0.mount.seen != Self.treePrefix && RepositoryPath.contains($0.mount.path, path)
        }?
        .mount.expansion ?? .none
    }
}

extension SourceTree {
    /// A file read as nginx's; parsed here only if it is not known yet.
    func nginxUnit(_ path: String, _ known: (String) -> Extraction.Unit?) -> Extraction.Unit? {
        if let unit = known(path), case .nginx = unit.body { return unit }
        guard case .bytes(let bytes) = read(path) else { return nil }
        return NginxExtractor().extract(SourceText(path: path, bytes: bytes))
    }
}
