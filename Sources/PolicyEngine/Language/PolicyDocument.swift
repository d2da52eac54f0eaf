public import ListenerModel
import YAMLTree

/// One policy file, typed, before it is merged with others. Every value keeps its place.
struct PolicyDocument: Sendable {
    var file: PolicyFile
    var extends: [Sourced<String>] = []
    var ports: [(name: Sourced<String>, terms: [Sourced<PortTerm>])] = []
    var addresses: [(name: Sourced<String>, terms: [Sourced<AddressTerm>])] = []
    var contexts: [ContextDeclaration]?
    var projects: [ProjectDeclaration]?
    var rules: [RuleStatement] = []
    var overrides: [Override] = []
    var allowances: [Allowance] = []
    var terms: Sourced<ExceptionTerms>?
    var baseline: Sourced<String>?
    var tests: [YAMLNode] = []
}

/// A rule as one file states it: a new one, or what differs from one above.
struct RuleStatement: Sendable {
    enum Unknown: String, Sendable { case pass, note, deny }

    var id: Sourced<String>
    var level: Sourced<Finding.Level>?
    var when: Sourced<Match>?
    var deny: Sourced<Match>?
    var require: Sourced<Match>?
    var unknown: Sourced<Unknown>?
    var lock: Sourced<Bool>?
    /// `exceptions: none`
    var noExceptions: Sourced<Bool>?
    var suppressible: Sourced<Bool>?
    /// `title`, `message`, `why`, `fix`, `help`, `precision`, `security-severity`, `cwe`.
    var texts: [String: Sourced<String>] = [:]
    /// `tags`, `references`.
    var lists: [String: Sourced<[String]>] = [:]
    /// Something in it was refused: what it means is not asked.
    var isBroken = false
}

/// Levels that differ by place.
struct Override: Sendable {
    var when: Match
    var levels: [Sourced<(rule: String, level: Finding.Level)>]
    var max: Finding.Level?
    var place: Place
}

/// An exception in a policy.
struct Allowance: Sendable {
    var rules: [Sourced<String>]
    var when: Match
    var reason: String
    var owner: String?
    var until: Sourced<CalendarDate>?
    var place: Place
}

/// What exceptions written below a file must have.
struct ExceptionTerms: Sendable, Equatable {
    enum Origin: String, CaseIterable, Sendable { case repository, inline, baseline }

    var ownerRequired = false
    var untilRequired = false
    var maximumDays: Int?
    /// Which kinds are accepted at all.
    var from = Set(Origin.allCases)
}

/// Where the files under a path run, if no deployment file places them.
public struct ContextDeclaration: Sendable {
    var paths: [Glob]
    /// `host` or `container`.
    public var context: NetworkNamespace.Context
    var place: Place

    public func covers(_ path: String) -> Bool { paths.contains { $0.matches(path) } }
}

/// Compose files that are started together, as `docker compose -f … -f … --profile …` would.
public struct ProjectDeclaration: Sendable {
    /// Repository-root-relative, in the order of `-f`.
    public var files: [String]
    public var profiles: [String]
    public var environmentFiles: [String]
}
