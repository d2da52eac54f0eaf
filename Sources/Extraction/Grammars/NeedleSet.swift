/// Several byte sequences that are looked for in one pass, at some gigabytes a second: most files are ruled out by
/// it without being parsed.
///
/// Of each needle two adjacent bytes are its anchor, chosen so that few anchors serve all needles and none is common
/// in source text. Sixteen positions at a time are compared with the anchors; the rest of a needle is looked at only
/// where one stands.
struct NeedleSet: Sendable {
    fileprivate struct Needle: Sendable {
        var bytes: [UInt8]
        /// Where in `bytes` the anchor stands.
        var anchor: Int
        /// No letter, digit or `_` stands before it, or after it.
        var startsWord: Bool
        var endsWord: Bool
        /// A dot stands before it, and nothing but blanks between them.
        var isMember: Bool

        init(_ text: String) {
            let (boundary, dot) = ("\\b", "\\.")
            startsWord = text.hasPrefix(boundary)
            isMember = text.hasPrefix(dot)
            endsWord = text.hasSuffix(boundary)
            bytes = Array(text.utf8.dropFirst(startsWord || isMember ? 2 : 0).dropLast(endsWord ? 2 : 0))
            anchor = 0
        }
    }

    private struct Group: Sendable {
        var first: UInt8
        var second: UInt8
        var needles: [Needle]
    }

    private var groups: [Group] = []

    /// - Parameter needles: of two bytes or more; `listen\b` is not found in `listener`, nor `\bserve` in `observe`;
    ///   `\.Listen` is found where a member of something is named so.
    init(_ needles: some Sequence<String>) {
        var open = Set(needles).sorted().map(Needle.init)
        precondition(open.allSatisfy { $0.bytes.count >= 2 }, "a needle has two bytes or more")
        while !open.isEmpty {
            let anchor = Self.cheapestAnchor(of: open)
            var group = Group(first: anchor.first, second: anchor.second, needles: [])
            open.removeAll { needle in
                guard let offset = Self.anchors(needle).first(where: { Self.pair(needle, $0) == anchor }) else {
                    return false
                }
                var needle = needle
                needle.anchor = offset
                group.needles.append(needle)
                return true
            }
            groups.append(group)
        }
    }

    private static func anchors(_ needle: Needle) -> Range<Int> { 0..<needle.bytes.count - 1 }

    private static func pair(_ needle: Needle, _ offset: Int) -> (first: UInt8, second: UInt8) {
        (needle.bytes[offset], needle.bytes[offset + 1])
    }

    /// The pair of bytes that costs least for each needle that it serves: a comparison a block, and a closer look
    /// wherever it occurs.
    private static func cheapestAnchor(of needles: [Needle]) -> (first: UInt8, second: UInt8) {
        var served: [UInt16: Int] = [:]
        for needle in needles {
            for offset in anchors(needle) {
                let pair = pair(needle, offset)
                // Once a needle.
                if (0..<offset).contains(where: { Self.pair(needle, $0) == pair }) { continue }
                served[UInt16(pair.first) << 8 | UInt16(pair.second), default: 0] += 1
            }
        }
        let best = served.min { left, right in
            (cost(left.key) / Double(left.value), left.key) < (cost(right.key) / Double(right.value), right.key)
        }
        let pair = best?.key ?? 0
        return (UInt8(pair >> 8), UInt8(pair & 0xff))
    }

    private static func cost(_ pair: UInt16) -> Double {
        1 + 400 * frequencies[Int(pair >> 8)] * frequencies[Int(pair & 0xff)]
    }

    /// How often each byte occurs in source text, by its rank (counted over Go, JavaScript and Python files).
    private static let frequencies: [Double] = {
        var frequencies = [Double](repeating: 0.002, count: 256)
        for (rank, byte) in " etainrosl\ncdpumf.h(),gyb_v=:\"xw-k'/0;1TSE2IACq{}N[".utf8.enumerated() {
            frequencies[Int(byte)] = 0.1 / (1 + Double(rank) / 3)
        }
        return frequencies
    }()

    /// Whether any of them occurs.
    func occurs(in bytes: [UInt8]) -> Bool {
        let patterns = groups.map { (SIMD16(repeating: $0.first), SIMD16(repeating: $0.second)) }
        return patterns.withUnsafeBufferPointer { patterns in
            ByteBlocks.scan(bytes) { here, next in
                var found = SIMDMask<SIMD16<Int8>>(repeating: false)
                for pattern in patterns { found .|= (here .== pattern.0) .& (next .== pattern.1) }
                return found
            } until: { bytes, position in
                groups.contains { group in
                    bytes[position] == group.first && bytes[position + 1] == group.second
                        && group.needles.contains { $0.stands(in: bytes, anchor: position) }
                }
            }
        }
    }
}

extension NeedleSet.Needle {
    fileprivate func stands(in text: UnsafeBufferPointer<UInt8>, anchor position: Int) -> Bool {
        let start = position - anchor
        guard start >= 0, start + bytes.count <= text.count else { return false }
        for index in bytes.indices where text[start + index] != bytes[index] { return false }
        if startsWord, start > 0, text[start - 1].isNameByte { return false }
        if isMember {
            var before = start - 1
            while before >= 0, [0x20, 0x09, 0x0a, 0x0d].contains(text[before]) { before -= 1 }
            if before < 0 || text[before] != UInt8(ascii: ".") { return false }
        }
        return !endsWord || start + bytes.count == text.count || !text[start + bytes.count].isNameByte
    }
}

/// Text in blocks of sixteen positions, each with the byte that stands there and the one after it.
enum ByteBlocks {
    /// Asks `isFound` about the positions that `block` lets through, in order, until it says yes; of the last sixteen
    /// about all but the last.
    @inline(__always)
    @discardableResult
    static func scan(
        _ bytes: [UInt8],
        block: (_ here: SIMD16<UInt8>, _ next: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>,
        until isFound: (_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool
    ) -> Bool {
        bytes.withUnsafeBufferPointer { text in
            let raw = UnsafeRawBufferPointer(text)
            var start = 0
            while start + 17 <= text.count {
                let here = raw.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
                let next = raw.loadUnaligned(fromByteOffset: start + 1, as: SIMD16<UInt8>.self)
                let found = block(here, next)
                let halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
                if halves.x | halves.y != 0 {
                    for lane in 0..<16 where found[lane] && isFound(text, start + lane) { return true }
                }
                start += 16
            }
            while start + 1 < text.count {
                if isFound(text, start) { return true }
                start += 1
            }
            return false
        }
    }
}
