/// The grammars that `AddressReading` tries, without scheme and `/udp`.
struct AddressParser {
    private let text: Substring
    /// `text` between its colons, those in brackets not counted.
    private let parts: [Substring]

    init(_ text: Substring) {
        self.text = text
        parts = Self.splitAtColons(text)
    }

    func readings() -> [AddressReading] {
        if text.isEmpty { return [] }
        return portAlone() + mapping() + hostAndPort() + hostAlone()
    }

    // MARK: - Forms

    /// `80`, `8000-8010`, `0`
    private func portAlone() -> [AddressReading] {
        guard parts.count == 1, let range = Self.portRange(text) else { return [] }
        return [AddressReading(.omitted, .range(range))]
    }

    /// `8080:80`, `127.0.0.1::80`, `::1:6000:6000`: a published port of a container. The last part is the
    /// container's, the one before it the host's, what comes before that the address.
    private func mapping() -> [AddressReading] {
        guard parts.count >= 2, let target = parts.last.flatMap(Self.portRange), !target.isEphemeral else { return [] }
        let published = parts[parts.count - 2]
        let port: PortRange
        if published.isEmpty {
            // `:80` is a port alone, and `::80` an address in all other eyes than compose's.
            if parts.dropLast(2).allSatisfy(\.isEmpty) { return [] }
            port = .ephemeral
        } else if let range = Self.portRange(published) {
            port = range
        } else {
            return []
        }
        let before = parts.dropLast(2).joined(separator: ":")
        if before.isEmpty { return [AddressReading(.omitted, .range(port), target: target)] }
        guard let (host, _) = Self.host(before[...]), case .address = host else { return [] }
        return [AddressReading(host, .range(port), target: target)]
    }

    /// Split at the last colon: `127.0.0.1:80`, `[::1]:80`, `:22`, `*:22`, and without brackets, as `netstat` prints
    /// it, `:::22`, `::1:8080`.
    private func hostAndPort() -> [AddressReading] {
        guard parts.count >= 2, let last = parts.last, let colon = text.lastIndex(of: ":") else { return [] }
        guard let port = Self.port(last), let (host, device) = Self.host(text[..<colon]) else { return [] }
        return [AddressReading(host, port, device: device)]
    }

    /// `::1`, `127.1`, `[::]`, `localhost`, `*`
    private func hostAlone() -> [AddressReading] {
        guard let (host, device) = Self.host(text), host != .omitted else { return [] }
        return [AddressReading(host, device: device)]
    }

    // MARK: - Parts

    private static func splitAtColons(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var depth = 0
        for index in text.indices {
            switch text[index] {
            case "[": depth += 1
            case "]": depth -= 1
            case ":" where depth == 0:
                parts.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
        }
        return parts + [text[start...]]
    }

    /// nil if no program would take it for a host.
    private static func host(_ text: Substring) -> (AddressReading.Host, device: String?)? {
        if text.isEmpty { return (.omitted, nil) }
        if text == "*" { return (.asterisk, nil) }
        if text.first == "[" { return bracketed(text) }
        let halves = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        // What stands behind a zone and a colon is a port.
        if halves.count == 2, halves[1].isEmpty || halves[1].contains(":") { return nil }
        if let address = IPAddress(text) { return (.address(address), nil) }
        if halves.count == 2 {
            guard IPv6Address.isZone(halves[1]) else { return nil }
            // `ss`: 127.0.0.53%lo, *%eth0
            if halves[0] == "*" { return (.asterisk, String(halves[1])) }
            return IPAddress(halves[0]).map { (.address($0), String(halves[1])) }
        }
        // A small number is a port and hardly meant as the address 0.0.0.80; 0 alone is written for 0.0.0.0.
        if text == "0" || number(text) == nil, let address = IPv4Address(loose: text) {
            return (.address(.v4(address)), nil)
        }
        return isName(text) ? (.name(String(text)), nil) : nil
    }

    /// `[::1]`, `[fe80::1%eth0]`, and with the zone behind it, as `ss` prints it: `[fe80::1]%eth0`.
    private static func bracketed(_ text: Substring) -> (AddressReading.Host, device: String?)? {
        guard let close = text.firstIndex(of: "]") else { return nil }
        let inside = text[text.index(after: text.startIndex)..<close]
        let behind = text[text.index(after: close)...]
        if inside.isEmpty && behind.isEmpty { return (.omitted, nil) }
        guard let address = IPAddress(inside) else {
            return behind.isEmpty && isName(inside) ? (.name(String(inside)), nil) : nil
        }
        if behind.isEmpty { return (.address(address), nil) }
        guard behind.first == "%", IPv6Address.isZone(behind.dropFirst()) else { return nil }
        let zone = String(behind.dropFirst())
        if case .v6(var v6) = address {
            // One zone is enough.
            if v6.zone != nil { return nil }
            if address.scope == .linkLocal {
                v6.zone = zone
                return (.address(.v6(v6)), nil)
            }
        }
        return (.address(address), zone)
    }

    /// A host name (RFC 1123 section 2.1, with the underscore that compose services and Windows use) whose last label
    /// is not a number.
    private static func isName(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, text.utf8.contains(where: isLetter), let last = labels.last else { return false }
        return !last.utf8.allSatisfy(isDigit)
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2d || $0 == 0x5f }
            }
    }

    private static func port(_ text: Substring) -> AddressReading.Port? {
        if text == "*" { return .any }
        if let range = portRange(text) { return .range(range) }
        // RFC 6335 section 5.1
        let isService =
            (1...15).contains(text.utf8.count) && text.utf8.contains(where: isLetter)
            && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2d }
        return isService ? .service(String(text)) : nil
    }

    private static func portRange(_ text: Substring) -> PortRange? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(number)
        guard let first = ends[0] else { return nil }
        if ends.count == 1 { return PortRange(first) }
        guard let last = ends[1], first <= last, first > 0 else { return nil }
        return PortRange(first, last)
    }

    private static func number(_ text: Substring) -> UInt16? {
        text.utf8.allSatisfy(isDigit) ? UInt16(text) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7a ~= byte | 0x20 }
}
