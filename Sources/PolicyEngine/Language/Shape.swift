import ListenerModel

/// What a value of a policy may look like. The parser and the JSON Schema are both made from these tables, so an
/// editor and bindlint cannot disagree about a key.
indirect enum Shape: Sendable {
    case scalar(ScalarGrammar)
    /// A value, or a list of at least one.
    case oneOrMore(Shape)
    case list(Shape)
    /// A list of at least one.
    case filledList(Shape)
    case dictionary(ScalarGrammar, Shape)
    case object(ObjectName)
}

/// A key of an object: its name, what it holds, and one sentence for editors and the manual.
struct Key: Sendable {
    var name: String
    var shape: Shape
    var required: Bool
    var explanation: String

    init(_ name: String, _ shape: Shape, required: Bool = false, _ explanation: String) {
        self.name = name
        self.shape = shape
        self.required = required
        self.explanation = explanation
    }
}

/// What must hold between the keys of one object.
enum KeyRule: Sendable {
    case atLeastOne([String])
    case atMostOne([String])
    /// With the first key the second must be there.
    case needs(String, String)
    /// Any key will do, but there must be one.
    case notEmpty
}

enum ObjectName: String, CaseIterable, Sendable {
    case policy, rule, match, override, allowance, terms, context, project, test, listener
}

extension ObjectName {
    var keys: [Key] {
        switch self {
        case .policy: Self.policyKeys
        case .rule: Self.ruleKeys
        case .match: Self.matchKeys
        case .override: Self.overrideKeys
        case .allowance: Self.allowanceKeys
        case .terms: Self.termsKeys
        case .context: Self.contextKeys
        case .project: Self.projectKeys
        case .test: Self.testKeys
        case .listener: Self.listenerKeys
        }
    }

    var keyRules: [KeyRule] {
        switch self {
        case .rule: [.atMostOne(["deny", "require"])]
        case .match: [.notEmpty]
        case .override: [.atLeastOne(["levels", "max"])]
        case .terms: [.notEmpty]
        case .test:
            [
                .atLeastOne(["listener", "snippet", "folder", "annotated"]),
                .atMostOne(["listener", "snippet", "folder", "annotated"]),
                .needs("snippet", "file"),
            ]
        case .policy, .allowance, .context, .project, .listener: []
        }
    }

    /// For messages: "a rule".
    var noun: String {
        switch self {
        case .policy: "a policy"
        case .rule: "a rule"
        case .match: "a match"
        case .override: "an override"
        case .allowance: "an allowance"
        case .terms: "terms for exceptions"
        case .context: "a context"
        case .project: "a project"
        case .test: "a test"
        case .listener: "a listener"
        }
    }

    static let levels = Finding.Level.allCases.map(\.rawValue)
    private static let flag = Shape.scalar(.words(["true", "false"]))
    private static let ids = Shape.oneOrMore(.scalar(.name))
    private static let texts = Shape.oneOrMore(.scalar(.text))
    private static let level = Shape.scalar(.words(levels.reversed()))

    private static let policyKeys = [
        Key("version", .scalar(.number(1...1)), required: true, "The language's version."),
        Key("extends", texts, "Shipped packs by name, other policies by path; later ones win."),
        Key(
            "ports", .dictionary(.name, .filledList(.scalar(.port))),
            "Sets of ports; its own name in a set is what it was."),
        Key("addresses", .dictionary(.name, .filledList(.scalar(.address))), "Sets of addresses."),
        Key("contexts", .list(.object(.context)), "Where files run that no deployment file places."),
        Key("projects", .list(.object(.project)), "Compose files that are started together."),
        Key("rules", .list(.object(.rule)), "New rules, and what differs from rules of the packs."),
        Key("overrides", .list(.object(.override)), "Levels that differ by place."),
        Key("allow", .list(.object(.allowance)), "Exceptions."),
        Key("exceptions", .object(.terms), "What every exception written below this file must have."),
        Key("baseline", .scalar(.text), "The file of recorded findings, from this file's folder."),
        Key("tests", .list(.object(.test)), "What `bindlint policy test` checks."),
    ]

    private static let ruleKeys = [
        Key("id", .scalar(.name), required: true, "Small letters, digits and hyphens; reads well after \"allow\"."),
        Key("level", level, "How bad it is; warning if absent."),
        Key("when", .object(.match), "Which listeners the rule is about."),
        Key("deny", .object(.match), "What they must not be."),
        Key("require", .object(.match), "What they must be."),
        Key("unknown", .scalar(.words(["pass", "note", "deny"])), "What to do where it cannot be known."),
        Key("lock", flag, "Files below this one cannot change the rule."),
        Key("exceptions", .scalar(.words(["none"])), "Nobody may except this rule."),
        Key("suppressible", flag, "Whether comments in files may suppress it; true if absent."),
        Key("title", .scalar(.text), "A few words."),
        Key("message", .scalar(.text), "The consequence in one sentence."),
        Key("why", .scalar(.text), "Why it matters."),
        Key("fix", .scalar(.text), "What to write instead."),
        Key("help", .scalar(.text), "The page of the rule, in Markdown."),
        Key("tags", texts, "Words to find it by."),
        Key("precision", .scalar(.words(["very-high", "high", "medium", "low"])), "How often it is right."),
        Key("security-severity", .scalar(.severity), "0.0 to 10.0, as CVSS counts."),
        Key("cwe", .scalar(.weakness), "The weakness it is an instance of."),
        Key("references", texts, "Where to read on."),
    ]

