import ListenerModel

/// `--statistics`: how many findings each rule has, and how many listeners there are of each exposure and source.
struct StatisticsTable {
    private let report: Report

    init(_ report: Report) { self.report = report }

    var rendered: String {
        let ink = Ink(report.display)
        var result = ""
        if report.command == .check && !report.findings.isEmpty {
            var table = TextTable([
                .init("COUNT", .number), .init("LEVEL"), .init("RULE"), .init("WHAT IT SAYS", .words),
            ])
            for row in ruleRows { table.add(row) }
            result += table.rendered(width: report.display.width, ink: ink) { column, text in
                column == 1 ? Finding.Level(rawValue: text)?.style : nil
            }
            result += "\n"
        }
        guard !report.listeners.isEmpty else { return result }
        let sources = Source.allCases.filter { source in report.listeners.contains { $0.source == source } }
        var table = TextTable(
            [.init("EXPOSURE"), .init("ALL", .number)] + sources.map { .init($0.rawValue.uppercased(), .number) })
        for exposure in Exposure.allCases.reversed() {
            let listeners = report.listeners.filter { $0.exposure == exposure }
            if listeners.isEmpty { continue }
            table.add(
                [exposure.rawValue, String(listeners.count)]
                    + sources.map { source in String(listeners.count { $0.source == source }) })
        }
        return result + table.rendered(width: report.display.width, ink: ink) { _, _ in nil }
    }

    private var ruleRows: [[String]] {
        let titles = Dictionary(report.rules.map { ($0.id, $0.title) }) { first, _ in first }
        let groups = Dictionary(grouping: report.findings) { "\($0.rule)\u{0}\($0.level.rawValue)" }.values
        return groups.sorted { left, right in
            (right.count, left[0].rule, left[0].level) < (left.count, right[0].rule, right[0].level)
        }.map { findings in
            let finding = findings[0]
            return [String(findings.count), finding.level.rawValue, finding.rule, titles[finding.rule] ?? ""]
        }
    }
}
