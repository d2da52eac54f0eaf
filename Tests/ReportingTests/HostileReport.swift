import ListenerModel
import Reporting

/// A scanned file, a policy and a file name that try everything a terminal, a job runner or a viewer acts on.
enum Hostile {
    static let text = "\u{1b}]0;x\u{7}\n::error::gotcha\r\n##[error]gotcha \u{202e}\u{2066} ##vso[task]x <b>|`*[y](1)"
    static let path = "::add-mask::x\u{1b}[2J\n::debug::y.conf"
    static let source = SourceText(path: path, bytes: Array("\(text)\n\(text)\n".utf8))

    static func report(_ command: Report.Command) -> Report {
        let location = source.location(3..<source.bytes.count - 4)
        let listener = EffectTests.change(Sample.nginx) { listener in
            listener.location = location
            listener.text = text
            listener.service = text
            listener.stateReason = text
            listener.state = .refused
            listener.conflict = nil
        }
        let step = TraceStep(location, text)
        let finding = Finding(
            rule: text, level: .error, message: text, why: text, fix: text, location: location, related: [step],
            trace: [TraceStep(location, text + "2")], listener: listener, services: [text, "b"])
        var suppressed = finding
        suppressed.suppression = Finding.Suppression(kind: .inline, reason: text, location: location)
        return Report(
            tool: Report.Tool(version: "0.1.0", informationURI: "https://github.com/example/bindlint"),
            command: command, policies: [text], findings: [finding], suppressed: [suppressed],
            owners: [suppressed.suppression!: text], undecided: [text: 1], listeners: [listener],
            diagnostics: [Diagnostic(.error, code: text, text, hint: text, at: location)],
            unread: Unread([Unread.Group(.ignored, kind: text, count: 1, examples: [text])]),
            files: [Report.ReadFile(path: path, source: .nginx), Report.ReadFile(path: text, source: .nginx)],
            rules: [RuleDescription(id: text, title: text, level: .error, defaultLevel: .note, help: text)],
            exit: Report.ExitStatus(causes: [.unreadFile(path), .missingPath(text)]),
            display: Display(verbose: true, showSuppressed: true), source: { $0 == path ? source : nil })
    }
}
