internal import Dialects
internal import Discovery
internal import ListenerModel
internal import PolicyEngine
internal import Reporting

/// What a command line asks for, checked and typed.
enum Invocation {
    case check(CheckArguments)
    case list(ListArguments)
    case explain(ExplainArguments)
    case rules(RulesArguments)
    case policy(PolicyArguments)
    case baseline(BaselineArguments)
    case completions(Shell)
    /// nil: the overview.
    case help(Command?)
    case version(json: Bool)
    case manual
}

/// Which policy judges.
struct PolicyChoice {
    /// Files, or names of shipped packs, in the order given.
    var files: [String] = []
    /// No policy file is looked for.
    var isolated = false
}

/// What is read.
struct ScanArguments {
    /// As written; `.` where neither a PATH nor `filesFrom` is given.
    var paths: [String] = []
    /// `-` for standard input.
    var filesFrom: String?
    var nulSeparated = false
    /// nil: all.
    var sources: Set<Source>?
    var walk = Walk.Options()
    /// In bytes.
    var maxFileSize = DiskTree.defaultMaxFileSize
}

struct Verbosity {
    var quiet = false
    var verbose = false
    var color = ColorChoice.auto
}

struct OutputFile: Equatable {
    var format: ReportFormat
    var path: String
}

struct CheckArguments {
    var scan: ScanArguments
    var policy: PolicyChoice
    var verbosity: Verbosity
    var format = ReportFormat.text
    var outputs: [OutputFile] = []
    var statistics = false
    var showFiles = false
    var failOn = FailureThreshold.warning
    var failOnUnknown = false
    var strictInput = false
    var allowEmpty = false
    var noSuppressions = false
    var showSuppressed = false
    var baseline: String?
    var today: CalendarDate?
    /// PATH was `-`: standard input is read as this file.
    var standardInputName: String?
}

struct ListArguments {
    var scan: ScanArguments
    var policy: PolicyChoice
    var verbosity: Verbosity
    var format = ReportFormat.text
    var outputs: [OutputFile] = []
    var statistics = false
    var showFiles = false
}

struct ExplainArguments {
    /// A rule id or an address.
    var subject: String
    /// The runtimes that answer.
    var dialects: [any Dialect]
    var policy: PolicyChoice
    var verbosity: Verbosity
}

struct RulesArguments {
    var policy: PolicyChoice
    var verbosity: Verbosity
    var format = ReportFormat.text
}

struct PolicyArguments {
    enum Action: String { case test, show, schema, `init` }
    var action: Action
    var paths: [String]
    /// Relative to the repository root.
    var forPath: String?
    var format = ReportFormat.text
    var policy: PolicyChoice
    var verbosity: Verbosity
    var today: CalendarDate?
}

struct BaselineArguments {
    enum Action: String { case write, prune }
    var action: Action
    var scan: ScanArguments
    var policy: PolicyChoice
    var verbosity: Verbosity
    var baseline: String?
    var noSuppressions = false
    var today: CalendarDate?
}
