/// Text of which some parts may not be known from the tree: `":" + port`, `[::]:${PORT}`, `{{ .Addr }}`.
///
/// Known parts stay known, so that `":" + port` is still a wildcard on an unknown port.
public struct SymbolicText: Hashable, Sendable, ExpressibleByStringLiteral {
    public enum Part: Hashable, Sendable {
        case literal(String)
        case unknown(Unknown)
    }

    private enum Storage: Sendable {
        /// All of it is known: as in nearly every text, so that one is no larger than its string.
        case literal(String)
        /// Some of it is not; `size` as below.
        case parts([Part], size: Int)
    }

    private var storage: Storage

    /// No two literals stand beside each other and none is empty.
    public var parts: [Part] {
        switch storage {
        case .literal(let text): text.isEmpty ? [] : [.literal(text)]
        case .parts(let parts, _): parts
        }
    }

    /// What the parts hold in bytes, or about that.
    var size: Int {
        switch storage {
        case .literal(let text): text.utf8.count
        case .parts(_, let size): size
        }
    }

    public var isEmpty: Bool { if case .literal(let text) = storage { text.isEmpty } else { false } }

    /// Nothing that listens is given more in one text: Linux passes no argument and no variable of 128 KiB
    /// (MAX_ARG_STRLEN, execve(2)). A text put together from pieces ends in an unknown part there, because variables
    /// that hold each other twice double with every line.
    public static let longest = 128 << 10

    public init(_ parts: [Part] = []) {
        storage = .literal("")
        for part in parts { append(part) }
    }

    public init(_ literal: String) {
        storage = .literal(literal)
    }

    public init(stringLiteral value: String) { self.init(value) }
    public init(_ unknown: Unknown) { self.init([.unknown(unknown)]) }

    public mutating func append(_ part: Part) {
        let added =
            switch part {
            case .literal(let text): text.utf8.count
            case .unknown: 64
            }
        if added == 0 { return }
        if !isEmpty {
            if size > Self.longest { return }
            if size + added > Self.longest {
                let cut = Unknown(.expression("more than \(Self.longest >> 10) KiB"))
                storage = .parts(parts + [.unknown(cut)], size: size + added)
                return
            }
        }
        // Taken out of where it is kept, a text or a list is grown in its place.
        switch (storage, part) {
        case (.literal(var left), .literal(let text)):
            storage = .literal("")
            left += text
            storage = .literal(left)
        case (.literal(let left), .unknown):
            storage = .parts(left.isEmpty ? [part] : [.literal(left), part], size: size + added)
        case (.parts(var parts, let size), _):
            storage = .literal("")
            if case .literal(let text) = part, case .literal(var left)? = parts.last {
                parts.removeLast()
                left += text
                parts.append(.literal(left))
            } else {
                parts.append(part)
            }
            storage = .parts(parts, size: size + added)
        }
    }

    public mutating func append(_ other: SymbolicText) {
        switch other.storage {
        case .literal(let text): append(.literal(text))
        case .parts(let parts, _): for part in parts { append(part) }
        }
    }

    public static func + (left: Self, right: Self) -> Self {
        var result = left
        result.append(right)
        return result
    }

    public static func == (left: Self, right: Self) -> Bool {
        switch (left.storage, right.storage) {
        case (.literal(let left), .literal(let right)): left == right
        case (.parts(let left, _), .parts(let right, _)): left == right
        case (.literal, .parts), (.parts, .literal): false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch storage {
        case .literal(let text): hasher.combine(text)
        case .parts(let parts, _): hasher.combine(parts)
        }
    }

    /// Whether more was put together than `longest`: the text goes on.
    public var isCut: Bool {
        if case .parts(let parts, let size) = storage { size > Self.longest && parts.count > 1 } else { false }
    }

    /// The text where all of it is known.
    public var known: String? { if case .literal(let text) = storage { text } else { nil } }

    public var unknowns: [Unknown] {
        guard case .parts(let parts, _) = storage else { return [] }
        return parts.compactMap { if case .unknown(let unknown) = $0 { unknown } else { nil } }
    }

    /// Stands for an unknown part in `marked`; no address, path or port holds it.
    public static let mark: Character = "\u{FFFC}"

    /// The text with `mark` for each unknown part: what address grammars read.
    public var marked: String {
        guard case .parts(let parts, _) = storage else { return known ?? "" }
        return parts.reduce(into: "") { text, part in
            switch part {
            case .literal(let literal): text += literal
            case .unknown: text.append(Self.mark)
            }
        }
    }

    /// The piece of this text that a piece of `marked` covers, with its unknown parts.
    public func slice(_ piece: Substring) -> SymbolicText {
        let unknowns = unknowns
        // A text of which all is known may still hold a character that looks like the mark.
        if unknowns.isEmpty { return SymbolicText(String(piece)) }
        let before = piece.base[..<piece.startIndex].count { $0 == Self.mark }
        var remaining = unknowns.dropFirst(before)
        var result = SymbolicText()
        for (index, text) in piece.split(separator: Self.mark, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(remaining.popFirst().map(Part.unknown) ?? .literal(String(Self.mark))) }
            result.append(.literal(String(text)))
        }
        return result
    }

