import Discovery
import Foundation
import ListenerModel
import Testing

@Suite struct WalkTests {
    static func paths(
        _ folder: TemporaryFolder, _ arguments: [String] = ["."], _ change: (inout Walk.Options) -> Void = { _ in }
    ) -> [String] {
        result(folder, arguments, change).files.map(\.path)
    }

    static func result(
        _ folder: TemporaryFolder, _ arguments: [String] = ["."], _ change: (inout Walk.Options) -> Void = { _ in }
    ) -> Walk.Result {
        var options = Walk.Options()
        change(&options)
        return Walk(in: folder.repository, options).files(under: arguments) {
            let path = String(decoding: $0, as: UTF8.self)
            let name = RepositoryPath.name(path)
            return !name.hasPrefix(".") || name.hasPrefix(".env") || path.hasSuffix(".yml")
        }
    }

    @Test func hiddenFilesAreSkippedExceptEnvFiles() throws {
        let folder = try TemporaryFolder([
            "a.yml": "", ".env": "", "x/.env.production": "", ".hidden.yml": "", ".github/b.yml": "",
        ])
        #expect(Self.paths(folder) == [".env", "a.yml", "x/.env.production"])
        #expect(
            Self.paths(folder) { $0.hidden = true }
                == [".env", ".github/b.yml", ".hidden.yml", "a.yml", "x/.env.production"])
    }

    @Test func installedPackagesAreNeverEntered() throws {
        let folder = try TemporaryFolder([
            "a.js": "", "node_modules/b.js": "", "x/vendor/c.go": "", ".git/d.yml": "", "vendors/e.go": "",
        ])
        #expect(Self.paths(folder) { ($0.hidden, $0.noIgnore) = (true, true) } == ["a.js", "vendors/e.go"])
        #expect(Self.paths(folder, ["node_modules"]) == ["node_modules/b.js"])
    }

    @Test func ignoreFilesAndTheirOrder() throws {
        let folder = try TemporaryFolder([
            ".gitignore": "*.log\n.env\nbuild/\n!keep.log\n", ".ignore": "!wanted.log\n",
            ".bindlintignore": "fixtures/\n", ".git/info/exclude": "mine.yml\n", "a.log": "", "keep.log": "",
            "wanted.log": "", ".env": "", "build/x.yml": "", "fixtures/x.yml": "", "mine.yml": "",
            "sub/.gitignore": "/*.txt\n!a.log\n", "sub/a.log": "", "sub/b.txt": "", "sub/deep/b.txt": "",
        ])
        #expect(Self.paths(folder) == ["keep.log", "sub/a.log", "sub/deep/b.txt", "wanted.log"])
        let result = Self.result(folder)
        #expect(result.ignoredFiles == [".env", "a.log", "mine.yml", "sub/b.txt"])
        #expect(result.ignoredFolders == 2)
        #expect(
            Self.paths(folder) { $0.bindlintIgnore = false }
                == ["fixtures/x.yml", "keep.log", "sub/a.log", "sub/deep/b.txt", "wanted.log"])
        #expect(Self.paths(folder) { $0.noIgnore = true }.count == 10)
    }

    @Test func parentsAreAskedUpToTheRoot() throws {
        let folder = try TemporaryFolder([
            ".gitignore": "*.log\n/deploy/tmp\n", "deploy/.ignore": "secret.yml\n", "deploy/x/a.log": "",
            "deploy/x/secret.yml": "", "deploy/x/a.yml": "", "deploy/tmp/b.yml": "",
        ])
        #expect(Self.paths(folder, ["deploy/x"]) == ["deploy/x/a.yml"])
        #expect(Self.paths(folder, ["deploy"]) == ["deploy/x/a.yml"])
        // What is named is walked although it is ignored.
        #expect(Self.paths(folder, ["deploy/tmp"]) == ["deploy/tmp/b.yml"])
        #expect(Self.paths(folder, ["deploy/tmp"]) { $0.forceExclude = true } == [])
    }

    @Test func gitRulesEndWhereAnotherRepositoryStarts() throws {
        let folder = try TemporaryFolder([
            ".gitignore": "*.yml\n", ".ignore": "*.txt\n", "inner/.git/info/exclude": "b.*\n", "inner/a.yml": "",
            "inner/a.txt": "", "inner/b.js": "", "linked/.git": "gitdir: ../store\n",
            "store/info/exclude": "c.js\n", "linked/c.js": "", "linked/d.js": "",
        ])
        #expect(Self.paths(folder, ["inner", "linked"]) == ["inner/a.yml", "linked/d.js"])
    }

    @Test func namedFiles() throws {
        let folder = try TemporaryFolder([".gitignore": "*.yml", "a.yml": "", "x/b.yml": "", "x/c.js": "", ".d": ""])
        let named = Self.result(folder, ["a.yml", "x/../x/b.yml", "x", ".d"])
        #expect(
            named.files == [
                Walk.File(path: ".d", under: ".d"), Walk.File(path: "a.yml", under: "a.yml"),
                Walk.File(path: "x/b.yml", under: "x/b.yml"), Walk.File(path: "x/c.js", under: "x"),
            ])
        #expect(Self.paths(folder, ["a.yml", ".d"]) { $0.forceExclude = true } == [".d"])
        #expect(Self.result(folder, ["nothing"]).problems.map(\.failure) == [.missing])
        #expect(Self.result(folder, ["/"]).problems.map(\.failure) == [.outsideRepository])
    }

    @Test func globsOfTheCommandLine() throws {
        let folder = try TemporaryFolder(["a.yml": "", "x/a.yml": "", "x/b.js": "", "dist/c.js": ""])
        #expect(Self.paths(folder) { $0.include = [try! Glob("*.yml")] } == ["a.yml", "x/a.yml"])
        #expect(Self.paths(folder) { $0.exclude = [try! Glob("dist"), try! Glob("/a.yml")] } == ["x/a.yml", "x/b.js"])
        #expect(Self.paths(folder, ["a.yml"]) { $0.exclude = [try! Glob("*.yml")] } == ["a.yml"])
        // They are relative to the current folder.
        let inside = Repository(root: folder.path, currentFolder: folder.path + "/x")
        var options = Walk.Options()
        options.exclude = [try Glob("/a.yml")]
        #expect(Walk(in: inside, options).files(under: [".."]) { _ in true }.files.count == 3)
    }

    @Test func linksAreNotWalked() throws {
        let folder = try TemporaryFolder(["real/a.yml": ""])
        try folder.link("link", to: "real")
        try folder.link("real/b.yml", to: "a.yml")
        try folder.link("real/loop", to: "..")
        #expect(Self.paths(folder) == ["real/a.yml"])
        #expect(Self.paths(folder, ["link"]) == ["link/a.yml"])
        try folder.link("outside", to: "/etc")
        #expect(Self.result(folder, ["outside"]).problems.map(\.failure) == [.outsideRepository])
    }

    @Test(.enabled(if: getuid() != 0, "root reads everything"))
    func foldersWithoutPermission() throws {
        let folder = try TemporaryFolder(["a.yml": "", "closed/b.yml": ""])
        chmod(folder.path + "/closed", 0)
        defer { chmod(folder.path + "/closed", 0o755) }
        let result = Self.result(folder)
        #expect(result.files.map(\.path) == ["a.yml"])
        #expect(result.problems == [Walk.Problem(path: "closed", failure: .permissionDenied, isNamed: false)])
    }

    @Test func namesThatAreNotText() throws {
        let folder = try TemporaryFolder(["a.yml": ""])
        let name: [CChar] = Array(folder.path.utf8CString.dropLast()) + [0x2f, 0x62, -1, 0x2e, 0x79, 0x6d, 0x6c, 0]
        let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
        let result = Self.result(folder)
        #expect(result.files.map(\.path) == ["a.yml"])
        #expect(result.problems.map(\.failure) == [.nameNotUTF8])
    }

    @Test func oneAndManyJobsGiveTheSame() throws {
        var files: [String: String] = [:]
        for folder in 0..<40 { for file in 0..<20 { files["d\(folder % 7)/e\(folder)/f\(file).yml"] = "" } }
        let folder = try TemporaryFolder(files)
        let one = Self.paths(folder) { $0.jobs = 1 }
        #expect(one.count == 800)
        #expect(one == one.sorted())
        for jobs in [2, 3, 8] { #expect(Self.paths(folder) { $0.jobs = jobs } == one) }
    }
}
