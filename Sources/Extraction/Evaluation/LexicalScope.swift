public import ListenerModel

/// A region of a program in which names are bound.
public final class LexicalScope {
    public enum Kind: Hashable, Sendable {
        /// A Go package: the files of one folder share it.
        case package
        case file
        case function
        case block
    }

    public let kind: Kind
    public let parent: LexicalScope?
    public let file: SourceFile?
    /// The function whose parameters this scope holds, if it is a function's.
    public let function: Function?
    /// The branches inside the function that lead here, outermost first.
    let steps: [BranchStep]
    public internal(set) var bindings: [String: NameBinding] = [:]
    /// For a function's scope: its `return` statements in order, one value each or several.
    var results: [Definition] = []
    /// Told a name before it is looked up here, where what the scope binds is read when something asks for it.
    public var willLookUp: ((String) -> Void)?

    public init(
        _ kind: Kind, parent: LexicalScope?, file: SourceFile?, function: Function? = nil, steps: [BranchStep] = []
    ) {
        self.kind = kind
        self.parent = parent
        self.file = file
        self.function = function
        self.steps = steps
        file?.scopes.append(self)
    }

    /// The closest scope around that is not a block.
    public var functionScope: LexicalScope {
        var scope = self
        while scope.kind == .block, let parent = scope.parent { scope = parent }
        return scope
    }

    /// The file's or package's own scope.
    var outermost: LexicalScope {
        var scope = self
        while scope.kind != .package, let parent = scope.parent { scope = parent }
        return scope
    }

    /// Whether this is `other` or a scope in it.
    public func isInside(_ other: LexicalScope) -> Bool {
        var scope: LexicalScope? = self
        while let current = scope {
            if current === other { return true }
            scope = current.parent
        }
        return false
    }

    public func lookup(_ name: String) -> NameBinding? {
        var scope: LexicalScope? = self
        while let current = scope {
            current.willLookUp?(name)
            if let binding = current.bindings[name] { return binding }
            scope = current.parent
        }
        return nil
    }

    /// Of what is bound already: reads nothing.
    func bound(_ name: String) -> NameBinding? {
        var scope: LexicalScope? = self
        while let current = scope {
            if let binding = current.bindings[name] { return binding }
            scope = current.parent
        }
        return nil
    }

    /// Puts what defines a name into the order of the files that it stands in.
    public func sortDefinitions(of name: String, by position: (SourceFile) -> Int) {
        guard let binding = bindings[name], binding.definitions.count > 1 else { return }
        let places = binding.definitions.map { $0.scope.file.map(position) ?? 0 }
        if zip(places, places.dropFirst()).allSatisfy({ $0 <= $1 }) { return }
        binding.definitions = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }
            .map { binding.definitions[$0] }
    }

    func bind(_ name: String) -> NameBinding {
        if let binding = bindings[name] { return binding }
        let binding = NameBinding(name: name, scope: self)
        bindings[name] = binding
        return binding
    }
}

/// A name in a scope, with all that is put into it or into its fields.
public final class NameBinding {
    public let name: String
    public unowned let scope: LexicalScope
    /// In the order of the text.
    public internal(set) var definitions: [Definition] = []
    /// The declared type.
    public internal(set) var type: Expression?

    init(name: String, scope: LexicalScope) {
        self.name = name
        self.scope = scope
    }
}

/// One place that gives a name, or a field below it, a value.
public struct Definition {
    public enum Source {
        case value(Expression)
        /// One of the results of a call that gives several.
        case result(Expression, Int)
        /// The value at a key of an object, or this where the object has none: `{ port = 3000 } = config`.
        case part(Expression, [PatternStep])
        case parameter(Function, Int, [PatternStep])
        case function(Function)
        case type(TypeDeclaration)
        case imported(ImportDeclaration, ImportDeclaration.Name)
        /// `name += expression`
        case compound(String, Expression)
        /// Its address is this argument of a call.
        case written(CallExpression, argument: Int, range: Range<Int>)
        /// An element of what a loop goes over.
        case element(Expression)
        /// Declared without a value.
        case zero
    }

    public enum PatternStep: Sendable {
        case key(String, initial: Expression?)
        case position(Int, initial: Expression?)
        case rest
    }

    public var source: Source
    /// The name that is given a value; empty for a `return`.
    public var name = ""
    /// The fields below the name, empty for the name itself.
    public var path: [String]
    /// Where it takes effect.
    public var offset: Int
    public var range: Range<Int>
    /// Where its expressions are evaluated.
    public var scope: LexicalScope

