internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// Names of modules that a TypeScript configuration maps to files (TypeScript handbook, "paths").
struct TypeScriptPaths {
    /// What stands before and behind the `*` of a pattern, and the paths that it stands for.
    private var patterns: [(prefix: String, suffix: String, isExact: Bool, targets: [String])] = []

    /// The configuration in a folder, with those that it extends; nil where it maps nothing.
    static func find(at folder: String, in tree: any SourceTree) -> TypeScriptPaths? {
        for name in ["tsconfig.json", "tsconfig.base.json", "jsconfig.json"] {
            guard let path = RepositoryPath.join(folder, name) else { continue }
            if let found = read(path, in: tree, depth: 0) { return found }
        }
        return nil
    }

    private static func read(_ path: String, in tree: any SourceTree, depth: Int) -> TypeScriptPaths? {
        guard depth < 4, case .bytes(let bytes) = tree.read(path),
            let root = YAMLStream(JSONComments.removed(from: bytes)).documents.first
        else { return nil }
        let folder = RepositoryPath.parent(path)
        guard let options = root["compilerOptions"], let paths = options["paths"]?.mapping else {
            guard let base = root["extends"]?.string, base.hasPrefix("."),
                let other = RepositoryPath.join(folder, base)
            else { return nil }
            return read(other, in: tree, depth: depth + 1) ?? read(other + ".json", in: tree, depth: depth + 1)
        }
        var result = TypeScriptPaths()
        let base = options["baseUrl"]?.string.flatMap { RepositoryPath.join(folder, $0) } ?? folder
        for entry in paths {
            guard let pattern = entry.key.string else { continue }
            let targets = (entry.value.sequence ?? []).compactMap(\.string).compactMap {
                RepositoryPath.join(base, $0)
            }
            let star = pattern.firstIndex(of: "*")
            result.patterns.append(
                (
                    String(star.map { pattern[..<$0] } ?? pattern[...]),
                    star.map { String(pattern[pattern.index(after: $0)...]) } ?? "", star == nil, targets
                ))
        }
        // The longest prefix counts first.
        result.patterns.sort { $0.prefix.count > $1.prefix.count }
        return result
    }

    /// Paths, from the root of the tree and perhaps without an extension, that a module's name may stand for.
    func candidates(for specifier: String) -> [String] {
        patterns.flatMap { pattern -> [String] in
            if pattern.isExact { return pattern.prefix == specifier ? pattern.targets : [] }
            guard specifier.hasPrefix(pattern.prefix), specifier.hasSuffix(pattern.suffix),
                specifier.utf8.count >= pattern.prefix.utf8.count + pattern.suffix.utf8.count
            else { return [] }
            let middle = String(specifier.dropFirst(pattern.prefix.count).dropLast(pattern.suffix.count))
            return pattern.targets.map { target in
                guard let star = target.firstIndex(of: "*") else { return target }
                return target[..<star] + middle + target[target.index(after: star)...]
            }
        }
    }
}

/// JSON with comments and trailing commas, as TypeScript's and other configuration files are written.
enum JSONComments {
    /// The same bytes with blanks in place of comments: places stay.
    static func removed(from bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "/"):
                while index < bytes.count, bytes[index] != 0x0a {
                    result[index] = 0x20
                    index += 1
                }
                continue
            case UInt8(ascii: "/") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "*"):
                let start = index
                index += 2
                while index + 1 < bytes.count,
                    bytes[index] != UInt8(ascii: "*") || bytes[index + 1] != UInt8(ascii: "/")
                {
                    index += 1
                }
                for blank in start..<min(index + 2, bytes.count) where bytes[blank] != 0x0a { result[blank] = 0x20 }
                index += 1
            case 0x09: result[index] = 0x20
            default: break
            }
            index += 1
        }
        return result
    }
}
