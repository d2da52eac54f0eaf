import Foundation
import Testing

@testable import bindlint

@Suite struct HelpTests {
    static let texts = [HelpText.overview()] + Command.shown.map(HelpText.of)

    @Test(arguments: texts)
    func fitsInEightyColumns(text: String) {
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(!text.contains("\n\n\n"))
        #expect(text.hasSuffix("\n"))
    }

    @Test(arguments: Command.shown)
    func namesEveryOptionOfTheCommand(command: Command) {
        let text = HelpText.of(command)
        for option in command.options { #expect(text.contains(option.name)) }
        for word in command.words { #expect(text.contains("\n  \(word.word) ")) }
    }

    @Test func everyExampleIsValid() throws {
        for command in Command.shown {
            for example in command.examples {
                // Redirections are the shell's, quotes as well.
                let words = example.arguments.split(separator: ">")[0].split(separator: " ")
                    .map { String($0).trimmingCharacters(in: CharacterSet(charactersIn: "'")) }
                let name = command == .check ? [] : [command.rawValue]
                _ = try Invocation(name + words) { _ in true }
            }
        }
    }

    @Test func shortNamesAreUnique() {
        let letters = Option.allCases.compactMap(\.row.short)
        #expect(letters.count == Set(letters).count)
    }

    @Test func everyOptionHasACommandAndASentence() {
        for option in Option.allCases {
            #expect(!option.row.commands.isEmpty)
            #expect(option.row.help.hasSuffix("."), "\(option.name)")
        }
    }
}

@Suite struct ManualPageTests {
    @Test func namesEverything() {
        let page = ManualPage.roff()
        for option in Option.allCases {
            #expect(page.contains("\n.B ") && page.contains(option.name.replacing("-", with: "\\-")))
        }
        for command in Command.shown { #expect(page.contains("\n.B \(command.rawValue)")) }
    }

    @Test(.enabled(if: installed("groff"), "groff is not installed"))
    func groffHasNothingToSay() throws {
        let (status, output, complaints) = try run(
            ["groff", "-ww", "-rLL=80n", "-man", "-Tascii", "-P-cbou"], input: ManualPage.roff())
        #expect(status == 0)
        #expect(complaints == "")
        #expect(output.contains("--files-from FILE"))
    }
}

@Suite struct CompletionTests {
    /// What bash offers for the last of these words.
    static func offered(_ line: String) throws -> Set<String> {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
        let script =
            Completions.script(for: .bash) + """

                COMP_WORDS=(\(words.joined(separator: " "))); COMP_CWORD=\(words.count - 1)
                compopt() { :; }
                _bindlint
                printf '%s\\n' "${COMPREPLY[@]}"
                """
        let (status, output, complaints) = try run(["bash", "-u", "-s"], input: script)
        #expect(status == 0 && complaints == "", "\(complaints)")
        return Set(output.split(separator: "\n").map(String.init))
    }

    @Test(arguments: [
        ("bindlint ", Command.shown.map(\.rawValue)),
        ("bindlint ba", ["baseline"]),
        ("bindlint policy ", ["test", "show", "schema", "init"]),
        ("bindlint completions z", ["zsh"]),
        ("bindlint --form", ["--format"]),
        ("bindlint list --fail", []),
        ("bindlint --fail-on e", ["error"]),
        ("bindlint --source ng", ["nginx"]),
        ("bindlint help li", ["list"]),
    ])
    func bash(line: String, expected: [String]) throws {
        #expect(try Self.offered(line) == Set(expected))
    }

    @Test(
        .enabled(if: installed("fish"), "fish is not installed"),
        arguments: [
            ("bindlint base", "baseline"), ("bindlint list --form", "--format"), ("bindlint policy sch", "schema"),
            ("bindlint list --format mark", "markdown"), ("bindlint --fail-on err", "error"),
            ("bindlint help li", "list"),
        ])
    func fish(line: String, expected: String) throws {
        let script = Completions.script(for: .fish) + "\ncomplete -C '\(line)'\n"
        let (_, output, complaints) = try run(["fish"], input: script)
        #expect(complaints == "")
        #expect(output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == [Substring(expected)])
    }

    @Test(arguments: Shell.allCases)
    func shellsCanReadTheirScript(shell: Shell) throws {
        let script = Completions.script(for: shell)
        for option in Option.allCases { #expect(script.contains(option.rawValue)) }
        guard installed(shell.rawValue) else { return }
        let (status, _, complaints) = try run([shell.rawValue, "-n", "/dev/stdin"], input: script)
        #expect(status == 0, "\(complaints)")
    }
}

private func installed(_ program: String) -> Bool {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
}

private func run(_ command: [String], input: String) throws -> (status: Int32, output: String, complaints: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bindlint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["input", "output", "complaints"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return (
        process.terminationStatus, try String(contentsOf: files[1], encoding: .utf8),
        try String(contentsOf: files[2], encoding: .utf8)
    )
}
