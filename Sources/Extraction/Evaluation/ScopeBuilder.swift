public import ListenerModel

/// Binds the names of a file to what defines them.
public struct ScopeBuilder {
    fileprivate let file: SourceFile
    /// `outer` is the package's scope for Go, nil for a module of its own.
    public static func index(_ statements: [Statement], of text: SourceText, in outer: LexicalScope? = nil)
        -> SourceFile
    {
        let file = SourceFile(text: text, scope: LexicalScope(.file, parent: outer, file: nil))
        file.scope = LexicalScope(.file, parent: outer, file: file)
        var builder = ScopeBuilder(file: file)
        builder.hoist(statements, in: file.scope, topLevel: outer ?? file.scope)
        builder.visit(statements, in: file.scope)
        return file
    }

    // MARK: Names

    private func define(
        _ name: String, _ source: Definition.Source, at range: Range<Int>, offset: Int? = nil, in scope: LexicalScope,
        binding: LexicalScope? = nil
    ) -> NameBinding {
        let binding = (binding ?? scope).bind(name)
        binding.definitions.append(
            Definition(
                source: source, name: name, path: [], offset: offset ?? range.upperBound, range: range, scope: scope))
        return binding
    }

    /// Functions, types and imports are bound before the statements run; at the top level everything is.
    private mutating func hoist(_ statements: [Statement], in scope: LexicalScope, topLevel: LexicalScope) {
        for statement in statements {
            switch statement.kind {
            case .function(let function) where function.receiver == nil && !function.name.isEmpty:
                _ = define(
                    function.name, .function(function), at: function.nameRange, offset: 0, in: scope, binding: topLevel)
            case .type(let type):
                _ = define(type.name, .type(type), at: type.nameRange, offset: 0, in: scope, binding: topLevel)
            case .imports(let declaration):
                for name in declaration.names {
                    let local = name.local ?? Self.packageName(declaration.source)
                    _ = define(local, .imported(declaration, name), at: declaration.sourceRange, offset: 0, in: scope)
                }
            case .exports(.declaration(let inner)):
                hoist([inner], in: scope, topLevel: topLevel)
            case .variables(let declaration) where topLevel !== scope:
                // A package's variables are visible in all its files.
                for pattern in declaration.patterns {
                    if let name = pattern.name { _ = topLevel.bind(name) }
                }
            default: continue
            }
        }
    }

    /// The name by which Go code calls an imported package: the last element of its path that is no version.
    public static func packageName(_ path: String) -> String {
        let parts = path.split(separator: "/")
        var last = parts.last ?? ""
        if parts.count > 1, last.first == "v", last.dropFirst().allSatisfy(\.isNumber) { last = parts[parts.count - 2] }
        if let dot = last.lastIndex(of: "."), last[last.index(after: dot)...].first == "v" { last = last[..<dot] }
        if last.hasPrefix("go-") { last = last.dropFirst(3) }
        if last.hasSuffix("-go") { last = last.dropLast(3) }
        return String(last)
    }

    // MARK: Statements

    private mutating func visit(_ statements: [Statement], in scope: LexicalScope) {
        for statement in statements { visit(statement, in: scope) }
    }

    private mutating func block(_ statements: [Statement], in scope: LexicalScope, step: BranchStep? = nil) {
        let inner = LexicalScope(
            .block, parent: scope, file: file, steps: step.map { scope.steps + [$0] } ?? scope.steps)
        hoist(statements, in: inner, topLevel: inner)
        visit(statements, in: inner)
        if let step, Self.leaves(statements) { step.branch.leaving.insert(step.arm) }
    }