    /// The pieces between separators, none of them empty, each without spaces before it.
    public func split(by isSeparator: (Character) -> Bool) -> [SymbolicText] {
        var pieces: [SymbolicText] = []
        var open = SymbolicText()
        for part in parts {
            guard case .literal(let text) = part else {
                open.append(part)
                continue
            }
            for (index, piece) in text.split(omittingEmptySubsequences: false, whereSeparator: isSeparator).enumerated()
            {
                if index > 0 {
                    if !open.isEmpty { pieces.append(open) }
                    open = SymbolicText()
                }
                open.append(.literal(open.isEmpty ? String(piece.drop { $0 == " " }) : String(piece)))
            }
        }
        if !open.isEmpty { pieces.append(open) }
        return pieces
    }
}

/// A part of a text that the tree does not say, and what is known about it all the same.
public struct Unknown: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// A variable of the process environment, or one that compose interpolates.
        case environment(String)
        /// The variable is known to be unset and has no fallback. C-like runtimes read "" here, Node `undefined`.
        case unset(String)
        /// A template's placeholder, filled in by a tool before the program reads the file: `{{ .Port }}`.
        case template(String)
        /// Code or syntax that bindlint does not evaluate; the text as written.
        case expression(String)
    }

    public var cause: Cause
    /// What stands in where the variable is unset, and whether also where it is empty (`||`, `:-`).
    public var fallback: Fallback?
    public var location: Location?

    public struct Fallback: Hashable, Sendable {
        public indirect enum Storage: Hashable, Sendable { case text(SymbolicText) }
        private var storage: Storage
        public var whenEmpty: Bool
        public var text: SymbolicText {
            switch storage {
            case .text(let text): text
            }
        }

        public init(_ text: SymbolicText, whenEmpty: Bool) {
            storage = .text(text)
            self.whenEmpty = whenEmpty
        }
    }

    public init(_ cause: Cause, fallback: Fallback? = nil, at location: Location? = nil) {
        self.cause = cause
        self.fallback = fallback
        self.location = location
    }

    /// The variable's or placeholder's name, or the expression, for the trace.
    public var name: String {
        switch cause {
        case .environment(let name), .unset(let name), .template(let name), .expression(let name): name
        }
    }
}

/// What is known about one variable of an environment.
public enum EnvironmentValue: Hashable, Sendable {
    case value(SymbolicText, at: Location?)
    case unset
    case unknown
}

extension SymbolicText {
    public struct Resolution: Sendable {
        public var text: SymbolicText
        /// A fallback was taken that the environment may override.
        public var usedFallback: Bool
        /// Where the values that were taken from the environment stand.
        public var trace: [TraceStep]
    }

    /// Replaces variables by what `environment` says of them; where it does not know, by their fallback; what has
    /// neither stays unknown.
    public func resolved(_ environment: (String) -> EnvironmentValue) -> Resolution {
        if known != nil { return Resolution(text: self, usedFallback: false, trace: []) }
        var result = Resolution(text: SymbolicText(), usedFallback: false, trace: [])
        for part in parts {
            guard case .unknown(let unknown) = part, case .environment(let name) = unknown.cause else {
                result.text.append(part)
                continue
            }
            let value = environment(name)
            if case .value(let text, let location) = value, !(text.isEmpty && unknown.fallback?.whenEmpty == true) {
                // The value may itself be `${PORT:-3000}` of a file that fills the environment.
                let inner = text.resolved { _ in .unknown }
                result.text.append(inner.text)
                result.usedFallback = result.usedFallback || inner.usedFallback
                if let location { result.trace.append(TraceStep(location, "\(name) is set here")) }
            } else if let fallback = unknown.fallback {
                let inner = fallback.text.resolved(environment)
                result.text.append(inner.text)
                result.trace += inner.trace
                result.usedFallback = true
            } else if value == .unset {
                result.text.append(.unknown(Unknown(.unset(name), at: unknown.location)))
            } else {
                result.text.append(part)
            }
        }
        return result
    }

    /// For runtimes in which an unset variable reads as the empty string.
    public var unsetAsEmpty: SymbolicText {
        if known != nil { return self }
        return SymbolicText(
            parts.filter { if case .unknown(let unknown) = $0, case .unset = unknown.cause { false } else { true } })
    }
}
