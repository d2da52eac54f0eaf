import Discovery
import Foundation

/// A folder that lives as long as one test.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        let template = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        path = template.appending(path: "bindlint-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }

    func folder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
    }

    var repository: Repository { Repository(root: path, currentFolder: path) }

    /// The standard output of a command that is run in the folder.
    @discardableResult
    func run(_ command: [String], input: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(filePath: path)
        // What the person who runs the tests ignores everywhere is not a rule of the sample.
        process.environment = ["PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_CONFIG_GLOBAL": "/dev/null"]
        let (read, write) = (Pipe(), Pipe())
        process.standardOutput = read
        process.standardInput = write
        try process.run()
        let bytes = Data(input.map { $0 + "\0" }.joined().utf8)
        let writer = Foundation.Thread {
            try? write.fileHandleForWriting.write(contentsOf: bytes); try? write.fileHandleForWriting.close()
        }
        writer.start()
        let output = read.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}
