public import ListenerModel

/// Text in which the builder replaces variables (docs.docker.com/reference/dockerfile, "Environment replacement").
public struct BuildText: Sendable, Hashable {
    public indirect enum Part: Sendable, Hashable {
        case literal(String)
        /// `$NAME`, `${NAME}`
        case variable(String, at: Location)
        /// `${NAME:-word}`, and `${NAME-word}` where only an unset variable takes it.
        case `default`(String, BuildText, whenEmpty: Bool)
        /// `${NAME:+word}`, and `${NAME+word}`
        case alternative(String, BuildText, whenEmpty: Bool)
        /// `${NAME#pattern}`, `${NAME/a/b}` and what else is not evaluated; the text as written.
        case expression(String, at: Location)
    }

    public var parts: [Part]

    public init(_ parts: [Part] = []) { self.parts = parts }

    /// The text where `value` gives what is in force: nil for a variable that is not set in the file.
    public func expanded(_ value: (String) -> SymbolicText?) -> SymbolicText {
        var result = SymbolicText()
        for part in parts {
            switch part {
            case .literal(let text): result.append(.literal(text))
            case .variable(let name, let location):
                // The base image may set it: unknown, not empty.
                result.append((value(name) ?? SymbolicText(Unknown(.expression("$" + name), at: location))))
            case .default(let name, let word, let whenEmpty):
                let known = value(name)
                let taken = known == nil || (whenEmpty && known?.known == "")
                result.append((taken ? word.expanded(value) : known!))
            case .alternative(let name, let word, let whenEmpty):
                let known = value(name)
                let taken = known != nil && !(whenEmpty && known?.known == "")
                if taken { result.append(word.expanded(value)) }
            case .expression(let text, let location):
                result.append(.unknown(Unknown(.expression(text), at: location)))
            }
        }
        return result
    }

    /// The text where it holds no variables.
    public var literal: String? {
        var text = ""
        for part in parts {
            guard case .literal(let piece) = part else { return nil }
            text += piece
        }
        return text
    }
}
