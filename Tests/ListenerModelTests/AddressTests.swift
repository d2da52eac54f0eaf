import Testing

@testable import ListenerModel

@Suite struct AddressTests {
    /// RFC 5952 section 4 and 5, with the examples of its section 2.
    @Test(arguments: [
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0DB8::0001", "2001:db8::1"), ("::", "::"), ("::1", "::1"),
        ("0:0:0:0:0:0:0:0", "::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1::", "1::"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("::ffff:c000:201", "::ffff:192.0.2.1"), ("fe80::1%eth0", "fe80::1%eth0"), ("::1.2.3.4", "::102:304"),
        ("2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed", "2607:fb90:1788:efbd:d3f9:555:4ddb:c8ed"),
    ])
    func ipv6Text(_ text: String, _ canonical: String) {
        #expect(IPv6Address(text)?.description == canonical)
    }

    @Test(arguments: [
        "", ":", ":::", "1::2::3", "12345::", "::1%", "1.2.3.4", "g::", "::1 ", "[::1]", "::1\0", "::1\0%a", "::1%a\0",
    ])
    func notIPv6(_ text: String) { #expect(IPv6Address(text) == nil) }

    @Test(arguments: ["127.1", "0", "0x7f.0.0.1", "2130706433", "256.1.1.1", "1.2.3", "1.2.3.4 ", "", "1.2.3.4.5"])
    func notStrictIPv4(_ text: String) { #expect(IPv4Address(text) == nil) }

    /// inet_aton(3)
    @Test(arguments: [
        ("127.1", "127.0.0.1"), ("0", "0.0.0.0"), ("0x7f.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("10.1.2", "10.1.0.2"),
    ])
    func looseIPv4(_ text: String, _ address: String) { #expect(IPv4Address(loose: text)?.description == address) }

    @Test(arguments: ["", "127.1 x", "localhost", "1.2.3.4.5"])
    func notLooseIPv4(_ text: String) { #expect(IPv4Address(loose: text) == nil) }

    /// RFC 4007, 1918, 4193, 6598, 6890; a v4-mapped address has the scope of the IPv4 one.
    @Test(arguments: [
        ("0.0.0.0", Scope.wildcard), ("::", .wildcard), ("::ffff:0.0.0.0", .wildcard), ("127.8.8.8", .loopback),
        ("::1", .loopback), ("::ffff:127.0.0.1", .loopback), ("10.0.0.1", .private), ("172.31.255.255", .private),
        ("172.32.0.1", .global), ("192.168.1.1", .private), ("fd00::1", .private), ("100.64.0.1", .shared),
        ("100.128.0.1", .global), ("169.254.1.1", .linkLocal), ("fe80::1%eth0", .linkLocal), ("224.0.0.1", .multicast),
        ("ff02::1", .multicast), ("192.0.2.1", .reserved), ("240.0.0.1", .reserved), ("255.255.255.255", .reserved),
        ("2001:db8::1", .reserved), ("8.8.8.8", .global), ("2606:4700::1111", .global), ("0.1.2.3", .reserved),
    ])
    func scopes(_ text: String, _ scope: Scope) { #expect(IPAddress(text)?.scope == scope) }

    @Test func widestScope() {
        #expect(Scope.widest([.loopback, .private, .wildcard]) == .wildcard)
        #expect(Scope.widest([.loopback, .private]) == .private)
        #expect(Scope.widest([Scope]()) == nil)
    }

    @Test func networks() throws {
        #expect(try IPNetwork("10.8.0.0/16").contains(try #require(IPAddress("10.8.255.1"))))
        #expect(try !IPNetwork("10.8.0.0/16").contains(try #require(IPAddress("10.9.0.0"))))
        #expect(try IPNetwork("fd00:8::/64").contains(try #require(IPAddress("fd00:8::1%eth0"))))
        #expect(try !IPNetwork("0.0.0.0/0").contains(try #require(IPAddress("::1"))))
        #expect(try IPNetwork("127.0.0.1").prefixLength == 32)
        #expect(throws: IPNetwork.ParseError.badPrefix(maximum: 32)) { try IPNetwork("10.0.0.0/40") }
        #expect(throws: IPNetwork.ParseError.hostBitsSet(meant: "10.0.0.0/8")) { try IPNetwork("10.0.0.1/8") }
        #expect(throws: IPNetwork.ParseError.notAnAddress) { try IPNetwork("example.org/8") }
    }
}
