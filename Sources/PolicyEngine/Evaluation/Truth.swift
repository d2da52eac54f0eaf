/// Kleene's strong three-valued logic: unknown stays unknown unless the known parts already decide.
enum Truth: Sendable, Equatable {
    case yes, no, unknown

    init(_ value: Bool) { self = value ? .yes : .no }

    static prefix func ! (value: Truth) -> Truth {
        switch value {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }
}

extension Sequence {
    /// Yes if all are; no as soon as one is not.
    func all(_ test: (Element) -> Truth) -> Truth {
        var result = Truth.yes
        for element in self {
            switch test(element) {
            case .no: return .no
            case .unknown: result = .unknown
            case .yes: break
            }
        }
        return result
    }

    /// Yes as soon as one is; no if none is.
    func any(_ test: (Element) -> Truth) -> Truth {
        var result = Truth.no
        for element in self {
            switch test(element) {
            case .yes: return .yes
            case .unknown: result = .unknown
            case .no: break
            }
        }
        return result
    }
}

extension Match {
    func evaluate(_ test: (Condition) -> Truth) -> Truth {
        switch self {
        case .all(let parts): parts.all { $0.evaluate(test) }
        case .any(let parts): parts.any { $0.evaluate(test) }
        case .not(let part): !part.evaluate(test)
        case .condition(let condition): test(condition)
        }
    }
}
