/// What `policy test` has found out about policy files, for people and for CI.
public struct PolicyTestListing {
    public struct File {
        public var path: String
        public var results: [Result]
        /// What no test touches, in words: `rule public-cache (bindlint.yaml:7)`.
        public var untested: [String]

        public init(path: String, results: [Result], untested: [String]) {
            self.path = path
            self.results = results
            self.untested = untested
        }
    }

    public struct Result {
        public var name: String
        /// `bindlint.test.yaml:12`
        public var place: String
        /// A sentence for each expectation that does not hold.
        public var failures: [String]

        public init(name: String, place: String, failures: [String]) {
            self.name = name
            self.place = place
            self.failures = failures
        }
    }

    private let files: [File]

    public init(_ files: [File]) { self.files = files }

    public var text: [UInt8] { Array(files.map(text).joined().utf8) }

    public var junit: [UInt8] {
        let suites = files.map { file in
            let cases = file.results.map { result in
                JUnitDocument.Case(
                    name: result.name, outcome: result.failures.isEmpty ? .passed : .failed(level: "expectation"),
                    message: result.failures.first ?? "",
                    details: ([result.place] + result.failures).joined(separator: "\n"))
            }
            return (name: file.path, cases: cases)
        }
        return Array(JUnitDocument(name: "bindlint policy test", suites: suites).rendered.utf8)
    }

    private func text(_ file: File) -> String {
        var text = ""
        for result in file.results {
            text += "\(result.failures.isEmpty ? "ok    " : "FAIL  ")\(result.name.sanitised)\n"
            for failure in result.failures { text += "      \(result.place.sanitised): \(failure.sanitised)\n" }
        }
        for untested in file.untested { text += "untested  \(untested.sanitised)\n" }
        let failed = file.results.count { !$0.failures.isEmpty }
        return text + "\(file.path.sanitised.asOwnLine): \(file.results.count - failed) passed, \(failed) failed\n"
    }
}
