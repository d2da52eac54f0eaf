internal import ListenerModel

/// Which names nginx files go by.
public enum NginxFileNames {
    static let names = FileNames(
        ["conf", "*.conf", "*.conf.*", "*.vhost", "*.nginx", "nginx*"]
            + (templateExtensions + copyExtensions).map { "*\($0)" },
        folders: folders.sorted())

    public static func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path)
        if name == "nginx.conf" { return .owned }
        let stem = withoutTemplateExtension(name)
        if stem == "conf" || stem.hasSuffix(".conf") || name.contains(".conf.") || stem.hasSuffix(".vhost")
            || stem.hasSuffix(".nginx")
        {
            return .ifContent
        }
        if stem != name && (stem.hasPrefix("nginx") || !stem.utf8.contains(UInt8(ascii: "."))) { return .ifContent }
        if stem.hasPrefix("nginx") && !stem.utf8.contains(UInt8(ascii: ".")) { return .ifContent }
        if isNginxFolder(path), !stem.utf8.contains(UInt8(ascii: ".")) || isSiteFolder(path) { return .ifContent }
        return .no
    }

    /// A tool expands the file before nginx reads it.
    public static func isTemplate(path: String) -> Bool {
        let name = RepositoryPath.name(path)
        return withoutTemplateExtension(name) != name
    }

    /// Folders whose files nginx includes under any name.
    static func isNginxFolder(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { folders.contains(String($0)) }
    }

    private static func isSiteFolder(_ path: String) -> Bool {
        RepositoryPath.name(RepositoryPath.parent(path)).hasPrefix("sites-")
    }

    private static let folders: Set<String> = [
        "nginx", "sites-enabled", "sites-available", "conf.d", "vhosts", "vhost.d", "streams-enabled",
        "streams-available", "stream.d", "stream.conf.d", "stream-conf.d",
    ]

    private static let templateExtensions = [
        ".template", ".tmpl", ".tpl", ".gotmpl", ".ctmpl", ".j2", ".jinja", ".jinja2", ".erb", ".epp", ".ejs",
        ".mustache", ".hbs", ".in",
    ]

    private static let copyExtensions = [".example", ".sample", ".dist", ".default"]

    /// `default.conf.template` without what says that it is one; also without what says that it is a sample.
    private static func withoutTemplateExtension(_ name: String) -> String {
        for suffix in templateExtensions where name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count {
            return withoutCopyExtension(String(name.dropLast(suffix.utf8.count)))
        }
        return withoutCopyExtension(name)
    }

    private static func withoutCopyExtension(_ name: String) -> String {
        for suffix in copyExtensions where name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count {
            return String(name.dropLast(suffix.utf8.count))
        }
        return name
    }
}
