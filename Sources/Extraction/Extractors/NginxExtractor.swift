public import ListenerModel

/// nginx configuration: main files, the fragments they include, and templates of both.
public struct NginxExtractor: Extractor {
    public let source = Source.nginx

    public init() {}

    public var names: FileNames { NginxFileNames.names }

    public func claim(path: String) -> Claim { NginxFileNames.claim(path: path) }

    public func claims(_ bytes: [UInt8], path: String) -> Bool { NginxSignature.isNginx(bytes, path: path) }

    public func extract(_ text: SourceText) -> Unit {
        let file = NginxGrammar.read(text, isTemplate: NginxFileNames.isTemplate(path: text.path))
        return Unit(
            text, .nginx(file), suppressions: SuppressionComment.find(in: text, comments: file.comments),
            diagnostics: Self.diagnostics(of: file, in: text))
    }
}

extension NginxExtractor {
    /// What stops nginx from reading this file. A template may balance once it is expanded: then only a note.
    public static func diagnostics(of file: NginxFile, in text: SourceText) -> [Diagnostic] {
        (file.errors.prefix(reportedErrors) + file.errors.dropFirst(reportedErrors).filter(\.isLimit)).map { error in
            let (message, hint) = words(for: error.problem)
            return Diagnostic(
                file.isTemplate ? .note : .error, code: "nginx-syntax", message, hint: hint,
                at: text.location(error.range), fileUnread: !file.isTemplate || error.isLimit)
        }
    }

    /// Later errors mostly follow from the first.
    private static let reportedErrors = 3

    private static func words(for problem: NginxSyntaxError.Problem) -> (String, hint: String?) {
        switch problem {
        case .unexpected(let byte):
            (
                "nginx refuses this file: unexpected \"\(Character(UnicodeScalar(byte)))\"",
                hint(forUnexpected: byte)
            )
        case .endInDirective:
            ("nginx refuses this file: it ends inside a directive", hint: "end the directive with \";\"")
        case .endInBlock:
            ("nginx refuses this file: it ends inside a block that is opened here", hint: "add the missing \"}\"")
        case .tooLong:
            (
                "nginx refuses this file: a word or comment of \(4096) bytes or more does not fit its buffer",
                hint: "break it up; a quote may be missing"
            )
        case .endInLua:
            ("the Lua code of this block does not end", hint: "add the missing \"}\", quote or \"]]\"")
        case .tooDeep:
            ("blocks nest deeper than bindlint reads", hint: "what stands deeper was not looked at")
        case .tooMany:
            (
                "more than \(NginxGrammar.itemLimit) words and comments",
                hint: "what follows was not read: split the file up"
            )
        }
    }

    private static func hint(forUnexpected byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "}"): "a \";\" is missing before it, or the brace has no opening one"
        case UInt8(ascii: ";"): "delete it: nginx has no empty directives"
        case UInt8(ascii: "{"): "a block needs a name; a regular expression with braces needs quotes"
        default: "a space or \";\" must follow the closing quote"
        }
    }
}
