import ListenerModel

/// One value of an `address` predicate or of an address set.
enum AddressTerm: Sendable, Hashable {
    case network(IPNetwork)
    /// A word of `Scope`.
    case scope(Scope)
    case set(String)
    /// `"${NAME}"`: whatever that variable holds.
    case variable(String)
    case unknown

    init(_ text: String) throws(ScalarProblem) {
        if text == "unknown" {
            self = .unknown
        } else if let scope = Scope(rawValue: text) {
            self = .scope(scope)
        } else if ScalarGrammar.isName(text), IPAddress(text) == nil {
            self = .set(text)
        } else if text.hasPrefix("$") {
            self = .variable(try Self.variable(text))
        } else {
            self = .network(try Self.network(text))
        }
    }

    private static func variable(_ text: String) throws(ScalarProblem) -> String {
        let name = text.dropFirst(2).dropLast()
        guard text.hasPrefix("${"), text.hasSuffix("}"), let first = name.utf8.first, !(0x30...0x39).contains(first),
            name.utf8.allSatisfy({
                $0 == 0x5f || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || (0x30...0x39).contains($0)
            })
        else {
            throw ScalarProblem(message: "'\(text)' does not name a variable", hint: "\"${NAME}\", without a default")
        }
        return String(name)
    }

    private static func network(_ text: String) throws(ScalarProblem) -> IPNetwork {
        let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        let network: IPNetwork
        do throws(IPNetwork.ParseError) {
            network = try IPNetwork(bare)
        } catch {
            switch error {
            case .badPrefix(let maximum):
                throw ScalarProblem(message: "'\(text)': a prefix is a number from 1 to \(maximum)")
            case .hostBitsSet(let meant):
                throw ScalarProblem(message: "'\(text)' has bits set after its prefix", hint: "did you mean \(meant)?")
            case .notAnAddress:
                throw ScalarProblem(message: "'\(text)' is not an address", hint: hint(for: text))
            }
        }
        if network.prefixLength == 0 {
            throw ScalarProblem(
                message: "'\(text)' holds every address there is",
                hint: "for the address that binds every interface write 'scope: wildcard'")
        }
        if bare != text { throw ScalarProblem(message: "'\(text)' has brackets", hint: "write \"\(bare)\"") }
        return network
    }

    private static func hint(for text: String) -> String? {
        if text == "*" { return "write 'scope: wildcard'" }
        if IPv4Address(loose: text) != nil { return "four decimal numbers, such as 127.0.0.1" }
        if let colon = text.lastIndex(of: ":"), IPAddress(text[..<colon]) != nil {
            return "an address without its port; the predicate 'port' asks for that"
        }
        return Suggestion.hint(for: text, among: Scope.allCases.map(\.rawValue))
    }
}
