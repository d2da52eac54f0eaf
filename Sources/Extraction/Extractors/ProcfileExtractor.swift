public import ListenerModel

/// Process files: `web: gunicorn app -b 0.0.0.0:$PORT`, a process type a line
/// (devcenter.heroku.com/articles/procfile).
public struct ProcfileExtractor: Extractor {
    public init() {}

    public var source: Source { .command }

    public var names: FileNames { FileNames(["Procfile", "Procfile.*"]) }

    public func claim(path: String) -> Claim {
        let name = RepositoryPath.name(path)
        return name == "Procfile" || name.hasPrefix("Procfile.") ? .byExtension : .no
    }

    public var largestFile: Int { FileLimit.lines }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        var declarations: [Declaration] = []
        var comments: [Range<Int>] = []
        for line in TextLines(text.bytes) {
            let content = TextLines.trimmed(line, in: text.bytes)
            guard let first = text.bytes[content].first else { continue }
            if first == UInt8(ascii: "#") {
                comments.append(content)
                continue
            }
            let name = text.bytes[content].prefix { $0.isNameByte || $0 == UInt8(ascii: "-") }
            guard !name.isEmpty, name.endIndex < content.upperBound, text.bytes[name.endIndex] == UInt8(ascii: ":")
            else {
                continue
            }
            let command = PlacedText(text, name.endIndex + 1..<content.upperBound)
            declarations += CommandReader(shell: command).declarations
        }
        return Unit(
            text, declaring: declarations, suppressions: SuppressionComment.find(in: text, comments: comments))
    }
}
