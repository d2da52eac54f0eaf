/// The hash of a word, a byte at a time: FNV-1a (draft-eastlake-fnv).
struct WordHash {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

    /// The high bits are folded down, for the low ones alone are weak.
    var value: UInt64 { state ^ state >> 32 }
}
