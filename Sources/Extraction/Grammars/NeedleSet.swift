/// Several byte sequences that are looked for in one pass: most bytes start none of them.
struct NeedleSet: Sendable {
    /// By the first byte.
    private let needles: [[[UInt8]]]

    init(_ needles: some Sequence<String>) {
        var byFirst = [[[UInt8]]](repeating: [], count: 256)
        for needle in needles {
            let bytes = Array(needle.utf8)
            if let first = bytes.first { byFirst[Int(first)].append(bytes) }
        }
        self.needles = byFirst
    }

    /// Whether any of them occurs.
    func occurs(in bytes: [UInt8]) -> Bool {
        let starts = needles.map { !$0.isEmpty }
        return bytes.withUnsafeBufferPointer { bytes in
            starts.withUnsafeBufferPointer { starts in
                var position = 0
                while position < bytes.count {
                    let first = Int(bytes[position])
                    if starts[first], begins(first, bytes, position) { return true }
                    position += 1
                }
                return false
            }
        }
    }

    private func begins(_ first: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        for needle in needles[first] where position + needle.count <= bytes.count {
            var length = 1
            while length < needle.count, bytes[position + length] == needle[length] { length += 1 }
            if length == needle.count { return true }
        }
        return false
    }
}
