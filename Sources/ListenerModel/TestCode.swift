/// Which files are test code: listed, and outside the rules of the shipped packs.
public enum TestCode {
    /// - Parameter path: relative to the PATH given on the command line, because only folders below it count: a
    ///   user who names `test/e2e` wants it judged.
    public static func isTest(_ path: String) -> Bool {
        var parts = path.split(separator: "/")
        guard let name = parts.popLast() else { return false }
        return parts.contains { folders.contains(String($0)) } || isTestFile(name)
    }

    private static let folders: Set<String> = ["test", "tests", "testdata", "fixtures", "e2e", "__tests__"]

    /// `server_test.go`, `app.test.ts`, `app.spec.js`, `docker-compose.test.yml`.
    private static func isTestFile(_ name: Substring) -> Bool {
        if name.hasSuffix("_test.go") { return true }
        return name.split(separator: ".").dropFirst().dropLast().contains { $0 == "test" || $0 == "spec" }
    }
}
