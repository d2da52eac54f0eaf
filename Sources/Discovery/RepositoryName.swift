internal import ListenerModel

/// The name that a hosting service knows a repository by, which a policy's predicate `repository` asks for.
public enum RepositoryName {
    /// `owner/name` of the remote `origin` in `.git/config` (git-config(1)); nil if there is none. A work tree of
    /// `git worktree`, whose `.git` is a file, has none.
    public static func read(root: String) -> String? {
        guard case .bytes(let bytes) = DiskFile.contents(of: root + "/.git/config") else { return nil }
        var isOrigin = false
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text.hasPrefix("[") {
                isOrigin = text.hasPrefix("[remote \"origin\"]")
            } else if isOrigin, text.hasPrefix("url"), let sign = text.firstIndex(of: "=") {
                return name(ofURL: String(text[text.index(after: sign)...].drop { $0 == " " }))
            }
        }
        return nil
    }

    /// `git@host:owner/name.git`, `https://host/owner/name`, `ssh://git@host:22/group/owner/name.git`.
    static func name(ofURL url: String) -> String? {
        guard let colon = url.firstIndex(of: ":") else { return nil }
        var rest = url[url.index(after: colon)...]
        if rest.hasPrefix("//") {
            guard let slash = rest.dropFirst(2).firstIndex(of: "/") else { return nil }
            rest = rest[slash...]
        }
        while rest.hasSuffix("/") || rest.hasPrefix("/") {
            rest = rest.hasPrefix("/") ? rest.dropFirst() : rest.dropLast()
        }
        if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
        return rest.contains("/") ? String(rest) : nil
    }
}