    private mutating func visit(_ statement: Statement, in scope: LexicalScope) {
        switch statement.kind {
        case .variables(let declaration): declare(declaration, statement.range, in: scope)
        case .assignment(let targets, let operation, let values):
            assign(targets, operation, values, statement.range, in: scope)
        case .expression(let expression): visit(expression, in: scope)
        case .branch(let initial, let condition, let then, let otherwise):
            let head = LexicalScope(.block, parent: scope, file: file, steps: scope.steps)
            visit(initial, in: head)
            visit(condition, in: head)
            let branch = Branch(.condition(condition), scope: head)
            keep(branch)
            block(then, in: head, step: BranchStep(branch: branch, arm: 0))
            block(otherwise, in: head, step: BranchStep(branch: branch, arm: 1))
        case .return(let values):
            for value in values { visit(value, in: scope) }
            let range = values.first.map { $0.range.lowerBound..<values.last!.range.upperBound } ?? statement.range
            let source: Definition.Source =
                switch values.count {
                case 0: .zero
                case 1: .value(values[0])
                default: .value(Expression(.array(type: nil, values), range))
                }
            scope.functionScope.results.append(
                Definition(source: source, path: [], offset: range.lowerBound, range: range, scope: scope))
        case .block(let statements): block(statements, in: scope)
        case .loop(let head, let body):
            let inner = LexicalScope(.block, parent: scope, file: file, steps: scope.steps)
            for statement in head {
                if case .variables(let declaration) = statement.kind, declaration.values.count == 1,
                    declaration.patterns.count <= 2
                {
                    visit(declaration.values[0], in: inner)
                    if let last = declaration.patterns.last?.name {
                        _ = define(last, .element(declaration.values[0]), at: statement.range, in: inner)
                    }
                    if declaration.patterns.count == 2, let first = declaration.patterns[0].name {
                        _ = inner.bind(first)
                    }
                } else {
                    visit(statement, in: inner)
                }
            }
            let branch = Branch(.maybe, scope: inner)
            keep(branch)
            block(body, in: inner, step: BranchStep(branch: branch, arm: 0))
        case .choice(let subject, let cases):
            if let subject { visit(subject, in: scope) }
            for value in cases.flatMap(\.values) { visit(value, in: scope) }
            let branch = Branch(.choice(subject: subject, cases: cases.map(\.values)), scope: scope)
            keep(branch)
            for (arm, one) in cases.enumerated() {
                block(one.body, in: scope, step: BranchStep(branch: branch, arm: arm))
            }
        case .attempt(let body, let handlers):
            block(body, in: scope)
            let branch = Branch(.maybe, scope: scope)
            keep(branch)
            block(handlers, in: scope, step: BranchStep(branch: branch, arm: 0))
        case .function(let function): self.function(function, in: scope)
        case .type(let type):
            members(of: type, in: scope)
        case .exports(let declaration):
            switch declaration {
            case .declaration(let inner): visit(inner, in: scope)
            case .default(let value): visit(value, in: scope)
            case .names, .all: break
            }
        case .imports, .jump: break
        }
    }

    /// A class has a scope of its own, in which `this` gathers what the class puts into its fields.
    private mutating func members(of type: TypeDeclaration, in scope: LexicalScope) {
        if let base = type.base { visit(base, in: scope) }
        guard !type.methods.isEmpty || type.fields.contains(where: { $0.initial != nil }) else { return }
        let inner = LexicalScope(.block, parent: scope, file: file, steps: scope.steps)
        file.typeScopes[type.nameRange.lowerBound] = inner
        let this = inner.bind("this")
        for field in type.fields {
            guard let initial = field.initial else { continue }
            visit(initial, in: inner)
            name(initial, field.name)
            this.definitions.append(
                Definition(
                    source: .value(initial), path: [field.name], offset: 0, range: field.nameRange, scope: inner))
        }
        for method in type.methods { function(method, in: inner, type: type) }
    }

    /// Remembers by what name a function without one is known.
    private func name(_ expression: Expression, _ name: String) {
        guard case .function(let function) = expression.kind, function.name.isEmpty else { return }
        file.functionNames[function.nameRange.lowerBound] = name
    }

    private func keep(_ branch: Branch) { file.branches.append(branch) }

    private mutating func declare(_ declaration: VariableDeclaration, _ range: Range<Int>, in scope: LexicalScope) {
        for value in declaration.values { visit(value, in: scope) }
        let target = scope.kind == .file && scope.parent?.kind == .package ? scope.parent! : scope
        for (index, pattern) in declaration.patterns.enumerated() {
            let source: Definition.Source
            if declaration.values.count == declaration.patterns.count {
                source = .value(declaration.values[index])
                if let local = pattern.name { name(declaration.values[index], local) }
            } else if declaration.values.count == 1 {
                source = .result(declaration.values[0], index)
            } else {
                source = .zero
            }
            bind(pattern, source, range, type: declaration.type, in: scope, binding: target)
        }
    }

