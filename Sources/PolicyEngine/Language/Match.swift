import ListenerModel
import YAMLTree

/// A condition over a listener's facts, as written, with places.
indirect enum Match: Sendable {
    case all([Match])
    case any([Match])
    case not(Match)
    case condition(Condition)
}

/// One predicate with the values of which any will do.
struct Condition: Sendable {
    enum Values: Sendable {
        case globs([Glob])
        case words(Set<String>)
        case ports([PortTerm])
        case addresses([AddressTerm])
        case purposes([String])
    }

    var predicate: PredicateName
    var values: Values
    var place: Place
}

extension Match {
    /// Reads a mapping that has passed `ShapeCheck`; what did not is left out.
    init(_ node: YAMLNode, in file: PolicyFile) {
        self = .all((node.mapping ?? []).compactMap { Self.part($0, file) })
    }

    private static func part(_ entry: YAMLNode.Entry, _ file: PolicyFile) -> Match? {
        guard let key = entry.key.scalar?.text else { return nil }
        switch key {
        case "not": return .not(Match(entry.value, in: file))
        case "any": return .any((entry.value.sequence ?? []).map { Match($0, in: file) })
        case "all": return .all((entry.value.sequence ?? []).map { Match($0, in: file) })
        default:
            guard let predicate = PredicateName(rawValue: key) else { return nil }
            let texts = (entry.value.sequence ?? [entry.value]).compactMap { node in
                try? predicate.grammar.text(of: node)
            }
            return .condition(
                Condition(
                    predicate: predicate, values: values(texts, predicate.grammar),
                    place: Place(file: file, range: entry.value.range)))
        }
    }

    private static func values(_ texts: [String], _ grammar: ScalarGrammar) -> Condition.Values {
        switch grammar {
        case .glob: .globs(texts.compactMap { try? Glob.inPolicy($0) })
        case .port: .ports(texts.compactMap { try? PortTerm($0) })
        case .address: .addresses(texts.compactMap { try? AddressTerm($0) })
        case .name: .purposes(texts)
        case .words, .text, .number, .severity, .weakness, .date: .words(Set(texts))
        }
    }

    /// Calls `body` with every condition in it.
    func forEachCondition(_ body: (Condition) -> Void) {
        switch self {
        case .all(let parts), .any(let parts): for part in parts { part.forEachCondition(body) }
        case .not(let part): part.forEachCondition(body)
        case .condition(let condition): body(condition)
        }
    }

    func names(_ predicate: PredicateName) -> Bool {
        var found = false
        forEachCondition { if $0.predicate == predicate { found = true } }
        return found
    }

    /// True of every listener by its form alone: only `path`, and only globs that match everything.
    var isUniversal: Bool {
        switch self {
        case .all(let parts): parts.allSatisfy(\.isUniversal)
        case .any(let parts): parts.contains(where: \.isUniversal)
        case .not: false
        case .condition(let condition):
            if condition.predicate == .path, case .globs(let globs) = condition.values {
                globs.contains(where: \.matchesEverything)
            } else {
                false
            }
        }
    }
}
