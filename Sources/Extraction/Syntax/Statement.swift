/// A statement or declaration of a program, as far as listen addresses need it.
public struct Statement: Sendable {
    public var kind: Kind
    /// The bytes in the file.
    public var range: Range<Int>

    public init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    public indirect enum Kind: Sendable {
        case variables(VariableDeclaration)
        /// `targets operator values`: `=`, `+=`, `||=`, …
        case assignment([Expression], String, [Expression])
        /// An expression for its effect; `go`, `defer`, `await` and `throw` before it do not matter here.
        case expression(Expression)
        /// `initial` is Go's statement before the condition.
        case branch(initial: [Statement], condition: Expression, then: [Statement], otherwise: [Statement])
        case `return`([Expression])
        case block([Statement])
        /// The body of `for`, `while` and so on with what is declared in its head.
        case loop(head: [Statement], [Statement])
        /// `switch` and Go's `select`.
        case choice(subject: Expression?, [Case])
        /// `try` with its handlers.
        case attempt([Statement], handlers: [Statement])
        case function(Function)
        case type(TypeDeclaration)
        case imports(ImportDeclaration)
        case exports(ExportDeclaration)
        /// Ends the block: `break`, `continue`, `goto`.
        case jump
    }

    public struct Case: Sendable {
        /// Empty for `default`.
        public var values: [Expression]
        public var body: [Statement]

        public init(values: [Expression], body: [Statement]) {
            self.values = values
            self.body = body
        }
    }
}

/// `var`, `const`, `let`, `:=`, a package-level `const (…)` entry.
public struct VariableDeclaration: Sendable {
    public enum Mutability: Sendable, Hashable { case constant, variable }

    public var mutability: Mutability
    public var patterns: [Pattern]
    public var type: Expression?
    /// One for each pattern, or one call that gives all, or none.
    public var values: [Expression]

    public init(_ mutability: Mutability, patterns: [Pattern], type: Expression? = nil, values: [Expression]) {
        self.mutability = mutability
        self.patterns = patterns
        self.type = type
        self.values = values
    }
}

/// A Go type declaration or a class.
public struct TypeDeclaration: Sendable {
    public var name: String
    public var nameRange: Range<Int>
    /// What the type is made of or inherits: Go's underlying type where it is not a struct, `extends`.
    public var base: Expression?
    public var fields: [Field]
    public var methods: [Function]

    public struct Field: Sendable {
        public var name: String
        public var nameRange: Range<Int>
        public var type: Expression?
        /// A class property's initial value.
        public var initial: Expression?
        /// Go's struct tag, decoded: `default:":8080" env:"ADDR"`; the bytes of the literal.
        public var tag: (text: String, range: Range<Int>)?
        /// An embedded struct, or a static class member.
        public var embedded: Bool

        public init(
            name: String, nameRange: Range<Int>, type: Expression? = nil, initial: Expression? = nil,
            tag: (text: String, range: Range<Int>)? = nil, embedded: Bool = false
        ) {
            self.name = name
            self.nameRange = nameRange
            self.type = type
            self.initial = initial
            self.tag = tag
            self.embedded = embedded
        }
    }

    public init(
        name: String, nameRange: Range<Int>, base: Expression? = nil, fields: [Field] = [], methods: [Function] = []
    ) {
        self.name = name
        self.nameRange = nameRange
        self.base = base
        self.fields = fields
        self.methods = methods
    }
}

/// One imported module or package. `require` calls and dynamic imports stay calls.
public struct ImportDeclaration: Sendable {
    public var source: String
    public var sourceRange: Range<Int>
    public var names: [Name]

    public struct Name: Sendable {
        public enum Imported: Sendable, Hashable {
            /// Go's `import "x"`, `import * as x`.
            case whole
            case named(String)
            case `default`
        }

        public var imported: Imported
        /// The name in this file; for Go nil where the package's own name is used, `.` for a dot import.
        public var local: String?

        public init(_ imported: Imported, local: String?) {
            self.imported = imported
            self.local = local
        }
    }

    public init(source: String, sourceRange: Range<Int>, names: [Name]) {
        self.source = source
        self.sourceRange = sourceRange
        self.names = names
    }
}

public enum ExportDeclaration: Sendable {
    /// `export const x = 1`, `export function f() {}`.
    case declaration(Statement)
    /// `export default expression`
    case `default`(Expression)
    /// `export { local as exported } from "source"`
    case names([(local: String, exported: String)], source: String?)
    /// `export * from "source"`
    case all(source: String, as: String?)
}
