import Extraction
import ListenerModel

/// What holds of one file by itself.
enum UnitInvariants {
    /// Extracts and checks: every place lies in the file, is what its bytes say, and holds the text that is reported.
    static func check(_ extractor: any Extractor, _ path: String, _ bytes: [UInt8]) throws(Violation) {
        _ = extractor.claims(bytes, path: path)
        _ = extractor.glance(bytes, path: path)
        let text = SourceText(path: path, bytes: bytes)
        let unit = extractor.extract(text)
        for suppression in unit.suppressions { try check(suppression.location, text) }
        for diagnostic in unit.diagnostics {
            if let location = diagnostic.location, location != Location(file: path) { try check(location, text) }
        }
        if case .declarations(let declarations) = unit.body {
            for declaration in declarations {
                try check(declaration.location, text)
                if text.text(declaration.location.range) != declaration.text {
                    throw Violation("reports \(declaration.text) for \(text.text(declaration.location.range))")
                }
            }
        }
    }

    static func check(_ location: Location, _ text: SourceText) throws(Violation) {
        if location.range.upperBound > text.bytes.count { throw Violation("\(location) lies outside the file") }
        if text.location(location.range) != location { throw Violation("\(location) is not where its bytes are") }
        if location.end < location.start { throw Violation("\(location) ends before it starts") }
    }
}
