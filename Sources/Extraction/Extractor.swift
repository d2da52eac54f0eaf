public import ListenerModel

/// One supported source. Adding one touches its file, the list `Extractors.all` and its folder in `testdata`.
public protocol Extractor: Sendable {
    var source: Source { get }

    /// The names of all files that `claim` may claim.
    var names: FileNames { get }
    /// What the path alone says, before the file is opened.
    func claim(path: String) -> Claim
    /// Asked only after `.ifContent`: whether the file is this extractor's by what it holds.
    func claims(_ bytes: [UInt8], path: String) -> Bool
    /// What there is to know of a file that holds no sign of what the extractor looks for, found without parsing it;
    /// nil where it has to be parsed.
    func glance(_ bytes: [UInt8], path: String) -> Unit?
    func extract(_ text: SourceText) -> Unit
    /// In bytes; a larger file that has to be parsed is not read, and the report says so.
    var largestFile: Int { get }
}

extension Extractor {
    public func glance(_ bytes: [UInt8], path: String) -> Unit? { nil }

    /// What bindlint reads at all, `--max-file-size`, is the limit.
    public var largestFile: Int { .max }

    /// Whether a file is small enough to be parsed.
    public func reads(_ bytes: [UInt8]) -> Bool { bytes.count <= largestFile }

    /// What the file contributes, by a glance at it or by reading it.
    public func unit(of bytes: [UInt8], path: String) -> Unit {
        if let unit = glance(bytes, path: path) { return unit }
        if reads(bytes) { return extract(SourceText(path: path, bytes: bytes)) }
        var unit = extract(SourceText(path: path, bytes: []))
        unit.diagnostics = [
            Diagnostic(
                .warning, code: "file-too-large",
                "larger than the \(largestFile >> 20) MiB that bindlint reads of such a file",
                hint: "no person has written it: exclude it, or split it up", at: Location(file: path),
                fileUnread: true)
        ]
        return unit
    }
}

/// Values of `largestFile`: the largest files that people write are a tenth of them.
enum FileLimit {
    /// Lines of commands and variables take some microseconds a byte, and a hundred bytes of memory.
    static let lines = 1 << 20
    /// A syntax tree takes some twenty to fifty times as much as the text.
    static let syntax = 4 << 20
}

public enum Claim: Sendable {
    case no
    /// The name alone says what it is: `nginx.conf`, `compose.yaml`. A file that then cannot be read is *owed*.
    case owned
    /// Decided by extension: `.go`, `.ts`. All are this extractor's, few listen: `extract` may look for a needle
    /// first.
    case byExtension
    /// The content decides: `*.conf`, `*.yml`.
    case ifContent
}

public enum Extractors {
    /// In the order in which they may claim a file by content.
    public static let all: [any Extractor] = [
        DockerfileExtractor(),
        ComposeExtractor(),
        NginxExtractor(),
        GoExtractor(),
        EnvFileExtractor(),
        PackageJSONExtractor(),
        ProcfileExtractor(),
        MakefileExtractor(),
        NodeExtractor(),
    ]
}
