import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Allowances and suppression comments")
struct ExceptionTests {
    static let rule = "version: 1\nrules: [{ id: x, deny: { port: 9000 } }, { id: y, deny: { scope: wildcard } }]\n"

    static let directives: [(text: String, outcome: String)] = [
        ("bindlint: ignore[x] -- behind the VPN", "x | behind the VPN | - | declaration"),
        ("bindlint: ignore[x, y-z] -- why", "x,y-z | why | - | declaration"),
        ("bindlint:ignore[x]--why", "x | why | - | declaration"),
        ("bindlint: ignore [ x ] -- why (until 2027-01-31)", "x | why | 2027-01-31 | declaration"),
        ("bindlint: ignore-file[x] -- fixture", "x | fixture | - | file"),
        ("bindlint: ignore[x] -- why (see ticket)", "x | why (see ticket) | - | declaration"),
        ("bindlint: ignore[x] -- why */", "x | why | - | declaration"),
        ("bindlint: ignore[x] -- why (until 2027-02-31)", "'2027-02-31' is not a date: (until YYYY-MM-DD)"),
        ("bindlint: ignore[x] -- (until 2027-01-31)", "the reason is missing after --"),
        ("bindlint: ignore[x]", "the reason is missing: -- REASON"),
        ("bindlint: ignore[x] --", "the reason is missing after --"),
        ("bindlint: ignore[x] because", "the reason is missing: -- REASON"),
        ("bindlint: ignore", "the rules are missing: ignore[RULE]"),
        ("bindlint: ignore[] -- why", "a rule is missing in the list"),
        ("bindlint: ignore[x,] -- why", "a rule is missing in the list"),
        ("bindlint: ignore[*] -- why", "'*' is not a rule's id"),
        ("bindlint: ignore[x -- why", "the list of rules is not closed with ]"),
        ("bindlint: ingore[x] -- why", "there is no directive 'ingore'; did you mean 'ignore'?"),
        ("bindlint: disable-all", "there is no directive 'disable-all'"),
        ("bindlint:", "'ignore[RULE]' or 'ignore-file[RULE]' is missing"),
    ]

