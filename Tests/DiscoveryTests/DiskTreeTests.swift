import Discovery
import Foundation
import ListenerModel
import Testing

@Suite struct DiskTreeTests {
    static func text(_ contents: FileContents) -> String? {
        if case .bytes(let bytes) = contents { String(decoding: bytes, as: UTF8.self) } else { nil }
    }

    static func reason(_ contents: FileContents) -> String? {
        if case .unreadable(let reason) = contents { reason.description } else { nil }
    }

    @Test func filesAndFolders() throws {
        let folder = try TemporaryFolder(["a.yml": "text", "x/b.yml": "", "x/.env": "K=V"])
        let tree = try DiskTree(of: folder.repository)
        #expect(Self.text(tree.read("a.yml")) == "text")
        #expect(Self.text(tree.read("x/b.yml")) == "")
        guard case .folder = tree.read("x"), case .folder = tree.read("") else { throw Unexpected() }
        guard case .missing = tree.read("none"), case .missing = tree.read("none/a"),
            case .missing = tree.read("a.yml/b")
        else { throw Unexpected() }
        let root = ["a.yml": false, "x": true].map { FolderEntry(name: $0, isFolder: $1) }
        #expect(Set(tree.entries(of: "") ?? []) == Set(root))
        #expect(tree.entries(of: "x")?.map(\.name) == [".env", "b.yml"])
        #expect(tree.entries(of: "a.yml") == nil)
        #expect(tree.isFile("x/.env") && !tree.isFile("x") && tree.isFolder("x"))
    }

    struct Unexpected: Error {}

    @Test func whatWasReadOnceStays() throws {
        let folder = try TemporaryFolder(["a.yml": "old"])
        let tree = try DiskTree(of: folder.repository)
        #expect(Self.text(tree.read("a.yml")) == "old")
        try folder.write("a.yml", "new")
        #expect(Self.text(tree.read("a.yml")) == "old")
        #expect(Self.text(tree.readOnce("a.yml")) == "new")
    }

    @Test func linksAreFollowedInsideTheRoot() throws {
        let folder = try TemporaryFolder(["real/a.yml": "text"])
        try folder.link("file", to: "real/a.yml")
        try folder.link("absolute", to: folder.path + "/real/a.yml")
        try folder.link("folder", to: "real")
        try folder.link("real/up", to: "..")
        try folder.link("dangling", to: "nowhere")
        try folder.link("circle", to: "circle")
        let tree = try DiskTree(of: folder.repository)
        for path in ["file", "absolute", "folder/a.yml", "real/up/real/a.yml"] {
            #expect(Self.text(tree.read(path)) == "text", "\(path)")
        }
        guard case .missing = tree.read("dangling"), case .missing = tree.read("circle") else { throw Unexpected() }
        #expect(tree.entries(of: "folder")?.map(\.name) == ["a.yml", "up"])
        #expect(
            tree.entries(of: "") == [
                FolderEntry(name: "absolute", isFolder: false), FolderEntry(name: "file", isFolder: false),
                FolderEntry(name: "folder", isFolder: true), FolderEntry(name: "real", isFolder: true),
            ])
    }

    @Test(arguments: [
        "link", "folder/hosts", "inner/up/outside.txt", "../outside.txt", "/etc/hosts", "inner/../../outside.txt",
    ])
    func nothingOutsideTheRootIsRead(path: String) throws {
        let folder = try TemporaryFolder(["outside.txt": "secret", "root/inner/a.yml": ""])
        try folder.link("root/link", to: "/etc/hosts")
        try folder.link("root/folder", to: "/etc")
        try folder.link("root/inner/up", to: "../..")
        let root = folder.path + "/root"
        let tree = try DiskTree(of: Repository(root: root, currentFolder: root))
        #expect(Self.reason(tree.read(path)) == "it lies outside the repository")
        #expect(tree.entries(of: "folder") == nil && tree.entries(of: "..") == nil && tree.entries(of: "/etc") == nil)
    }

    @Test func largeAndSpecialFiles() throws {
        let folder = try TemporaryFolder(["a.yml": "12345"])
        mkfifo(folder.path + "/pipe", 0o600)
        let tree = try DiskTree(of: folder.repository, maxFileSize: 4)
        #expect(Self.reason(tree.read("a.yml")) == "larger than --max-file-size (5 bytes)")
        #expect(Self.reason(tree.read("pipe")) == "not a regular file")
        guard case .unreadable(let large) = tree.read("a.yml"), case .unreadable(let special) = tree.read("pipe") else {
            throw Unexpected()
        }
        #expect(large.isTooLarge && !special.isTooLarge)
    }

    @Test func nothingIsReadBehindNUL() throws {
        let folder = try TemporaryFolder(["a.yml": "x", "b/c.yml": "x"])
        let tree = try DiskTree(of: folder.repository)
        #expect(Self.text(tree.read("a.yml\0.env")) == nil && !tree.isFile("a.yml\0.env"))
        #expect(tree.entries(of: "b\0c") == nil && Self.text(tree.read("b\0/c.yml")) == nil)
    }

    @Test func filesThatSayTheyAreEmpty() throws {
        let proc = Repository(root: "/proc", currentFolder: "/proc")
        guard let tree = try? DiskTree(of: proc), tree.isFile("version") else { return }
        #expect(Self.text(tree.read("version"))?.isEmpty == false)
    }
}

