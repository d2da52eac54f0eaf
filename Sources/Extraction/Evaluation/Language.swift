public import ListenerModel

/// What differs between the languages: names that no scope binds, library functions, what is empty.
///
/// Every function may return nil for "not known here"; the evaluator then keeps the expression as an unknown.
public protocol Language: AnyObject {
    /// A number literal in decimal digits.
    func number(_ literal: String) -> String?
    /// A name that no scope binds: `process`, a Go function of another file that is not loaded.
    func unbound(_ name: String, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives?
    func imported(
        _ name: ImportDeclaration.Name, from declaration: ImportDeclaration, in file: SourceFile, _ evaluator: Evaluator
    ) -> Alternatives?
    /// A member that the value itself does not have: methods, fields by type, exports of a module.
    func member(_ name: String, of outcome: Outcome, in site: EvaluationSite, _ evaluator: Evaluator) -> Alternatives?
    /// A call of something that is not a function of the tree, or that the language knows better.
    func call(
        _ callee: Outcome, _ call: CallExpression, in site: EvaluationSite, _ evaluator: Evaluator
    ) -> Alternatives?
    /// A parameter where it is not known from which call.
    func parameter(_ index: Int, of function: Function, in scope: LexicalScope, _ evaluator: Evaluator) -> Alternatives?
    /// What a call writes into this argument: through the pointer that it is, or into the object. `previous` is what
    /// it was before.
    func written(
        by call: CallExpression, argument: Int, previous: Alternatives?, in site: EvaluationSite,
        _ evaluator: Evaluator
    ) -> Alternatives?
    /// The value of a field where a default is put into it elsewhere.
    func completed(_ value: Alternatives, field: String, in site: EvaluationSite, _ evaluator: Evaluator)
        -> Alternatives
    /// A variable of this type without a value.
    func zero(of type: Expression?, in scope: LexicalScope) -> Value
    /// A prefix operator on a value.
    func unary(_ operation: String, _ value: Value) -> Value?
    /// A `return` that reports an error and so gives no value.
    func isFailure(_ result: Expression, of function: Function) -> Bool
    /// How a value reads where it is joined to a text.
    func joined(_ value: Value) -> SymbolicText?
}

extension Language {
    public func completed(_ value: Alternatives, field: String, in site: EvaluationSite, _ evaluator: Evaluator)
        -> Alternatives
    { value }
}

/// Where an expression stands while it is evaluated.
public struct EvaluationSite {
    public var expression: Expression
    public var scope: LexicalScope
    public var frame: Frame?

    public init(_ expression: Expression, in scope: LexicalScope, frame: Frame? = nil) {
        self.expression = expression
        self.scope = scope
        self.frame = frame
    }

    /// The text as written.
    public var written: String { scope.file?.written(expression.range) ?? "" }
    public var location: Location? { scope.file?.location(expression.range) }
}
