/// Which words a text may hold (a Bloom filter): an eighth of the text's size at most, and asked without reading the
/// text again. It never denies a word that is there; of those that are not it lets through about one in ten.
///
/// A word is a run of ASCII letters, digits, `_` and bytes above 0x7f.
public struct WordFilter: Sendable {
    private var bits: [UInt64]

    public init(_ bytes: [UInt8]) {
        // A bit for two bytes of text: source has a distinct word for some fifteen.
        let size = max(8, (bytes.count / 128).nextPowerOfTwo)
        bits = [UInt64](repeating: 0, count: size)
        let mask = UInt64(size * 64 - 1)
        bits.withUnsafeMutableBufferPointer { bits in
            Self.forEachWord(bytes) { hash in
                let bit = hash & mask
                bits[Int(bit >> 6)] |= 1 << (bit & 63)
            }
        }
    }

    /// Whether every word of `text` may be there, each as a whole word.
    public func mayHold(_ text: String) -> Bool {
        let mask = UInt64(bits.count * 64 - 1)
        var holds = true
        Self.forEachWord(Array(text.utf8)) { hash in
            let bit = hash & mask
            if bits[Int(bit >> 6)] >> (bit & 63) & 1 == 0 { holds = false }
        }
        return holds
    }

    @inline(__always)
    private static func forEachWord(_ bytes: [UInt8], _ body: (UInt64) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position < bytes.count {
                var hash = WordHash()
                let start = position
                while position < bytes.count, bytes[position].isNameByte || bytes[position] >= 0x80 {
                    hash.add(bytes[position])
                    position += 1
                }
                if position > start { body(hash.value) } else { position += 1 }
            }
        }
    }
}

extension Int {
    fileprivate var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
