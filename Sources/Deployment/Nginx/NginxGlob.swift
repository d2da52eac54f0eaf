/// One component of a path pattern, as glob(3) matches it: `*`, `?`, `[a-z]`, `[!a]`, `\` before a literal. A dot
/// at the start of a name is matched by a dot alone; `{a,b}` and `**` mean nothing.
struct NginxGlob {
    private enum Piece {
        case byte(UInt8)
        case any
        case run
        case set([ClosedRange<UInt8>], negated: Bool)
    }

    private let pieces: [Piece]

    /// nginx treats a path as a pattern only where it holds one of these (ngx_conf_include).
    static func isPattern(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    init(_ pattern: String) {
        let bytes = Array(pattern.utf8)
        var pieces: [Piece] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "*"):
                if case .run? = pieces.last {} else { pieces.append(.run) }
            case UInt8(ascii: "?"): pieces.append(.any)
            case UInt8(ascii: "\\") where index + 1 < bytes.count:
                index += 1
                pieces.append(.byte(bytes[index]))
            case UInt8(ascii: "["):
                if let (set, end) = Self.set(bytes, from: index + 1) {
                    pieces.append(set)
                    index = end
                } else {
                    pieces.append(.byte(bytes[index]))
                }
            default: pieces.append(.byte(bytes[index]))
            }
            index += 1
        }
        self.pieces = pieces
    }

    func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        if name.first == UInt8(ascii: ".") {
            guard case .byte(UInt8(ascii: "."))? = pieces.first else { return false }
        }
        // Greedy with one way back: the last run takes one byte more.
        var piece = 0
        var index = 0
        var retry: (piece: Int, index: Int)?
        while index < name.count || piece < pieces.count {
            if piece < pieces.count {
                if case .run = pieces[piece] {
                    retry = (piece, index)
                    piece += 1
                    continue
                }
                if index < name.count, matches(pieces[piece], name[index]) {
                    piece += 1
                    index += 1
                    continue
                }
            }
            guard let last = retry, last.index < name.count else { return false }
            retry = (last.piece, last.index + 1)
            piece = last.piece + 1
            index = last.index + 1
        }
        return true
    }

    private func matches(_ piece: Piece, _ byte: UInt8) -> Bool {
        switch piece {
        case .byte(let expected): byte == expected
        case .any, .run: true
        case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
        }
    }

    private static func set(_ bytes: [UInt8], from start: Int) -> (Piece, end: Int)? {
        var index = start
        var negated = false
        if index < bytes.count, bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "^") {
            negated = true
            index += 1
        }
        var ranges: [ClosedRange<UInt8>] = []
        let first = index
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "]") && index > first { return (.set(ranges, negated: negated), index) }
            if index + 2 < bytes.count, bytes[index + 1] == UInt8(ascii: "-"), bytes[index + 2] != UInt8(ascii: "]") {
                if bytes[index] <= bytes[index + 2] { ranges.append(bytes[index]...bytes[index + 2]) }
                index += 3
            } else {
                ranges.append(bytes[index]...bytes[index])
                index += 1
            }
        }
        return nil
    }
}
