import ListenerModel
import YAMLTree

/// Turns a policy file's bytes into one YAML document, or into an error that says what to write instead: a policy
/// is written by people, and some of its natural spellings (`address: ::1`, `path: **/x`) are not YAML.
enum PolicyYAML {
    /// A policy that is larger was made by a machine, and not for reading.
    static let maximumSize = 2 << 20

    static func document(_ file: PolicyFile, _ problems: inout Problems) -> YAMLNode? {
        let stream = YAMLStream(file.text.bytes, limits: YAMLLimits(depth: 64, nodes: 200_000))
        if let error = stream.error {
            report(error, file, &problems)
            return nil
        }
        guard let document = stream.documents.first else {
            problems.error(.empty, "the policy is empty", hint: "version: 1", in: file.path)
            return nil
        }
        if stream.documents.count > 1 {
            problems.error(
                .yaml, "a second document starts here", hint: "one policy a file; 'extends' joins several",
                at: Place(file: file, range: stream.documents[1].range))
            return nil
        }
        do throws(YAMLError) {
            return try document.expandingAliases(limits: YAMLLimits(depth: 64, nodes: 200_000))
        } catch {
            report(error, file, &problems)
            return nil
        }
    }

    private static func report(_ error: YAMLError, _ file: PolicyFile, _ problems: inout Problems) {
        let place = Place(file: file, range: error.range)
        if let (range, quoted) = valueToQuote(around: error.range.lowerBound, in: file.text) {
            problems.error(
                .yaml, "YAML does not read this as a text", hint: "quote it: \(quoted)",
                at: Place(file: file, range: range))
            return
        }
        problems.error(.yaml, error.problem, hint: hint(for: error, in: file.text), at: place)
    }

    /// What usually lies behind libyaml's words.
    private static func hint(for error: YAMLError, in text: SourceText) -> String? {
        let offset = error.range.lowerBound
        if offset < text.bytes.count, text.bytes[offset] == 0x09 { return "indent with spaces, not with tabs" }
        let causes = [
            ("expected node content", "a [ or { is not closed, or a value is missing"),
            ("expected ',' or", "a [ or { is not closed, or a value needs quotes"),
            ("mapping values are not allowed", "quote a text that holds ': ', or check the indentation"),
            ("expected ':'", "a key ends in a colon"),
            ("expected key", "check the indentation"),
            ("expected '-' indicator", "check the indentation"),
            ("unexpected end of stream", "a quote is not closed"),
            ("levels of nesting", "a policy needs no more than a few"),
        ]
        return causes.first { contains(error.problem, $0.0) }?.1
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let text = Array(text.utf8)
        let part = Array(part.utf8)
        return text.count >= part.count
            && (0...(text.count - part.count)).contains { text[$0..<$0 + part.count].elementsEqual(part) }
    }

    /// The word at or shortly before an error if it is one that YAML takes for something else: a glob that starts
    /// like an alias, an IPv6 address, a template.
    private static func valueToQuote(around offset: Int, in text: SourceText) -> (Range<Int>, String)? {
        let line = text.position(offset).line
        for number in [line, line - 1] {
            guard let bytes = text.line(number) else { continue }
            var index = bytes.startIndex
            while index < bytes.endIndex {
                if isSeparator(bytes[index]) {
                    index += 1
                    continue
                }
                if bytes[index] == UInt8(ascii: "#") { break }
                if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
                    let quote = bytes[index]
                    index = (bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.endIndex - 1) + 1
                    continue
                }
                let end = endOfWord(bytes, from: index)
                let word = bytes[index..<end]
                if needsQuotes(word) {
                    return (index..<end, "\"\(String(decoding: word, as: UTF8.self))\"")
                }
                index = end
            }
        }
        return nil
    }

    /// `${NAME}` holds together although braces part words.
    private static func endOfWord(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.endIndex, !isSeparator(bytes[end]) {
            end += 1
            if end < bytes.endIndex, bytes[end - 1] == UInt8(ascii: "$"), bytes[end] == UInt8(ascii: "{") {
                end = (bytes[end...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.endIndex - 1) + 1
            }
        }
        return end
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            true
        default: false
        }
    }

    private static func needsQuotes(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first else { return false }
        switch first {
        case UInt8(ascii: "$"): return word.contains(UInt8(ascii: "{"))
        case UInt8(ascii: "*"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "`"): return true
        // `!test` and `&x` are tag and anchor to YAML: only an error around them makes them suspects.
        case UInt8(ascii: "!"), UInt8(ascii: "&"): return word.count > 1
        default:
            // More than one colon, and nothing but what IPv6 addresses hold.
            let colons = word.count { $0 == UInt8(ascii: ":") }
            return colons >= 2
                && word.allSatisfy { byte in
                    (0x30...0x3a).contains(byte) || (0x61...0x66).contains(byte | 0x20) || byte == UInt8(ascii: ".")
                        || byte == UInt8(ascii: "/")
                }
        }
    }
}
