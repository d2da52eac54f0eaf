internal import ListenerModel

/// Files that only test runners load.
enum NodeTests {
    /// By the names that runners collect (`server.test.ts`, `app.spec.js`) and the folders of tests.
    static func isTest(_ path: String) -> Bool {
        if isNamedTest(path) { return true }
        return path.split(separator: "/").dropLast().contains { folders.contains($0) }
    }

    static func isNamedTest(_ path: String) -> Bool {
        let name = RepositoryPath.name(path)
        return [".test.", ".spec.", "-spec.", ".e2e."].contains { name.holds($0) }
    }

    private static let folders: Set<Substring> = [
        "test", "tests", "spec", "specs", "__test__", "__tests__", "__mocks__", "e2e", "fixtures",
    ]
}
