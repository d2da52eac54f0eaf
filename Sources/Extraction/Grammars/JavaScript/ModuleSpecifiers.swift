/// The modules that a file names, without parsing it: the strings after `from`, `import`, `require(`, `import(`.
/// One in a comment is taken too; a file that is thought to be reached is better than one that is missed.
enum ModuleSpecifiers {
    static func scan(_ bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        // Where the last one ended: what stands in a string is not a keyword.
        var end = 0
        ByteBlocks.scan(bytes) { here, next in
            // "fr" of from, "im" of import, "qu" of require.
            (here .== SIMD16(repeating: 0x66)) .& (next .== SIMD16(repeating: 0x72))
                .| (here .== SIMD16(repeating: 0x69)) .& (next .== SIMD16(repeating: 0x6d))
                .| (here .== SIMD16(repeating: 0x71)) .& (next .== SIMD16(repeating: 0x75))
        } until: { bytes, position in
            guard let text = quoted(bytes, after: afterKeyword(bytes, position, notBefore: end)) else { return false }
            end = text.upperBound + 1
            var specifier = String(decoding: bytes[text], as: UTF8.self)
            // `require(__dirname + "/server")`
            if specifier.hasPrefix("/"), text.lowerBound > 1, isFolder(bytes, before: text.lowerBound - 1) {
                specifier = "." + specifier
            }
            if !specifier.isEmpty, seen.insert(specifier).inserted { found.append(specifier) }
            return false
        }
        return found
    }

    /// The place behind the word after which a module may be named and of which two letters stand here.
    private static func afterKeyword(
        _ bytes: UnsafeBufferPointer<UInt8>, _ position: Int, notBefore: Int
    ) -> Int? {
        let (word, start): (StaticString, Int) =
            switch bytes[position] {
            case UInt8(ascii: "f"): ("from", position)
            case UInt8(ascii: "i"): ("import", position)
            default: ("require", position - 2)
            }
        let end = start + word.utf8CodeUnitCount
        guard start >= notBefore, end < bytes.count else { return nil }
        for index in start..<end where bytes[index] != word.utf8Start[index - start] { return nil }
        if start > 0, JavaScriptLexer.isWord(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") { return nil }
        return JavaScriptLexer.isWord(bytes[end]) ? nil : end
    }

    /// Whether `__dirname +` stands there.
    private static func isFolder(_ bytes: UnsafeBufferPointer<UInt8>, before quote: Int) -> Bool {
        var end = quote - 1
        while end > 0, bytes[end] == 0x20 { end -= 1 }
        return bytes[end] == UInt8(ascii: "+")
    }

    /// What stands between the quotes that follow, a parenthesis before them aside.
    private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>, after start: Int?) -> Range<Int>? {
        guard var start else { return nil }
        while start < bytes.count, [0x20, 0x09, 0x0a, 0x0d, 0x28].contains(bytes[start]) { start += 1 }
        let folder: StaticString = "__dirname"
        if start + folder.utf8CodeUnitCount < bytes.count, bytes[start] == folder.utf8Start[0],
            (0..<folder.utf8CodeUnitCount).allSatisfy({ bytes[start + $0] == folder.utf8Start[$0] })
        {
            start += folder.utf8CodeUnitCount
            while start < bytes.count, bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "+") { start += 1 }
        }
        guard start < bytes.count, bytes[start] == 0x22 || bytes[start] == 0x27 || bytes[start] == 0x60 else {
            return nil
        }
        var end = start + 1
        while end < bytes.count, end - start < 300, bytes[end] != bytes[start], bytes[end] != 0x0a { end += 1 }
        guard end < bytes.count, bytes[end] == bytes[start] else { return nil }
        return start + 1..<end
    }
}
