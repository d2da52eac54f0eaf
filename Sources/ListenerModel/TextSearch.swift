extension StringProtocol {
    /// Whether the bytes of `part` stand somewhere in the text. The standard library's `contains` compares characters,
    /// which takes a hundred times as long.
    public func holds(_ part: String) -> Bool {
        var part = part
        return part.withUTF8 { wanted in
            guard let first = wanted.first else { return true }
            func isThere(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
                guard text.count >= wanted.count else { return false }
                for start in 0...text.count - wanted.count where text[start] == first {
                    if text[start..<start + wanted.count].elementsEqual(wanted) { return true }
                }
                return false
            }
            if let found = utf8.withContiguousStorageIfAvailable(isThere) { return found }
            return Array(utf8).withUnsafeBufferPointer(isThere)
        }
    }
}
