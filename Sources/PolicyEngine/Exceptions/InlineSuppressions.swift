import ListenerModel

/// The suppression comments of the files that were read: which of them hold, what they cover, and what is wrong
/// with the others.
struct InlineSuppressions {
    private struct Entry {
        var comment: SuppressionComment
        var directive: Directive
        /// The ids that may be suppressed here.
        var accepted: [String]
        var used: Set<String> = []
    }

    private struct PathAndLine: Hashable {
        var path: String
        var line: Int
    }

    private var entries: [Entry] = []
    /// Line 0 holds what is about the whole file.
    private var byLine: [PathAndLine: [Int]] = [:]
    /// Findings of the built-in rules: rule, sentence, place.
    private(set) var findings: [(rule: BuiltInRule, message: String, location: Location)] = []

    init(_ comments: [SuppressionComment], _ policy: Policy, _ listeners: [Listener]) {
        let lines = DeclarationLines(listeners)
        for comment in comments.sorted(by: { $0.location < $1.location }) {
            add(comment, policy, lines)
        }
    }

    private mutating func add(_ comment: SuppressionComment, _ policy: Policy, _ lines: DeclarationLines) {
        let directive: Directive
        do throws(Directive.Problem) {
            directive = try Directive(comment.text)
        } catch {
            findings.append((.suppressionInvalid, "this suppresses nothing: \(error.message)", comment.location))
            return
        }
        if let until = directive.until, until < policy.today {
            findings.append((.suppressionExpired, "this ended on \(until) and suppresses nothing", comment.location))
            return
        }
        var accepted: [String] = []
        for id in directive.rules {
            if let refusal = Self.refusal(of: id, directive, policy) {
                findings.append((.suppressionInvalid, "this suppresses nothing: \(refusal)", comment.location))
            } else {
                accepted.append(id)
            }
        }
        if let line = Self.line(comment, directive, lines) {
            byLine[PathAndLine(path: comment.location.path, line: line), default: []].append(entries.count)
        }
        entries.append(Entry(comment: comment, directive: directive, accepted: accepted))
    }

    /// The 1-based line that a comment is about, 0 for the whole file, nil for nothing.
    private static func line(
        _ comment: SuppressionComment, _ directive: Directive, _ lines: DeclarationLines
    ) -> Int? {
        switch directive.extent {
        case .file: 0
        case .declaration where !comment.ownLine: comment.location.start.line
        case .declaration:
            comment.nextLine == 0 ? nil : lines.first(in: comment.location.path, from: comment.nextLine)
        }
    }

    /// Why a rule cannot be suppressed by this directive; nil if it can.
    private static func refusal(of id: String, _ directive: Directive, _ policy: Policy) -> String? {
        guard let rule = policy.rule(id) else {
            if PackRules.pack(of: id) != nil { return nil }
            let nearest = Suggestion.closest(to: id, among: policy.rules.map(\.id))
            return "there is no rule '\(id)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        }
        if rule.isBuiltIn { return "'\(id)' cannot be suppressed; its level can be changed in the policy" }
        if let place = rule.noExceptions { return "nobody may except '\(id)': \(place.origin) says so" }
        if !rule.suppressible { return "'\(id)' cannot be suppressed in files, only excepted in the policy" }
        return TermsCheck(terms: policy.terms, today: policy.today)
            .refusal(of: .inline, owner: nil, until: directive.until)
            .map { refusal in
                let owner = refusal.reason.hasPrefix("an owner") ? "; a comment has none, an allowance does" : ""
                return "\(refusal.reason) by \(refusal.terms.origin)\(owner)"
            }
    }

    /// The comment that suppresses a rule on a listener, at its own place or at the literal its trace ends at.
    mutating func suppression(of rule: String, on listener: Listener) -> Finding.Suppression? {
        var result: Finding.Suppression?
        for place in listener.suppressiblePlaces {
            for index in entries(about: place) where entries[index].accepted.contains(rule) {
                entries[index].used.insert(rule)
                if result == nil {
                    result = Finding.Suppression(
                        kind: .inline, reason: entries[index].directive.reason,
                        location: entries[index].comment.location)
                }
            }
        }
        return result
    }

    private func entries(about place: Location) -> [Int] {
        var found = byLine[PathAndLine(path: place.path, line: 0)] ?? []
        for line in place.start.line...max(place.start.line, place.end.line) {
            found += (byLine[PathAndLine(path: place.path, line: line)] ?? []).filter { index in
                // A comment on its own line is about what starts there.
                !entries[index].comment.ownLine || line == place.start.line
            }
        }
        return found
    }

    /// Directives that took nothing away, where that says something: their rule is on and the file was read whole.
    func unused(_ policy: Policy, incomplete: Set<String>) -> [(message: String, location: Location)] {
        entries.flatMap { entry -> [(message: String, location: Location)] in
            if incomplete.contains(entry.comment.location.path) { return [] }
            return entry.accepted.compactMap { id in
                guard !entry.used.contains(id), let rule = policy.rule(id), policy.isActive(rule) else { return nil }
                return ("nothing here breaks '\(id)'", entry.comment.location)
            }
        }
    }
}

extension Listener {
    /// Where a comment about it may stand.
    var suppressiblePlaces: [Location] {
        guard let literal = trace.last?.location, literal != location else { return [location] }
        return [location, literal]
    }
}

/// The lines on which declarations start: a comment on a line of its own is about the next of them.
private struct DeclarationLines {
    private var byPath: [String: [Int]] = [:]

    init(_ listeners: [Listener]) {
        var lines: [String: Set<Int>] = [:]
        for listener in listeners {
            for place in listener.suppressiblePlaces { lines[place.path, default: []].insert(place.start.line) }
        }
        byPath = lines.mapValues { $0.sorted() }
    }

    func first(in path: String, from line: Int) -> Int? {
        byPath[path]?.first { $0 >= line }
    }
}
