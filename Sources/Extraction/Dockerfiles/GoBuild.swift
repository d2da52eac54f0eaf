import ListenerModel

/// `go build` and `go install` in `RUN`: which packages become which programs (`go help build`).
enum GoBuild {
    /// Flags that take the next word as their value.
    private static let valued: Set<String> = [
        "o", "C", "asmflags", "buildmode", "compiler", "gccgoflags", "gcflags", "installsuffix", "ldflags", "mod",
        "modfile", "overlay", "p", "pgo", "pkgdir", "tags", "toolexec",
    ]

    static func takesNextWord(_ word: String) -> Bool {
        word.hasPrefix("-") && valued.contains(String(word.drop { $0 == "-" }))
    }

    static func programs(of command: Dockerfile.Command, in image: Dockerfile.Image) -> [Dockerfile.Program] {
        var folder = image.folder ?? "/"
        var programs: [Dockerfile.Program] = []
        let commands: [[CommandWord]] =
            switch command {
            case .exec(let words): [words]
            case .shell(let text): ShellWords.commands(in: text).map(\.words)
            }
        for words in commands {
            let known = words.map { $0.text.known }
            if known.first == "cd", known.count == 2, let path = known[1] {
                folder = ContainerPath.join(folder, path)
            } else if let go = known.firstIndex(of: "go"), go + 1 < known.count,
                known[go + 1] == "build" || known[go + 1] == "install"
            {
                programs += Self.programs(words, go + 1, folder, image)
            }
        }
        return programs
    }

    private static func programs(
        _ words: [CommandWord], _ verb: Int, _ folder: String, _ image: Dockerfile.Image
    ) -> [Dockerfile.Program] {
        var folder = folder
        var output: String?
        var packages: [CommandWord] = []
        var index = verb + 1
        while index < words.count {
            let word = words[index]
            index += 1
            guard let text = word.text.known, text.hasPrefix("-"), text.count > 1 else {
                packages.append(word)
                continue
            }
            let flag = text.drop { $0 == "-" }
            let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count == 2 ? String(parts[1]) : nil
            if value == nil, valued.contains(String(parts[0])), index < words.count {
                // An output such as `$OUT` is not known.
                value = words[index].text.known
                index += 1
            }
            if parts[0] == "o" { output = value }
            if parts[0] == "C", let value { folder = ContainerPath.join(folder, value) }
        }
        if packages.isEmpty { packages = [CommandWord(".", at: words[verb].location)] }
        return packages.compactMap { word in
            guard var path = word.text.known,
                path == "." || path.hasPrefix("./") || path.hasPrefix("/")
                    || path.hasSuffix(".go") || !path.contains(".")
            else { return nil }
            if path.hasSuffix("/...") { path = String(path.dropLast(4)) }
            /// The program has the name of its file, else of its folder.
            var name: String?
            if path.hasSuffix(".go") {
                name = String(RepositoryPath.name(path).dropLast(3))
                path = RepositoryPath.parent(path)
            }
            let absolute = ContainerPath.join(folder, path.isEmpty ? "." : path)
            let program = name ?? ContainerPath.name(absolute)
            guard let package = contextFolder(absolute, image) else { return nil }
            var target: String
            if words[verb].text.known == "install" {
                target = ContainerPath.join("/go/bin", program)
            } else if let output {
                target = ContainerPath.join(folder, output)
                if target.hasSuffix("/") || packages.count > 1 {
                    target = ContainerPath.join(target, program)
                }
            } else {
                target = ContainerPath.join(folder, program)
            }
            return Dockerfile.Program(path: target, package: package, location: word.location)
        }
    }

    /// The folder of the context that a folder in the image comes from.
    private static func contextFolder(_ path: String, _ image: Dockerfile.Image) -> String? {
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        // Whole folders before the folders of single files.
        let candidates = image.contents.reversed().compactMap { content -> (rank: Int, source: String)? in
            guard let rest = ContainerPath.relative(path, to: content.destination) else { return nil }
            if content.source.isEmpty { return (0, rest) }
            if content.source.hasSuffix(".go") {
                return rest.isEmpty ? (2, RepositoryPath.parent(content.source)) : nil
            }
            if content.isFile || content.hasWildcard { return nil }
            return (1, rest.isEmpty ? content.source : content.source + "/" + rest)
        }
        return candidates.min { $0.rank < $1.rank }?.source
    }
}
