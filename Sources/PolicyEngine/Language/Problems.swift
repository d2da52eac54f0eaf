import ListenerModel

/// What is wrong with a policy, collected so that all of it is reported at once.
struct Problems {
    private(set) var diagnostics: [Diagnostic] = []
    /// Beyond this many, more of them tell nobody anything.
    private static let limit = 100

    var isFull: Bool { diagnostics.count >= Self.limit }
    /// Whether something inside this part of a file is wrong, so that what it means need not be asked.
    func touch(_ place: Place) -> Bool {
        diagnostics.contains { diagnostic in
            guard let location = diagnostic.location, location.path == place.file.path else { return false }
            return place.range.lowerBound <= location.range.lowerBound
                && location.range.lowerBound <= place.range.upperBound
        }
    }

    var hasErrors: Bool { diagnostics.contains { $0.level == .error } }

    mutating func error(_ code: Code, _ message: String, hint: String? = nil, at place: Place) {
        guard !isFull else { return }
        diagnostics.append(
            Diagnostic(.error, code: code.rawValue, message, hint: hint, at: place.location, fileUnread: true))
    }

    mutating func error(_ code: Code, _ message: String, hint: String? = nil, in path: String) {
        guard !isFull else { return }
        diagnostics.append(
            Diagnostic(
                .error, code: code.rawValue, message, hint: hint, at: Location(file: path), fileUnread: true))
    }

    mutating func warning(_ code: Code, _ message: String, hint: String? = nil, in path: String) {
        guard !isFull else { return }
        diagnostics.append(Diagnostic(.warning, code: code.rawValue, message, hint: hint, at: Location(file: path)))
    }

    /// Stable words for scripts; the sentences may change.
    enum Code: String {
        case unreadable = "policy-unreadable"
        case tooLarge = "policy-too-large"
        case yaml = "policy-yaml"
        case unknownKey = "policy-unknown-key"
        case duplicateKey = "policy-duplicate-key"
        case missingKey = "policy-missing-key"
        case wrongType = "policy-wrong-type"
        case badValue = "policy-bad-value"
        case unknownName = "policy-unknown-name"
        case duplicateName = "policy-duplicate-name"
        case empty = "policy-empty"
        case impossible = "policy-impossible"
        case cycle = "policy-cycle"
        case locked = "policy-locked"
        case terms = "policy-terms"
        case baseline = "baseline-unreadable"
    }
}
