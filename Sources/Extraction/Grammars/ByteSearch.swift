#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension [UInt8] {
    /// The offset at which `needle` first occurs within `range`. memchr(3) finds candidates at the speed of memory,
    /// so most files are ruled out without being parsed.
    public func firstOffset(of needle: [UInt8], in range: Range<Int>? = nil) -> Int? {
        let range = range ?? 0..<count
        guard let first = needle.first else { return range.lowerBound }
        return withUnsafeBufferPointer { bytes in
            var position = range.lowerBound
            let last = range.upperBound - needle.count
            while position <= last, let base = bytes.baseAddress {
                guard let hit = memchr(base + position, Int32(first), last - position + 1) else { return nil }
                let start = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
                if bytes[start..<start + needle.count].elementsEqual(needle) { return start }
                position = start + 1
            }
            return nil
        }
    }
}
