import Dialects
import Extraction
import Foundation
import ListenerModel
import Testing

@testable import Deployment

/// Random configurations, started with the installed nginx in a network namespace of their own; the kernel's
/// sockets are compared with ours. `BINDLINT_NGINX_CASES` sets how many (300), `BINDLINT_NGINX_SEED` where to
/// start, `BINDLINT_NGINX_MODULES` the folder of the stream and mail modules.
@Suite struct NginxDifferentialTests {
    @Test(.enabled(if: InstalledNginx.isExpected, "nginx, unshare, ss or the right to make namespaces is missing"))
    func kernelAgrees() throws {
        let nginx = try #require(InstalledNginx.find(), "CI installs nginx, util-linux and iproute2")
        let environment = ProcessInfo.processInfo.environment
        let count = environment["BINDLINT_NGINX_CASES"].flatMap(Int.init) ?? 300
        let seed = environment["BINDLINT_NGINX_SEED"].flatMap(UInt64.init) ?? 1
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "bindlint-nginx-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let modules = try nginx.modules(in: folder)

        var cases: [(seed: UInt64, files: [String: String], folder: URL)] = []
        for index in 0..<count {
            let generated = NginxGenerator(seed: seed + UInt64(index), modules: modules)
            let home = folder.appending(path: "\(index)")
            for (path, text) in generated.files {
                let file = home.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            cases.append((seed + UInt64(index), generated.files, home))
        }
        try nginx.run(in: cases.map(\.folder), under: folder)

        var started = 0
        for generated in cases {
            let output = try String(contentsOf: generated.folder.appending(path: "ss.txt"), encoding: .utf8)
            let log = (try? String(contentsOf: generated.folder.appending(path: "error.log"), encoding: .utf8)) ?? ""
            let observed = InstalledNginx.sockets(in: output)
            let (ours, reasons) = expectation(generated.files, in: generated.folder, version: nginx.version)
            if observed != nil { started += 1 }
            #expect(
                ours == observed,
                """
                seed \(generated.seed)
                nginx: \(log.split(separator: "\n").suffix(3).joined(separator: "\n"))
                ours: \(reasons)
                \(generated.files.map { "--- \($0.key)\n\($0.value)" }.joined(separator: "\n"))
                """)
        }
        // A generator that nginx always refuses would agree with anything.
        #expect(started * 3 > count)
    }

    /// nil where nginx must not start.
    private func expectation(
        _ files: [String: String], in folder: URL, version: World.Version
    ) -> (Set<String>?, reasons: [String]) {
        var world = World.standard
        world.nginx = version
        world.hosts = InstalledNginx.hosts
        let resolver = NginxResolver(
            tree: MemoryTree(files), world: world, mounts: [NginxMount(seen: folder.path, path: "")])
        let resolution = resolver.resolve(.main("nginx.conf"))
        let isRefused = resolution.diagnostics.contains { $0.level != .note }
        var sockets: Set<String> = []
        for declaration in resolution.declarations {
            guard case .bound(let bindings, _, _) = declaration.meaning else { continue }
            sockets.formUnion(described(bindings.flatMap(\.sockets)))
        }
        return (isRefused ? nil : sockets, resolution.diagnostics.map(\.message))
    }
}

/// The nginx of this machine, and namespaces to run it in.
struct InstalledNginx {
    var path: String
    var version: World.Version

    /// CI must have it; elsewhere the test is skipped without it.
    static var isExpected: Bool { ProcessInfo.processInfo.environment["CI"] == "true" || find() != nil }

    static func find() -> InstalledNginx? {
        let path = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let path, (try? shell("command -v ss && command -v ip && \(unshare) true")) != nil,
            let text = try? shell("\(path) -v 2>&1"), let slash = text.firstIndex(of: "/")
        else { return nil }
        let numbers = text[text.index(after: slash)...].prefix { $0.isNumber || $0 == "." }
            .split(separator: ".").compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        return InstalledNginx(path: path, version: World.Version(numbers[0], numbers[1], numbers[2]))
    }

    private static var unshare: String { getuid() == 0 ? "unshare -nm" : "unshare -rnm" }

    static let hosts: [String: [IPAddress]] = [
        "localhost": [.v6(.loopback), .v4(.loopback)],
        "both.test": [IPAddress("10.77.0.5")!, IPAddress("fd77::5")!],
        "v6only.test": [IPAddress("fd77::5")!],
    ]

