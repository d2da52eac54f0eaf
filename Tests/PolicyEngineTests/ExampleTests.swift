import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Examples of the language")
struct ExampleTests {
    static let adminPorts = """
        version: 1
        ports: { admin: [admin, 8001, 9000-9009] }
        rules:
          - id: admin-port-on-every-interface
            when: { purpose: admin }
            deny: { scope: wildcard, context: [host, unknown] }
        """

    @Test(
        "no wildcard on admin ports, in all spellings",
        arguments: [
            Row(listener("0.0.0.0", 9000), true), Row(listener("*", 9000, source: .go), true),
            Row(listener("::", 9000), true),
            Row(listener("127.0.0.1", 9000), false), Row(listener("0.0.0.0", 9010), false),
            Row(listener("0.0.0.0", 19000, role: .publish) { $0.target = PortRange(9000) }, true),
            Row(listener("0.0.0.0", 8161), true), Row(listener("10.0.0.1", 9000), false),
            Row(listener("0.0.0.0", 9000, context: .unknown), true),
            Row(listener("0.0.0.0", 9000, context: .container(project: "", service: "web")), false),
            Row(listener("0.0.0.0", 9000) { $0.test = true }, false),
        ])
    func adminPort(_ row: Row<Bool>) throws {
        let result = try policy(Self.adminPorts).check(CheckInput(listeners: [row.listener]))
        #expect(result.rules == (row.expected ? ["admin-port-on-every-interface"] : []))
    }
}