    private static let matchKeys =
        PredicateName.allCases.map { Key($0.rawValue, .oneOrMore(.scalar($0.grammar)), $0.explanation) } + [
            Key("not", .object(.match), "The opposite."),
            Key("any", .filledList(.object(.match)), "At least one of these."),
            Key("all", .filledList(.object(.match)), "Each of these."),
        ]

    private static let overrideKeys = [
        Key("when", .object(.match), required: true, "For which listeners."),
        Key("levels", .dictionary(.name, level), "Levels by rule."),
        Key("max", level, "No finding is above this."),
    ]

    private static let allowanceKeys = [
        Key("rule", ids, required: true, "The rules it excepts from."),
        Key("when", .object(.match), required: true, "For which listeners."),
        Key("reason", .scalar(.text), required: true, "Why that is acceptable."),
        Key("owner", .scalar(.text), "Who answers for it."),
        Key("until", .scalar(.date), "Its last day (UTC)."),
    ]

    private static let termsKeys = [
        Key("owner", .scalar(.words(["required"])), "Every exception names who answers for it."),
        Key("until", .scalar(.words(["required"])), "Every exception ends."),
        Key("max-days", .scalar(.number(1...3650)), "At most so many days from today."),
        Key(
            "from", .oneOrMore(.scalar(.words(["repository", "inline", "baseline", "none"]))),
            "Where exceptions may be written."),
    ]

    private static let contextKeys = [
        Key("path", .oneOrMore(.scalar(.glob)), required: true, "Which files."),
        Key("context", .scalar(.words(["host", "container"])), required: true, "Where what they start runs."),
    ]

    private static let projectKeys = [
        Key("files", texts, required: true, "Compose files, in the order of `-f`."),
        Key("profiles", texts, "Profiles that are on."),
        Key("env-file", texts, "Files of variables instead of `.env`."),
    ]

    private static let testKeys = [
        Key("name", .scalar(.text), "What is tested."),
        Key("listener", .object(.listener), "The facts of a listener."),
        Key("snippet", .scalar(.text), "The text of a file."),
        Key("file", .scalar(.text), "The snippet's path."),
        Key("folder", .scalar(.text), "A folder, from this file's folder."),
        Key(
            "annotated", .scalar(.text), "A file with `fires: RULE` in comments above the lines it expects findings on."
        ),
        Key("repository", .scalar(.text), "The name of the repository."),
        Key("today", .scalar(.date), "The day of the test."),
        Key("fires", ids, "Rules with at least one finding."),
        Key("silent", ids, "Rules that are decided and have nothing to say."),
        Key("undecided", ids, "Rules that cannot be decided."),
        Key("excused", ids, "Rules whose findings are all excepted."),
    ]

    private static let listenerKeys: [Key] = [
        Key("path", .scalar(.text), "The file; `example` if absent."),
        Key("text", .scalar(.text), "The address as written."),
        Key("source", .scalar(.words(Source.allCases.map(\.rawValue))), "compose for a publish, else command."),
        Key("service", .scalar(.text), "The compose service."),
        Key("image", .scalar(.text), "Its image."),
        Key("network", texts, "Its networks."),
        Key("role", .scalar(.words(Role.allCases.map(\.rawValue))), "bind if absent."),
        Key("context", .scalar(.words(NetworkNamespace.Context.allCases.map(\.rawValue))), "host if absent."),
        Key("state", .scalar(.words(ListenerState.allCases.map(\.rawValue))), "open if absent."),
        Key("test", flag, "false if absent."),
        Key("transport", .scalar(.words(Transport.allCases.map(\.rawValue))), "tcp if absent."),
        Key("address", .scalar(.text), "Unknown if absent; `*` is a dual-stack wildcard."),
        Key("port", .scalar(.port), "Unknown if absent."),
        Key("target", .scalar(.port), "The container-side port; the port if absent."),
        Key("purpose", .oneOrMore(.scalar(.name)), "By the port sets if absent."),
        Key("exposure", .scalar(.words(Exposure.allCases.map(\.rawValue))), "By context and address if absent."),
        Key("certainty", .scalar(.words(Certainty.allCases.map(\.rawValue))), "certain if absent."),
        Key("spelling", .scalar(.words(Spelling.allCases.map(\.rawValue))), "explicit if absent."),
        Key("surprise", .scalar(.words(Surprise.allCases.map(\.rawValue))), "None if absent."),
        Key("published", .scalar(.words(["true", "false", "unknown"])), "unknown if absent."),
        Key("backend", .scalar(.words(Backend.allCases.map(\.rawValue))), "unknown if absent."),
        Key("conflict", flag, "false if absent."),
        Key("counterpart", .scalar(.words(Counterpart.allCases.map(\.rawValue))), "None if absent."),
    ]
}
