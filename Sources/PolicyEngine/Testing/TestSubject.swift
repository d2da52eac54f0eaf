import ListenerModel
import YAMLTree

/// What a test is about, as input for a check.
struct TestSubject {
    var input: CheckInput
    /// The path of an annotated file, with what its comments expect.
    var annotated: String?
    var annotations: [Annotation] = []

    struct Problem: Error {
        var message: String
    }

    init(_ test: YAMLNode, in file: PolicyFile, _ support: PolicyTestSupport) throws(Problem) {
        let files: [String: [UInt8]]
        if let facts = test["listener"] {
            let listener = TestListener(node: facts, file: file).listener
            input = CheckInput(listeners: [listener], isWholeTree: false)
            return
        } else if let snippet = test["snippet"]?.scalar?.text, let name = test["file"]?.scalar?.text {
            files = [name: Array(snippet.utf8)]
        } else if let folder = test["folder"]?.scalar?.text {
            guard let found = support.folder(PolicyLoader.join(folderOf: file.path, folder)) else {
                throw Problem(message: "there is no folder '\(folder)'")
            }
            files = found
        } else if let path = test["annotated"]?.scalar?.text {
            guard case .bytes(let bytes) = support.read(PolicyLoader.join(folderOf: file.path, path)) else {
                throw Problem(message: "there is no file '\(path)'")
            }
            files = [path: bytes]
            annotated = path
            annotations = Annotation.read(SourceText(path: path, bytes: bytes))
        } else {
            throw Problem(message: "the test has nothing to look at")
        }
        let scan = support.scan(files)
        input = CheckInput(listeners: scan.listeners, suppressions: scan.suppressions, isWholeTree: false)
    }
}

/// `# fires: rule-id, rule-id` above the line that the findings are on. Any comment mark will do.
struct Annotation: Hashable {
    var rule: String
    var line: Int

    static func read(_ text: SourceText) -> [Annotation] {
        var annotations: [Annotation] = []
        var pending: [String] = []
        for number in 1...max(1, text.lineCount) {
            guard let line = text.line(number) else { break }
            if let rules = rules(in: String(decoding: line, as: UTF8.self)) {
                pending += rules
            } else {
                annotations += pending.map { Annotation(rule: $0, line: number) }
                pending = []
            }
        }
        return annotations + pending.map { Annotation(rule: $0, line: 0) }
    }

    private static func rules(in line: String) -> [String]? {
        var rest = Substring(line).drop { $0 == " " || $0 == "\t" }
        let mark = rest.prefix { $0 == "#" || $0 == "/" || $0 == "-" || $0 == ";" || $0 == "*" }
        guard !mark.isEmpty else { return nil }
        rest = rest[mark.endIndex...].drop { $0 == " " }
        guard rest.hasPrefix("fires:") else { return nil }
        return rest.dropFirst("fires:".count).split { $0 == "," || $0 == " " }.map(String.init)
            .filter { ScalarGrammar.isName($0) }
    }

    /// Lines where what fires is not what is written above them.
    static func failures(_ annotations: [Annotation], _ outcome: CheckResult, in path: String) -> [String] {
        let expected = Set(annotations)
        let found = Set(
            outcome.findings.filter { $0.location.path == path }
                .map { Annotation(rule: $0.rule, line: $0.location.start.line) })
        let missing = expected.subtracting(found).sorted { ($0.line, $0.rule) < ($1.line, $1.rule) }
            .map { "\(path):\($0.line): '\($0.rule)' does not fire" }
        let surplus = found.subtracting(expected).sorted { ($0.line, $0.rule) < ($1.line, $1.rule) }
            .map { "\(path):\($0.line): '\($0.rule)' fires" }
        return missing + surplus
    }
}
