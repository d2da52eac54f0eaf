/// Paths relative to the repository root: `/` as separator, no `.` or `..`, "" for the root itself.
public enum RepositoryPath {
    /// `path` as seen from the folder `base`; nil if it leads out of the root. An absolute path leads out.
    public static func join(_ base: String, _ path: String) -> String? {
        if path.hasPrefix("/") { return nil }
        var parts = base.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..":
                if parts.popLast() == nil { return nil }
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }

    /// Whether a path is written as all are here: no empty part, no `.` or `..`.
    public static func isCanonical(_ path: String) -> Bool {
        var path = path
        return path.withUTF8 { bytes in
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
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    public static func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// Whether `path` is `folder` or below it.
    public static func contains(_ folder: String, _ path: String) -> Bool {
        folder.isEmpty || path == folder || path.hasPrefix(folder + "/")
    }
}
