/// A token of Go's lexical grammar (The Go Programming Language Specification, "Lexical elements").
struct GoToken: Equatable {
    enum Kind: UInt8 {
        case name, keyword, number, rune, string, rawString, symbol
        /// Written, or inserted at the end of a line.
        case semicolon
        case end
    }

    var kind: Kind
    /// The operator or punctuation; the word of a keyword.
    var symbol: GoSymbol
    var start: Int
    var end: Int

    var range: Range<Int> { start..<end }
}

/// Up to fifteen bytes of an operator or keyword, packed so that comparing is one instruction.
struct GoSymbol: Equatable, Hashable, ExpressibleByStringLiteral {
    private let low: UInt64
    private let high: UInt64

    static let none = GoSymbol(bytes: [])

    init(stringLiteral value: StaticString) {
        self.init(bytes: UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    init(bytes: some Collection<UInt8>) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 {
                low |= UInt64(byte) << UInt64(8 * index)
            } else {
                high |= UInt64(byte) << UInt64(8 * (index - 8))
            }
        }
        (self.low, self.high) = (low, high)
    }

    var text: String {
        func byte(_ index: Int) -> UInt8 {
            let word = index < 8 ? low : high
            return UInt8(truncatingIfNeeded: word >> UInt64(8 * (index % 8)))
        }
        return String(decoding: (0..<16).map(byte).prefix { $0 != 0 }, as: UTF8.self)
    }
}
