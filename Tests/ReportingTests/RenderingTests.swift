import Foundation
import Reporting
import Testing

/// Snapshots of every format: `testdata/reports/<command>.<format>`. Recorded with BINDLINT_RECORD=1.
@Suite struct RenderingTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "testdata/reports")

    static let cases: [(name: String, format: ReportFormat, command: Report.Command, display: Display)] =
        ReportFormat.allCases.map { ("check.\($0.rawValue)", $0, .check, Display()) }
        + ReportFormat.allCases.filter(\.hasInventory).map { ("list.\($0.rawValue)", $0, .list, Display()) }
        + [
            ("check-narrow.text", .text, .check, Display(width: 60, verbose: true, showSuppressed: true)),
            ("check-colour.text", .text, .check, Display(colour: true, width: 80, hyperlinkBase: "file:///repo/")),
            ("check-quiet.text", .text, .check, Display(quiet: true)),
            ("check-statistics.text", .text, .check, Display(width: 80, statistics: true)),
            ("check-suppressed.sarif", .sarif, .check, Display(showSuppressed: true)),
            ("list-80.text", .text, .list, Display(width: 80)),
        ]

    @Test(arguments: cases.indices)
    func matchesSnapshot(_ index: Int) throws {
        let (name, format, command, display) = Self.cases[index]
        try compare(format.string(Sample.report(command, display)), name)
    }

    /// Also read by the validators of CI, which are not ours.
    @Test(arguments: ReportFormat.allCases)
    func hostileMatchesSnapshot(_ format: ReportFormat) throws {
        try compare(format.string(Hostile.report(.check)), "hostile.\(format.rawValue)")
    }

    private func compare(_ rendered: String, _ name: String) throws {
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["BINDLINT_RECORD"] != nil {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try Data(rendered.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(rendered == expected, "\(name)")
    }
}
