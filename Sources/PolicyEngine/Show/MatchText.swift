import ListenerModel

extension Match {
    /// As one line of YAML: `{ purpose: [admin, debug], not: { port: web } }`.
    var yaml: String {
        switch self {
        case .all(let parts): "{ " + parts.map(\.entry).joined(separator: ", ") + " }"
        case .any, .not, .condition: "{ \(entry) }"
        }
    }

    private var entry: String {
        switch self {
        case .all(let parts): "all: [" + parts.map(\.yaml).joined(separator: ", ") + "]"
        case .any(let parts): "any: [" + parts.map(\.yaml).joined(separator: ", ") + "]"
        case .not(let part): "not: \(part.yaml)"
        case .condition(let condition):
            "\(condition.predicate.rawValue): " + YAMLText.oneOrMore(condition.values.texts)
        }
    }
}

extension Condition.Values {
    fileprivate var texts: [String] {
        switch self {
        case .globs(let globs): globs.map(\.pattern)
        case .words(let words): words.sorted()
        case .ports(let terms): terms.map(\.description)
        case .addresses(let terms): terms.map(\.description)
        case .purposes(let names): names
        }
    }
}

extension PortTerm: CustomStringConvertible {
    var description: String {
        switch self {
        case .range(let range): range.description
        case .set(let name): name
        case .ephemeral: "ephemeral"
        case .unknown: "unknown"
        }
    }
}

extension AddressTerm: CustomStringConvertible {
    var description: String {
        switch self {
        case .network(let network):
            network.prefixLength == (network.address.isIPv4 ? 32 : 128)
                ? network.address.description : network.description
        case .scope(let scope): scope.rawValue
        case .set(let name): name
        case .variable(let name): "${\(name)}"
        case .unknown: "unknown"
        }
    }
}

/// Texts as YAML scalars that read back as the same texts.
enum YAMLText {
    static func oneOrMore(_ texts: [String]) -> String {
        texts.count == 1 ? scalar(texts[0]) : list(texts)
    }

    static func list(_ texts: [String]) -> String { "[" + texts.map(scalar).joined(separator: ", ") + "]" }

    /// Plain where that is safe, else in double quotes.
    static func scalar(_ text: String) -> String {
        let plain =
            !text.isEmpty && text.utf8.first != UInt8(ascii: "-") && text.utf8.first != UInt8(ascii: ".")
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
            } && !["null", "yes", "no", "on"].contains(text.lowercased())
        return plain ? text : JSONText.string(text).compact
    }
}
