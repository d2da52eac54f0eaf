import Foundation
import YAMLTree

/// What was observed of real programs, and how to observe more of it.
enum Observed {
    /// The records of `testdata/conformance/NAME`, a JSON object a line.
    static func records(_ name: String) -> [YAMLNode] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "testdata/conformance")
        let bytes = Array(try! Data(contentsOf: folder.appending(path: name)))
        return bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let stream = YAMLStream(Array(line))
            precondition(stream.error == nil, "\(stream.error!)")
            return stream.documents[0]
        }
    }

    /// Runs a command to its end; `output` is both of its streams.
    static func run(
        _ words: [String], in folder: URL, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.environment = environment
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
