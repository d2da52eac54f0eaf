import Deployment
import ListenerModel
import Testing
import YAMLTree

/// `testdata/conformance/conflicts.jsonl`: pairs of sockets on one port of one kernel.
struct ConflictCase: CustomStringConvertible, Sendable {
    var first: Socket
    var second: Socket
    var isConflict: Bool
    var description: String

    static let all: [ConflictCase] = Observed.records("conflicts.jsonl").map { line in
        func text(_ key: String) -> String { line[key]!.scalar!.text }
        let sharing: Socket.Sharing =
            switch text("mode") {
            case "plain": .exclusive
            case "reuseaddr": .reuseAddress
            case "reuseport": .reusePort
            default: fatalError("a mode that the table does not have: \(text("mode"))")
            }
        func socket(_ name: String) -> Socket {
            let address = addresses[name]!
            return Socket(
                Transport(rawValue: text("proto"))!, IPAddress(address)!, PortRange(5000), dualStack: name == "dual",
                sharing: sharing)
        }
        return ConflictCase(
            first: socket(text("first")), second: socket(text("second")), isConflict: line["conflict"]!.bool!,
            description: ["proto", "mode", "first", "second"].map(text).joined(separator: " "))
    }

    private static let addresses = [
        "v4any": "0.0.0.0", "v4lo": "127.0.0.1", "v4if": "10.77.0.5", "dual": "::", "v6any": "::", "v6lo": "::1",
        "v6if": "fd77::5", "maplo": "::ffff:127.0.0.1", "mapany": "::ffff:0.0.0.0",
    ]
}

@Suite struct ConflictConformanceTests {
    @Test func theMatrixIsWhole() { #expect(ConflictCase.all.count == 486) }

    @Test(arguments: ConflictCase.all)
    func collidesAsObserved(_ pair: ConflictCase) {
        #expect(pair.first.collides(with: pair.second) == pair.isConflict)
        #expect(PortConflicts.collisions(among: [[pair.first], [pair.second]]).isEmpty == !pair.isConflict)
    }

    @Test func rangesMeetAcrossBuckets() {
        let range = Socket(.tcp, .v4(.unspecified), PortRange(60, 70))
        let port = Socket(.tcp, .v4(.loopback), PortRange(64))
        let above = Socket(.tcp, .v4(.loopback), PortRange(71))
        #expect(PortConflicts.collisions(among: [[range], [above], [port]]) == [2: 0])
    }

    @Test func manyAddressesAreQuick() {
        let groups = (0..<20_000).map {
            [Socket(.tcp, .v4(IPv4Address(bits: 0x0a00_0000 + UInt32($0))), PortRange(80))]
        }
        #expect(PortConflicts.collisions(among: groups).isEmpty)
    }

    @Test func portsThatTheSystemPicksNeverCollide() {
        let ephemeral = Socket(.tcp, .v4(.unspecified), .ephemeral)
        let oneOf = Socket(.tcp, .v4(.unspecified), PortRange(8000, 8001), oneOf: true)
        #expect(PortConflicts.collisions(among: [[ephemeral], [ephemeral], [oneOf], [oneOf]]).isEmpty)
    }
}
