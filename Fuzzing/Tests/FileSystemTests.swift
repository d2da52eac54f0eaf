import Foundation
import Testing

/// What a file system may hold and do. Every run ends, with a status that can be relied on and a message.
@Suite struct FileSystemTests {
    static let compose = "services: {a: {image: b, ports: ['8080:80']}}\n"
    static let nginx = "events {}\nhttp { server { listen 8080; } }\n"

    // MARK: Bytes

    @Test(arguments: [
        ("NUL bytes", Array("services:\0{}\n".utf8)),
        ("not UTF-8", [0x73, 0xff, 0xfe, 0x0a]),
        ("UTF-16 without an end", [0xff, 0xfe, 0x73]),
        ("nothing but a byte order mark", [0xef, 0xbb, 0xbf]),
    ]) func ownedFileThatCannotBeRead(_ what: String, bytes: [UInt8]) throws {
        let sandbox = try Sandbox()
        try sandbox.write("compose.yaml", bytes)
        let output = try sandbox.shell("$bindlint --isolated .")
        #expect(output.status == 2 || (output.status == 0 && output.stdout.contains("1 file")), "\(what): \(output)")
    }

    /// Byte order marks and line breaks of other systems change nothing but columns.
    @Test(arguments: ["compose.yaml", "nginx.conf", ".env", "Dockerfile", "main.go", "server.js"])
    func otherSystems(_ path: String) throws {
        let text = [
            "compose.yaml": Self.compose, "nginx.conf": Self.nginx, ".env": "BIND_ADDR=0.0.0.0:8080\n",
            "Dockerfile": "FROM a\nEXPOSE 8080\n",
            "main.go": "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":8080\", nil) }\n",
            "server.js": "require('http').createServer()\n  .listen(8080)\n",
        ][path]!
        let plain = try lines(path, Array(text.utf8))
        #expect(!plain.isEmpty)
        // nginx takes the mark for a part of the first word, and so do we.
        if path != "nginx.conf" { #expect(try lines(path, [0xef, 0xbb, 0xbf] + Array(text.utf8)) == plain) }
        #expect(try lines(path, Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)) == plain)
    }

    /// The listeners without their places.
    private func lines(_ path: String, _ bytes: [UInt8]) throws -> [String] {
        let sandbox = try Sandbox()
        try sandbox.write(path, bytes)
        let output = try sandbox.shell("$bindlint list --isolated --format jsonl .")
        #expect(output.status == 0, "\(output)")
        return output.stdout.split(separator: "\n").map { line in
            String(line).replacing(#/"(column|endColumn)":\d+/#, with: "")
        }
    }

    // MARK: Files that are none

    @Test func specialFiles() throws {
        let sandbox = try Sandbox(["nginx.conf": Self.nginx])
        let output = try sandbox.shell(
            """
            mkfifo pipe.conf compose.yaml; mknod device.conf c 1 5 2>/dev/null; ln -s /dev/zero zero.conf
            ln -s loop.conf loop.conf; ln -s nowhere lost.conf; ln -s . up; ln -s /etc/hosts outside.conf
            truncate -s 4G Dockerfile; truncate -s 4G large.conf; truncate -s 4G bindlint.test.yaml
            $bindlint list --isolated --format concise .
            """)
        #expect(output.status == 0, "\(output)")
        #expect(output.stdout.split(separator: "\n").count == 1, "\(output)")
        #expect(
            try sandbox.shell("$bindlint list --isolated .").stdout.contains(
                "larger than --max-file-size: 1 dockerfile"))
    }

    /// Skipped where nobody needs it, and an untrustworthy run where a file that was read names it.
    @Test(arguments: [("", 0), ("include: [large.yaml]\n", 2)])
    func largeFiles(_ line: String, _ status: Int32) throws {
        let sandbox = try Sandbox(["compose.yaml": line + Self.compose])
        let output = try sandbox.shell("truncate -s 65M large.yaml; $bindlint list --isolated .")
        #expect(output.status == status, "\(output)")
        #expect(output.stdout.contains(status == 0 ? "larger than --max-file-size: 1" : "cannot read"), "\(output)")
    }

    /// A socket is listened on and never opened, by its name or by the walk.
    @Test func sockets() throws {
        let sandbox = try Sandbox(["nginx.conf": Self.nginx])
        let short = "/tmp/bindlint-\(getpid()).sock"
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: short.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0 && listen(listener, 1) == 0)
        let output = try sandbox.shell(
            "mv \(short) compose.yaml; test -S compose.yaml && $bindlint list --isolated --format concise .")
        #expect(output.status == 0 && output.stdout.split(separator: "\n").count == 1, "\(output)")
        let named = try sandbox.shell("$bindlint --isolated compose.yaml")
        #expect(named.status == 2 && (named.stdout + named.stderr).contains("not a regular file"), "\(named)")
    }

