internal import ListenerModel

/// Whether a file is part of a build for Linux (`go help buildconstraint`): its name's `_GOOS`, `_GOARCH` suffixes
/// and its `//go:build` line.
enum GoBuildConstraint {
    private static let otherSystems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "nacl", "netbsd",
        "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
    ]
    /// Architectures a server is built for; a file for one of them counts.
    private static let trueTags: Set<String> = [
        "linux", "unix", "amd64", "arm64", "gc", "cgo", "go1",
    ]
    private static let otherArchitectures: Set<String> = [
        "386", "arm", "armbe", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64",
        "s390x", "sparc64", "wasm",
    ]

    static func matchesLinux(path: String, _ bytes: [UInt8], comments: [Range<Int>]) -> Bool {
        guard nameMatches(RepositoryPath.name(path)) else { return false }
        for range in comments {
            guard bytes[range].starts(with: "//go:build ".utf8) else { continue }
            let comment = String(decoding: bytes[range], as: UTF8.self)
            var expression = Expression(text: comment.dropFirst("//go:build ".count))
            return expression.value()
        }
        return true
    }

    private static func nameMatches(_ name: String) -> Bool {
        var parts = name.split(separator: ".").first.map { $0.split(separator: "_").map(String.init) } ?? []
        if parts.last == "test" { parts.removeLast() }
        for part in parts.dropFirst().suffix(2) {
            if otherSystems.contains(part) || otherArchitectures.contains(part) { return false }
        }
        return true
    }

    /// `linux && !(cgo || ignore)`; a tag that is not known counts as off.
    private struct Expression {
        private var words: [Substring]
        private var index = 0
        private var depth = 0

        init(text: Substring) {
            words = []
            var word = text.startIndex
            var position = text.startIndex
            func flush(_ words: inout [Substring]) { if word < position { words.append(text[word..<position]) } }
            while position < text.endIndex {
                let character = text[position]
                if character == "(" || character == ")" || character == "!" {
                    flush(&words)
                    words.append(text[position...position])
                    word = text.index(after: position)
                } else if character == " " || character == "\t" || character == "\r" {
                    flush(&words)
                    word = text.index(after: position)
                }
                position = text.index(after: position)
            }
            flush(&words)
        }

        mutating func value() -> Bool {
            var result = conjunction()
            while index < words.count, words[index] == "||" {
                index += 1
                let right = conjunction()
                result = result || right
            }
            return result
        }

        private mutating func conjunction() -> Bool {
            var result = term()
            while index < words.count, words[index] == "&&" {
                index += 1
                let right = term()
                result = result && right
            }
            return result
        }

        private mutating func term() -> Bool {
            guard index < words.count, depth < 50 else { return false }
            depth += 1
            defer { depth -= 1 }
            let word = words[index]
            index += 1
            switch word {
            case "!": return !term()
            case "(":
                let inner = value()
                if index < words.count, words[index] == ")" { index += 1 }
                return inner
            default: return GoBuildConstraint.trueTags.contains(String(word.prefix { $0 != "." }))
            }
        }
    }
}
