import Deployment
import Extraction
import ListenerModel
import Testing

/// Every prefix and many one-byte changes of a file with all features are read without an end.
@Suite struct ComposeRobustnessTests {
    private static let text = """
        x-a: &a {image: "${I:-x}", ports: ['80-82:80-82', "${P:-${Q}}:1/udp"]}
        include: [{path: [inc.yaml], env_file: e.env}]
        services:
          web:
            <<: *a
            extends: {service: b}
            environment: ["A=${B}", C]
            env_file: [e.env]
            volumes: [./d:/d:ro]
            ports: !override
            - {target: 80, published: 8080, host_ip: 127.0.0.1}
          b: {build: {context: ., args: {A: 1}}, ports: !reset null}
        ---
        services: {web: {ports: ['[::1]:${X?}:443']}}
        """

    private func check(_ bytes: [UInt8]) {
        let others = ["inc.yaml": "services: {inc: {image: y, ports: [22:22]}}\n", "e.env": "B='1'\nX=\"2\n"]
        var files = others.mapValues { Array($0.utf8) }
        files["compose.yaml"] = bytes
        let unit = ComposeExtractor().extract(SourceText(path: "compose.yaml", bytes: bytes))
        guard case .compose(let file) = unit.body else { return }
        for project in ComposeProjects.find([file], in: MemoryTree(bytes: files)) {
            for mapping in project.services.flatMap(\.ports) where mapping.location.path == "compose.yaml" {
                #expect(mapping.location.range.upperBound <= bytes.count)
                #expect(file.text.text(mapping.location.range) == mapping.text)
            }
        }
    }

    @Test func prefixes() {
        let bytes = Array(Self.text.utf8)
        for end in bytes.indices { check(Array(bytes[..<end])) }
    }

    @Test func changes() {
        let bytes = Array(Self.text.utf8)
        for index in bytes.indices {
            for replacement in [UInt8(ascii: "$"), UInt8(ascii: ":"), 0x0a, 0xff] {
                var changed = bytes
                changed[index] = replacement
                check(changed)
            }
        }
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000),
        "services: {a: " + String(repeating: "{a: ", count: 5_000),
        (0..<30).reduce("a0: &a0 [x]\n") { $0 + "a\($1 + 1): &a\($1 + 1) [*a\($1), *a\($1)]\n" },
        (0..<400).reduce("a0: &a0 [[[[x]]]]\n") { $0 + "a\($1 + 1): &a\($1 + 1) [[[[*a\($1)]]]]\n" },
        "services: {a: {image: x, ports: ['" + String(repeating: "${A:-", count: 5_000) + "']}}",
    ])
    func largeInputsEnd(_ text: String) { check(Array(text.utf8)) }

    @Test func manyRangesOfManyPorts() {
        let items = Array(repeating: "'1-65535:1-65535'", count: 300).joined(separator: ", ")
        check(Array("services: {a: {image: x, ports: [\(items)]}}\n".utf8))
    }
}
