import ListenerModel

/// Whether a listener's address is what an environment variable holds (`"${VPN_IP}"` as an address in a policy).
///
/// The evidence is the text of the listen construct (`${VPN_IP}:5432:5432`) and the trace, whose notes name the
/// variables that values were taken from. A policy that trusts a variable trusts whoever sets it outside the tree;
/// a value that the tree itself gives is judged by its bits like any other, and a wildcard never passes for it.
enum VariableEvidence {
    static func truth(that address: AddressFact, of listener: Listener, isValueOf name: String) -> Truth {
        switch address {
        case .unix, .none: return .no
        case .open: return .unknown
        case .ip(let address):
            if address.isUnspecified { return .no }
            let isSetHere = listener.trace.contains { $0.note.hasPrefix("\(name) is set") }
            return Truth(isSetHere && holds(hostPart(of: listener), name))
        case .name, .unknown:
            if holds(hostPart(of: listener), name) || traceNames(listener, name) { return .yes }
            // Text with other variables, or none at all, says where the address comes from; an expression does not.
            return listener.text.utf8.contains(UInt8(ascii: "$")) ? .no : .unknown
        }
    }

    private static func traceNames(_ listener: Listener, _ name: String) -> Bool {
        listener.source != .compose && listener.trace.contains { holds($0.note[...], name) }
    }

    /// The part of a port mapping that is its address: what stands before the last two colons, or `host_ip`.
    private static func hostPart(of listener: Listener) -> Substring {
        let text = listener.text[...]
        guard listener.source == .compose else { return text }
        if let key = text.range(ofKey: "host_ip") { return text[key...].prefix { $0 != "\n" && $0 != "," } }
        var depth = 0
        var colons: [Substring.Index] = []
        for index in text.indices {
            switch text[index] {
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ":" where depth <= 0: colons.append(index)
            default: break
            }
        }
        return colons.count >= 2 ? text[..<colons[colons.count - 2]] : text[..<text.startIndex]
    }

    /// The variable's name in a text, not as a part of a longer one.
    private static func holds(_ text: Substring, _ name: String) -> Bool {
        let text = Array(text.utf8)
        let name = Array(name.utf8)
        func isWord(_ byte: UInt8) -> Bool {
            byte == 0x5f || (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
        }
        guard text.count >= name.count else { return false }
        for start in 0...(text.count - name.count) where text[start..<start + name.count].elementsEqual(name) {
            let end = start + name.count
            if (start == 0 || !isWord(text[start - 1])) && (end == text.count || !isWord(text[end])) { return true }
        }
        return false
    }
}

extension Substring {
    /// The index behind `key:`.
    fileprivate func range(ofKey key: String) -> Index? {
        var rest = self
        while !rest.isEmpty {
            if rest.hasPrefix(key + ":") { return rest.index(rest.startIndex, offsetBy: key.count + 1) }
            rest = rest.dropFirst()
        }
        return nil
    }
}
