import ListenerModel

/// The file that was asked for last: reports go file by file, and a file may have thousands of findings.
final class SourceCache {
    private let source: (String) -> SourceText?
    private var last: (path: String, text: SourceText?)?

    init(_ report: Report) { source = report.source }

    subscript(path: String) -> SourceText? {
        if let last, last.path == path { return last.text }
        let text = source(path)
        last = (path, text)
        return text
    }
}
