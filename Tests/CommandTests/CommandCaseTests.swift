import Foundation
import Testing

/// Runs the built executable over `testdata/commands/<case>/`: `args` (one command line a line, `#` comments),
/// `tree/` (the working directory, copied so that a case may write), `stdin` if it reads that, and what must come out: `stdout`, `stderr`,
/// `status`. `BINDLINT_RECORD=1` writes what came out instead; read it before committing.
@Suite struct CommandCaseTests {
    static let cases: [URL] = folders(in: Repository.testdata.appending(path: "commands"))

    @Test(arguments: cases)
    func commandCase(_ folder: URL) throws {
        let scratch = try Repository.scratchCopy(of: folder.appending(path: "tree"))
        defer { try? FileManager.default.removeItem(at: scratch) }
        let lines = try String(contentsOf: folder.appending(path: "args"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
        var stdout = ""
        var stderr = ""
        var status = ""
        let input = try? String(contentsOf: folder.appending(path: "stdin"), encoding: .utf8)
        for line in lines {
            let result = try Repository.run(shellWords(String(line)), in: scratch, input: input)
            stdout += result.stdout
            stderr += result.stderr
            status += "\(result.status)\n"
        }
        for (name, actual) in [("stdout", stdout), ("stderr", stderr), ("status", status)] {
            let file = folder.appending(path: name)
            if ProcessInfo.processInfo.environment["BINDLINT_RECORD"] != nil {
                try actual.write(to: file, atomically: true, encoding: .utf8)
            } else {
                let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
                #expect(actual == expected, "\(folder.lastPathComponent): \(name)")
            }
        }
    }

    @Test func thereAreCases() { #expect(!Self.cases.isEmpty) }
}

/// Words split at blanks; single quotes keep blanks together.
func shellWords(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quoted = false
    for character in line {
        switch character {
        case "'":
            quoted.toggle()
            word = word ?? ""
        case " " where !quoted:
            if let finished = word { words.append(finished) }
            word = nil
        default: word = (word ?? "") + String(character)
        }
    }
    return words + (word.map { [$0] } ?? [])
}
