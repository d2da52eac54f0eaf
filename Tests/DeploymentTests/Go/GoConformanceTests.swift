import Dialects
import Extraction
import ListenerModel
import Testing
import YAMLTree

@testable import Deployment

/// The sockets that Go programs were observed to open against what is read in their text.
@Suite struct GoConformanceTests {
    /// Cases that the text does not decide, and why.
    static let undecidable: [String: String] = [
        "go-http-v4-notlocal": "the addresses of the host",
        "go-http-host-nosuch": "the names that resolve",
        "go-http-nohosts-localhost": "the names that resolve",
        "go-http-tls-nocert": "the files of the host: the certificate is missing after the bind",
        "go-listenmulticast": "the interfaces of the host",
        "go-net-tcp-zone-linklocal": "the addresses of the host",
        "go-ns-no6-http-v6lo": "whether the host has IPv6",
        "go-two-wild-specific": "two listeners of one process: conflicts are found between listeners",
        "go-udp-two-wild": "two listeners of one process: conflicts are found between listeners",
    ]

    @Test(arguments: GoCase.all)
    func observed(_ observed: GoCase) {
        let (sockets, refusals) = observed.read()
        let agrees = sockets == observed.sockets && observed.starts == refusals.isEmpty
        if Self.undecidable[observed.id] != nil {
            #expect(!agrees, "the case is listed as undecidable and agrees")
        } else {
            #expect(sockets == observed.sockets, "\(observed.input) \(observed.error)")
            #expect(observed.starts == refusals.isEmpty, "\(observed.input) \(observed.error) \(refusals)")
        }
    }

    @Test func undecidableCasesExist() {
        #expect(Set(Self.undecidable.keys).isSubset(of: GoCase.all.map(\.id)))
    }
}

/// One record of `testdata/conformance/go.jsonl`: an expression and the sockets of the program that it was put into.
struct GoCase: Sendable, CustomTestStringConvertible {
    var id: String
    var input: String
    var starts: Bool
    var error: String
    var host: String?
    var sockets: Set<String>

    var testDescription: String { id }

    static let all = Observed.records("go.jsonl").map(GoCase.init)

    private init(_ node: YAMLNode) {
        id = node["id"]!.scalar!.text
        input = node["input"]!.scalar!.text
        starts = node["verdict"]!.scalar!.text == "ok"
        error = node["error"]!.scalar!.text
        host = node["host"]?.string
        sockets = Set(
            node["sockets"]!.sequence!.map { socket in
                let address = socket["address"]!.scalar!.text
                if socket["family"]!.scalar!.text == "unix" { return "unix \(address)" }
                let dual = socket["v6only"]?.bool == false ? " dual" : ""
                return "\(socket["proto"]!.scalar!.text) \(address) \(socket["port"]!.scalar!.text)\(dual)"
            })
    }

    /// The expression in a program with the imports that it needs.
    var program: String {
        """
        package main

        import (
            "context"
            "crypto/tls"
            "errors"
            "fmt"
            "net"
            "net/http"
            "net/netip"
            "os"
            "strconv"

            "github.com/gin-gonic/gin"
            "github.com/valyala/fasthttp"
        )

        func main() {
            err := \(input)
            fmt.Println(err)
        }
        """
    }

    /// The host that the cases ran on.
    var world: World {
        var world = World.standard
        world.environment = .exact([:])
        let v4 = IPAddress("10.77.0.5")!
        let v6 = IPAddress("fd77::5")!
        world.hosts = [
            "localhost": [.v4(.loopback), .v6(.loopback)], "both.test": [v4, v6], "v4only.test": [v4],
            "v6only.test": [v6], "zero.test": [.v4(.unspecified)], "zero6.test": [.v6(.unspecified)],
        ]
        switch host {
        case "IPv6 disabled by sysctl disable_ipv6=1": world.hosts["localhost"] = [.v4(.loopback)]
        case "/etc/hosts maps localhost to ::1 only": world.hosts["localhost"] = [.v6(.loopback)]
        case "/etc/hosts has no localhost, no DNS": world.hosts["localhost"] = nil
        case "net.ipv6.bindv6only=1": world.bindV6Only = true
        default: break
        }
        return world
    }

    func read() -> (sockets: Set<String>, refusals: [String]) {
        let unit = GoExtractor().extract(SourceText(path: "main.go", bytes: Array(program.utf8)))
        var bindings: [Binding] = []
        for declaration in GoResolver.declarations([unit], in: MemoryTree(["main.go": program])) {
            switch declaration.meaning {
            case .request(let request, let dialect):
                bindings.append(dialect.binding(of: request.resolved(world.variable).request, in: world))
            case .bound(let already, _, _): bindings += already
            }
        }
        return (described(bindings.flatMap(\.sockets)), bindings.compactMap(\.refusal))
    }
}
