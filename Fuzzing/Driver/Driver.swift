import Foundation

/// `Fuzz TARGET [libFuzzer's arguments]`, or one of the other modes of `Fuzzing/run`, or the names of all targets.
@main
enum Driver {
    static func main() throws {
        var arguments = CommandLine.arguments
        if arguments.count >= 3, let mode = Mode(rawValue: arguments[1]), let target = FuzzTargets.named(arguments[2]) {
            switch mode {
            case .prepare: return try prepare(target, in: URL(filePath: arguments[3]))
            case .changes: exit(Exhaustion.changes(of: target, to: arguments[3]) ? 0 : 1)
            case .doubling: return Exhaustion.doubling(of: target)
            case .repetitions: exit(Exhaustion.repetitions(of: target, pairs: arguments[3] == "pairs") ? 0 : 1)
            }
        }
        guard arguments.count > 1, let target = FuzzTargets.named(arguments[1]) else {
            print(FuzzTargets.all.map(\.name).joined(separator: "\n"))
            exit(arguments.count > 1 ? 2 : 0)
        }
        arguments.remove(at: 1)
        underTest = target
        var count = CInt(arguments.count)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        let status = pointers.withUnsafeMutableBufferPointer { buffer in
            var base = buffer.baseAddress
            return runFuzzer(&count, &base) { data, size in Driver.test(data, size) }
        }
        exit(status)
    }

    private enum Mode: String {
        case prepare = "--prepare"
        case changes = "--changes"
        case repetitions = "--repetitions"
        case doubling = "--doubling"
    }

    nonisolated(unsafe) private static var underTest: FuzzTarget?

    private static func test(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
        guard let target = underTest else { return -1 }
        do throws(Violation) {
            try target.run(Array(UnsafeBufferPointer(start: data, count: size)))
        } catch {
            FileHandle.standardError.write(Data("\(target.name): \(error)\n".utf8))
            abort()
        }
        return 0
    }

    /// Seeds, dictionary, and the length of the longest input.
    private static func prepare(_ target: FuzzTarget, in folder: URL) throws {
        let seeds = folder.appending(path: "seeds")
        try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
        for (number, seed) in (target.seeds(.all) + target.findings.map(\.bytes)).enumerated()
        where seed.count <= target.longestInput {
            try Data(seed).write(to: seeds.appending(path: "\(number)"))
        }
        let words = Set(target.words()).sorted().map { "\"" + $0.utf8.map(escaped).joined() + "\"\n" }
        try Data(words.joined().utf8).write(to: folder.appending(path: "dictionary"))
        try Data("\(target.longestInput)\n".utf8).write(to: folder.appending(path: "longest"))
    }

    /// As libFuzzer reads dictionaries.
    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case 0x22, 0x5c: return "\\" + String(UnicodeScalar(byte))
        case 0x20..<0x7f: return String(UnicodeScalar(byte))
        default: return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }
}

/// libFuzzer with a `main` of one's own (llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library").
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