    @Test("the grammar of directives", arguments: ExceptionTests.directives)
    func grammar(_ text: String, _ outcome: String) {
        do throws(Directive.Problem) {
            let directive = try Directive(text)
            let until = directive.until?.description ?? "-"
            #expect(
                "\(directive.rules.joined(separator: ",")) | \(directive.reason) | \(until) | \(directive.extent)"
                    == outcome)
        } catch {
            #expect(error.message == outcome)
        }
    }

    private func check(_ comments: [SuppressionComment], _ listeners: [Listener], incomplete: Set<String> = []) throws
        -> CheckResult
    {
        try policy(Self.rule).check(
            CheckInput(listeners: listeners, suppressions: comments, incompleteFiles: incomplete))
    }

    @Test("trailing, on its own line, for the file")
    func placement() throws {
        let listeners = (1...4).map { listener("127.0.0.1", 9000, line: $0 * 10) }
        func left(_ comment: SuppressionComment) throws -> [Int] {
            try check([comment], listeners).findings.filter { $0.rule == "x" }.map(\.location.start.line)
        }
        let text = "bindlint: ignore[x] -- why"
        #expect(try left(comment(text, line: 20)) == [10, 30, 40])
        #expect(try left(comment(text, line: 19, ownLine: true, nextLine: 20)) == [10, 30, 40])
        #expect(try left(comment(text, line: 12, ownLine: true, nextLine: 13)) == [10, 30, 40])
        #expect(try left(comment(text, line: 21)) == [10, 20, 30, 40])
        #expect(try left(comment(text, line: 41, ownLine: true, nextLine: 0)) == [10, 20, 30, 40])
        #expect(try left(comment("bindlint: ignore-file[x] -- why", line: 99)) == [])
        #expect(try left(comment(text, path: "other.conf", line: 20)) == [10, 20, 30, 40])
        #expect(try left(comment("bindlint: ignore[y] -- why", line: 20)) == [10, 20, 30, 40])
    }

    @Test("a comment at the literal that the address comes from counts")
    func literal() throws {
        let env = Location(
            path: ".env", start: Position(line: 3, column: 1), end: Position(line: 3, column: 9), range: 0..<8)
        let listener = listener("127.0.0.1", 9000) { $0.trace = [TraceStep(env, "BIND is set here")] }
        let text = "bindlint: ignore[x] -- why"
        #expect(try check([comment(text, path: ".env", line: 2, ownLine: true, nextLine: 3)], [listener]).rules == [])
        #expect(try check([comment(text, line: 1)], [listener]).rules == [])
    }

    @Test("directives that do nothing are findings of their own")
    func hygiene() throws {
        let safe = [listener("127.0.0.1", 80)]
        func rules(_ text: String, incomplete: Set<String> = []) throws -> [String] {
            try check([comment(text)], safe, incomplete: incomplete).rules
        }
        #expect(try rules("bindlint: ignore[x] -- why") == ["suppression-unused"])
        #expect(try rules("bindlint: ignore[x, y] -- why") == ["suppression-unused", "suppression-unused"])
        #expect(try rules("bindlint: ignore[x] -- why", incomplete: ["server.conf"]) == [])
        // Another pack's rule is no mistake, and not active here.
        #expect(try rules("bindlint: ignore[public-database] -- why") == [])
        #expect(try rules("bindlint: ignore[public-databse] -- why") == ["suppression-invalid"])
        #expect(try rules("bindlint: ignore[x]") == ["suppression-invalid"])
        #expect(try rules("bindlint: ignore[x] -- why (until 2026-11-21)") == ["suppression-expired"])
        #expect(try rules("bindlint: ignore[suppression-unused] -- why") == ["suppression-invalid"])
    }

    @Test("an expired or malformed directive suppresses nothing; the last day still counts")
    func expiry() throws {
        let open = [listener("127.0.0.1", 9000)]
        func rules(_ text: String) throws -> [String] { try check([comment(text)], open).rules }
        #expect(try rules("bindlint: ignore[x] -- why (until 2026-11-21)") == ["suppression-expired", "x"])
        #expect(try rules("bindlint: ignore[x] -- why (until 2026-11-22)") == [])
        #expect(try rules("bindlint: ignore[x]") == ["suppression-invalid", "x"])
        #expect(try rules("bindlint: ignore[nothing-like-it, x] -- why") == ["suppression-invalid"])
    }

    @Test("a comment for what could not be decided is not unused")
    func undecided() throws {
        let result = try check([comment("bindlint: ignore[x] -- why")], [listener("127.0.0.1", nil)])
        #expect(result.rules == [])
        #expect(result.undecided == ["x": 1])
    }

    @Test("a rule that is not to be suppressed in files")
    func unsuppressible() throws {
        let policy = try policy("version: 1\nrules: [{ id: x, suppressible: false, deny: { port: 9000 } }]\n")
        let input = CheckInput(
            listeners: [listener()], suppressions: [comment("bindlint: ignore[x] -- why")])
        #expect(policy.check(input).rules == ["suppression-invalid", "x"])
    }

    @Test("allowances take sockets away; a finding stays while one is left")
    func allowances() throws {
        func rules(_ when: String, _ listener: Listener, _ more: String = "") throws -> [String] {
            try policy(Self.rule + "allow: [{ rule: y, when: { \(when) }, reason: why\(more) }]\n")
                .check(CheckInput(listeners: [listener])).rules
        }
        #expect(try rules("family: ipv4", listener("0.0.0.0", 80)) == [])
        #expect(try rules("family: ipv4", listener("*", 80)) == ["y"])
        #expect(try rules("path: server.conf", listener("*", 80)) == [])
        #expect(try rules("port: 80", listener("0.0.0.0", 80) { $0.range(80, 80) }) == [])
        #expect(try rules("port: 80", listener("0.0.0.0", 80) { $0.range(80, 81) }) == ["y"])
        #expect(try rules("port: 80", listener("0.0.0.0", 81)) == ["allowance-unused", "y"])
        // unknown is not true
        #expect(try rules("port: 80", listener("0.0.0.0", nil)) == ["allowance-unused", "y"])
        #expect(try rules("repository: acme/shop", listener("0.0.0.0", 81)) == ["y"])
        #expect(try rules("port: 80", listener("0.0.0.0", 80), ", until: 2026-11-21") == ["allowance-expired", "y"])
        #expect(try rules("port: 80", listener("0.0.0.0", 80), ", until: 2026-11-22") == [])
    }

    @Test("an allowance that is not needed is not reported for a part of the tree")
    func partOfTheTree() throws {
        let policy = try policy(Self.rule + "allow: [{ rule: y, when: { port: 80 }, reason: why }]\n")
        #expect(policy.check(CheckInput(listeners: [], isWholeTree: false)).rules == [])
        #expect(policy.check(CheckInput(listeners: [])).findings.first?.location.start.line == 3)
    }

    @Test("levels of the built-in rules follow the policy")
    func builtInLevels() throws {
        let text = Self.rule + "overrides: [{ when: { path: \"test/**\" }, levels: { suppression-unused: off } }]\n"
        let unused = comment("bindlint: ignore[x] -- why", path: "test/a.conf")
        #expect(try policy(text).check(CheckInput(listeners: [], suppressions: [unused])).rules == [])
        let raised = try policy(
            Self.rule.replacing("rules: [", with: "rules: [{ id: suppression-unused, level: error }, "))
        #expect(raised.check(CheckInput(listeners: [], suppressions: [unused])).findings.map(\.level) == [.error])
    }

    @Test("allowance, comment, baseline: the first that takes a finding is named, the others are not needed")
    func order() throws {
        let plain = try policy(Self.rule)
        let (baseline, _) = plain.record(CheckInput(listeners: [listener("127.0.0.1", 9000)]))
        let policy = try policy(Self.rule + "allow: [{ rule: x, when: { port: 9000 }, reason: why, owner: me }]\n")
        let result = policy.check(
            CheckInput(
                listeners: [listener("127.0.0.1", 9000)], suppressions: [comment("bindlint: ignore[x] -- why")],
                baseline: baseline))
        #expect(result.suppressed.map { $0.suppression?.kind } == [.allowance])
        #expect(result.rules == ["baseline-stale", "suppression-unused"])
    }
}
