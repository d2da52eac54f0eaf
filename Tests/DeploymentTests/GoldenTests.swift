import Discovery
import Foundation
import ListenerModel
import Testing

@testable import Deployment

/// `testdata/extraction/<source>/<case>/`: realistic files and what they declare, a line each (`GoldenLine`); an
/// empty `expected.listeners` means "must stay silent". A line that starts with `todo ` is a known miss and fails
/// once it is found. `BINDLINT_RECORD=1` writes what was found instead; read it before committing.
@Suite struct GoldenTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "testdata/extraction")

    struct Case: CustomTestStringConvertible, Sendable {
        var source: String
        var folder: URL
        var testDescription: String { "\(source)/\(folder.lastPathComponent)" }
    }

    static let cases: [Case] = subfolders(of: root).flatMap { source in
        subfolders(of: source).map { Case(source: source.lastPathComponent, folder: $0) }
    }

    @Test(arguments: cases) func golden(_ golden: Case) throws {
        let deployment = try read(golden.folder)
        let lines = deployment.listeners.map(GoldenLine.init).map(\.text)
        let file = golden.folder.appending(path: "expected.listeners")
        if ProcessInfo.processInfo.environment["BINDLINT_RECORD"] != nil {
            try lines.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        let known = expected.filter { $0.hasPrefix("todo ") }.map { String($0.dropFirst(5)) }
        #expect(lines == expected.filter { !$0.hasPrefix("todo ") })
        #expect(known.filter(lines.contains).isEmpty, "a known miss is found: take its `todo` away")
        try checkInvariants(deployment, in: golden.folder)
        #expect(try read(golden.folder).listeners == deployment.listeners, "two runs differ")
    }

    /// Every source has a case that listens and one that must stay silent.
    @Test(arguments: Source.allCases) func completeness(_ source: Source) throws {
        let own = Self.cases.filter { $0.source == source.rawValue }
        let sizes = try own.map {
            try String(contentsOf: $0.folder.appending(path: "expected.listeners"), encoding: .utf8).utf8.count
        }
        #expect(sizes.contains { $0 > 0 }, "no case of \(source) listens")
        #expect(sizes.contains(0), "no case of \(source) must stay silent")
    }

    private func read(_ folder: URL) throws -> Deployment {
        let repository = Repository(root: folder.path, currentFolder: folder.path)
        let found = Walk(in: repository).files(under: [folder.path]) {
            !String(decoding: $0, as: UTF8.self).hasSuffix("expected.listeners")
        }
        var options = Deployment.Options()
        options.isTest = TestCode.isTest
        return Deployment(found.files.map(\.path), in: try DiskTree(of: repository), options: options)
    }

    private func checkInvariants(_ deployment: Deployment, in folder: URL) throws {
        var seen: Set<Listener> = []
        for listener in deployment.listeners {
            #expect(seen.insert(listener).inserted, "the same listener twice: \(GoldenLine(listener).text)")
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: listener.location.path)))
            let text = SourceText(path: listener.location.path, bytes: bytes)
            let range = listener.location.range
            #expect(range.upperBound <= bytes.count)
            #expect(text.location(range) == listener.location, "\(GoldenLine(listener).text)")
            #expect(text.text(range) == listener.text, "\(GoldenLine(listener).text)")
            for step in listener.trace where step.location.range.upperBound > 0 {
                let size = try Data(contentsOf: folder.appending(path: step.location.path)).count
                #expect(step.location.range.upperBound <= size)
            }
        }
        #expect(zip(deployment.listeners, deployment.listeners.dropFirst()).allSatisfy { !Listener.precedes($1, $0) })
    }
}

/// `path:line:column source role transport host:port state sockets certainty exposure`; unknown is `?`, no sockets
/// is `-`, several are joined by commas as `ss` prints them.
struct GoldenLine {
    let text: String

    init(_ listener: Listener) {
        let place = "\(listener.location.path):\(listener.location.start.line):\(listener.location.start.column)"
        let host = listener.host.map { $0.contains(":") ? "[\($0)]" : $0 } ?? "?"
        let address =
            listener.transport == .unix ? host : "\(host):\(listener.port.map(\.description) ?? "?")"
        let sockets = listener.sockets.isEmpty ? "-" : listener.sockets.map(Self.show).joined(separator: ",")
        text = [
            place, listener.source.rawValue, listener.role.rawValue, listener.transport.rawValue, address,
            listener.state.rawValue, sockets, listener.certainty.rawValue, listener.exposure.rawValue,
        ].joined(separator: " ")
    }

    private static func show(_ socket: Socket) -> String {
        switch socket.address {
        case .unix(let path): path
        case .ip(let address, let port):
            socket.dualStack && address.isUnspecified ? "*:\(port)" : "\(address.hostForm):\(port)"
        }
    }
}

private func subfolders(of parent: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
    return names.sorted().map { parent.appending(path: $0) }.filter {
        (try? $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
    }
}
