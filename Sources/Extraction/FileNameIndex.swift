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

    /// Bytes of `text`: no array is copied, retained or released for a name that is looked up.
    private struct Entry: Sendable {
        var prefix: Range<Int>
        var suffix: Range<Int>
        var isExact: Bool
        var kinds: Kinds
    }

    /// What names are compared with.
    private var text: [UInt8] = []
    /// In the order of `places`: those with a suffix by its last byte, then those without by the first of the prefix,
    /// then words that may stand anywhere in a name (`*compose*`), then the names of folders.
    private var entries: [Entry] = []
    /// Where the entries of each byte start, a row of them for suffixes and one for prefixes, and where the words and
    /// the folders do.
    private var starts: [Int] = []
    private static let words = 512
    private static let folders = 513

    /// - Precondition: there are no more kinds than `Kinds` has bits.
    public init(_ all: [FileNames]) {
        precondition(all.count <= Kinds.bitWidth)
        var places = [[Entry]](repeating: [], count: Self.folders + 1)
        for (position, names) in all.enumerated() {
            let kind = Kinds(1) << Kinds(position)
            for pattern in names.patterns { add(Self.folded(pattern), kind, to: &places) }
            for folder in names.folders {
                insert(prefix: [], suffix: Self.folded(folder), isExact: true, kind, into: &places[Self.folders])
            }
        }
        starts =
            places.map { place in
                defer { entries += place }
                return entries.count
            } + [entries.count]
    }

    private mutating func add(_ pattern: [UInt8], _ kind: Kinds, to places: inout [[Entry]]) {
        let pieces = pattern.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        if pieces.count == 3, pieces[0].isEmpty, pieces[2].isEmpty {
            return insert(prefix: [], suffix: pieces[1], isExact: false, kind, into: &places[Self.words])
        }
        precondition(pieces.count <= 2 && pattern != [UInt8(ascii: "*")], "a file name pattern has one star")
        let isExact = pieces.count == 1
        let (prefix, suffix) = isExact ? ([], pattern[...]) : (pieces[0], pieces[1])
        let place = suffix.last.map(Int.init) ?? 256 + Int(prefix.first!)
        insert(prefix: prefix, suffix: suffix, isExact: isExact, kind, into: &places[place])
    }

    private mutating func insert(
        prefix: ArraySlice<UInt8>, suffix: some Collection<UInt8>, isExact: Bool, _ kind: Kinds,
        into place: inout [Entry]
    ) {
        let same = place.firstIndex {
            text[$0.prefix].elementsEqual(prefix) && text[$0.suffix].elementsEqual(suffix) && $0.isExact == isExact
        }
        if let same {
            place[same].kinds |= kind
            return
        }
        let start = text.count
        text += prefix
        let middle = text.count
        text += suffix
        place.append(Entry(prefix: start..<middle, suffix: middle..<text.count, isExact: isExact, kinds: kind))
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
        return entries.withUnsafeBufferPointer { entries in
            text.withUnsafeBufferPointer { text in
                var kinds: Kinds = 0
                for place in [Int(last | 0x20), 256 + Int(first | 0x20)] {
                    for index in starts[place]..<starts[place + 1] where Self.matches(name, entries[index], text) {
                        kinds |= entries[index].kinds
                    }
                }
                for index in starts[Self.words]..<starts[Self.folders]
                where Self.holds(name, text[entries[index].suffix]) {
                    kinds |= entries[index].kinds
                }
                if let slash { kinds |= folderKinds(UnsafeBufferPointer(rebasing: path[..<slash]), entries, text) }
                return kinds
            }
        }
    }

    private static func matches(
        _ name: UnsafeBufferPointer<UInt8>, _ entry: Entry, _ text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let fixed = entry.prefix.count + entry.suffix.count
        guard entry.isExact ? name.count == fixed : name.count >= fixed else { return false }
        return isFolded(name, from: 0, text[entry.prefix])
            && isFolded(name, from: name.count - entry.suffix.count, text[entry.suffix])
    }

    /// Whether `word`, which is folded, stands in `name` at `start`, where there is room for it.
    private static func isFolded(
        _ name: UnsafeBufferPointer<UInt8>, from start: Int, _ word: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Bool {
        var position = start
        for byte in word {
            if name[position] | 0x20 != byte { return false }
            position += 1
        }
        return true
    }

    private static func holds(
        _ name: UnsafeBufferPointer<UInt8>, _ word: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Bool {
        guard name.count >= word.count else { return false }
        return (0...name.count - word.count).contains { isFolded(name, from: $0, word) }
    }

    private func folderKinds(
        _ path: UnsafeBufferPointer<UInt8>, _ entries: UnsafeBufferPointer<Entry>, _ text: UnsafeBufferPointer<UInt8>
    ) -> Kinds {
        let folders = entries[starts[Self.folders]...]
        var kinds: Kinds = 0
        var start = 0
        while start < path.count {
            var end = start
            while end < path.count, path[end] != 0x2f { end += 1 }
            for folder in folders
            where folder.suffix.count == end - start && Self.isFolded(path, from: start, text[folder.suffix]) {
                kinds |= folder.kinds
            }
            start = end + 1
        }
        return kinds
    }
}
