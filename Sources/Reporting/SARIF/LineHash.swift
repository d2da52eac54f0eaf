/// GitHub's `primaryLocationLineHash`: what its upload action computes where a tool does not, so that an alert
/// survives lines moving. A line's hash covers the 100 characters from its start that are no white space.
struct LineHash {
    private static let window = 100
    /// By line from 0, in the algorithm's own count of lines, in which a lone CR ends one.
    let lines: [String]

    init(_ bytes: [UInt8]) {
        let (units, starts) = Self.normalised(bytes)
        // The hash of 100 units is h = Σ uᵢ·37^(99−i) mod 2⁶⁴; units beyond the end are 0.
        let highest = (0..<Self.window - 1).reduce(1 as UInt64) { power, _ in power &* 37 }
        func unit(_ index: Int) -> UInt64 { index < units.count ? UInt64(units[index]) : 0 }
        var hash: UInt64 = (0..<Self.window).reduce(0) { $0 &* 37 &+ unit($1) }
        var position = 0
        var occurrences: [UInt64: Int] = [:]
        var lines: [String] = []
        for start in starts {
            while position < start {
                hash = (hash &- unit(position) &* highest) &* 37 &+ unit(position + Self.window)
                position += 1
            }
            occurrences[hash, default: 0] += 1
            lines.append("\(String(hash, radix: 16)):\(occurrences[hash]!)")
        }
        self.lines = lines
    }

    /// - Parameter line: 1-based. A place beyond the end has the hash of the end.
    func hash(ofLine line: Int) -> String { lines[min(max(line, 1), lines.count) - 1] }

    /// The UTF-16 code units without space and tab, every line break as LF, an end mark behind; and where lines start.
    private static func normalised(_ bytes: [UInt8]) -> (units: [UInt16], starts: [Int]) {
        let (space, tab, lf, cr, end): (UInt16, UInt16, UInt16, UInt16, UInt16) = (0x20, 0x09, 0x0a, 0x0d, 0xffff)
        var units: [UInt16] = []
        var starts: [Int] = []
        var atStart = true
        var afterCR = false
        for unit in Array(String(decoding: bytes, as: UTF8.self).utf16) + [end] {
            if unit == space || unit == tab || (unit == lf && afterCR) {
                afterCR = false
                continue
            }
            afterCR = unit == cr
            if atStart { starts.append(units.count) }
            units.append(unit == cr ? lf : unit)
            atStart = units.last == lf
        }
        return (units, starts)
    }
}
