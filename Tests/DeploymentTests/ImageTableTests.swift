import Dialects
import ListenerModel
import Testing

@testable import Deployment

@Suite struct ImageTableTests {
    @Test(arguments: [
        ("redis", "redis"), ("redis:7-alpine", "redis"), ("docker.io/library/redis:7@sha256:abc", "redis"),
        ("library/postgres", "postgres"), ("mirror.gcr.io/library/postgres:16", "postgres"),
        ("public.ecr.aws/docker/library/postgres", "postgres"),
        ("timescale/timescaledb:latest-pg16", "postgres-derived"),
        ("rabbitmq:3-management-alpine", "rabbitmq-management"), ("rabbitmq:3", "rabbitmq"),
        ("php:8.3-fpm-alpine", "php-fpm"), ("php:8.3-apache", "php-apache"),
        ("selenium/standalone-chrome:4", "selenium"), ("grafana/grafana-oss", "grafana"),
    ])
    func finds(reference: String, row: String) { #expect(ImageTable.lookup(reference)?.name == row) }

    @Test(arguments: [
        "registry.example.com/library/postgres", "acme/redis", "my-redis", "redis-cluster-proxy", "", ":", "@sha256:x",
        "localhost:5000/redis", "app:latest",
    ])
    func doesNotKnow(reference: String) { #expect(ImageTable.lookup(reference) == nil) }

    @Test func unknownTagsAreNoObstacle() {
        let tag = SymbolicText([.literal("redis:"), .unknown(Unknown(.environment("TAG")))])
        #expect(ImageTable.lookup(tag)?.name == "redis")
        let registry = SymbolicText([.unknown(Unknown(.environment("REGISTRY"))), .literal("/redis:7")])
        #expect(ImageTable.lookup(registry) == nil)
        let name = SymbolicText([.literal("re"), .unknown(Unknown(.environment("X"))), .literal(":7")])
        #expect(ImageTable.lookup(name) == nil)
    }

    @Test(arguments: [
        ("registry:2", 5000, "wildcard(Optional(Dialects.WildcardOutcome.dualStack))"),
        ("redis", 6379, "wildcard(Optional(Dialects.WildcardOutcome.twoSockets))"),
        ("quay.io/coreos/etcd", 2379, "loopback"),
    ])
    func binds(reference: String, port: UInt16, binds: String) {
        let found = ImageTable.lookup(reference)?.port(port, .tcp).map { "\($0.binds)" }
        #expect(found?.hasSuffix(binds) == true, "\(found ?? "nothing")")
    }

    @Test(arguments: [
        ("postgres", UInt16(5432), ["database"]), ("elasticsearch:8", 9200, ["database", "search"]),
        ("php:8-fpm", 9000, ["debug"]), ("axllent/mailpit", 1025, ["mail"]), ("registry:2", 5000, ["orchestration"]),
        ("jupyter/base-notebook", 8888, ["admin"]), ("ollama/ollama", 11434, []),
    ])
    func purposes(reference: String, port: UInt16, purposes: [String]) {
        #expect(ImageTable.lookup(reference)?.port(port, .tcp)?.purposes.map(\.rawValue) == purposes)
    }

    @Test func everyRowIsReadable() {
        let rows = ImageTable.all
        #expect(rows.count == 464)
        #expect(Set(rows.map(\.name)).count == rows.count)
        for row in rows {
            #expect(!row.proof.isEmpty, "\(row.name) has no proof")
            for port in row.ports {
                #expect(port.ports.first > 0, "\(row.name)")
                #expect(!port.title.isEmpty, "\(row.name) \(port.ports)")
            }
        }
    }

    @Test func whatIsRememberedIsMarked() throws {
        let fpm = try #require(ImageTable.lookup("bitnami/postgresql")?.port(5432, .tcp))
        #expect(fpm.confidence == .memory)
        #expect(fpm.bindConfidence == .memory)
        #expect(try #require(ImageTable.lookup("postgres")?.port(5432, .tcp)).bindConfidence == .source)
    }

    @Test func rangesHoldTheirPorts() {
        #expect(ImageTable.lookup("localstack/localstack")?.port(4520, .tcp) != nil)
        #expect(ImageTable.lookup("localstack/localstack")?.port(4520, .udp) == nil)
    }

    @Test(
        arguments: [
            ("redis", "redis", nil, nil), ("redis:7", "redis", "7", nil), ("r:5000/a/b", "r:5000/a/b", nil, nil),
            ("r:5000/a:1@sha256:f", "r:5000/a", "1", "sha256:f"), ("docker.io/A/b", "a/b", nil, nil),
        ] as [(String, String, String?, String?)])
    func references(text: String, name: String, tag: String?, digest: String?) {
        let reference = ImageReference(text)
        #expect(reference.name == name)
        #expect(reference.tag == tag)
        #expect(reference.digest == digest)
    }
}
