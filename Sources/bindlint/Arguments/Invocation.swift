internal import Discovery
internal import ListenerModel
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
    var today: CalendarDay?
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
    /// nil: all runtimes.
    var sources: Set<Source>?
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
    var policy: PolicyChoice
    var verbosity: Verbosity
    var today: CalendarDay?
}

struct BaselineArguments {
    enum Action: String { case write, prune }
    var action: Action
    var scan: ScanArguments
    var policy: PolicyChoice
    var verbosity: Verbosity
    var baseline: String?
    var noSuppressions = false
    var today: CalendarDay?
}

/// A day of the Gregorian calendar, as `--today` takes it.
struct CalendarDay: Equatable {
    var year, month, day: Int

    /// `YYYY-MM-DD` (RFC 3339 `full-date`); nil for anything else and for days that do not exist.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } })
        else {
            return nil
        }
        (year, month, day) = (Int(parts[0])!, Int(parts[1])!, Int(parts[2])!)
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    }
}
