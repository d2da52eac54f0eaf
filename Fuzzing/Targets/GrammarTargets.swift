import Dialects
@testable import Extraction
import ListenerModel

/// One file of one source each.
extension FuzzTarget {
    static let nginx = FuzzTarget("nginx", openings: ["http { server { listen "], words: Words.nginx) { corpus in
        corpus.files { $0.contains("/nginx/") && !$0.hasSuffix(".listeners") }
            + corpus.observed("nginx").map { Array($0.utf8) }
    } run: { bytes throws(Violation) in
        for name in ["nginx.conf", "default.conf.j2"] {
            try UnitInvariants.check(NginxExtractor(), name, bytes)
        }
    }

    static let go = FuzzTarget("go", openings: ["package main\nfunc main() { x := "], words: Words.go) { corpus in
        corpus.files { $0.hasSuffix(".go") } + corpus.observed("go").map { Array("package main\n\($0)\n".utf8) }
    } run: { bytes throws(Violation) in
        try UnitInvariants.check(GoExtractor(), "main.go", bytes)
    }

    static let javaScript = FuzzTarget("javascript", openings: ["const x = "], words: Words.javaScript) { corpus in
        corpus.files { path in NodeExtractor.extensions.contains { path.hasSuffix($0) } }
            + corpus.observed("node").map { Array($0.utf8) }
    } run: { bytes throws(Violation) in
        for name in ["server.ts", "server.jsx"] { try UnitInvariants.check(NodeExtractor(), name, bytes) }
    }

    static let dockerfile = FuzzTarget(
        "dockerfile", openings: ["FROM a\nENV A=b\nCMD x "], words: Words.dockerfile + Words.shell
    ) { corpus in
        corpus.files { $0.contains("Dockerfile") }
    } run: { bytes throws(Violation) in
        try UnitInvariants.check(DockerfileExtractor(), "Dockerfile", bytes)
        let text = SourceText(path: "Dockerfile", bytes: bytes)
        guard case .dockerfile(let dockerfile) = DockerfileExtractor().extract(text).body,
            let image = dockerfile.image(arguments: ["PORT": "8080"])
        else { return }
        for declaration in image.declarations(in: text) {
            try UnitInvariants.check(declaration.location, text)
        }
    }

    static let shell = FuzzTarget("shell", openings: ["redis-server "], words: Words.shell) { corpus in
        corpus.files { $0.hasSuffix("Procfile") || $0.hasSuffix("Makefile") || $0.contains("Dockerfile") }
            + corpus.observed("docker").map { Array($0.utf8) }
    } run: { bytes throws(Violation) in
        let text = SourceText(path: "script", bytes: bytes)
        let placed = PlacedText(text, 0..<bytes.count)
        for word in ShellWords.words(in: placed) { try UnitInvariants.check(word.location, text) }
        for command in ShellWords.commands(in: placed) {
            for word in command.words { try UnitInvariants.check(word.location, text) }
        }
        for declaration in CommandReader(shell: placed).declarations {
            try UnitInvariants.check(declaration.location, text)
        }
        _ = CommandReader(words: ShellWords.words(in: placed), program: "redis", in: text).declarations
    }

    static let environment = FuzzTarget("environment", openings: ["A=b\nPORT="], words: Words.environment) { corpus in
        corpus.files { $0.hasSuffix(".env") || $0.contains("/env/") }
    } run: { bytes throws(Violation) in
        for name in [".env", "service.env.example"] { try UnitInvariants.check(EnvFileExtractor(), name, bytes) }
        let text = SourceText(path: ".env", bytes: bytes)
        for format in [Dotenv.Format.interpolated, .raw] {
            let file = Dotenv(bytes, format: format)
            let (variables, failures) = file.variables(in: text) { $0 == "PORT" ? .value("80", at: nil) : .unknown }
            for variable in variables { try UnitInvariants.check(variable.location, text) }
            for problem in file.problems + failures { try UnitInvariants.check(text.location(problem.range), text) }
        }
    }

    static let commandFiles = FuzzTarget(
        "command-files", openings: ["A=b\n\tnpx ", "{\"scripts\": {\"a\": \""], words: Words.shell + Words.make
    ) { corpus in
        corpus.files { $0.contains("/command/") || $0.hasSuffix("package.json") || $0.hasSuffix("Makefile") }
    } run: { bytes throws(Violation) in
        try UnitInvariants.check(MakefileExtractor(), "Makefile", bytes)
        try UnitInvariants.check(ProcfileExtractor(), "Procfile", bytes)
        try UnitInvariants.check(PackageJSONExtractor(), "package.json", bytes)
    }

    static let interpolation = FuzzTarget(
        "interpolation", longestInput: 512, openings: ["${A:-"], words: Words.interpolation
    ) { corpus in
        corpus.observed("compose").flatMap { $0.split(separator: "\n").map { Array($0.utf8) } }.filter {
            $0.contains(0x24)
        }
            + Words.interpolation.map { Array($0.utf8) }
    } run: { bytes throws(Violation) in
        let text = SymbolicText(String(decoding: bytes, as: UTF8.self))
        let worlds: [@Sendable (String) -> EnvironmentValue] = [
            { _ in .unknown }, { _ in .unset }, { name in .value(SymbolicText(name), at: nil) },
        ]
        for world in worlds {
            let result = try? Interpolation(text).evaluated(at: nil, world)
            guard let result else { continue }
            _ = try? PortSyntax.parse(result.text)
            _ = PortSyntax.fieldsOfRefused(result.text)
        }
    }
}