    func modules(in folder: URL) throws -> NginxGenerator.Modules {
        let parent = ProcessInfo.processInfo.environment["BINDLINT_NGINX_MODULES"] ?? "/usr/lib/nginx/modules"
        func module(_ name: String) -> String? {
            let file = "\(parent)/\(name).so"
            return FileManager.default.fileExists(atPath: file) ? file : nil
        }
        let certificate = folder.appending(path: "cert.pem").path
        let key = folder.appending(path: "key.pem").path
        _ = try Self.shell(
            "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=test -days 2 -keyout \(key) -out \(certificate) 2>&1")
        return NginxGenerator.Modules(
            stream: module("ngx_stream_module"), mail: module("ngx_mail_module"), certificate: certificate, key: key)
    }

    /// Starts nginx once for each folder and leaves `ss.txt` there: `refused`, or what `ss` shows. Several
    /// namespaces at once, since nginx waits seconds where an address is in use.
    func run(in folders: [URL], under parent: URL) throws {
        let workers = 16
        let script = parent.appending(path: "run.sh")
        let hosts = Self.hosts.flatMap { name, addresses in addresses.map { "\($0) \(name)" } }.joined(separator: "\n")
        try Data((hosts + "\n").utf8).write(to: parent.appending(path: "hosts"))
        try Data(Self.script(nginx: path, parent: parent.path).utf8).write(to: script)
        var running: [Process] = []
        for worker in 0..<workers {
            let list = parent.appending(path: "list.\(worker)")
            let own = folders.enumerated().filter { $0.offset % workers == worker }.map(\.element.path)
            try Data((own.joined(separator: "\n") + "\n").utf8).write(to: list)
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", "exec \(Self.unshare) sh \(script.path) \(list.path)"]
            try process.run()
            running.append(process)
        }
        for process in running { process.waitUntilExit() }
        #expect(running.allSatisfy { $0.terminationStatus == 0 })
    }

    private static func script(nginx: String, parent: String) -> String {
        """
        set -e
        ip link set lo up
        ip addr add 10.77.0.5/24 dev lo
        ip -6 addr add fd77::5/64 dev lo nodad
        mount --bind \(parent)/hosts /etc/hosts
        mount -t tmpfs tmpfs /mnt
        set +e
        while read -r home; do
            [ -n "$home" ] || continue
            if \(nginx) -p "$home" -c "$home/nginx.conf" -e "$home/error.log" \\
                -g "pid $home/nginx.pid; user root; master_process off;" >"$home/output" 2>&1; then
                { ss -tulnH; ss -xlnH; } >"$home/ss.txt"
                pid=$(cat "$home/nginx.pid")
                kill -KILL "$pid"
                while { ss -tulnH; ss -xlnH; } | grep -q .; do sleep 0.01; done
                rm -f /mnt/bl-*.sock
            else
                echo refused >"$home/ss.txt"
                rm -f /mnt/bl-*.sock
            fi
        done <"$1"
        """
    }

    /// nil where nginx did not start. `ss` prints `*:80` for a dual-stack wildcard.
    static func sockets(in output: String) -> Set<String>? {
        if output.hasPrefix("refused") { return nil }
        var result: Set<String> = []
        for line in output.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 5 else { continue }
            if fields[0].hasPrefix("u_") {
                result.insert("unix \(fields[4])")
                continue
            }
            guard let colon = fields[4].lastIndex(of: ":") else { continue }
            var host = String(fields[4][..<colon])
            let port = fields[4][fields[4].index(after: colon)...]
            if host.hasPrefix("[") { host = String(host.dropFirst().dropLast()) }
            let isDual = host == "*" || host.hasPrefix("::ffff:")
            // Nobody chose it: the stream or mail module without a port.
            let isEphemeral = Int(port)! >= 32768
            result.insert(
                "\(fields[0]) \(host == "*" ? "::" : host) \(isEphemeral ? "0" : port)\(isDual ? " dual" : "")")
        }
        return result
    }

    private static func shell(_ command: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        struct Failure: Error { var command: String }
        guard process.terminationStatus == 0 else { throw Failure(command: command) }
        return String(decoding: output, as: UTF8.self)
    }
}
