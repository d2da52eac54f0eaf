import ListenerModel
import Testing

@Suite struct PortSetsTests {
    @Test(arguments: [
        (UInt16(6379), Transport.tcp, ["cache"]), (6379, .udp, []), (27018, .tcp, ["database"]),
        (9200, .tcp, ["database"]), (2375, .tcp, ["orchestration"]), (9229, .tcp, ["debug"]),
        (53, .udp, ["dns"]), (443, .udp, ["web"]), (22, .tcp, ["remote-access"]), (9100, .tcp, ["metrics"]),
        // Shared by many kinds of software: in no set.
        (8080, .tcp, []), (3000, .tcp, []), (9090, .tcp, []), (5000, .tcp, []), (8000, .tcp, []),
    ])
    func numbers(port: UInt16, transport: Transport, purposes: [String]) {
        #expect(PortSets.purposes(port: port, transport: transport).map(\.rawValue) == purposes)
    }

    @Test func privilegedIsASetButNoPurpose() {
        #expect(PortSets.members(of: "privileged")?.count == 2)
        #expect(PortSets.purposes(port: 1023, transport: .tcp).isEmpty)
    }

    @Test func noNumberIsInTwoClasses() {
        let classes = PortSets.all.filter { $0.name != "privileged" }
        for (index, set) in classes.enumerated() {
            for other in classes[(index + 1)...] {
                for member in set.members {
                    let shared = other.members.filter {
                        $0.transport == member.transport && $0.ports.overlaps(member.ports)
                    }
                    #expect(shared.isEmpty, "\(member.ports) is in \(set.name) and \(other.name)")
                }
            }
        }
    }

    @Test func setsAreSortedByName() {
        let names = PortSets.all.map(\.name)
        #expect(names == names.sorted())
        #expect(PortSets.members(of: "no-such-set") == nil)
    }
}