    @Test(arguments: ["pipe", "zero", "loop", "lost", "up/up/pipe", "Dockerfile"])
    func specialFilesThatAreNamed(_ path: String) throws {
        let sandbox = try Sandbox()
        let output = try sandbox.shell(
            "mkfifo pipe; ln -s /dev/zero zero; ln -s loop loop; ln -s no lost; ln -s . up; truncate -s 4G Dockerfile; "
                + "$bindlint --isolated \(path)")
        let name = String(path.split(separator: "/").last!)
        #expect(output.status == 2, "\(output)")
        #expect(output.stdout.contains(name) || output.stderr.contains(name), "\(output)")
    }

    @Test func anEndlessPolicyAndInput() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose])
        #expect(try sandbox.shell("$bindlint --policy /dev/zero .").status == 2)
        #expect(try sandbox.shell("mkfifo p.yaml; $bindlint --policy p.yaml .").status == 2)
        #expect(try sandbox.shell("truncate -s 4G big.yaml; $bindlint --policy big.yaml .").status == 2)
        #expect(try sandbox.shell("$bindlint --isolated --baseline /dev/zero .").status == 2)
        let endless = try sandbox.shell("$bindlint --isolated - --stdin-filename compose.yaml < /dev/zero")
        #expect(endless.status == 2 && endless.stderr.contains("standard input is larger"), "\(endless)")
        #expect(try sandbox.shell("$bindlint --isolated --files-from - < /dev/zero").status == 2)
    }

    // MARK: Names and folders

    @Test func strangeNames() throws {
        let sandbox = try Sandbox()
        for name in [
            "a\nb", "\u{1b}[31mred", "\u{202e}lamron", "::error::x", " ", "-q", "ü", "a'b\"c", "$(x)", "*", "😀",
        ] {
            try sandbox.write("\(name)/nginx.conf", Array(Self.nginx.utf8))
        }
        let output = try sandbox.shell(
            "mkdir $'\\xff' && cp '*/nginx.conf' $'\\xff'; $bindlint list --isolated --format json .")
        #expect(output.status == 0, "\(output)")
        #expect(output.stdout.components(separatedBy: "\"listeners\"").count == 2)
        #expect(output.stdout.components(separatedBy: "\"exposure\"").count >= 12, "\(output)")
    }

    /// Longer than PATH_MAX, and a folder with very many files.
    @Test func deepAndWideFolders() throws {
        let sandbox = try Sandbox(["nginx.conf": Self.nginx])
        let output = try sandbox.shell(
            """
            (name=$(printf 'd%.0s' {1..200}); for i in {1..30}; do mkdir $name && cd -P $name || exit; done; echo 'listen 1;' > nginx.conf)
            mkdir wide && cd wide && seq -f '%.0f.conf' 1 20000 | xargs touch && cd ..
            $bindlint list --isolated . ; status=$?
            rm -rf wide d*; exit $status
            """)
        #expect(output.status == 0, "\(output)")
        #expect(output.stdout.contains("nginx.conf"), "\(output)")
        #expect(output.stdout.contains("File name too long"), "\(output)")
    }

    /// Root may read everything, so another user is asked.
    @Test(.enabled(if: getuid() == 0)) func unreadableFilesAndFolders() throws {
        let sandbox = try Sandbox(["nginx.conf": Self.nginx, "shut/nginx.conf": Self.nginx, "x.conf": "listen 1;"])
        let output = try sandbox.shell(
            """
            chmod 755 . ; chmod 000 shut nginx.conf x.conf
            exec setpriv --reuid 65534 --regid 65534 --clear-groups -- $bindlint --isolated .
            """)
        #expect(output.status == 2, "\(output)")
        for word in ["nginx.conf", "shut", "ermission denied"] { #expect(output.stdout.contains(word), "\(output)") }
    }

    /// Files come, go and change while they are read: whatever was seen, the run ends with a status of its own.
    @Test func vanishingFiles() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose])
        let output = try sandbox.shell(
            """
            (while true; do mkdir -p v/w; echo 'listen 1;' > v/w/nginx.conf; rm -rf v; ln -s . v; rm v; done) 2>/dev/null & trap "kill $!" EXIT
            for i in {1..20}; do $bindlint list --isolated . >/dev/null 2>log; status=$?; [ $status -le 2 ] || { cat log; exit $status; }; done
            """)
        #expect(output.status == 0, "\(output)")
    }

    // MARK: Output

    @Test(.enabled(if: getuid() == 0)) func aFullDisk() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose])
        let output = try sandbox.shell(
            """
            mkdir full && mount -t tmpfs -o size=8k none full || exit 77
            head -c 8192 /dev/zero > full/fill
            $bindlint --isolated --output json=full/report.json . ; status=$?
            ls full >&2; umount full; exit $status
            """)
        if output.status == 77 { return }
        #expect(output.status == 2, "\(output)")
        #expect(output.stderr.contains("No space left on device"), "\(output)")
        #expect(output.stderr.hasSuffix("fill\n"), "something is left: \(output)")
    }

    @Test func standardOutputThatCannotBeWritten() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose])
        #expect(try sandbox.shell("$bindlint --isolated . > /dev/full").status == 2)
        #expect(try sandbox.shell("$bindlint --isolated . >&-").status == 2)
        // A closed pipe ends it as it ends cat(1), and where that signal is ignored it says so.
        let closed = "(sleep 0.2; $bindlint --isolated --format json .; echo $? >&2) | true; sleep 0.6"
        #expect(try sandbox.shell(closed).stderr.contains("141"))
        #expect(try sandbox.shell("trap '' PIPE; " + closed).stderr.contains("cannot write"))
    }

    @Test(.enabled(if: getuid() == 0)) func aTreeThatCannotBeWritten() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose])
        let output = try sandbox.shell(
            """
            chmod -R a+rX . ; chmod a-w .
            run() { setpriv --reuid 65534 --regid 65534 --clear-groups -- $bindlint "$@"; }
            run --isolated --fail-on never . || exit 9
            run --isolated --output json=report.json . ; exit $?
            """)
        #expect(output.status == 2, "\(output)")
        #expect(output.stderr.contains("cannot write report.json"), "\(output)")
    }

    /// Nothing is replaced that is no file, and no link is followed to where the result then goes.
    @Test func whatOutputReplaces() throws {
        let sandbox = try Sandbox(["compose.yaml": Self.compose, "precious": "precious\n"])
        let output = try sandbox.shell(
            """
            ln -s precious report.json; for i in $(seq 1 400); do ln -s precious report.json.$i.tmp; done
            $bindlint --isolated --fail-on never --output json=report.json --output json=/dev/null . >/dev/null
            cat precious; test -f report.json -a ! -L report.json; echo $?; test -c /dev/null; echo $?
            $bindlint --isolated --fail-on never -q --output json=/dev/stdout . | grep -c '"schema"'
            """)
        #expect(output.stdout == "precious\n0\n0\n1\n", "\(output)")
        #expect(sandbox.names.filter { $0.hasPrefix("report") && !$0.contains(".tmp") } == ["report.json"])
    }

    @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129), ("QUIT", 131)])
    func signals(_ name: String, status: Int32) throws {
        let sandbox = try Sandbox()
        let large = (0..<3000).map { "  s\($0): {image: b, ports: ['\($0 + 1):80', '127.0.0.1:\($0 + 1):81']}\n" }
            .joined()
        try sandbox.write("compose.yaml", Array(("services:\n" + large).utf8))
        for delay in ["0.02", "0.1", "0.3"] {
            let output = try sandbox.shell(
                """
                trap - INT QUIT; set -m
                \(Sandbox.executable.path) list --isolated --output json=report.json --output sarif=b.sarif . >/dev/null 2>&1 &
                sleep \(delay); kill -\(name) $!; wait $!
                """)
            #expect([0, 2, status].contains(output.status), "\(output)")
            #expect(sandbox.names.allSatisfy { !$0.contains(".tmp") }, "\(sandbox.names)")
            if let report = try? Data(contentsOf: sandbox.folder.appending(path: "report.json")) {
                #expect(report.last == 0x0a, "a part of a report is left")
            }
        }
    }
}
