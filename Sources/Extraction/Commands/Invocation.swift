import ListenerModel

/// A command after the programs that only start another one were removed: `exec`, `sh -c`, `npx`, `python -m`.
public struct Invocation: Sendable {
    /// The base name of the program, or the name of the module that `python -m` runs.
    public var program: String
    /// The word that names it.
    public var programWord: CommandWord
    public var arguments: [CommandWord]
    /// Set on the command line itself: `PORT=80 app`, `env PORT=80 app`.
    public var assignments: [String: CommandWord]

    /// The script of a package manifest that `npm run NAME`, `yarn NAME` and the like start.
    public var packageScript: String? {
        let words = arguments.map { $0.text.known ?? "" }.filter { !$0.hasPrefix("-") }
        switch program {
        case "npm", "pnpm":
            switch words.first {
            case "run", "run-script": return words.count > 1 ? words[1] : nil
            case "start", "stop", "test", "restart": return words[0]
            default: return program == "pnpm" ? words.first : nil
            }
        case "yarn", "bun": return words.first == "run" ? words.dropFirst().first : words.first
        default: return nil
        }
    }

    /// The file that an interpreter runs: `node dist/main.js`, `tsx watch src/server.ts`.
    public var script: CommandWord? {
        guard ["node", "nodejs", "tsx", "ts-node", "ts-node-dev", "nodemon", "bun", "deno"].contains(program) else {
            return nil
        }
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard let text = word.text.known else { return nil }
            if ["-e", "--eval", "-p", "--print"].contains(text) { return nil }
            if Self.valuedNodeOptions.contains(text) { rest = rest.dropFirst() }
            if !text.hasPrefix("-"), !["run", "watch", "serve"].contains(text) { return word }
        }
        return nil
    }

    /// The package that `go run` builds and starts: `./cmd/api`, `main.go`.
    public var goPackage: CommandWord? {
        guard program == "go", arguments.first?.text.known == "run" else { return nil }
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            guard let text = word.text.known else { return nil }
            if GoBuild.takesNextWord(text) { rest = rest.dropFirst() }
            if !text.hasPrefix("-") { return word }
        }
        return nil
    }

    /// Options of node(1) and its relatives that take the next word.
    private static let valuedNodeOptions: Set<String> = [
        "-r", "--require", "--import", "--loader", "--experimental-loader", "--env-file", "-C", "--conditions",
        "--tsconfig", "-P", "--project", "--watch-path", "-w", "--ext", "--config", "-c",
    ]
}
