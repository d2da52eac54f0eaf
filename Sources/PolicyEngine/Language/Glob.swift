/// A pattern over a path or a name: `*` and `?` stay within a segment, `**` crosses slashes, `[a-z]` and `[!a]` are
/// sets, `{a,b}` alternatives, `\` takes the next byte as it is. Matching is linear in pattern times text.
struct Glob: Sendable, Hashable {
    let pattern: String
    private let alternatives: [[Token]]

    private enum Token: Sendable, Hashable {
        case byte(UInt8)
        /// `?`
        case one
        /// `*`
        case run
        /// `**`
        case anything
        /// `**/`: nothing, or whole folders.
        case folders
        case set([ClosedRange<UInt8>], negated: Bool)
    }

    /// How many texts `{a,b}{c,d}` may stand for.
    private static let maximumAlternatives = 256
    private static let maximumLength = 1024

    init(_ pattern: String) {
        self.pattern = pattern
        alternatives = (Self.expandBraces(Array(pattern.utf8)) ?? []).map(Self.tokens)
    }

    /// Why a pattern is none; nil for a good one.
    static func problem(in pattern: String) -> String? {
        if pattern.utf8.count > maximumLength { return "a glob of more than \(maximumLength) bytes" }
        guard let expanded = expandBraces(Array(pattern.utf8)) else {
            return "'\(pattern)' stands for more than \(maximumAlternatives) patterns, or a brace is not closed"
        }
        for alternative in expanded {
            var rest = alternative[...]
            while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
                guard let close = rest[(open + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
                    return "'\(pattern)' opens a set with [ and does not close it"
                }
                rest = rest[(close + 1)...]
            }
        }
        return nil
    }

    /// Whether it is true of every path.
    var matchesEverything: Bool {
        alternatives.contains { tokens in
            !tokens.isEmpty && tokens.allSatisfy { $0 == .anything || $0 == .run || $0 == .folders }
                && (tokens.contains(.anything) || tokens.contains(.folders)
                    || !pattern.utf8.contains(UInt8(ascii: "/")))
        }
    }

    var hasSlash: Bool { pattern.utf8.contains(UInt8(ascii: "/")) }

    func matches(_ text: some Sequence<UInt8>) -> Bool {
        let text = Array(text)
        return alternatives.contains { Self.match($0, text) }
    }

    /// A path from the repository root; a pattern without a slash is about the file's name.
    func matches(path: String) -> Bool {
        guard !hasSlash else { return matches(path.utf8) }
        let bytes = Array(path.utf8)
        let name = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[($0 + 1)...] } ?? bytes[...]
        return matches(name) || matchesEverything
    }

    /// Simulates all positions of the pattern at once.
    private static func match(_ tokens: [Token], _ text: [UInt8]) -> Bool {
        var states = [Bool](repeating: false, count: tokens.count + 1)
        states[0] = true
        skipEmpty(tokens, &states, atSegmentStart: true)
        for byte in text {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            let slash = byte == UInt8(ascii: "/")
            // `?` takes a whole character of UTF-8: later bytes of it stay where the first one led.
            let continuation = byte & 0xc0 == 0x80
            for index in tokens.indices where states[index] {
                switch tokens[index] {
                case .byte(let wanted): if wanted == byte { next[index + 1] = true }
                case .one: if !slash && !continuation { next[index + 1] = true }
                case .run: if !slash { next[index] = true }
                case .anything, .folders: next[index] = true
                case .set(let ranges, let negated):
                    if !slash, ranges.contains(where: { $0.contains(byte) }) != negated { next[index + 1] = true }
                }
            }
            if continuation {
                for index in tokens.indices where states[index + 1] && tokens[index] == .one { next[index + 1] = true }
            }
            states = next
            skipEmpty(tokens, &states, atSegmentStart: slash)
            if !states.contains(true) { return false }
        }
        return states[tokens.count]
    }

    private static func skipEmpty(_ tokens: [Token], _ states: inout [Bool], atSegmentStart: Bool) {
        for index in tokens.indices where states[index] {
            switch tokens[index] {
            case .run, .anything: states[index + 1] = true
            case .folders: if atSegmentStart { states[index + 1] = true }
            case .byte, .one, .set: break
            }
        }
    }

    private static func tokens(_ pattern: [UInt8]) -> [Token] {
        var pattern = pattern[...]
        // `/etc` and `./etc` are anchored at the root, as every pattern with a slash is; `dir/` is all below it.
        while pattern.starts(with: [0x2e, 0x2f]) { pattern = pattern.dropFirst(2) }
        if pattern.first == UInt8(ascii: "/") { pattern = pattern.dropFirst() }
        var tokens: [Token] = []
        var index = pattern.startIndex
        while index < pattern.endIndex {
            let byte = pattern[index]
            index += 1
            switch byte {
            case UInt8(ascii: "*"):
                guard index < pattern.endIndex, pattern[index] == byte else {
                    tokens.append(.run)
                    continue
                }
                while index < pattern.endIndex, pattern[index] == byte { index += 1 }
                let atStart = tokens.isEmpty || tokens.last == .byte(UInt8(ascii: "/")) || tokens.last == .folders
                if atStart, index < pattern.endIndex, pattern[index] == UInt8(ascii: "/") {
                    index += 1
                    tokens.append(.folders)
                } else {
                    tokens.append(.anything)
                }
            case UInt8(ascii: "?"): tokens.append(.one)
            case UInt8(ascii: "\\") where index < pattern.endIndex:
                tokens.append(.byte(pattern[index]))
                index += 1
            case UInt8(ascii: "["):
                if let (set, end) = characterSet(pattern, from: index) {
                    tokens.append(set)
                    index = end
                } else {
                    tokens.append(.byte(byte))
                }
            default: tokens.append(.byte(byte))
            }
        }
        if tokens.last == .byte(UInt8(ascii: "/")) { tokens.append(.anything) }
        return tokens
    }

    private static func characterSet(_ pattern: ArraySlice<UInt8>, from start: Int) -> (Token, Int)? {
        var index = start
        let negated = index < pattern.endIndex && (pattern[index] == 0x21 || pattern[index] == 0x5e)
        if negated { index += 1 }
        var ranges: [ClosedRange<UInt8>] = []
        while index < pattern.endIndex, pattern[index] != UInt8(ascii: "]") || ranges.isEmpty {
            let first = pattern[index]
            if index + 2 < pattern.endIndex, pattern[index + 1] == UInt8(ascii: "-"),
                pattern[index + 2] != UInt8(ascii: "]"), pattern[index + 2] >= first
            {
                ranges.append(first...pattern[index + 2])
                index += 3
            } else {
                ranges.append(first...first)
                index += 1
            }
        }
        guard index < pattern.endIndex else { return nil }
        return (.set(ranges, negated: negated), index + 1)
    }

    /// nil if there are too many, or a brace is not closed.
    private static func expandBraces(_ pattern: [UInt8]) -> [[UInt8]]? {
        var finished: [[UInt8]] = []
        var pending = [pattern]
        while let current = pending.popLast() {
            if finished.count + pending.count >= maximumAlternatives { return nil }
            // The innermost pair: the last opening brace before the first closing one.
            guard let open = current.firstIndex(of: UInt8(ascii: "{")) else {
                finished.append(current)
                continue
            }
            guard let close = current[open...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            let innermost = current[..<close].lastIndex(of: UInt8(ascii: "{"))!
            let parts = current[(innermost + 1)..<close].split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            for part in parts.reversed() {
                var alternative = Array(current[..<innermost])
                alternative += part
                alternative += current[(close + 1)...]
                pending.append(alternative)
            }
        }
        return finished
    }
}
