/// An expression of a program, as far as listen addresses need it: one shape for Go, JavaScript and TypeScript.
///
/// What a parser does not understand becomes `opaque` with the expressions that it could read inside, so that calls
/// in there are still found.
public struct Expression: Sendable {
    public var kind: Kind
    /// The bytes in the file.
    public var range: Range<Int>

    public init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    public indirect enum Kind: Sendable {
        /// A string literal, decoded: escapes replaced, quotes removed.
        case string(String)
        /// A number or rune literal as written: `8080`, `0x1F90`, `8e3`, `1_000`, `80n`, `'a'`.
        case number(String)
        case bool(Bool)
        /// `nil`, `null`
        case null
        case undefined
        case name(String)
        /// `object.name`; `name` alone is at `nameRange`.
        case member(Expression, name: String, nameRange: Range<Int>)
        /// `object[index]`; Go's generic instantiation too.
        case index(Expression, Expression)
        /// `object[from:to]`
        case slice(Expression, from: Expression?, to: Expression?)
        case call(CallExpression)
        /// A prefix operator as written: `!`, `-`, `&`, `*`, `await`, `typeof`, `<-`.
        case unary(String, Expression)
        /// `+`, `||`, `&&`, `??`, `==`, `!=`, `===`, `<`, …
        case binary(String, Expression, Expression)
        /// `condition ? then : otherwise`
        case conditional(Expression, then: Expression, otherwise: Expression)
        /// A template literal: text and the expressions in it.
        case template([TemplatePart])
        /// `{…}` or `T{…}` with fields.
        case object(ObjectLiteral)
        /// `[…]` or `[]T{…}`.
        case array(type: Expression?, [Expression])
        case function(Function)
        /// An assignment used as a value: `a = b`, `a ||= b`.
        case assignment(Expression, String, Expression)
        /// `...x`, and Go's `x...` in a call.
        case spread(Expression)
        /// A type where a value could stand: `[]byte`, `map[string]string`, `*T`, `func()`; `elements` are the types
        /// inside.
        case type(TypeForm, elements: [Expression])
        /// `struct {…}`
        case structure([TypeDeclaration.Field])
        case opaque([Expression])
    }

    public enum TypeForm: Sendable, Hashable {
        case pointer, slice, map, channel, function, interface
    }

    public enum TemplatePart: Sendable {
        case text(String)
        case expression(Expression)
    }
}

public struct CallExpression: Sendable {
    public var callee: Expression
    public var arguments: [Expression]
    /// `new Server(…)`
    public var constructs: Bool
    /// From `(` to `)`; an empty range after the callee where there are none (`new Server`).
    public var argumentsRange: Range<Int>

    public init(
        callee: Expression, arguments: [Expression], constructs: Bool = false, argumentsRange: Range<Int>
    ) {
        self.callee = callee
        self.arguments = arguments
        self.constructs = constructs
        self.argumentsRange = argumentsRange
    }
}

/// An object or composite literal.
public struct ObjectLiteral: Sendable {
    /// The type before the braces (Go); nil where there is none.
    public var type: Expression?
    public var fields: [Field]

    public struct Field: Sendable {
        public enum Key: Sendable {
            case name(String)
            /// `[expression]: value`, and Go's map keys.
            case computed(Expression)
            /// `{ ...rest }`
            case spread
            /// `T{a, b}`: the field at this place of the type.
            case position(Int)
        }

        public var key: Key
        public var value: Expression
        /// The bytes of the key; of the value where the key is not written.
        public var keyRange: Range<Int>

        /// `set x(value) {}`: reading `x` gives something else.
        public var isSetter: Bool {
            if case .function(let function) = value.kind { function.role == .setter } else { false }
        }

        public init(key: Key, value: Expression, keyRange: Range<Int>) {
            self.key = key
            self.value = value
            self.keyRange = keyRange
        }
    }

    public init(type: Expression? = nil, fields: [Field]) {
        self.type = type
        self.fields = fields
    }

    public subscript(name: String) -> Expression? {
        fields.last { if case .name(name) = $0.key { true } else { false } }?.value
    }
}
