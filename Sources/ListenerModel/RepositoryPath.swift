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
