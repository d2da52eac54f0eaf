import ListenerModel

/// Reads the files of a policy, each once, and puts them in the order in which they are merged: packs, then files,
/// what a file extends before the file itself.
struct PolicyLoader {
    private let read: (String) -> FileContents
    /// The packs that were met, in order: what they say is the ground that all files build on.
    private var packs: [PolicyDocument] = []
    private var files: [PolicyDocument] = []
    private var loadedBefore: [PolicyDocument] = []
    private var loaded: Set<String> = []
    private var open: [String] = []
    /// A chain of `extends` that is longer was not written by hand.
    private static let maximumDepth = 32

    init(read: @escaping (String) -> FileContents) { self.read = read }

    /// Loads what `--policy` or discovery names: a path, or a pack's name.
    mutating func load(_ reference: String, owner: PolicyFile.Owner, _ problems: inout Problems) {
        if Packs.names.contains(reference), case .missing = read(reference) {
            loadPack(reference, &problems)
        } else {
            loadFile(reference, owner: owner, from: nil, &problems)
        }
    }

    /// What was loaded, in the order in which it is merged.
    var documents: [PolicyDocument] { packs + files }

    /// Starts over with nothing loaded but the memory of what was.
    func next() -> PolicyLoader {
        var next = self
        next.loadedBefore += next.documents
        next.packs = []
        next.files = []
        return next
    }

    mutating func loadPack(_ name: String, _ problems: inout Problems) {
        guard loaded.insert("pack " + name).inserted, let bytes = Packs.text(of: name) else { return }
        add(PolicyFile(.pack(name), path: "policies/\(name).yaml", bytes: bytes), &problems)
    }

    private mutating func loadFile(
        _ path: String, owner: PolicyFile.Owner, from referrer: Sourced<String>?, _ problems: inout Problems
    ) {
        if open.contains(path) || open.count >= Self.maximumDepth {
            if let referrer {
                problems.error(
                    .cycle, "'\(referrer.value)' extends itself through \(open.joined(separator: ", "))",
                    hint: "take it out of 'extends'", at: referrer.place)
            }
            return
        }
        guard loaded.insert(Self.join(folderOf: "", path)).inserted else { return }
        let reason: String
        switch read(path) {
        case .bytes(let bytes) where bytes.count > PolicyYAML.maximumSize:
            problems.error(
                .tooLarge, "the policy has \(bytes.count >> 20) MiB; the limit is \(PolicyYAML.maximumSize >> 20)",
                hint: "state sets and globs instead of lists of cases", in: path)
            return
        case .bytes(let bytes) where isLoaded(path, bytes):
            return
        case .bytes(let bytes):
            add(PolicyFile(owner, path: path, bytes: bytes), &problems)
            return
        case .missing: reason = "there is no such file"
        case .folder: reason = "it is a folder"
        case .unreadable(let failure): reason = failure.description
        }
        if let referrer {
            problems.error(.unreadable, "cannot read the policy '\(path)': \(reason)", hint: nil, at: referrer.place)
        } else {
            problems.error(.unreadable, "cannot read the policy: \(reason)", hint: nil, in: path)
        }
    }

    /// The repository's own file may be given with `--policy` as well, under another spelling of its path.
    private func isLoaded(_ path: String, _ bytes: [UInt8]) -> Bool {
        (loadedBefore + files).contains { document in
            document.file.text.bytes == bytes
                && document.file.path.split(separator: "/").last == path.split(separator: "/").last
        }
    }

    private mutating func add(_ file: PolicyFile, _ problems: inout Problems) {
        guard let document = DocumentReader.read(file, &problems) else { return }
        open.append(file.path)
        for reference in document.extends {
            if Self.isPath(reference.value) {
                let path = Self.join(folderOf: file.path, reference.value)
                loadFile(path, owner: file.owner, from: reference, &problems)
            } else if Packs.names.contains(reference.value) {
                loadPack(reference.value, &problems)
            } else {
                problems.error(
                    .unknownName, "there is no pack '\(reference.value)'",
                    hint: Suggestion.hint(for: reference.value, among: Packs.names)
                        ?? "a path contains a slash or ends in .yaml", at: reference.place)
            }
        }
        open.removeLast()
        switch file.owner {
        case .pack: packs.append(document)
        case .commandLine, .repository: files.append(document)
        }
    }

    private static func isPath(_ reference: String) -> Bool {
        reference.contains("/") || reference.hasSuffix(".yaml") || reference.hasSuffix(".yml")
    }

    /// `path` as seen from the folder of `file`; leading `..` stay, since policies may lie outside the tree.
    static func join(folderOf file: String, _ path: String) -> String {
        if path.hasPrefix("/") { return path }
        let isAbsolute = file.hasPrefix("/")
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") {
            if part == "." { continue }
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
    }
}
