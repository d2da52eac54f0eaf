/// GitHub's line hash as its definition reads: for each line the sum over the next 100 units, without a rolling
/// window. Slow and plain, to hold the writer's against.
enum ReferenceLineHash {
    static func hashes(_ bytes: [UInt8]) -> [String] {
        var units: [UInt64] = []
        var starts = [0]
        var previous: UInt16 = 0
        for unit in String(decoding: bytes, as: UTF8.self).utf16 {
            defer { previous = unit }
            if unit == 0x20 || unit == 0x09 || (unit == 0x0a && previous == 0x0d) { continue }
            units.append(unit == 0x0d ? 0x0a : UInt64(unit))
            if units.last == 0x0a { starts.append(units.count) }
        }
        units.append(65535)
        var seen: [UInt64: Int] = [:]
        return starts.map { start in
            let block = (0..<100).map { start + $0 < units.count ? units[start + $0] : 0 }
            let hash = block.reduce(0 as UInt64) { $0 &* 37 &+ $1 }
            seen[hash, default: 0] += 1
            return String(hash, radix: 16) + ":\(seen[hash]!)"
        }
    }
}
