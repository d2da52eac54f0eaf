/// Every prefix of every seed, and every seed with one byte changed: what an interrupted download, a merge conflict or
/// a slip of the finger makes of a real file. Numbered, so that tests can take a part of them that is the same each
/// time.
struct SmallChanges {
    private let seeds: [[UInt8]]
    private let values: [UInt8]
    /// For each seed the number of inputs up to its own last one.
    private let ends: [Int]

    var count: Int { ends.last ?? 0 }

    /// - Parameter values: what a byte is changed to.
    init(of seeds: [[UInt8]], to values: [UInt8] = telling) {
        self.seeds = seeds.filter { !$0.isEmpty }
        self.values = values
        var ends: [Int] = []
        for seed in self.seeds { ends.append((ends.last ?? 0) + seed.count * (1 + values.count)) }
        self.ends = ends
    }

    subscript(number: Int) -> [UInt8] {
        let index = ends.firstIndex { number < $0 }!
        let seed = seeds[index]
        let inside = number - (index == 0 ? 0 : ends[index - 1])
        let (change, position) = inside.quotientAndRemainder(dividingBy: seed.count)
        if change == 0 { return Array(seed[..<position]) }
        var input = seed
        input[position] = values[change - 1]
        return input
    }

    /// Bytes that grammars act on, and some that none does.
    static let telling: [UInt8] =
        Array("\n\r\t \"'`\\$#%&()*+,-./0;<=>?@[]{|}:!_a~".utf8) + [0x00, 0x1b, 0x7f, 0x80, 0xc3, 0xe2, 0xef, 0xff]
}
