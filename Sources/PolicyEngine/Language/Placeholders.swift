import ListenerModel

/// `{service}` and the like in a rule's sentences.
enum Placeholders: String, CaseIterable {
    case service, host, port, text, path, image, purpose, subject

    /// Reports `{words}` in braces that name nothing.
    static func check(_ text: Sourced<String>, _ problems: inout Problems) {
        for name in names(in: text.value) where Placeholders(rawValue: name) == nil {
            problems.error(
                .unknownName, "there is no placeholder {\(name)}",
                hint: Suggestion.hint(for: name, among: allCases.map(\.rawValue)), at: text.place)
        }
    }

    private static func names(in text: String) -> [String] {
        var names: [String] = []
        walk(text, literal: { _ in }, name: { names.append($0) })
        return names
    }

    /// The text with each placeholder replaced.
    static func fill(_ text: String, _ value: (Placeholders) -> String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        var result = ""
        walk(
            text, literal: { result += $0 },
            name: { name in result += Placeholders(rawValue: name).map(value) ?? "{\(name)}" })
        return result
    }

    /// A placeholder is small letters in braces; any other brace is text.
    private static func walk(_ text: String, literal: (Substring) -> Void, name: (String) -> Void) {
        var rest = text[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            let inside = rest[rest.index(after: open)...]
            let word = inside.prefix { $0.isASCII && $0.isLowercase }
            if !word.isEmpty, inside[word.endIndex...].first == "}" {
                literal(rest[..<open])
                name(String(word))
                rest = inside[inside.index(after: word.endIndex)...]
            } else {
                literal(rest[...open])
                rest = inside
            }
        }
        literal(rest)
    }
}