@Suite struct RepositoryTests {
    @Test func pathsAndBack() throws {
        let folder = try TemporaryFolder(["deploy/edge/a.yml": ""])
        let repository = Repository(root: folder.path, currentFolder: folder.path + "/deploy")
        #expect(repository.currentPath == "deploy")
        #expect(repository.path(of: "edge/a.yml") == "deploy/edge/a.yml")
        #expect(repository.path(of: ".") == "deploy")
        #expect(repository.path(of: "..") == "")
        #expect(repository.path(of: "../x") == "x")
        #expect(repository.path(of: "./edge/../none") == "deploy/none")
        #expect(repository.path(of: folder.path + "/deploy/") == "deploy")
        #expect(repository.path(of: "/etc") == nil)
        #expect(repository.path(of: folder.path + "-other/x") == nil)
        #expect(repository.shown("deploy/edge/a.yml") == "edge/a.yml")
        #expect(repository.shown("compose.yaml") == "../compose.yaml")
        #expect(repository.shown("deploy") == ".")
        #expect(repository.shown("") == "..")
        for path in ["deploy/edge/a.yml", "compose.yaml", "deploy", ""] {
            #expect(repository.path(of: repository.shown(path)) == path)
        }
    }

    @Test func theRootOfTheFileSystem() {
        let repository = Repository(root: "/", currentFolder: "/usr")
        #expect(repository.path(of: "/") == "")
        #expect(repository.path(of: "bin") == "usr/bin")
        #expect(repository.shown("etc/hosts") == "../etc/hosts")
        #expect(repository.shown("usr/bin") == "bin")
    }

    /// PATHs outside the current folder's repository bring their own root.
    @Test func rootOfPathsElsewhere() throws {
        let folder = try TemporaryFolder(["a/.git/HEAD": "", "a/x/b.yml": "", "c/d.yml": "", "c/e/f.yml": ""])
        #expect(Repository.containing([folder.path + "/a/x"]).root == folder.path + "/a")
        #expect(Repository.containing([folder.path + "/a/x/b.yml"]).root == folder.path + "/a")
        #expect(Repository.containing([folder.path + "/c/d.yml", folder.path + "/c/e"]).root == folder.path + "/c")
        #expect(Repository.containing([folder.path + "/a/x", folder.path + "/c"]).root == folder.path)
    }

    @Test func foldersThroughLinksAreTheSameFolder() throws {
        let folder = try TemporaryFolder(["real/a.yml": ""])
        try folder.link("link", to: "real")
        #expect(folder.repository.path(of: "link/a.yml") == "real/a.yml")
        #expect(folder.repository.path(of: "link") == "link")
    }
}

@Suite struct RepositoryNameTests {
    @Test(arguments: [
        ("git@github.com:acme/noc-screens.git", "acme/noc-screens"),
        ("https://github.com/acme/noc-screens", "acme/noc-screens"),
        ("https://github.com/acme/noc-screens.git/", "acme/noc-screens"),
        ("ssh://git@host:22/group/sub/name.git", "group/sub/name"),
        ("/srv/git/name.git", nil),
    ])
    func ofOrigin(url: String, name: String?) throws {
        let folder = try TemporaryFolder([
            ".git/config":
                "[core]\n\tbare = false\n[remote \"fork\"]\n\turl = x:y/z\n[remote \"origin\"]\n\turl = \(url)\n"
        ])
        #expect(RepositoryName.read(root: folder.path) == name)
    }
}
