import Foundation

/// The checkout that these tests were built from, and its executable.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let testdata = root.appending(path: "testdata")

    /// The executable that the same build made, beside the test bundle.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "bindlint")

    struct Output {
        var stdout: String
        var stderr: String
        var status: Int32
    }

    static func run(_ arguments: [String], in folder: URL, input: String? = nil) throws -> Output {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // What a sanitizer is told counts in the executable as well.
        let sanitizer = ProcessInfo.processInfo.environment.filter { $0.key == "ASAN_OPTIONS" }
        process.environment = ["PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1793000000", "LANG": "C.UTF-8"]
            .merging(sanitizer) { own, _ in own }
        let scratch = FileManager.default.temporaryDirectory.appending(path: "bindlint-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files, not pipes: a full pipe would stop the process.
        let outputs = try ["stdout", "stderr"].map { name in
            let file = scratch.appending(path: name)
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
            return try FileHandle(forWritingTo: file)
        }
        let stdin = scratch.appending(path: "stdin")
        try (input ?? "").write(to: stdin, atomically: true, encoding: .utf8)
        process.standardInput = try FileHandle(forReadingFrom: stdin)
        process.standardOutput = outputs[0]
        process.standardError = outputs[1]
        try process.run()
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: scratch.appending(path: name)), as: UTF8.self)
        }
        return Output(stdout: try text("stdout"), stderr: try text("stderr"), status: process.terminationStatus)
    }

    static func scratchCopy(of tree: URL) throws -> URL {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "bindlint-\(UUID().uuidString)")
        if FileManager.default.fileExists(atPath: tree.path) {
            try FileManager.default.copyItem(at: tree.resolvingSymlinksInPath(), to: scratch)
        } else {
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        }
        return scratch
    }
}

/// The folders directly inside one, sorted by name.
func folders(in parent: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    return names.sorted().map { parent.appending(path: $0) }.filter {
        (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }
}
