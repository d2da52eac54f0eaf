/// Several files as one input: `==> PATH <==` lines, as tail(1) prints them, each before its file.
enum PackedTree {
    private static let opening = Array("==> ".utf8)
    private static let closing = Array(" <==".utf8)

    static func pack(_ files: [String: [UInt8]]) -> [UInt8] {
        var packed: [UInt8] = []
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            packed += opening
            packed += path.utf8
            packed += closing
            packed.append(0x0a)
            packed += bytes
            if bytes.last != 0x0a { packed.append(0x0a) }
        }
        return packed
    }

    /// What stands before the first such line is lost. Paths that are none of a tree are made to be.
    static func unpack(_ input: [UInt8]) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        var path: String?
        var content: [UInt8] = []
        for line in input.split(separator: 0x0a, omittingEmptySubsequences: false) {
            if line.starts(with: opening), line.suffix(closing.count).elementsEqual(closing),
                line.count > opening.count + closing.count
            {
                if let path { files[path] = content }
                path = treePath(line.dropFirst(opening.count).dropLast(closing.count))
                content = []
            } else {
                content += line + [0x0a]
            }
        }
        if let path { files[path] = content }
        return files
    }

    private static func treePath(_ bytes: ArraySlice<UInt8>) -> String? {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "/").filter { $0 != "." && $0 != ".." }
        return parts.isEmpty || parts.count > 20 ? nil : parts.joined(separator: "/")
    }
}
