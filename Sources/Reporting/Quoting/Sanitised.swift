extension Unicode.Scalar {
    /// Characters that change how the text around them is shown, or act on a terminal, without being seen: the
    /// controls (Cc), line and paragraph separators, and format characters (Cf), of which the bidirectional ones
    /// make source look like other source. The joiners of emoji and of Indic scripts stay.
    var isInvisibleControl: Bool {
        if value < 0x20 || (0x7f...0x9f).contains(value) { return true }
        if value < 0xad || value == 0x200c || value == 0x200d { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}

extension String {
    /// Fit for one line of a terminal or a job log, wherever it came from: invisible controls are removed, white
    /// space becomes spaces, and what a runner would take for a command (`##[`, `##vso[`) is broken up.
    public var sanitised: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }) { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == "\t" || scalar == "\n" {
                result.append(" ")
            } else if !scalar.isInvisibleControl {
                if scalar == "[" && result.endsInCommandMark { result.append(" ") }
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The same for text of several lines, none of which a runner takes for a command.
    public var sanitisedLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).sanitised.asOwnLine }
            .joined(separator: "\n")
    }

    /// A whole line, so changed that GitHub's runner does not take it for a workflow command: those start with `::`
    /// after any white space.
    public var asOwnLine: String {
        let text = utf8.drop { $0 == 0x20 }
        guard text.starts(with: "::".utf8) else { return self }
        return String(repeating: " ", count: utf8.count - text.count) + "| " + Substring(text)
    }
}

extension String.UnicodeScalarView {
    /// Whether the text so far ends in `##` and letters: with `[` it would start a command of a job runner.
    var endsInCommandMark: Bool {
        var rest = self[...]
        while let last = rest.last, last.properties.isAlphabetic { rest.removeLast() }
        return rest.suffix(2).elementsEqual(["#", "#"])
    }
}
