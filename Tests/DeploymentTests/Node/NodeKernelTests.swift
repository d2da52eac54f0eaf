import Dialects
import Foundation
import ListenerModel
import Testing

@testable import Deployment

/// Runs the observed expressions and command lines with the installed Node in a network namespace of their own and
/// compares the kernel's sockets with what is read in the text. Needs `node`, `ss` and the right to make namespaces;
/// skipped where they are missing, except in CI.
///
/// Rows were observed with Node 20. What other versions do otherwise: 18 has no `--inspect-wait`; up to 16 `localhost`
/// was the IPv4 address (`dns.setDefaultResultOrder`).
@Suite struct NodeKernelTests {
    static let sample = NodeCase.all.filter { observed in
        observed.host == nil && NodeConformanceTests.undecidable[observed.id] == nil
            && !observed.input.contains(".pem")
    }

    static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] == "true"

    static let canRun: Bool = {
        let here = FileManager.default.temporaryDirectory
        let words = ["unshare", "-rnm", "sh", "-c", "node --version && ss -H -tln && ip link show lo"]
        return isContinuousIntegration || (try? Observed.run(words, in: here))?.status == 0
    }()

    @Test(.enabled(if: canRun, "node, ss or the right to make a network namespace is missing"))
    func kernelAgrees() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bindlint-node-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in Self.files(in: folder.path) {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        let result = try Observed.run(["unshare", "-rnm", "sh", "run.sh"], in: folder)
        let seen = Self.parse(result.output)
        for observed in Self.sample {
            let expected = recorded(observed.bindings().flatMap(\.sockets)).map {
                $0.replacing("/srv/t", with: folder.path)
            }
            #expect(seen[observed.id] == Set(expected), "\(observed.input)")
        }
    }

    /// Expressions run one after the other in one process, which closes what each has opened; command lines and
    /// clusters in processes of their own.
    private static func files(in folder: String) -> [String: String] {
        func runsAlone(_ observed: NodeCase) -> Bool {
            observed.isCommandLine || observed.input.contains("cluster")
        }
        func opensSomething(_ observed: NodeCase) -> Bool { observed.bindings().contains { !$0.sockets.isEmpty } }
        var files = [
            "hosts": "127.0.0.1 localhost\n::1 localhost\n10.77.0.5 both.test\nfd77::5 both.test\n"
                + "127.0.0.1 multi4.test\n10.77.0.5 multi4.test\n:: zero6.test\n",
            "script.js": "setInterval(() => {}, 1000);\n",
        ]
        let together = sample.filter { !runsAlone($0) }.map { observed in
            let environment = observed.environment.map { "'\($0.key)': '\($0.value)'" }.joined(separator: ", ")
            let run = observed.input.replacing("/srv/t", with: folder)
            return "['\(observed.id)', \(opensSomething(observed)), {\(environment)}, () => { \(run) }],"
        }
        files["together.js"] = """
            const [http, https, http2, net, tls, dgram, cluster, fs] =
              ['http', 'https', 'http2', 'net', 'tls', 'dgram', 'cluster', 'fs'].map(require);
            const { spawnSync } = require('child_process');
            const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
            const isListener = (handle) => handle instanceof net.Server || handle instanceof dgram.Socket;
            process.on('uncaughtException', () => {});
            (async () => {
              for (const [name, opens, environment, run] of [
                \(together.joined(separator: "\n    "))
              ]) {
                Object.assign(process.env, environment);
                try { run(); } catch {}
                await pause(60);
                let sockets = '';
                // A busy machine takes longer; what opens nothing is given no more time.
                for (let tries = 0; tries < 100 && sockets === ''; tries++) {
                  if (tries > 0) await pause(50);
                  sockets = ['-tulne', '-lx'].map((options) => spawnSync('ss', ['-H', options]).stdout).join('');
                  if (!opens) break;
                }
                console.log('case ' + name);
                process.stdout.write(sockets);
                process._getActiveHandles().filter(isListener).forEach((handle) => handle.close());
                require('inspector').close();
                await pause(10);
                for (const key of Object.keys(environment)) delete process.env[key];
              }
              process.exit();
            })();
            """
        var steps: [String] = []
        for observed in sample where runsAlone(observed) {
            var words = observed.input.split(separator: " ").dropFirst().map(String.init)
            if !observed.isCommandLine {
                files["\(observed.id).js"] = observed.program
                words = ["\(observed.id).js"]
            }
            let environment = observed.environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
            let limit = opensSomething(observed) ? 1000 : 50
            steps.append("run \(observed.id) \(limit) \(environment) node '\(words.joined(separator: "' '"))'")
        }
        files["run.sh"] = """
            mount --bind hosts /etc/hosts
            ip link set lo up
            ip address add 10.77.0.5/32 dev lo
            ip address add fd77::5/128 dev lo nodad
            node together.js 2>/dev/null
            run() {
              name=$1; limit=$2; shift 2
              env "$@" >/dev/null 2>&1 & pid=$!
              n=0
              while [ $n -lt $limit ] && [ -z "$(ss -H -tuln)" ] && kill -0 $pid 2>/dev/null; do
                sleep 0.02; n=$((n+1))
              done
              sleep 0.1
              echo "case $name"; ss -H -tulne
              kill -9 $(ss -H -tulnp | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u) $pid 2>/dev/null
              wait $pid 2>/dev/null
              # Workers of a cluster are not ours to wait for.
              n=0
              while [ $n -lt 500 ] && [ -n "$(ss -H -tuln)" ]; do sleep 0.02; n=$((n+1)); done
            }
            \(steps.joined(separator: "\n"))
            """
        return files
    }

    /// `tcp LISTEN 0 511 *:8080 *:* … v6only:0`, `u_str LISTEN 0 511 /run/x 1 * 0`
    private static func parse(_ output: String) -> [String: Set<String>] {
        var result: [String: Set<String>] = [:]
        var current = ""
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "case", words.count == 2 {
                current = String(words[1])
                result[current] = []
            } else if words.first == "u_str", words.count > 4 {
                var path = words[4]
                while path.first == "@", path.last == "@" { path = path.dropLast() }
                result[current]?.insert("unix \(path)")
            } else if words.count > 4, let colon = words[4].lastIndex(of: ":") {
                var address = words[4][..<colon]
                if address == "*" { address = "[::]" }
                if address.first == "[" { address = address.dropFirst().dropLast() }
                let number = Int(words[4][words[4].index(after: colon)...]) ?? 0
                // What the system picked is 0 in the text.
                let port = ephemeral.contains(number) ? 0 : number
                let isDual = words.contains("v6only:0")
                result[current]?.insert("\(words[0]) \(address) \(port)\(isDual ? " dual" : "")")
            }
        }
        return result
    }

    /// Linux's `net.ipv4.ip_local_port_range`.
    private static let ephemeral = 32768...60999
}
