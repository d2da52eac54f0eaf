/// A function declaration, method or function literal.
public struct Function: Sendable {
    /// Empty for a literal without a name.
    public var name: String
    public var nameRange: Range<Int>
    /// Go's method receiver.
    public var receiver: Parameter?
    public var parameters: [Parameter]
    /// The types of the results, where they are written; named results are `namedResults`.
    public var results: [Expression]
    public var namedResults: [String]
    /// An arrow function's expression body is one `return`.
    public var body: [Statement]
    public var role = Role.call

    /// How the function is used: `get x() {}` runs where `x` is read, `set x(v) {}` where it is written.
    public enum Role: Sendable, Hashable { case call, getter, setter }

    public struct Parameter: Sendable {
        public var pattern: Pattern
        public var type: Expression?
        /// `x = 1` in JavaScript.
        public var initial: Expression?
        /// `...rest`
        public var variadic: Bool

        public init(_ pattern: Pattern, type: Expression? = nil, initial: Expression? = nil, variadic: Bool = false) {
            self.pattern = pattern
            self.type = type
            self.initial = initial
            self.variadic = variadic
        }
    }

    public init(
        name: String = "", nameRange: Range<Int>, receiver: Parameter? = nil, parameters: [Parameter],
        results: [Expression] = [], namedResults: [String] = [], body: [Statement]
    ) {
        self.name = name
        self.nameRange = nameRange
        self.receiver = receiver
        self.parameters = parameters
        self.results = results
        self.namedResults = namedResults
        self.body = body
    }
}

/// What a declaration or parameter binds: a name, or the parts of a destructured value.
public indirect enum Pattern: Sendable {
    case name(String, Range<Int>)
    /// `{ key: pattern = initial }`; `{ key }` binds the name `key`.
    case object([(key: String, pattern: Pattern, initial: Expression?)], rest: String?)
    case array([(pattern: Pattern, initial: Expression?)])
    /// `_`, or nothing.
    case ignored

    /// The name, where it is one.
    public var name: String? {
        if case .name(let name, _) = self { name } else { nil }
    }
}