    var steps: [BranchStep] { scope.steps }

    /// It stands in a branch of its function.
    public var isConditional: Bool { !scope.steps.isEmpty }
}

/// A statement of which only some parts run.
public final class Branch {
    public enum Kind {
        /// Arm 0 is what runs where the condition holds, arm 1 the other.
        case condition(Expression)
        /// One arm a case.
        case choice(subject: Expression?, cases: [[Expression]])
        /// Arm 0 may run or not.
        case maybe
    }

    public let kind: Kind
    /// Where the condition is evaluated.
    public unowned let scope: LexicalScope
    /// Arms that leave the function: what they set is not seen after the statement.
    var leaving: Set<Int> = []

    init(_ kind: Kind, scope: LexicalScope) {
        self.kind = kind
        self.scope = scope
    }
}

public struct BranchStep {
    public let branch: Branch
    public let arm: Int
}

/// One file of a program, indexed: its scopes and every call and object literal in it.
public final class SourceFile {
    public let text: SourceText
    public internal(set) var scope: LexicalScope
    public internal(set) var calls: [CallSite] = []
    public internal(set) var objects: [ObjectSite] = []
    /// Assignments to fields: `a.b.c = value`, with the expression that is assigned to.
    public internal(set) var fieldWrites: [FieldWrite] = []
    public internal(set) var functions: [FunctionSite] = []
    /// What is put into names: `name := value`, `name = value`.
    public internal(set) var namedValues: [(name: String, value: Expression)] = []
    /// The scopes of functions by the first byte of their name, or of the function where it has none.
    public internal(set) var functionScopes: [Int: LexicalScope] = [:]
    /// The names of functions without one of their own, by the same key: of the variable, field or property that
    /// holds them.
    public internal(set) var functionNames: [Int: String] = [:]
    /// The scopes of classes by the first byte of their name; `this` is bound there.
    public internal(set) var typeScopes: [Int: LexicalScope] = [:]
    /// Keeps them alive: definitions refer to them.
    var branches: [Branch] = []
    /// All of its scopes.
    fileprivate(set) var scopes: [LexicalScope] = []

    init(text: SourceText, scope: LexicalScope) {
        self.text = text
        self.scope = scope
    }

    public struct CallSite {
        public var call: CallExpression
        public var range: Range<Int>
        public var scope: LexicalScope
    }

    public struct ObjectSite {
        public var object: ObjectLiteral
        public var range: Range<Int>
        public var scope: LexicalScope
    }

    public struct FieldWrite {
        /// What the field is of.
        public var object: Expression
        public var field: String
        public var definition: Definition
    }

    public struct FunctionSite {
        public var function: Function
        /// Its own scope, with the parameters.
        public var scope: LexicalScope
        /// Where it is declared; class methods have the type.
        public var type: TypeDeclaration?
    }

    /// Frees what the file holds, and the file's share of the scope around it: scopes, what they bind and what
    /// defines that refer to each other in circles. Nothing of the file may be asked afterwards.
    public func dismantle() {
        scope.parent?.bindings = [:]
        for scope in scopes {
            scope.bindings = [:]
            scope.results = []
        }
        scopes = []
        branches = []
        (calls, objects, fieldWrites, functions, namedValues) = ([], [], [], [], [])
        (functionScopes, typeScopes) = ([:], [:])
        scope = LexicalScope(.file, parent: nil, file: nil)
    }

    public func location(_ range: Range<Int>) -> Location { text.location(range) }
    public func written(_ range: Range<Int>) -> String { text.text(range) }
}

/// The arguments of one call while the body of what it calls is evaluated.
public final class Frame {
    let scope: LexicalScope
    let arguments: [Alternatives]
    let receiver: Alternatives?
    let parent: Frame?
    let depth: Int

    public init(_ scope: LexicalScope, arguments: [Alternatives], receiver: Alternatives? = nil, parent: Frame? = nil) {
        self.scope = scope
        self.arguments = arguments
        self.receiver = receiver
        self.parent = parent
        depth = (parent?.depth ?? 0) + 1
    }

    static func of(_ scope: LexicalScope, in frame: Frame?) -> Frame? {
        var frame = frame
        while let current = frame {
            if current.scope === scope { return current }
            frame = current.parent
        }
        return nil
    }
}
