public import ListenerModel
import YAMLTree

/// The scripts of `package.json` (docs.npmjs.com/cli/configuring-npm/package-json).
public struct PackageJSONExtractor: Extractor {
    public init() {}

    public var source: Source { .command }

    public var names: FileNames { FileNames(["package.json"]) }

    public func claim(path: String) -> Claim { RepositoryPath.name(path) == "package.json" ? .byExtension : .no }

    public var largestFile: Int { FileLimit.syntax }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { false }

    public func extract(_ text: SourceText) -> Unit {
        let manifest = PackageManifest(text)
        return Unit(
            text, declaring: manifest.scripts.flatMap { CommandReader(shell: $0.command).declarations },
            diagnostics: manifest.diagnostics)
    }
}

/// What of a `package.json` says how a program is started.
public struct PackageManifest: Sendable {
    public struct Script: Sendable {
        public var name: String
        /// Shell text.
        public var command: PlacedText
    }

    public private(set) var scripts: [Script] = []
    /// The entry file, if it is named.
    public private(set) var main: String?
    public private(set) var diagnostics: [Diagnostic] = []

    public init(_ text: SourceText) {
        let stream = YAMLStream(text.bytes)
        if let error = stream.error {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "json-syntax", "this is not JSON: \(error.problem)",
                    hint: "npm refuses the file too; its scripts after this place are not read",
                    at: text.location(error.range), fileUnread: stream.documents.isEmpty))
        }
        guard let root = stream.documents.first else { return }
        main = root["main"]?.string
        for entry in root["scripts"]?.mapping ?? [] {
            guard let name = entry.key.scalar?.text, entry.value.scalar != nil else { continue }
            scripts.append(Script(name: name, command: PlacedText(jsonStringAt: entry.value.range, in: text)))
        }
    }

    public func script(_ name: String) -> Script? { scripts.first { $0.name == name } }
}

extension PlacedText {
    /// The value of a JSON string with its quotes at `range` (RFC 8259 section 7).
    init(jsonStringAt range: Range<Int>, in source: SourceText) {
        self.init(source, at: range.lowerBound)
        var position = range.lowerBound + 1
        let end = max(position, range.upperBound - 1)
        while position < end {
            let byte = source.bytes[position]
            guard byte == UInt8(ascii: "\\"), position + 1 < end else {
                append(byte, at: position)
                position += 1
                continue
            }
            let escape = source.bytes[position + 1]
            switch escape {
            case UInt8(ascii: "n"), UInt8(ascii: "r"): append(0x0a, at: position)
            case UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"): append(0x20, at: position)
            case UInt8(ascii: "u"):
                let digits = source.text(position + 2..<min(position + 6, end))
                let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
                for byte in String(Character(scalar)).utf8 { append(byte, at: position) }
                position += 4
            default: append(escape, at: position + 1)
            }
            position += 2
        }
    }
}
