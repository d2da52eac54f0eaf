internal import ListenerModel
internal import PolicyEngine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension CalendarDate {
    /// `--today`, else SOURCE_DATE_EPOCH (reproducible-builds.org/specs/source-date-epoch), else the clock; UTC.
    static func current(_ given: CalendarDate?) -> CalendarDate {
        if let given { return given }
        if let epoch = Terminal.variable("SOURCE_DATE_EPOCH").flatMap({ Int($0) }) {
            return CalendarDate(secondsSinceEpoch: epoch)
        }
        return CalendarDate(secondsSinceEpoch: Int(time(nil)))
    }
}

extension FailureThreshold {
    var level: Finding.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .note
        case .never: .off
        }
    }
}
