import Extraction
import ListenerModel
import Testing

@Suite struct InterpolationTests {
    private static let environment = ["SET": "value", "EMPTY": "", "OTHER": "other"]

    private static func value(_ name: String) -> EnvironmentValue {
        environment[name].map { .value(SymbolicText($0), at: nil) } ?? .unset
    }

    private func expand(_ text: String) throws -> String? {
        try Interpolation(SymbolicText(text)).evaluated(at: nil, Self.value).text.known
    }

    /// Every operator with a variable that is set, empty and unset.
    @Test(arguments: [
        ("$SET", "value"), ("${SET}", "value"), ("${EMPTY}", ""), ("${UNSET}", ""),
        ("${SET:-d}", "value"), ("${EMPTY:-d}", "d"), ("${UNSET:-d}", "d"),
        ("${SET-d}", "value"), ("${EMPTY-d}", ""), ("${UNSET-d}", "d"),
        ("${SET:+x}", "x"), ("${EMPTY:+x}", ""), ("${UNSET:+x}", ""),
        ("${SET+x}", "x"), ("${EMPTY+x}", "x"), ("${UNSET+x}", ""),
        ("${SET:?e}", "value"), ("${SET?e}", "value"), ("${EMPTY?e}", ""),
        ("${UNSET:-${OTHER}}", "other"), ("${UNSET:-${EMPTY:-${SET}}}", "value"), ("${SET:+$OTHER:}80", "other:80"),
        ("${UNSET:-}", ""), ("${UNSET:-a:b}", "a:b"), ("${UNSET:-{}}", "{}"), ("${UNSET:-\"q\"}", "\"q\""),
        ("$$SET", "$SET"), ("$$$SET", "$value"), ("a$", "a$"), ("$1", "$1"), ("$(x)", "$(x)"), ("$ {SET}", "$ {SET}"),
        ("${SET}${OTHER}", "valueother"), ("${SET}-${UNSET:-9}", "value-9"), ("pre${SET}post", "prevaluepost"),
        ("${UNSET-a-b}", "a-b"), ("${UNSET:-?}", "?"), ("", ""),
    ])
    func expands(_ text: String, _ expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        "${}", "${1}", "${SET", "${SET:=x}", "${SET/a/b}", "${SET-", "${-x}", "${ SET }", "${UNSET:-a\nb}",
    ])
    func refusesTheFormat(_ text: String) {
        #expect {
            try Interpolation(SymbolicText(text))
        } throws: { error in
            if case .invalidFormat? = error as? Interpolation.Failure { true } else { false }
        }
    }

    @Test(arguments: [("${UNSET:?need it}", "need it"), ("${EMPTY:?$SET}", "value"), ("${UNSET?}", "")])
    func refusesAMissingValue(_ text: String, _ message: String) {
        #expect {
            try expand(text)
        } throws: { error in
            if case .required(_, message)? = error as? Interpolation.Failure { true } else { false }
        }
    }

    @Test func whatNobodyKnowsStaysUnknownOrFallsBack() throws {
        func result(_ text: String) throws -> Interpolation.Result {
            try Interpolation(SymbolicText(text)).evaluated(at: nil) { _ in .unknown }
        }
        #expect(try result("${IP}:80").text.unknowns.map(\.name) == ["IP"])
        #expect(try result("${IP:?set it}:80").text.unknowns.map(\.name) == ["IP"])
        let fallback = try result("${IP:-127.0.0.1}:80")
        #expect(fallback.text.known == "127.0.0.1:80")
        #expect(fallback.overridable == ["IP"])
        let alternative = try result("${IP:+$IP:}80")
        #expect(alternative.text.known == "80")
        #expect(alternative.overridable == ["IP"])
    }

    @Test func namesWhatIsUnsetWithoutAFallback() throws {
        let result = try Interpolation("${UNSET}:${EMPTY}:${SET}:${UNSET:-d}").evaluated(at: nil, Self.value)
        #expect(result.emptied == ["UNSET", "EMPTY"])
    }

    @Test func unknownPartsOfTheTextStay() throws {
        let text = SymbolicText([.literal("${SET}-"), .unknown(Unknown(.template("t"))), .literal("-${OTHER}")])
        let result = try Interpolation(text).evaluated(at: nil, Self.value).text
        #expect(result.marked == "value-\u{FFFC}-other")
        #expect(result.unknowns.map(\.cause) == [.template("t")])
    }

    @Test func deepNestingIsRefusedQuickly() {
        let deep = String(repeating: "${A:-", count: 5_000) + String(repeating: "}", count: 5_000)
        #expect(throws: Interpolation.Failure.self) { try Interpolation(SymbolicText(deep)) }
    }
}
