import ListenerModel
import Testing
import YAMLTree

@testable import PolicyEngine

@Suite("JSON Schema")
struct SchemaTests {
    static let validator = SchemaValidator(PolicySchema.json)

    /// Whether the parser's own check of keys and values passes; what refers to other parts is beyond a schema.
    private func isAccepted(_ text: String) -> Bool {
        var problems = Problems()
        _ = DocumentReader.read(PolicyFile(.repository, path: "p.yaml", bytes: Array(text.utf8)), &problems)
        return !problems.hasErrors
    }

    private func isValid(_ text: String) -> Bool {
        let stream = YAMLStream(Array(text.utf8))
        guard stream.error == nil, let document = stream.documents.first else { return false }
        return Self.validator.accepts(document)
    }

    /// What a schema cannot say.
    static let beyondSchema: Set<String> = [
        "reversed range", "host bits", "open glob", "braces", "no date", "duplicate key",
        "id twice", "sets of each other", "a set named unknown", "a set named like a scope", "allow everything",
        "unknown placeholder", "two documents",
    ]

    /// What only the whole policy can show, after the document itself is accepted.
    static let ofTheWhole: Set<String> = [
        "neither deny nor require", "misspelt known rule", "rule of another pack", "unknown pack", "missing file",
        "unknown port set", "unknown address set", "unknown purpose", "unknown source", "port of a unix socket",
        "backend of a bind", "two ports at once", "never broken", "loopback that is private", "allow an unknown rule",
        "override of an unknown rule", "except a built-in rule", "redefine a built-in rule", "extends itself",
        "sets of each other",
    ]

    @Test("schema and parser refuse the same documents", arguments: ErrorTests.language + ErrorTests.meaning)
    func refusals(_ refusal: Refusal) {
        #expect(isAccepted(refusal.policy) == Self.ofTheWhole.contains(refusal.name))
        let isLoose = Self.beyondSchema.contains(refusal.name) || Self.ofTheWhole.contains(refusal.name)
        #expect(isValid(refusal.policy) == isLoose)
    }

    static let documents = [
        ExampleTests.adminPorts, ExampleTests.production, ExampleTests.organisation, SealingTests.gate,
        "version: 1\nextends: [recommended, ./a.yaml]\nbaseline: b.json\n",
        "version: 1\nprojects: [{ files: [a.yaml, b.yaml], profiles: dev, env-file: .env.prod }]\n",
        "version: 1\nexceptions: { owner: required, until: required, max-days: 90, from: [inline, baseline] }\n",
        "version: 1\nexceptions: { from: none }\n",
        "version: 1\nrules: [{ id: a, deny: { surprise: true, test: [true, false], published: [false, unknown] } }]\n",
        "version: 1\nrules: [{ id: a, deny: { address: [10.0.0.0/8, \"::1\", \"fd00::/8\", private, \"${IP}\", unknown] } }]\n",
        "version: 1\nrules: [{ id: a, deny: { any: [{ port: [1, 80-90, web, ephemeral, \"443\"] }, { not: { all: [{ role: bind }] } }] } }]\n",
        "version: 1\nrules: [{ id: a, level: off, security-severity: 9.8, cwe: CWE-1327, tags: x, precision: high, lock: true, suppressible: false, exceptions: none }]\n",
        "version: 1\nrules: [{ id: a, security-severity: \"10.0\", title: 5, references: [https://example.com] }]\n",
        "version: 1\ntests: [{ name: x, listener: { address: \"*\", port: 80 }, fires: a }, { snippet: x, file: y, silent: [a, b] }]\n",
        "version: 1\ntests: [{ folder: a, undecided: b }, { annotated: c, excused: d, today: 2026-01-01, repository: a/b }]\n",
        "version: 1\noverrides: [{ when: { path: a }, levels: { x: error }, max: note }]\nallow: []\nrules: []\n",
    ]

    @Test("schema and parser accept the same documents", arguments: SchemaTests.documents)
    func acceptsDocuments(_ text: String) {
        #expect(isAccepted(text))
        #expect(isValid(text))
    }

    @Test("each key with a wrong value is refused by both", arguments: ObjectName.allCases)
    func everyKey(_ name: ObjectName) {
        for key in name.keys {
            for value in ["{ wrong: key }", "[[]]", "~"] {
                let text = Self.document(with: name, "\(key.name): \(value)")
                #expect(!isAccepted(text), "\(text)")
                #expect(!isValid(text), "\(text)")
            }
            let text = Self.document(with: name, "\(key.name)x: 1")
            #expect(!isAccepted(text) && !isValid(text), "\(text)")
        }
    }

    @Test("each word of each closed list is accepted by both, and no other", arguments: ObjectName.allCases)
    func everyWord(_ name: ObjectName) {
        for key in name.keys {
            guard let words = key.shape.words else { continue }
            for word in words + ["nonsense"] {
                let text = Self.document(with: name, "\(key.name): \(word)", leavingOut: key.name)
                #expect(isAccepted(text) == (word != "nonsense"), "\(text)")
                #expect(isValid(text) == (word != "nonsense"), "\(text)")
            }
        }
    }

    @Test("the packs are valid, and the schema is JSON", arguments: Packs.names)
    func packs(_ name: String) throws {
        #expect(isValid(String(decoding: try #require(Packs.text(of: name)), as: UTF8.self)))
        #expect(PolicySchema.json.hasPrefix("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\""))
    }

    /// A document in which an object of this kind has an entry, and what it needs besides.
    private static func document(with name: ObjectName, _ entry: String, leavingOut key: String = "") -> String {
        func with(_ needed: [(String, String)]) -> String {
            let rest = needed.filter { $0.0 != key }.map { "\($0.0): \($0.1)" }
            return "{ " + ([entry] + rest).joined(separator: ", ") + " }"
        }
        switch name {
        case .policy: return with([("version", "1")])
        case .rule: return "{ version: 1, rules: [\(with([("id", "a")]))] }"
        case .match: return "{ version: 1, rules: [{ id: a, deny: { \(entry) } }] }"
        case .override:
            return "{ version: 1, overrides: [\(with([("when", "{ port: 1 }"), ("levels", "{ a: note }")]))] }"
        case .allowance:
            return "{ version: 1, allow: [\(with([("rule", "a"), ("when", "{ port: 1 }"), ("reason", "b")]))] }"
        case .terms: return "{ version: 1, exceptions: { \(entry) } }"
        case .context: return "{ version: 1, contexts: [\(with([("path", "a"), ("context", "host")]))] }"
        case .project: return "{ version: 1, projects: [\(with([("files", "a")]))] }"
        case .test: return "{ version: 1, tests: [\(with([("folder", "a")]))] }"
        case .listener: return "{ version: 1, tests: [{ listener: { \(entry) } }] }"
        }
    }
}

extension Shape {
    /// The words of a closed list, alone or as a list's elements.
    fileprivate var words: [String]? {
        switch self {
        case .scalar(.words(let words)): words
        case .oneOrMore(let element): element.words
        case .scalar, .list, .filledList, .dictionary, .object: nil
        }
    }
}
