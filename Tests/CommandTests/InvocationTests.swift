import Discovery
import ListenerModel
import Reporting
import PolicyEngine
import Testing

@testable import bindlint

@Suite struct InvocationTests {
    static func read(_ words: String, existing: Set<String> = []) throws -> Invocation {
        try Invocation(words.split(separator: " ").map(String.init), pathExists: existing.contains)
    }

    static func check(_ words: String) throws -> CheckArguments {
        guard case .check(let arguments) = try read(words) else { throw NotCheck() }
        return arguments
    }

    struct NotCheck: Error {}

    @Test func checkIsTheDefault() throws {
        let bare = try Self.check("")
        #expect(bare.scan.paths == ["."])
        #expect(bare.failOn == .warning)
        #expect(try Self.check("check deploy x.yml").scan.paths == ["deploy", "x.yml"])
        #expect(try Self.check("./deploy").scan.paths == ["./deploy"])
    }

    @Test(arguments: [
        "--format json check a b", "check --format=json a b", "check a --format json b", "a --format json -- b",
        "--format text a b --format json",
    ])
    func valuesAreAttachedOrFollow(words: String) throws {
        let arguments = try Self.check(words)
        #expect(arguments.format == .json)
        #expect(arguments.scan.paths == ["a", "b"])
    }

    @Test func twoDashesEndTheOptions() throws {
        #expect(try Self.check("-- --fail.yml list -q").scan.paths == ["--fail.yml", "list", "-q"])
        #expect(try Self.check("check -- --x").scan.paths == ["--x"])
    }

    @Test(arguments: ["-qj4", "-qj 4", "-q -j=4", "-j4 -q"])
    func lettersShareADash(words: String) throws {
        let arguments = try Self.check(words)
        #expect(arguments.verbosity.quiet)
        #expect(arguments.scan.walk.jobs == 4)
    }

    @Test func everyOptionOfCheckArrives() throws {
        let arguments = try Self.check(
            "--policy a.yaml --policy strict --isolated --output sarif=x=y --output github=z --source go,node "
                + "--source nginx --include *.go --exclude /x --force-exclude --no-ignore --hidden --files-from - -0 "
                + "--show-files --max-file-size 2K --color always -v --statistics --fail-on never --fail-on-unknown "
                + "--strict-input --no-suppressions --show-suppressed --baseline b --today 2028-02-29 --allow-empty")
        #expect(arguments.policy.files == ["a.yaml", "strict"])
        #expect(arguments.policy.isolated)
        #expect(arguments.outputs == [OutputFile(format: .sarif, path: "x=y"), OutputFile(format: .github, path: "z")])
        #expect(arguments.scan.sources == [.go, .node, .nginx])
        #expect(arguments.scan.walk.include.map(\.pattern) == ["*.go"])
        #expect(arguments.scan.walk.exclude.map(\.pattern) == ["/x"])
        #expect(arguments.scan.walk.forceExclude && arguments.scan.walk.noIgnore && arguments.scan.walk.hidden)
        #expect(arguments.scan.filesFrom == "-" && arguments.scan.nulSeparated && arguments.scan.paths.isEmpty)
        #expect(arguments.scan.maxFileSize == 2048)
        #expect(arguments.showFiles && arguments.statistics && arguments.verbosity.verbose)
        #expect(arguments.verbosity.color == .always)
        #expect(arguments.failOn == .never && arguments.failOnUnknown && arguments.strictInput)
        #expect(arguments.noSuppressions && arguments.showSuppressed && arguments.allowEmpty)
        #expect(arguments.baseline == "b")
        #expect(arguments.today == CalendarDate("2028-02-29"))
    }

    @Test func standardInput() throws {
        let arguments = try Self.check("--stdin-filename x/nginx.conf -")
        #expect(arguments.standardInputName == "x/nginx.conf")
        #expect(arguments.scan.paths == [])
    }

    @Test(arguments: [
        ("--formt json", "there is no option --formt; did you mean --format?"),
        ("-x", "there is no option -x"),
        ("--format", "--format needs a value: --format WORD"),
        ("--quiet=1", "--quiet takes no value"),
        (
            "--format sarfi",
            "--format cannot be 'sarfi': expected text, concise, json, jsonl, sarif, github, gitlab, junit, markdown; "
                + "did you mean sarif?"
        ),
        ("list --format sarif", "--format cannot be 'sarif': expected text, concise, json, jsonl, markdown"),
        (
            "--output report.sarif",
            "--output cannot be 'report.sarif': expected FORMAT=PATH, such as sarif=bindlint.sarif"
        ),
        (
            "--source nginxx",
            "--source cannot be 'nginxx': expected nginx, compose, go, node, env, dockerfile, command; "
                + "did you mean nginx?"
        ),
        ("--fail-on errors", "--fail-on cannot be 'errors': expected error, warning, note, never; did you mean error?"),
        ("--today 2027-02-29", "--today cannot be '2027-02-29': expected a day as YYYY-MM-DD"),
        ("--max-file-size 3X", "--max-file-size cannot be '3X': expected a number of bytes such as 500000, 64M or 1G"),
        ("--jobs 0", "--jobs cannot be '0': expected a number from 1 to 1024"),
        ("--exclude a[", "--exclude cannot be 'a[': expected a glob; a [ is not closed by ]"),
        ("list --fail-on error", "--fail-on is not an option of `list`, but of `check`"),
        ("chekc", "there is no file, folder or command 'chekc'; did you mean the command 'check'?"),
        ("explain", "`explain` needs WHAT"),
        ("explain a b", "`explain` does not take 'b'"),
        ("rules x", "`rules` does not take 'x'"),
        ("policy tset", "`policy` does not know 'tset', but test, show, schema, init; did you mean test?"),
        ("baseline", "`baseline` needs write|prune [PATH...]"),
        ("completions tcsh", "`completions` does not know 'tcsh', but bash, zsh, fish"),
        ("-0", "--null needs --files-from"),
        ("--json", "--json needs --version; for findings as JSON write --format json"),
        ("-", "standard input (-) needs --stdin-filename PATH: the name says what kind of file it is"),
        ("--stdin-filename x", "--stdin-filename needs the path - (standard input)"),
        ("--stdin-filename x - y", "standard input (-) cannot be read together with other paths"),
    ])
    func badUsage(words: String, message: String) throws {
        let error = #expect(throws: UsageError.self) { try Self.read(words) }
        #expect(error?.description == message)
    }

    @Test func aFileNamedLikeAMisspeltCommandIsAFile() throws {
        guard case .check(let arguments) = try Self.read("chekc", existing: ["chekc"]) else { throw NotCheck() }
        #expect(arguments.scan.paths == ["chekc"])
    }

    @Test func helpAndVersion() throws {
        guard case .help(nil) = try Self.read("--help") else { throw NotCheck() }
        guard case .help(.list) = try Self.read("list x -h") else { throw NotCheck() }
        guard case .help(.policy) = try Self.read("help policy") else { throw NotCheck() }
        guard case .version(json: true) = try Self.read("--version --json") else { throw NotCheck() }
    }
}