    /// Gives the names of a pattern their parts of a value.
    private mutating func bind(
        _ pattern: Pattern, _ source: Definition.Source, _ range: Range<Int>, steps: [Definition.PatternStep] = [],
        type: Expression? = nil, in scope: LexicalScope, binding: LexicalScope
    ) {
        func part() -> Definition.Source {
            if steps.isEmpty { return source }
            switch source {
            case .value(let expression), .result(let expression, _): return .part(expression, steps)
            case .parameter(let function, let index, _): return .parameter(function, index, steps)
            default: return .zero
            }
        }
        switch pattern {
        case .ignored: return
        case .name(let name, let nameRange):
            if steps.isEmpty, case .value(let value) = source { file.namedValues.append((name, value)) }
            let binding = define(name, part(), at: nameRange, offset: range.upperBound, in: scope, binding: binding)
            if binding.type == nil { binding.type = type }
        case .object(let parts, let rest):
            for one in parts {
                if let initial = one.initial { visit(initial, in: scope) }
                let step = Definition.PatternStep.key(one.key, initial: one.initial)
                bind(one.pattern, source, range, steps: steps + [step], in: scope, binding: binding)
            }
            if let rest {
                bind(.name(rest, range), source, range, steps: steps + [.rest], in: scope, binding: binding)
            }
        case .array(let parts):
            for (index, one) in parts.enumerated() {
                if let initial = one.initial { visit(initial, in: scope) }
                let step = Definition.PatternStep.position(index, initial: one.initial)
                bind(one.pattern, source, range, steps: steps + [step], in: scope, binding: binding)
            }
        }
    }

    private mutating func assign(
        _ targets: [Expression], _ operation: String, _ values: [Expression], _ range: Range<Int>,
        in scope: LexicalScope
    ) {
        for value in values { visit(value, in: scope) }
        for (index, target) in targets.enumerated() {
            let source: Definition.Source
            if operation != "=" {
                guard let value = values.first else { continue }
                source = .compound(String(operation.dropLast()), value)
            } else if values.count == targets.count {
                source = .value(values[index])
            } else if values.count == 1 {
                source = .result(values[0], index)
            } else {
                continue
            }
            write(target, source, range, in: scope)
        }
    }

    /// Records that `source` is put into a variable or field.
    private mutating func write(
        _ target: Expression, _ source: Definition.Source, _ range: Range<Int>, in scope: LexicalScope
    ) {
        let definition = Definition(source: source, path: [], offset: range.upperBound, range: range, scope: scope)
        if case .member(let object, let field, _) = target.kind {
            if case .value(let value) = source { name(value, field) }
            visit(object, in: scope)
            file.fieldWrites.append(.init(object: object, field: field, definition: definition))
        }
        guard let (name, path) = Self.path(target) else {
            visit(target, in: scope)
            return
        }
        if path.isEmpty, case .value(let value) = source { file.namedValues.append((name, value)) }
        let binding = scope.bound(name) ?? scope.outermost.bind(name)
        var own = definition
        own.name = name
        own.path = path
        binding.definitions.append(own)
    }

    /// `a.b.c` as a name and the fields below it; dereferencing and `this` count as the thing itself.
    static func path(_ expression: Expression) -> (name: String, path: [String])? {
        var path: [String] = []
        var current = expression
        while true {
            switch current.kind {
            case .name(let name): return (name, path.reversed())
            case .member(let object, let name, _):
                path.append(name)
                current = object
            case .unary("*", let inner), .unary("&", let inner): current = inner
            default: return nil
            }
        }
    }

    /// Whether the end of these statements is never reached.
    private static func leaves(_ statements: [Statement]) -> Bool {
        guard let last = statements.last else { return false }
        switch last.kind {
        case .return: return true
        case .expression(let expression):
            guard case .call(let call) = expression.kind else { return false }
            switch call.callee.kind {
            case .name("panic"): return true
            case .member(_, let name, _): return leavingCalls.contains(name)
            default: return false
            }
        default: return false
        }
    }

