/// libyaml drops comments. A `#` at the start of a line or after white space starts one (YAML 1.1 section 4.1.1),
/// unless a scalar holds it.
enum YAMLComments {
    static func find(in bytes: [UInt8], scalars: [Range<Int>]) -> [Range<Int>] {
        var comments: [Range<Int>] = []
        var next = scalars.makeIterator()
        var scalar = next.next()
        var position = 0
        while position < bytes.count {
            while let current = scalar, current.upperBound <= position { scalar = next.next() }
            if let current = scalar, current.contains(position) {
                position = current.upperBound
                continue
            }
            let before = position == 0 ? 0x0a : bytes[position - 1]
            if bytes[position] == UInt8(ascii: "#"),
                before == 0x20 || before == 0x09 || before == 0x0a || before == 0x0d
            {
                let end = bytes[position...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? bytes.count
                comments.append(position..<end)
                position = end
            } else {
                position += 1
            }
        }
        return comments
    }
}
