/// A path pattern as gitignore(5) defines it, without what belongs to a line of an ignore file (`!`, `#`, blanks,
/// a slash at the end): shared by ignore rules, `--include` and the globs of a policy.
///
/// `*` and `?` stay within a path component, `**` between slashes crosses them (beside anything else it is `*`; git
/// itself reads `a**/b` as if a slash stood before the stars, against its manual), `[a-z]`, `[!x]` and `[[:digit:]]`
/// are sets of bytes, a backslash takes the next byte literally. A pattern without a slash matches a name at any
/// depth; one with a slash at the start or in the middle matches the whole path.
public struct Glob: Sendable, Hashable {
    public let pattern: String
    private let components: [Component]
    /// No slash in the pattern: it is compared with the last component of a path.
    private let matchesName: Bool

    /// Why no path can match a pattern.
    public enum Malformation: Error, Hashable {
        case empty
        /// `a//b`
        case emptyComponent
        /// `dev/`: a path of a file does not end so; `dev/**` is meant.
        case trailingSlash
        case trailingBackslash
        /// `[a-z` without `]`
        case unclosedSet
        /// `[[:word:]]`: not one of the twelve classes of POSIX.
        case unknownClass(String)
    }

    private enum Component: Hashable, Sendable {
        /// `**`: any number of components.
        case anyFolders
        case name(NamePattern)
    }

    public init(_ pattern: String) throws(Malformation) {
        self.pattern = pattern
        var parser = PatternParser(bytes: Array(pattern.utf8))
        let anchored = parser.skipSlash()
        if parser.isAtEnd { throw .empty }
        var components: [Component] = []
        while true {
            let name = try parser.component()
            if let name {
                components.append(.name(name))
            } else if components.last != .anyFolders {
                components.append(.anyFolders)
            }
            guard parser.skipSlash() else { break }
            if parser.isAtEnd { throw .trailingSlash }
        }
        // `**/name` is `name`, which is cheaper to compare.
        if components.count == 2, components[0] == .anyFolders, case .name = components[1] {
            components.removeFirst()
            matchesName = true
        } else {
            matchesName = !anchored && components.count == 1
        }
        self.components = components
    }

    public func matches(_ path: String) -> Bool { matches(Array(path.utf8)[...]) }

    /// `path` has `/` as separator and none at either end.
    public func matches(_ path: ArraySlice<UInt8>) -> Bool {
        if matchesName {
            guard case .name(let name) = components[0] else { return true }
            let start = path.lastIndex(of: 0x2f).map { $0 + 1 } ?? path.startIndex
            return name.matches(path[start...])
        }
        // Where to go on after a mismatch: behind the last `**`, one component further on.
        var retry: (component: Int, offset: Int)?
        var component = 0
        // Beyond `endIndex` once the last component is used up.
        var offset = path.startIndex
        while true {
            if component == components.count {
                if offset > path.endIndex { return true }
            } else {
                switch components[component] {
                case .anyFolders:
                    if component == components.count - 1 { return offset < path.endIndex }
                    component += 1
                    retry = (component, offset)
                    continue
                case .name(let name):
                    if offset <= path.endIndex {
                        let end = Self.componentEnd(path, offset)
                        if name.matches(path[offset..<end]) {
                            offset = end + 1
                            component += 1
                            continue
                        }
                    }
                }
            }
            guard let from = retry, from.offset <= path.endIndex else { return false }
            offset = Self.componentEnd(path, from.offset) + 1
            component = from.component
            retry = (component, offset)
        }
    }

    private static func componentEnd(_ path: ArraySlice<UInt8>, _ offset: Int) -> Int {
        path[offset...].firstIndex(of: 0x2f) ?? path.endIndex
    }

    public static func == (left: Self, right: Self) -> Bool { left.pattern == right.pattern }
    public func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}

/// The pattern of one path component.
private struct NamePattern: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case byte(UInt8)
        /// `?`
        case anyByte
        /// `*`
        case star
        case set(ByteSet)
    }

    /// The bytes before the first wildcard.
    private let prefix: [UInt8]
    /// The rest.
    private let tokens: [Token]

    init(_ tokens: [Token]) {
        var prefix: [UInt8] = []
        for token in tokens {
            guard case .byte(let byte) = token else { break }
            prefix.append(byte)
        }
        self.prefix = prefix
        self.tokens = Array(tokens.dropFirst(prefix.count))
    }

    func matches(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count >= prefix.count else { return false }
        for index in prefix.indices where name[name.startIndex + index] != prefix[index] { return false }
        if tokens.isEmpty { return name.count == prefix.count }
        // Only the last star needs to be tried again: an earlier one that matched less could not help.
        var offset = name.startIndex + prefix.count
        var index = 0
        var retry: (index: Int, offset: Int)?
        while true {
            if index < tokens.count, case .star = tokens[index] {
                index += 1
                if index == tokens.count { return true }
                retry = (index, offset)
            } else if index < tokens.count, offset < name.endIndex, tokens[index].accepts(name[offset]) {
                index += 1
                offset += 1
            } else if index == tokens.count && offset == name.endIndex {
                return true
            } else {
                guard let from = retry, from.offset < name.endIndex else { return false }
                retry = (from.index, from.offset + 1)
                (index, offset) = (from.index, from.offset + 1)
            }
        }
    }
}

extension NamePattern.Token {
    fileprivate func accepts(_ byte: UInt8) -> Bool {
        switch self {
        case .byte(let wanted): wanted == byte
        case .anyByte: true
        case .star: false
        case .set(let set): set.contains(byte)
        }
    }
}