    /// `Object.assign(config, …)`, lodash's `merge(config, …)`: the first argument is changed.
    private static func fills(_ call: CallExpression) -> Bool {
        switch call.callee.kind {
        case .name(let name): name == "merge" || name == "defaultsDeep"
        case .member(let object, let name, _):
            if case .name(let root) = object.kind {
                root == "Object" ? name == "assign" : merges(root, name)
            } else {
                false
            }
        default: false
        }
    }

    private static func merges(_ library: String, _ name: String) -> Bool {
        ["_", "lodash"].contains(library)
            && ["merge", "mergeWith", "assign", "assignIn", "extend", "defaults", "defaultsDeep"].contains(name)
    }

    /// `log.Fatal`, `os.Exit`, `process.exit`, `t.Fatal`, cobra's `CheckErr` do not return.
    private static let leavingCalls: Set<String> = ["Fatal", "Fatalf", "Fatalln", "Exit", "exit", "Panic", "Panicf"]

    // MARK: Expressions

    private mutating func function(_ function: Function, in scope: LexicalScope, type: TypeDeclaration? = nil) {
        let inner = LexicalScope(.function, parent: scope, file: file, function: function)
        file.functions.append(.init(function: function, scope: inner, type: type))
        file.functionScopes[function.nameRange.lowerBound] = inner
        if let receiver = function.receiver {
            bind(
                receiver.pattern, .parameter(function, -1, []), function.nameRange, type: receiver.type, in: inner,
                binding: inner)
        }
        for (index, parameter) in function.parameters.enumerated() {
            if let initial = parameter.initial { visit(initial, in: inner) }
            bind(
                parameter.pattern, .parameter(function, index, []), function.nameRange, type: parameter.type, in: inner,
                binding: inner)
        }
        for (index, name) in function.namedResults.enumerated() {
            let binding = define(name, .zero, at: function.nameRange, offset: 0, in: inner)
            if function.results.count == function.namedResults.count { binding.type = function.results[index] }
        }
        hoist(function.body, in: inner, topLevel: inner)
        visit(function.body, in: inner)
    }

    private mutating func visit(_ expression: Expression, in scope: LexicalScope) {
        switch expression.kind {
        case .string, .number, .bool, .null, .undefined, .name, .structure: return
        case .member(let object, _, _): visit(object, in: scope)
        case .index(let base, let index):
            visit(base, in: scope)
            visit(index, in: scope)
        case .slice(let base, let from, let to):
            for part in [base, from, to].compactMap(\.self) { visit(part, in: scope) }
        case .call(let call):
            visit(call.callee, in: scope)
            for (index, argument) in call.arguments.enumerated() {
                visit(argument, in: scope)
                if case .unary("&", let target) = argument.kind, Self.path(target) != nil {
                    write(target, .written(call, argument: index, range: expression.range), expression.range, in: scope)
                }
            }
            if let target = call.arguments.first, Self.fills(call), Self.path(target) != nil {
                write(target, .written(call, argument: 0, range: expression.range), expression.range, in: scope)
            }
            file.calls.append(.init(call: call, range: expression.range, scope: scope))
        case .unary(_, let operand), .spread(let operand): visit(operand, in: scope)
        case .binary(_, let left, let right):
            visit(left, in: scope)
            visit(right, in: scope)
        case .conditional(let condition, let then, let otherwise):
            visit(condition, in: scope)
            visit(then, in: scope)
            visit(otherwise, in: scope)
        case .template(let parts):
            for case .expression(let inner) in parts { visit(inner, in: scope) }
        case .object(let object):
            for field in object.fields {
                if case .computed(let key) = field.key { visit(key, in: scope) }
                if case .name(let key) = field.key { name(field.value, key) }
                visit(field.value, in: scope)
            }
            file.objects.append(.init(object: object, range: expression.range, scope: scope))
        case .array(_, let elements), .opaque(let elements):
            for element in elements { visit(element, in: scope) }
        case .type: return
        case .function(let function): self.function(function, in: scope)
        case .assignment(let target, let operation, let value):
            assign([target], operation, [value], expression.range, in: scope)
        }
    }
}
