import Foundation
import ListenerModel
import Testing

@testable import Deployment

/// Runs observed expressions with the installed Go in a network namespace of their own and compares the kernel's
/// sockets with what is read in the text. Needs `go`, `ss` and the right to make namespaces; skipped where they are
/// missing, except in CI.
@Suite struct GoKernelTests {
    /// One program runs them all, each in a process of its own.
    static let sample = GoCase.all.filter { observed in
        observed.starts && observed.host == nil && GoConformanceTests.undecidable[observed.id] == nil
            && ![
                "\"tcp6\", \"localhost", "gin.", "fasthttp.", "netip.", "v0\"", ".test", "tls.", "TLS", "unix", "\"ip4",
            ].contains {
                observed.input.contains($0)
            }
    }

    static let go = ["/usr/bin/go", "/usr/lib/go/bin/go", "/usr/local/go/bin/go"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] == "true"

    private static func run(_ words: [String], in folder: URL) throws -> (status: Int32, output: String) {
        var environment = ProcessInfo.processInfo.environment
        environment["GOFLAGS"] = "-mod=mod"
        environment["GO111MODULE"] = "off"
        environment["T_PORT_UNSET"] = nil
        return try Observed.run(words, in: folder, environment: environment)
    }

    static let canRun: Bool = {
        let here = FileManager.default.temporaryDirectory
        let hasNamespace = (try? run(["unshare", "-rn", "ss", "-tln"], in: here))?.status == 0
        return isContinuousIntegration || (go != nil && hasNamespace)
    }()

    @Test(.enabled(if: canRun, "go, ss or the right to make a network namespace is missing"))
    func kernelAgrees() throws {
        let go = try #require(Self.go, "CI installs Go")
        let folder = FileManager.default.temporaryDirectory.appending(path: "bindlint-go-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.program.write(to: folder.appending(path: "main.go"), atomically: true, encoding: .utf8)
        let build = try Self.run([go, "build", "-o", "listen", "main.go"], in: folder)
        try #require(build.status == 0, "\(build.output)")
        let shell = """
            ip link set lo up
            for case in \(Self.sample.map(\.id).joined(separator: " ")); do
              ./listen $case >/dev/null 2>&1 & pid=$!
              n=0; while [ $n -lt 500 ] && [ -z "$(ss -tulnH)" ]; do sleep 0.02; n=$((n+1)); done
              echo "case $case"; ss -tulneH; kill $pid; wait $pid 2>/dev/null
            done
            """
        let result = try Self.run(["unshare", "-rn", "sh", "-c", shell], in: folder)
        let seen = Self.parse(result.output)
        for observed in Self.sample {
            #expect(seen[observed.id] == observed.read().sockets, "\(observed.id) \(observed.input)")
        }
    }

    /// `tcp LISTEN 0 4096 *:8080 *:* … v6only:0`
    private static func parse(_ output: String) -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        var current = ""
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "case", words.count == 2 {
                current = String(words[1])
                result[current] = []
            } else if words.count > 4, let colon = words[4].lastIndex(of: ":") {
                var address = words[4][..<colon]
                let isDual = address == "*"
                if isDual { address = "::" }
                if address.first == "[" { address = address.dropFirst().dropLast() }
                let number = Int(words[4][words[4].index(after: colon)...]) ?? 0
                // What the system picked is 0 in the text.
                let port = ephemeral.contains(number) ? 0 : number
                result[current]?.insert("\(words[0]) \(address) \(port)\(isDual ? " dual" : "")")
            }
        }
        return result
    }

    /// Linux's `net.ipv4.ip_local_port_range`.
    private static let ephemeral = 32768...60999

    private static var program: String {
        let cases = sample.map { "\tcase \"\($0.id)\":\n\t\terr = \($0.input)" }.joined(separator: "\n")
        return """
            package main

            import (
            \t"context"
            \t"fmt"
            \t"net"
            \t"net/http"
            \t"os"
            \t"strconv"
            )

            var _ = context.Background
            var _ = fmt.Sprint
            var _ = strconv.Itoa

            func hold(l net.Listener, err error) error {
            \tif err != nil {
            \t\treturn err
            \t}
            \t_, err = l.Accept()
            \treturn err
            }

            func holdp(c net.PacketConn, err error) error {
            \tif err != nil {
            \t\treturn err
            \t}
            \t_, _, err = c.ReadFrom(make([]byte, 1))
            \treturn err
            }

            func main() {
            \tvar err error
            \tswitch os.Args[1] {
            \(cases)
            \t}
            \tfmt.Fprintln(os.Stderr, err, http.DefaultServeMux != nil)
            }
            """
    }
}