/// A set of bytes as 256 bits.
private struct ByteSet: Hashable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    mutating func insert(_ bytes: ClosedRange<UInt8>) {
        for byte in bytes {
            let bit = UInt64(1) << UInt64(byte & 63)
            switch byte >> 6 {
            case 0: words.0 |= bit
            case 1: words.1 |= bit
            case 2: words.2 |= bit
            default: words.3 |= bit
            }
        }
    }

    func contains(_ byte: UInt8) -> Bool {
        let word =
            switch byte >> 6 {
            case 0: words.0
            case 1: words.1
            case 2: words.2
            default: words.3
            }
        return word >> UInt64(byte & 63) & 1 == 1
    }

    var inverted: ByteSet {
        var result = self
        result.words = (~words.0, ~words.1, ~words.2, ~words.3)
        return result
    }

    static func == (left: Self, right: Self) -> Bool { left.words == right.words }
    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }

    /// The character classes of POSIX in the C locale.
    static let classes: [String: [ClosedRange<UInt8>]] = [
        "alnum": [0x30...0x39, 0x41...0x5a, 0x61...0x7a],
        "alpha": [0x41...0x5a, 0x61...0x7a],
        "blank": [0x20...0x20, 0x09...0x09],
        "cntrl": [0x00...0x1f, 0x7f...0x7f],
        "digit": [0x30...0x39],
        "graph": [0x21...0x7e],
        "lower": [0x61...0x7a],
        "print": [0x20...0x7e],
        "punct": [0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e],
        "space": [0x20...0x20, 0x09...0x0d],
        "upper": [0x41...0x5a],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}

/// Reads a pattern component by component. The details of sets are those of git's wildmatch.c.
private struct PatternParser {
    let bytes: [UInt8]
    var offset = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { offset == bytes.count }

    /// A slash may be written `\/`.
    mutating func skipSlash() -> Bool {
        guard let length = slashLength(at: offset) else { return false }
        offset += length
        return true
    }

    private func slashLength(at offset: Int) -> Int? {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "/") { return 1 }
        if offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "/") {
            return 2
        }
        return nil
    }

    /// The next component; nil for `**`.
    mutating func component() throws(Glob.Malformation) -> NamePattern? {
        let start = offset
        var tokens: [NamePattern.Token] = []
        while !isAtEnd, slashLength(at: offset) == nil {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "*"):
                if tokens.last != .star { tokens.append(.star) }
            case UInt8(ascii: "?"):
                tokens.append(.anyByte)
            case UInt8(ascii: "["):
                tokens.append(.set(try set()))
            case UInt8(ascii: "\\"):
                if isAtEnd { throw .trailingBackslash }
                tokens.append(.byte(bytes[offset]))
                offset += 1
            default:
                tokens.append(.byte(byte))
            }
        }
        if offset == start { throw .emptyComponent }
        return tokens == [.star] && offset - start > 1 ? nil : NamePattern(tokens)
    }

    /// After `[`. A `]` directly behind it, or behind `[!`, is a member.
    private mutating func set() throws(Glob.Malformation) -> ByteSet {
        var set = ByteSet()
        var negated = false
        if let byte = peek, byte == UInt8(ascii: "!") || byte == UInt8(ascii: "^") {
            negated = true
            offset += 1
        }
        // The member before a `-`; nil behind a range or a class.
        var previous: UInt8?
        var first = true
        while first || peek != UInt8(ascii: "]") {
            first = false
            guard let byte = peek else { throw .unclosedSet }
            offset += 1
            if byte == UInt8(ascii: "["), peek == UInt8(ascii: ":"), let ranges = try characterClass() {
                for range in ranges { set.insert(range) }
                previous = nil
            } else if byte == UInt8(ascii: "-"), let low = previous, let next = peek, next != UInt8(ascii: "]") {
                offset += 1
                let high = next == UInt8(ascii: "\\") ? try escaped() : next
                if low <= high { set.insert(low...high) }
                previous = nil
            } else {
                let member = byte == UInt8(ascii: "\\") ? try escaped() : byte
                set.insert(member...member)
                previous = member
            }
        }
        offset += 1
        return negated ? set.inverted : set
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func escaped() throws(Glob.Malformation) -> UInt8 {
        guard let byte = peek else { throw .unclosedSet }
        offset += 1
        return byte
    }

    /// At the colon of `[:digit:]`; nil, and nothing is read, if it does not end in `:]`.
    private mutating func characterClass() throws(Glob.Malformation) -> [ClosedRange<UInt8>]? {
        guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "]")) else { throw .unclosedSet }
        guard end > offset + 1, bytes[end - 1] == UInt8(ascii: ":") else { return nil }
        let name = String(decoding: bytes[(offset + 1)..<(end - 1)], as: UTF8.self)
        guard let ranges = ByteSet.classes[name] else { throw .unknownClass(name) }
        offset = end + 1
        return ranges
    }
}

extension Glob.Malformation: CustomStringConvertible {
    /// A clause that says what is wrong: "a set is not closed by ]".
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .emptyComponent: "it has two slashes in a row"
        case .trailingSlash: "it ends in a slash, so that no file matches; write ** behind it"
        case .trailingBackslash: "it ends in a backslash"
        case .unclosedSet: "a [ is not closed by ]"
        case .unknownClass(let name): "there is no character class [:\(name):]"
        }
    }
}
