public import ListenerModel

/// What an expression of a program can be, as far as the text says.
public indirect enum Value {
    case text(SymbolicText)
    /// In decimal digits where it is known.
    case number(SymbolicText)
    case bool(Bool)
    /// `nil`, `null`
    case null
    case undefined
    case object(ObjectValue)
    case list([Alternatives])
    case function(FunctionValue)
    /// Something of a package or module outside the tree: `net/http`, `express`.
    case symbol(Symbol)
    /// What calling (or naming a type of) such a thing gives: `express()`, `new Server()`, `gin.Default()`.
    case instance(Instance)
    /// A class or type of the tree, with the scope that it is declared in.
    case type(TypeDeclaration, LexicalScope)
    /// Not evaluated; the text as written.
    case unknown(String)

    /// The value as text in which an unknown part stays visible; nil where it is none (an object, a function).
    public var text: SymbolicText? {
        switch self {
        case .text(let text), .number(let text): text
        case .unknown(let written): SymbolicText(Unknown(.expression(written)))
        case .bool, .null, .undefined, .object, .list, .function, .symbol, .instance, .type: nil
        }
    }

    public var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}

/// A name in a package or module that is not part of the tree, with the members taken of it.
public struct Symbol: Hashable, Sendable {
    public var module: String
    public var path: [String]

    public init(_ module: String, _ path: [String] = []) {
        self.module = module
        self.path = path
    }

    public func appending(_ name: String) -> Symbol { Symbol(module, path + [name]) }
}

public struct Instance {
    public var symbol: Symbol
    public var arguments: [Alternatives]
    /// What it was called on, if that is such a thing itself: `z.object({ … })` of `.parse(x)`.
    public var receiver: Alternatives?
    /// The place of the call, which tells two of the same kind apart.
    public var location: Location?

    public init(
        _ symbol: Symbol, arguments: [Alternatives] = [], receiver: Alternatives? = nil, at location: Location? = nil
    ) {
        self.symbol = symbol
        self.arguments = arguments
        self.receiver = receiver
        self.location = location
    }
}

/// An object or composite literal, or an object of a class: its fields are evaluated when they are asked for.
public struct ObjectValue {
    public enum Origin {
        case literal(ObjectLiteral)
        /// An object of a class of the tree.
        case constructed(TypeDeclaration, arguments: [Alternatives])
        /// Fields that are known already.
        case fields([String: Alternatives])
        /// What `Object.assign` and the like make of several: later ones come before earlier ones.
        case merged([Alternatives])
    }

    public var origin: Origin
    /// Where its field expressions are evaluated.
    public var scope: LexicalScope?
    public var frame: Frame?
    public var location: Location?
    /// The name through which it was reached, where fields of that name are assigned to later.
    public var alias: (binding: NameBinding, path: [String], site: EvaluationSite)?

    public init(_ origin: Origin, scope: LexicalScope? = nil, frame: Frame? = nil, at location: Location? = nil) {
        self.origin = origin
        self.scope = scope
        self.frame = frame
        self.location = location
    }
}

public struct FunctionValue {
    public var function: Function
    /// The scope it is declared in.
    public var scope: LexicalScope
    public var frame: Frame?
    /// What a method was taken of.
    public var receiver: Alternatives?

    public init(_ function: Function, in scope: LexicalScope, frame: Frame? = nil, receiver: Alternatives? = nil) {
        self.function = function
        self.scope = scope
        self.frame = frame
        self.receiver = receiver
    }
}

/// One value that an expression can have, with the way back to what is written.
public struct Outcome {
    public var value: Value
    /// From the expression back to the literals.
    public var trace: [TraceStep]
    /// Something may put another value in its place when the program starts: a flag's default, a fallback.
    public var isDefault: Bool

    public init(_ value: Value, trace: [TraceStep] = [], isDefault: Bool = false) {
        self.value = value
        self.trace = trace
        self.isDefault = isDefault
    }
}

/// The values that an expression can have; the first is the one to expect.
public struct Alternatives {
    public static let limit = 6

    /// Never empty.
    public private(set) var outcomes: [Outcome]

    public init(_ outcomes: [Outcome]) {
        self.outcomes = []
        for outcome in outcomes where self.outcomes.count < Self.limit {
            if let text = outcome.value.text, self.outcomes.contains(where: { $0.value.text == text }) { continue }
            self.outcomes.append(outcome)
        }
        if self.outcomes.isEmpty { self.outcomes = [Outcome(.unknown(""))] }
    }

    public init(_ value: Value, trace: [TraceStep] = []) { outcomes = [Outcome(value, trace: trace)] }

    public static func text(_ text: String) -> Alternatives { Alternatives(.text(SymbolicText(text))) }
    public static func unknown(_ written: String) -> Alternatives { Alternatives(.unknown(written)) }

    public var first: Outcome { outcomes[0] }

    /// Known values first, in order.
    public func joined(with others: Alternatives) -> Alternatives { Alternatives(outcomes + others.outcomes) }

    public func map(_ transform: (Outcome) -> Alternatives) -> Alternatives {
        Alternatives(
            outcomes.flatMap { outcome in
                transform(outcome).outcomes.map { result in
                    var result = result
                    result.trace = outcome.trace + result.trace
                    result.isDefault = result.isDefault || outcome.isDefault
                    return result
                }
            })
    }

    /// Every pair of outcomes.
    public func combined(with other: Alternatives, _ transform: (Value, Value) -> Value) -> Alternatives {
        map { left in other.map { right in Alternatives(transform(left.value, right.value)) } }
    }

    public func traced(_ step: TraceStep?) -> Alternatives {
        guard let step else { return self }
        var result = self
        for index in result.outcomes.indices {
            if result.outcomes[index].trace.first?.location != step.location {
                result.outcomes[index].trace.insert(step, at: 0)
            }
        }
        return result
    }

    public var asDefaults: Alternatives {
        var result = self
        for index in result.outcomes.indices { result.outcomes[index].isDefault = true }
        return result
    }
}
