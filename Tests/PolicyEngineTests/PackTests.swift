import ListenerModel
import Testing

@testable import PolicyEngine

@Suite("Shipped packs")
struct PackTests {
    @Test("every pack loads without a complaint", arguments: Packs.names)
    func loads(_ name: String) throws {
        let loaded = load(nil, shared: [name])
        #expect(loaded.diagnostics.map(\.line) == [])
        #expect(loaded.policy?.rules.count ?? 0 > BuiltInRule.allCases.count)
    }

    @Test("the packs of the contract are there")
    func names() {
        #expect(Packs.names == ["admin-ports", "containers", "recommended", "strict"])
    }
}
