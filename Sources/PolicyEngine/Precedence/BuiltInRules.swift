import ListenerModel

/// Rules about exceptions themselves. A policy may change their level; nothing can excuse them.
enum BuiltInRule: String, CaseIterable {
    case allowanceExpired = "allowance-expired"
    case allowanceUnused = "allowance-unused"
    case suppressionInvalid = "suppression-invalid"
    case suppressionExpired = "suppression-expired"
    case suppressionUnused = "suppression-unused"
    case baselineStale = "baseline-stale"

    var rule: Rule {
        var rule = Rule(id: rawValue, place: nil, level: .warning, defaultLevel: .warning)
        rule.texts = ["title": title, "why": why, "fix": fix, "precision": "very-high"]
        rule.lists = ["tags": ["exceptions"]]
        return rule
    }

    private var title: String {
        switch self {
        case .allowanceExpired: "Allowance has expired"
        case .allowanceUnused: "Allowance excuses nothing"
        case .suppressionInvalid: "Suppression is not valid"
        case .suppressionExpired: "Suppression has expired"
        case .suppressionUnused: "Suppression suppresses nothing"
        case .baselineStale: "Baseline entry has no finding"
        }
    }

    var why: String {
        switch self {
        case .allowanceExpired: "an expired allowance excuses nothing, and its reason was to hold only for a time"
        case .allowanceUnused: "an exception that nothing needs will one day excuse what nobody has looked at"
        case .suppressionInvalid: "a suppression with a mistake suppresses nothing, though its author thinks it does"
        case .suppressionExpired:
            "an expired suppression suppresses nothing, and its reason was to hold only for a time"
        case .suppressionUnused: "a suppression that nothing needs will one day hide what nobody has looked at"
        case .baselineStale: "an entry that nothing needs would let the same socket come back unseen"
        }
    }

    var fix: String {
        switch self {
        case .allowanceExpired: "renew it with a new date after a review, or remove it"
        case .allowanceUnused: "remove it from the policy"
        case .suppressionInvalid: "bindlint: ignore[rule-id] -- reason (until YYYY-MM-DD)"
        case .suppressionExpired: "renew it with a new date after a review, or remove it"
        case .suppressionUnused: "remove the comment, or the rule from its list"
        case .baselineStale: "bindlint baseline prune"
        }
    }
}
