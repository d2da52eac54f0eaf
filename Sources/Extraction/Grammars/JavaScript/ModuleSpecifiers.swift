/// The modules that a file names, without parsing it: the strings after `from`, `import`, `require(`, `import(`.
/// One in a comment is taken too; a file that is thought to be reached is better than one that is missed.
enum ModuleSpecifiers {
    static func scan(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position + 4 < bytes.count {
                let length = keyword(bytes, position)
                guard length > 0 else {
                    position += 1
                    continue
                }
                position += length
                var start = position
                while start < bytes.count, [0x20, 0x09, 0x0a, 0x0d, 0x28].contains(bytes[start]) { start += 1 }
                guard start < bytes.count, bytes[start] == 0x22 || bytes[start] == 0x27 || bytes[start] == 0x60 else {
                    continue
                }
                var end = start + 1
                while end < bytes.count, end - start < 300, bytes[end] != bytes[start], bytes[end] != 0x0a { end += 1 }
                guard end < bytes.count, bytes[end] == bytes[start] else { continue }
                let specifier = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
                if !specifier.isEmpty, seen.insert(specifier).inserted { found.append(specifier) }
                position = end + 1
            }
        }
        return found
    }

    /// The length of a word here after which a module may be named; 0 if none starts here.
    private static func keyword(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int {
        let word: StaticString
        switch bytes[position] {
        case UInt8(ascii: "f"): word = "from"
        case UInt8(ascii: "i"): word = "import"
        case UInt8(ascii: "r"): word = "require"
        default: return 0
        }
        let length = word.utf8CodeUnitCount
        guard position + length < bytes.count else { return 0 }
        for index in 0..<length where bytes[position + index] != word.utf8Start[index] { return 0 }
        if position > 0, JavaScriptLexer.isWord(bytes[position - 1]) || bytes[position - 1] == UInt8(ascii: ".") {
            return 0
        }
        return JavaScriptLexer.isWord(bytes[position + length]) ? 0 : length
    }
}
