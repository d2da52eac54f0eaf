public import ListenerModel

/// The directives of one nginx file, as `ngx_conf_read_token` (src/core/ngx_conf_file.c) splits them.
public struct NginxFile: Sendable {
    public var body: NginxBlock
    /// What stops nginx from reading the file. Reading went on behind each.
    public var errors: [NginxSyntaxError]
    /// Each from its `#` to the end of the line.
    public var comments: [Range<Int>]
    /// A placeholder or a control tag of a template language was seen.
    public var isTemplate: Bool
}

/// What stands between braces, or in a whole file.
public struct NginxBlock: Sendable {
    public var directives: [NginxDirective] = []
    /// Placeholders that are whole statements (`{{ extra }}`, `${SERVERS}`): any directive may come from them.
    public var placeholders: [Unknown] = []
}

/// A directive with its arguments and, if it has one, its block.
public struct NginxDirective: Sendable {
    public indirect enum Body: Sendable {
        /// Ended by `;`.
        case none
        case block(NginxBlock)
        /// Lua code between the braces of a `*_by_lua_block`.
        case lua
    }

    public var name: NginxWord
    public var arguments: [NginxWord]
    public var body: Body
    /// It stands inside a template's condition or loop: it may be there, or not, or several times.
    public var isConditional: Bool
    /// A template's condition decides on some of its arguments.
    public var hasConditionalArguments: Bool

    public var block: NginxBlock? { if case .block(let block) = body { block } else { nil } }
}

/// A word without quotes and escapes.
public struct NginxWord: Sendable {
    /// Template placeholders are unknown parts; nginx variables and `${NAME}` stay literal, since nginx does not
    /// replace them where bindlint looks.
    public var text: SymbolicText
    /// As written; inside the quotes, if there are any.
    public var range: Range<Int>

    public init(text: SymbolicText, range: Range<Int>) {
        self.text = text
        self.range = range
    }
}

/// What nginx says about bytes that are not its language.
public struct NginxSyntaxError: Error, Sendable, Hashable {
    public enum Problem: Sendable, Hashable {
        /// A byte where it may not be: `;;`, `"80"x`, `listen 80 }`.
        case unexpected(UInt8)
        /// The file ends inside a directive.
        case endInDirective
        /// The file ends inside a block, whose opening word stands at the error's place.
        case endInBlock
        /// A word, or a comment, that does not fit nginx's buffer of 4096 bytes.
        case tooLong
        /// Lua code whose braces, strings or comments do not end.
        case endInLua
        /// More levels of blocks than bindlint reads.
        case tooDeep
        /// More words and comments than bindlint reads.
        case tooMany
    }

    public var problem: Problem
    public var range: Range<Int>

    /// nginx reads on where bindlint stops.
    public var isLimit: Bool { problem == .tooDeep || problem == .tooMany }
}
