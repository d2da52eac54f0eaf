/// The names that files of one kind go by, and the folders in which (or below which) any name may be one. A pattern
/// has at most one `*` (`*.go`, `Dockerfile.*`, `redis*.conf`, `.env`), or one at both ends (`*compose*`). Case does
/// not count.
///
/// A necessary condition that is cheap to test: what has none of these names is never opened.
public struct FileNames: Sendable {
    public var patterns: [String]
    public var folders: [String]

    public init(_ patterns: [String], folders: [String] = []) {
        self.patterns = patterns
        self.folders = folders
    }
}

/// Many kinds of files looked up by one name at once: a tree has far more files than files of interest, and each
/// kind by itself would look at every name.
public struct FileNameIndex: Sendable {
    /// A set of positions in the list that the index was made from.
    public typealias Kinds = UInt128

    private struct Entry: Sendable {
        var prefix: [UInt8]
        var suffix: [UInt8]
        var isExact: Bool
        var kinds: Kinds

        func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
            let fixed = prefix.count + suffix.count
            guard isExact ? name.count == fixed : name.count >= fixed else { return false }
            for index in prefix.indices where name[index] | 0x20 != prefix[index] { return false }
            let start = name.count - suffix.count
            for index in suffix.indices where name[start + index] | 0x20 != suffix[index] { return false }
            return true
        }
    }

    /// By the last byte of a suffix.
    private var bySuffix = [[Entry]](repeating: [], count: 256)
    /// Those without a suffix, by the first byte of the prefix.
    private var byPrefix = [[Entry]](repeating: [], count: 256)
    /// Words that may stand anywhere in a name (`*compose*`).
    private var parts: [(word: [UInt8], kinds: Kinds)] = []
    private var folders: [(name: [UInt8], kinds: Kinds)] = []

    /// - Precondition: there are no more kinds than `Kinds` has bits.
    public init(_ all: [FileNames]) {
        precondition(all.count <= Kinds.bitWidth)
        for (position, names) in all.enumerated() {
            let kind = Kinds(1) << Kinds(position)
            for pattern in names.patterns { add(Self.folded(pattern), kind) }
            folders += names.folders.map { (Self.folded($0), kind) }
        }
    }

    private mutating func add(_ pattern: [UInt8], _ kind: Kinds) {
        let pieces = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
        if pieces.count == 3, pieces[0].isEmpty, pieces[2].isEmpty {
            parts.append((pieces[1], kind))
            return
        }
        precondition(pieces.count <= 2 && pattern != [UInt8(ascii: "*")], "a file name pattern has one star")
        let isExact = pieces.count == 1
        let entry = Entry(
            prefix: isExact ? [] : pieces[0], suffix: isExact ? pattern : pieces[1], isExact: isExact, kinds: kind)
        if let last = entry.suffix.last {
            Self.insert(entry, &bySuffix[Int(last)])
        } else {
            Self.insert(entry, &byPrefix[Int(entry.prefix[0])])
        }
    }

    private static func insert(_ entry: Entry, _ bucket: inout [Entry]) {
        let same = bucket.firstIndex {
            $0.prefix == entry.prefix && $0.suffix == entry.suffix && $0.isExact == entry.isExact
        }
        if let same { bucket[same].kinds |= entry.kinds } else { bucket.append(entry) }
    }

    /// Sets bit 5, which folds the case of letters; that it also makes `@` and `` ` `` one only asks for a closer look.
    private static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { $0 == UInt8(ascii: "*") ? $0 : $0 | 0x20 }
    }

    /// The kinds that a file may be of. `path` is relative to the repository root.
    public func kinds(of path: some Collection<UInt8>) -> Kinds {
        path.withContiguousStorageIfAvailable(kinds) ?? Array(path).withUnsafeBufferPointer(kinds)
    }

    private func kinds(of path: UnsafeBufferPointer<UInt8>) -> Kinds {
        let slash = path.lastIndex(of: 0x2f)
        let name = UnsafeBufferPointer(rebasing: path[(slash.map { $0 + 1 } ?? 0)...])
        guard let first = name.first, let last = name.last else { return 0 }
        var kinds: Kinds = 0
        for entry in bySuffix[Int(last | 0x20)] where entry.matches(name) { kinds |= entry.kinds }
        for entry in byPrefix[Int(first | 0x20)] where entry.matches(name) { kinds |= entry.kinds }
        for part in parts where Self.holds(name, part.word) { kinds |= part.kinds }
        if let slash { kinds |= folderKinds(UnsafeBufferPointer(rebasing: path[..<slash])) }
        return kinds
    }

    private static func holds(_ name: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        var start = 0
        while start + word.count <= name.count {
            var length = 0
            while length < word.count, name[start + length] | 0x20 == word[length] { length += 1 }
            if length == word.count { return true }
            start += 1
        }
        return false
    }

    private func folderKinds(_ path: UnsafeBufferPointer<UInt8>) -> Kinds {
        var kinds: Kinds = 0
        var start = 0
        while start < path.count {
            var end = start
            while end < path.count, path[end] != 0x2f { end += 1 }
            for folder in folders where folder.name.count == end - start {
                var same = start
                while same < end, path[same] | 0x20 == folder.name[same - start] { same += 1 }
                if same == end { kinds |= folder.kinds }
            }
            start = end + 1
        }
        return kinds
    }
}
