/// Paths relative to the repository root: `/` as separator, no `.` or `..`, "" for the root itself.
public enum RepositoryPath {
    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// `path` as seen from the folder `base`; nil if it leads out of the root. An absolute path leads out; of a folder
    /// that is absolute, the slash is dropped.
    public static func join(_ base: String, _ path: String) -> String? {
        if path.utf8.first == slash { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(base.utf8.count + path.utf8.count + 1)
        var isInside = true
        forEachPart(of: base) { append($0, to: &result) }
        forEachPart(of: path) { part in
            if part.count == 1, part[part.startIndex] == dot { return }
            if part.count == 2, part.allSatisfy({ $0 == dot }) {
                if result.isEmpty { isInside = false }
                result.removeSubrange((result.lastIndex(of: slash) ?? 0)...)
            } else {
                append(part, to: &result)
            }
        }
        return isInside ? String(decoding: result, as: UTF8.self) : nil
    }

    private static func append(_ part: Slice<UnsafeBufferPointer<UInt8>>, to result: inout [UInt8]) {
        if !result.isEmpty { result.append(slash) }
        result += part
    }

    /// What stands between slashes, without what is empty.
    private static func forEachPart(of path: String, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Void) {
        var path = path
        path.withUTF8 { bytes in
            var start = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: slash) ?? bytes.count
                if end > start { body(bytes[start..<end]) }
                start = end + 1
            }
        }
    }

    /// Whether a path is written as all are here: no empty part, no `.` or `..`, and no NUL, behind which the system
    /// reads no further.
    public static func isCanonical(_ path: String) -> Bool {
        var path = path
        return path.withUTF8 { bytes in
            if bytes.contains(0) { return false }
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
                let isDots = (start..<end).allSatisfy { bytes[$0] == UInt8(ascii: ".") }
                if isDots && end - start <= 2 { return bytes.isEmpty }
                start = end + 1
            }
            return true
        }
    }

    public static func parent(_ path: String) -> String {
        path.utf8.lastIndex(of: slash).map { String(path[..<$0]) } ?? ""
    }

    public static func name(_ path: String) -> String {
        path.utf8.lastIndex(of: slash).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    /// Whether `path` is `folder` or below it.
    public static func contains(_ folder: String, _ path: String) -> Bool {
        guard !folder.isEmpty, path.utf8.count > folder.utf8.count else { return folder.isEmpty || path == folder }
        return path.utf8.starts(with: folder.utf8)
            && path.utf8[path.utf8.index(path.startIndex, offsetBy: folder.utf8.count)] == slash
    }
}
