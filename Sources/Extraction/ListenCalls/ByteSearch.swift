#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Substring search over bytes, for the filters that keep most files from being parsed.
public enum ByteSearch {
    public static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        first(bytes, needle, in: 0..<bytes.count) != nil
    }

    /// The offset of the first occurrence in a range.
    public static func first(_ bytes: [UInt8], _ needle: [UInt8], in range: Range<Int>) -> Int? {
        guard let head = needle.first else { return nil }
        return bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return nil }
            var position = range.lowerBound
            let last = range.upperBound - needle.count
            while position <= last, let found = memchr(base + position, Int32(head), last - position + 1) {
                position = UnsafeRawPointer(found) - base
                if needle.withUnsafeBytes({ memcmp(base + position, $0.baseAddress!, $0.count) }) == 0 {
                    return position
                }
                position += 1
            }
            return nil
        }
    }
}
