/// Files that nginx and its packages bring along, none of which listens (conf/ of the nginx source, Debian's
/// nginx-common, certbot).
enum NginxShippedFiles {
    private static let names: Set<String> = [
        "mime.types", "fastcgi_params", "fastcgi.conf", "scgi_params", "uwsgi_params", "proxy_params", "koi-utf",
        "koi-win", "win-utf", "fastcgi-php.conf", "snakeoil.conf", "options-ssl-nginx.conf", "naxsi_core.rules",
    ]

    private static let folders: Set<String> = ["modules-enabled", "modules-available", "modules"]

    static func contains(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        guard let name = parts.last else { return false }
        return names.contains(String(name)) || parts.dropLast().last.map { folders.contains(String($0)) } == true
    }
}
