internal import ListenerModel

/// A reading of an address in words.
enum ReadingWords {
    /// "every interface, port 22"
    static func meaning(of reading: AddressReading) -> String {
        if let target = reading.target {
            let host = "the container engine opens \(port(reading.port)) on \(host(reading))"
            return "a port mapping: \(host) and leads it to port \(target) of the container"
        }
        return [host(reading), reading.port.map { port($0) }].compactMap { $0 }.joined(separator: ", ")
    }

    private static func host(_ reading: AddressReading) -> String {
        let on = reading.device.map { " (only packets of the interface \($0))" } ?? ""
        switch reading.host {
        case .omitted, .asterisk: return "every interface" + on
        case .address(let address): return words(address) + on
        case .name(let name): return "the addresses of the name \(name)"
        case .path(let path):
            return path.hasPrefix("@") ? "a unix socket in the abstract namespace" : "the unix socket \(path)"
        }
    }

    private static func words(_ address: IPAddress) -> String {
        if case .v6(let v6) = address, let mapped = v6.mappedIPv4 {
            return "an IPv6 socket for IPv4 connections to \(mapped)"
        }
        let family = address.isIPv4 ? "IPv4" : "IPv6"
        switch address.scope {
        case .wildcard: return "every interface, \(family)"
        case .loopback: return "the loopback, \(family)"
        case .private: return "a private \(family) address"
        case .global: return "a public \(family) address"
        case .shared: return "an address of carrier-grade address translation"
        case .linkLocal: return "a link-local \(family) address"
        case .multicast: return "an \(family) multicast group"
        case .reserved: return "a reserved \(family) address"
        case .unix, .name, .unknown, .none: return address.description
        }
    }

    private static func port(_ port: AddressReading.Port?) -> String {
        switch port {
        case .range(let range) where range.isEphemeral: "a port that the system picks"
        case .range(let range): range.count == 1 ? "port \(range)" : "ports \(range)"
        case .service(let name): "the port of the service \(name)"
        case .any: "any port"
        case nil: "a port"
        }
    }

    /// Where the spelling comes from, and what it leaves open.
    static func notes(on reading: AddressReading, writtenAs text: String) -> [String] {
        var notes: [String] = []
        let isPrinted = reading.target == nil && reading.port != nil
        let hasBrackets = text.contains("[")
        switch reading.host {
        case .asterisk where isPrinted:
            notes.append(
                "`ss` prints * for one IPv6 socket that takes IPv4 connections as well (dual stack). `lsof` prints it for "
                    + "every interface of the one family in its TYPE column.")
        case .address(.v6(let v6)) where isPrinted && !hasBrackets:
            notes.append(
                "This is how `netstat` prints IPv6: without brackets, the port behind the last colon."
                    + (v6 == .unspecified
                        ? " It cannot tell whether the socket takes IPv4 connections as well: `ss` prints "
                            + "\(portless("*", reading)) if it does and \(portless("[::]", reading)) if it does not."
                        : ""))
        case .address(.v6(.unspecified)) where isPrinted:
            notes.append(
                "`ss` prints [::] for a socket that takes IPv6 only, and * for one that takes IPv4 as well. Programs that "
                    + "read [::] mean the one or the other: see below.")
        case .address(.v4(let v4)):
            if !text.contains(v4.description) {
                notes.append("A short form of \(v4) (inet_aton(3)). Some programs take it for a host name.")
            }
            if v4 == .unspecified && isPrinted {
                notes.append("`ss` and `netstat` print 0.0.0.0 for a socket that takes IPv4 only.")
            }
        case .name(let name):
            notes.append(
                name == "localhost"
                    ? "The hosts file says what it is, mostly 127.0.0.1 and ::1; programs open both, or the first one."
                    : "A resolver says what it is when the program starts.")
        case .omitted, .asterisk, .address, .path: break
        }
        if reading.port == .any { notes.append("In the peer column of `ss` and `netstat`: from anywhere.") }
        return notes
    }

    private static func portless(_ host: String, _ reading: AddressReading) -> String {
        if case .range(let range) = reading.port { "\(host):\(range)" } else { host }
    }
}
