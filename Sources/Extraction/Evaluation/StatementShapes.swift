/// What the shape of an expression or of statements alone tells the builder of scopes.
extension ScopeBuilder {
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
    static func leaves(_ statements: [Statement]) -> Bool {
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
    static func fills(_ call: CallExpression) -> Bool {
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
}
