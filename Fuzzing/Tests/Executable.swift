import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The executable that the same build made, run in a folder of its own.
final class Sandbox {
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "bindlint")

    let folder: URL

    /// - Parameter files: by path; folders are made.
    init(_ files: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "bindlint-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: ".git"), withIntermediateDirectories: true)
        for (path, text) in files { try write(path, Array(text.utf8)) }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// With the calls of the system: no name is too strange for it.
    func write(_ path: String, _ bytes: [UInt8]) throws {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(
            at: folder.appending(path: parent), withIntermediateDirectories: true)
        let descriptor = open(folder.path + "/" + path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }

    struct Output {
        var stdout: String
        var stderr: String
        /// As a shell has it: 128 and the number of the signal that ended the process.
        var status: Int32
    }

    /// - Parameter script: how a shell runs it: `"$bindlint" list | head -1`. Fails after a minute.
    func shell(_ script: String, input: [UInt8] = []) throws -> Output {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", "ulimit -c 0; " + script]
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SOURCE_DATE_EPOCH": "1793000000", "LANG": "C.UTF-8",
            "bindlint": "timeout 60 " + Self.executable.path,
        ].merging(ProcessInfo.processInfo.environment.filter { $0.key == "ASAN_OPTIONS" }) { own, _ in own }
        let scratch = folder.path + "-streams"
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        // Files, not pipes: a full pipe would stop the process.
        let outputs = try ["stdout", "stderr"].map { name in
            _ = FileManager.default.createFile(atPath: "\(scratch)/\(name)", contents: nil)
            return try FileHandle(forWritingTo: URL(filePath: "\(scratch)/\(name)"))
        }
        try Data(input).write(to: URL(filePath: "\(scratch)/stdin"))
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: "\(scratch)/stdin"))
        process.standardOutput = outputs[0]
        process.standardError = outputs[1]
        // The threads of tests have signals blocked, which a child would inherit.
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
        process.waitUntilExit()
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: "\(scratch)/\(name)")), as: UTF8.self)
        }
        return Output(stdout: try text("stdout"), stderr: try text("stderr"), status: process.terminationStatus)
    }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() }
}
