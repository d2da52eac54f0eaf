import ListenerModel

/// For the step summary of a job, and for wikis: a table of findings or of listeners, worst first.
struct MarkdownReport {
    private let report: Report
    private let limit: Int

    /// - Parameter limit: bytes. GitHub refuses the whole summary of a step where it is larger than 1 MiB.
    init(_ report: Report, limit: Int = 1 << 20) {
        self.report = report
        self.limit = limit
    }

    var rendered: String {
        switch report.command {
        case .check: check
        case .list: list
        }
    }

    private var check: String {
        var rows = Report.worstFirst(report.findings).map { finding in
            row([
                finding.level.rawValue, code(report.place(finding.location)), code(finding.rule),
                Self.escaped(finding.message),
            ])
        }
        if report.display.showSuppressed {
            rows += report.suppressed.map { finding in
                row([
                    "accepted", code(report.place(finding.location)), code(finding.rule),
                    Self.escaped(finding.message + " — " + (finding.suppression?.reason ?? "")),
                ])
            }
        }
        return document(["Level", "Place", "Rule", "What happens"], rows, "finding")
    }

    private var list: String {
        let table = ListenerTable(report)
        return document(
            ["Exposure", "Protocol", "Listens on", "In", "Written at", "Notes"],
            table.rows.map { cells in
                row(
                    cells.enumerated().map {
                        $0.offset == 2 || $0.offset == 4 ? code($0.element) : Self.escaped($0.element)
                    })
            }, "listener")
    }

    private func document(_ header: [String], _ rows: [String], _ noun: String) -> String {
        var text = "## \(report.tool.name)\n\n"
        let tail = report.display.quiet ? "" : "\n" + summary
        if !rows.isEmpty {
            text += row(header) + row(header.map { _ in "---" })
            // Room for the line that says how many rows do not fit.
            var room = limit - text.utf8.count - tail.utf8.count - 100
            for (index, line) in rows.enumerated() {
                room -= line.utf8.count
                if room < 0 {
                    text += "\n\(counted(rows.count - index, "more \(noun)")) did not fit here.\n"
                    break
                }
                text += line
            }
        }
        return text + tail
    }

    /// The summary of the text report as a list.
    private var summary: String {
        SummaryText(report).items.map { label, text in
            label.isEmpty ? "\(Self.escaped(text))\n\n" : "- **\(label)** \(Self.escaped(text))\n"
        }.joined()
    }

    private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    /// A code span; inside it only backticks and the bars of the table have a meaning.
    private func code(_ text: String) -> String {
        let text = text.sanitised.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "`": "'"
            case "|": "\\|"
            default: String(scalar)
            }
        }.joined()
        return text.isEmpty ? "" : "`\(text)`"
    }

    /// Also where GitHub makes links of bare addresses (GFM 6.9): what is linted shall not place any.
    static func escaped(_ text: String) -> String {
        let text = text.sanitised.replacing("://", with: "\u{0}//").replacing("www.", with: "www\u{1}")
        return text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "|", "`", "*", "_", "[", "]", "\\", "#", "~": "\\" + String(scalar)
            case "<": "&lt;"
            case ">": "&gt;"
            case "&": "&amp;"
            // A name after `@` would notify somebody.
            case "@": "&#64;"
            case "\u{0}": "&#58;"
            case "\u{1}": "&#46;"
            default: String(scalar)
            }
        }.joined()
    }
}
