import Foundation
import Testing

/// What fuzzing found once, and a part of what is near to real files; `Fuzzing/run TARGET changes` tries all of it.
@Suite struct HostileInputTests {
    static let targets = FuzzTargets.all.map(\.name)

    /// `Fuzzing/Findings/<target>/`: inputs that broke a promise before.
    @Test(arguments: targets) func findings(_ name: String) throws {
        let target = try #require(FuzzTargets.named(name))
        for finding in target.findings {
            #expect(throws: Never.self, "\(finding.name)") { try target.run(finding.bytes) }
        }
    }

    @Test(arguments: targets) func everyTargetHasSeedsAndWords(_ name: String) throws {
        let target = try #require(FuzzTargets.named(name))
        #expect(!target.seeds(.all).isEmpty)
        #expect(!target.words().isEmpty)
    }

    /// Seeds, their prefixes and changes of single bytes, the same ones each time.
    @Test(arguments: targets) func prefixesAndChanges(_ name: String) throws {
        let target = try #require(FuzzTargets.named(name))
        let changes = SmallChanges(of: target.seeds(.all).filter { $0.count <= 4096 })
        let sampled = 60
        // A step that has no factor in common with the sizes of files.
        var step = max(1, changes.count / sampled)
        if step > 2 { step |= 1 }
        for number in stride(from: step / 2, to: changes.count, by: step) {
            #expect(throws: Never.self, "\(name), change \(number)") { try target.run(changes[number]) }
        }
    }

    /// Thousands of what opens something (`BINDLINT_EXHAUSTIVE=1`: a hundred thousand of all that does, everywhere):
    /// recursion without a bound would end the process.
    @Test(arguments: isExhaustive ? targets : FuzzTargets.grammars.map(\.name))
    func deepNesting(_ name: String) throws {
        let target = try #require(FuzzTargets.named(name))
        let (depth, units) = Self.isExhaustive ? (100_000, Self.nesting) : (4_000, Self.nesting.filter { $0.count < 2 })
        for opening in Self.isExhaustive ? [""] + target.openings : [target.openings.last ?? ""] {
            for unit in units {
                let input = Repetitions.Repetition(opening: opening, unit: unit).input(unit.utf8.count * depth)
                #expect(throws: Never.self, "\(name): \(opening.debugDescription), \(unit.debugDescription)") {
                    try target.run(input)
                }
            }
        }
    }

    private static let isExhaustive = ProcessInfo.processInfo.environment["BINDLINT_EXHAUSTIVE"] != nil

    private static let nesting = [
        "{", "(", "[", "<", "!", "-", "*", "&", "a?", "a?b:", "`${", "<a>", "<a b={", "if(a)", "a:", "a=>", "()=>{",
        "[]", "map[a]",
        "func(", "func(){", "chan ", "struct{a ", "a{", "$(", "${A:-", "\"$(", "sh -c '", "- ", "? ", "a: ", "{a: ",
        "[&a ",
        "{not: ", "{any: [{", "{all: [", "if a {", "else if a {", "new ", "typeof ", "await ", "a.", "a(", "a[", "a+",
        "a,", "a=", "case a:",
        "@a(", "class A extends (", "class{a=", "function(){", "async ", "yield ", "...", "for(;;)", "do ", "{%if a%}",
        "server{", "env ",
        "\n  ", "/*", "'", "\"", "\\", "$", "{\"a\":", "<<A ", "FROM a AS b\n", "ONBUILD ", "**/", "[a", "extends: ",
    ]
}
