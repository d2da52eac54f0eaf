import ListenerModel
import Testing

@Suite struct AddressReadingTests {
    /// Text, canonical readings, scope of the first.
    @Test(arguments: [
        ("127.0.0.1:80", ["127.0.0.1:80"], Scope.loopback),
        ("0.0.0.0:80", ["0.0.0.0:80"], .wildcard),
        ("0.0.0.0", ["0.0.0.0"], .wildcard),
        ("[::1]:8080", ["[::1]:8080"], .loopback),
        ("[::]:22", ["[::]:22"], .wildcard),
        ("[2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed]:35871", ["[2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed]:35871"], .global),
        ("2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed:35871", ["[2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed]:35871"], .global),
        ("localhost:8080", ["localhost:8080"], .name),
        ("api.internal:8080", ["api.internal:8080"], .name),
        ("::1:8080", ["[::1]:8080", "::1:8080"], .loopback),
        ("fe80::1:22", ["[fe80::1]:22", "fe80::1:22"], .linkLocal),
        ("::1:99999", [], .none),
        ("::1", ["::1"], .loopback),
        ("::", ["::"], .wildcard),
        (":22", [":22"], .wildcard),
        ("22", [":22"], .wildcard),
        ("8000-8010", [":8000-8010"], .wildcard),
        ("*:22", ["*:22"], .wildcard),
        ("*", ["*"], .wildcard),
        (":::22", ["[::]:22"], .wildcard),
        ("0:0:0:0:0:0:0:0", ["::"], .wildcard),
        ("0:0:0:0:0:0:0:1", ["::1"], .loopback),
        ("2001:DB8:0:0:8:800:200C:417A", ["2001:db8::8:800:200c:417a"], .reserved),
        ("127.1", ["127.0.0.1"], .loopback),
        ("127.1:80", ["127.0.0.1:80"], .loopback),
        ("0x7f.1", ["127.0.0.1"], .loopback),
        ("2130706433", ["127.0.0.1"], .loopback),
        ("0", [":0", "0.0.0.0"], .wildcard),
        ("0:80", ["0:80", "0.0.0.0:80"], .wildcard),
        ("[::ffff:127.0.0.1]:80", ["[::ffff:127.0.0.1]:80"], .loopback),
        ("::ffff:10.0.0.1:80", ["[::ffff:10.0.0.1]:80"], .private),
        ("[fe80::1%eth0]:80", ["[fe80::1%eth0]:80"], .linkLocal),
        ("fe80::1%eth0", ["fe80::1%eth0"], .linkLocal),
        ("fe80::1%eth0:22", ["[fe80::1%eth0]:22"], .linkLocal),
        ("[fe80::1]%eth0:80", ["[fe80::1%eth0]:80"], .linkLocal),
        ("127.0.0.53%lo:53", ["127.0.0.53%lo:53"], .loopback),
        ("*%eth0:53", ["*%eth0:53"], .wildcard),
        ("unix:/run/app.sock", ["unix:/run/app.sock"], .unix),
        ("unix:///run/app.sock", ["unix:/run/app.sock"], .unix),
        ("/run/app.sock", ["unix:/run/app.sock"], .unix),
        ("@abstract", ["unix:@abstract"], .unix),
        ("80:80", ["80:80"], .wildcard),
        ("8080:80", ["8080:80"], .wildcard),
        ("127.0.0.1:8080:80", ["127.0.0.1:8080:80"], .loopback),
        ("127.0.0.1::80", ["127.0.0.1::80"], .loopback),
        ("0.0.0.0:53:53/udp", ["0.0.0.0:53:53/udp"], .wildcard),
        ("[::1]:6000:6000", ["[::1]:6000:6000"], .loopback),
        ("::1:6000:6000", ["[::1]:6000:6000", "[::1:6000]:6000", "::1:6000:6000"], .loopback),
        (":::80:80", ["[::]:80:80"], .wildcard),
        ("8000-8003:80", ["8000-8003:80"], .wildcard),
        ("::80", ["::80"], .global),
        ("tcp://0.0.0.0:2375", ["0.0.0.0:2375"], .wildcard),
        ("udp://:514", [":514/udp"], .wildcard),
        ("http://127.0.0.1:3000/", ["127.0.0.1:3000"], .loopback),
        (":http", [":http"], .wildcard),
        ("0.0.0.0:*", ["0.0.0.0:*"], .wildcard),
        ("10.0.0.1:80", ["10.0.0.1:80"], .private),
        ("[]:80", [":80"], .wildcard),
        ("127.0.0.1:", [], .none),
        ("", [], .none),
        ("a b", [], .none),
        ("[::1", [], .none),
        ("[127.0.0.1]:80", ["127.0.0.1:80"], .loopback),
        ("host:70000", [], .none),
        ("ftp://x:21", [], .none),
        ("8003-8000", [], .none),
    ])
    func readings(text: String, canonical: [String], scope: Scope) {
        let readings = AddressReading.readings(of: text)
        #expect(readings.map(\.canonical) == canonical)
        #expect(readings.first?.scope ?? .none == scope)
    }

    @Test func aCanonicalFormReadsAsItself() {
        for text in ["127.0.0.1:80", "[::1]:8080", "[::]:22", ":22", "*:22", "127.0.0.1:8080:80", "[::1]:6000:6000"] {
            #expect(AddressReading.readings(of: text).map(\.canonical) == [text])
        }
    }

    @Test func partsOfAMapping() throws {
        let reading = try #require(AddressReading.readings(of: "127.0.0.1:8080:80/udp").first)
        #expect(reading.host == .address(.v4(.loopback)))
        #expect(reading.port == .range(PortRange(8080)))
        #expect(reading.target == PortRange(80))
        #expect(reading.transport == .udp)
    }
}
