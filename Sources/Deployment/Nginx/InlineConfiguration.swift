internal import Extraction
internal import ListenerModel

/// nginx text in a compose file: `configs:` with `content:`. nginx sees a file; a person sees the compose file, so
/// places are mapped back onto its lines.
struct InlineConfiguration {
    /// Absolute path in the container.
    let target: String
    /// Under a path that no file of the tree has.
    let text: SourceText
    private let home: SourceText
    private let content: Location

    /// nil if it is not at a known place, or holds no text.
    init?(_ config: ComposeService.MountedConfig, in home: SourceText) {
        guard let content = config.content, let target = config.target.known else { return nil }
        self.target = target
        self.home = home
        self.content = content.location
        // What compose would have put in stays a placeholder of a template.
        let bytes = content.value.parts.map { part in
            switch part {
            case .literal(let text): text
            case .unknown(let unknown): "{{ \(unknown.name) }}"
            }
        }.joined()
        let ending = content.value.known == nil ? ".j2" : ""
        text = SourceText(path: "\(home.path)#\(target)\(ending)", bytes: Array(bytes.utf8))
    }

    /// A declaration of this text, at its place in the compose file.
    func placed(_ declaration: Declaration) -> Declaration {
        var declaration = declaration
        declaration.location = placed(declaration.location)
        declaration.trace = declaration.trace.map { TraceStep(placed($0.location), $0.note) }
        declaration.conflict = declaration.conflict.map(placed)
        declaration.refusedBy = declaration.refusedBy.map(placed)
        declaration.text = home.text(declaration.location.range)
        return declaration
    }

    func placed(_ diagnostic: Diagnostic) -> Diagnostic {
        var diagnostic = diagnostic
        diagnostic.location = diagnostic.location.map(placed)
        return diagnostic
    }

    /// The lines of a block scalar follow its indicator, each behind the same indentation. Where interpolation or
    /// escapes have changed a line, the place is all of it; where it cannot be found, that of the whole text.
    private func placed(_ location: Location) -> Location {
        guard location.path == text.path else { return location }
        guard let written = line(location.start.line, of: content.range), let read = text.line(location.start.line)
        else {
            return content
        }
        let indentation = written.count - read.count
        if indentation >= 0, home.bytes[written].dropFirst(indentation).elementsEqual(read) {
            let column = location.start.column - 1
            let start = written.lowerBound + indentation + column
            if location.start.line == location.end.line, start + location.range.count <= written.upperBound {
                return home.location(start..<start + location.range.count)
            }
        }
        let start = home.bytes[written].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? written.lowerBound
        return home.location(start..<written.upperBound)
    }

    /// The bytes of the compose file's line that holds line `number` of the text.
    private func line(_ number: Int, of range: Range<Int>) -> Range<Int>? {
        var start = range.lowerBound
        for _ in 0..<number {
            guard let end = home.bytes[start..<range.upperBound].firstIndex(of: 0x0a) else { return nil }
            start = end + 1
        }
        return start..<(home.bytes[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? home.bytes.count)
    }
}
