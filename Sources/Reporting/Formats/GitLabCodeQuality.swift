import ListenerModel

/// GitLab's Code Quality report: an array, empty when there is nothing to say.
struct GitLabCodeQuality {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: [UInt8] {
        var occurrences = OccurrenceCounter()
        return JSONDocument.array(indented: true) { array in
            for finding in report.findings {
                let fingerprint = finding.fingerprint
                // GitLab collapses what has the same fingerprint.
                let number = occurrences.next(fingerprint)
                array.object { object in
                    object.string("description", finding.message.sanitised)
                    object.string("check_name", finding.rule)
                    object.string("fingerprint", number == 1 ? fingerprint : "\(fingerprint)|\(number)")
                    object.string("severity", Self.severity(finding.level))
                    object.object("location") { location in
                        location.string("path", finding.location.path)
                        location.object("lines") { $0.number("begin", finding.location.start.line) }
                    }
                }
            }
        }
    }

    private static func severity(_ level: Finding.Level) -> String {
        switch level {
        case .error: "critical"
        case .warning: "major"
        case .note, .off: "info"
        }
    }
}
