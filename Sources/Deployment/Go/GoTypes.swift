internal import Extraction
internal import ListenerModel

/// A type that has a name, of the tree or of a package outside it.
struct GoNamedType: Hashable {
    /// The import path.
    var package: String
    var name: String
    /// The folder of its package, where it is part of the tree.
    var folder: String?
}

/// A type as written, with where its names are looked up, or one that is known by name.
enum GoType {
    case written(Expression, LexicalScope)
    case named(GoNamedType)
}

/// The static types of expressions, as far as receivers and fields need them.
struct GoTypes {
    unowned let program: GoProgram
    private static let depthLimit = 24

    /// `T` of `T`, `*T`, `T[A]`.
    static func baseName(_ type: Expression) -> String? {
        switch type.kind {
        case .name(let name): name
        case .type(.pointer, let elements): elements.first.flatMap(baseName)
        case .index(let base, _): baseName(base)
        default: nil
        }
    }

    // MARK: Names of types

    func named(_ type: GoType?, depth: Int = 0) -> GoNamedType? {
        guard let type, depth < Self.depthLimit else { return nil }
        guard case .written(let expression, let scope) = type else {
            if case .named(let name) = type { return name }
            return nil
        }
        switch expression.kind {
        case .type(.pointer, let elements):
            return elements.first.flatMap { named(.written($0, scope), depth: depth + 1) }
        case .index(let base, _): return named(.written(base, scope), depth: depth + 1)
        case .name(let name):
            guard let definition = scope.lookup(name)?.definitions.first,
                case .type(let declaration) = definition.source
            else { return nil }
            // `type Engine = gin.Engine` and `type Engine gin.Engine` are read as what they stand for.
            if let base = declaration.base, let inner = named(.written(base, definition.scope), depth: depth + 1) {
                return inner
            }
            guard let file = definition.scope.file, let package = program.package(of: file) else { return nil }
            return GoNamedType(package: package.importPath, name: name, folder: package.key.folder)
        case .member(let qualifier, let name, _):
            guard let path = importPath(qualifier, in: scope) else { return nil }
            guard let folder = program.tree.folder(ofImport: path) else {
                return GoNamedType(package: path, name: name)
            }
            let package = program.package(folder)
            guard let definition = package.binding(name)?.definitions.first,
                case .type(let declaration) = definition.source
            else { return nil }
            if let base = declaration.base, let inner = named(.written(base, definition.scope), depth: depth + 1) {
                return inner
            }
            return GoNamedType(package: package.importPath, name: name, folder: folder)
        default: return nil
        }
    }

    /// The import path behind `pkg` in `pkg.Name`.
    func importPath(_ qualifier: Expression, in scope: LexicalScope) -> String? {
        guard case .name(let name) = qualifier.kind, let definition = scope.lookup(name)?.definitions.first,
            case .imported(let declaration, _) = definition.source
        else { return nil }
        return declaration.source
    }

    /// The declaration of a type of the tree, with the scope that its field types are looked up in.
    func declaration(_ type: GoNamedType) -> (declaration: TypeDeclaration, scope: LexicalScope)? {
        guard let folder = type.folder else { return nil }
        for test in [GoPackage.Test.none, .inside] {
            let definition = program.package(folder, test: test).binding(type.name)?.definitions.first
            if let definition, case .type(let declaration) = definition.source {
                return (declaration, definition.scope)
            }
        }
        return nil
    }

    // MARK: Types of expressions

    func type(of expression: Expression, in scope: LexicalScope, depth: Int = 0) -> GoType? {
        guard depth < Self.depthLimit else { return nil }
        switch expression.kind {
        case .name(let name): return scope.lookup(name).flatMap { type(of: $0, depth: depth + 1) }
        case .unary("&", let inner), .unary("*", let inner): return type(of: inner, in: scope, depth: depth + 1)
        case .object(let object): return object.type.map { .written($0, scope) }
        case .array(let type?, _): return .written(type, scope)
        case .member(let object, let name, _):
            if let path = importPath(object, in: scope) {
                guard let folder = program.tree.folder(ofImport: path) else { return external(path, name) }
                return program.package(folder).binding(name).flatMap { type(of: $0, depth: depth + 1) }
            }
            guard let owner = named(type(of: object, in: scope, depth: depth + 1)) else { return nil }
            if owner.folder == nil { return constructed(owner.package, "\(owner.name).\(name)") }
            return fieldType(name, of: owner, depth: depth + 1)
        case .index(let base, _):
            guard case .written(let container, let home)? = type(of: base, in: scope, depth: depth + 1),
                case .type(_, let elements) = container.kind, let element = elements.last
            else { return nil }
            return .written(element, home)
        case .call(let call): return result(of: call, 0, in: scope, depth: depth + 1)
        default: return nil
        }
    }

    private func type(of binding: NameBinding, depth: Int) -> GoType? {
        for definition in binding.definitions where definition.path.isEmpty {
            if let type = binding.type { return .written(type, definition.scope) }
            switch definition.source {
            case .value(let expression):
                if let type = type(of: expression, in: definition.scope, depth: depth) { return type }
            case .result(let expression, let index):
                guard case .call(let call) = expression.kind else { continue }
                if let type = result(of: call, index, in: definition.scope, depth: depth) { return type }
            case .element(let expression):
                if case .written(let container, let home)? = type(of: expression, in: definition.scope, depth: depth),
                    case .type(_, let elements) = container.kind, let element = elements.last
                {
                    return .written(element, home)
                }
            case .part, .parameter, .function, .type, .imported, .compound, .written, .zero: continue
            }
        }
        return nil
    }

    /// Values of packages outside the tree whose type listen calls need.
    private func external(_ path: String, _ name: String) -> GoType? {
        path == "flag" && name == "CommandLine" || path.hasSuffix("/pflag") && name == "CommandLine"
            ? .named(GoNamedType(package: path, name: "FlagSet")) : nil
    }

    /// The type of a field, also of an embedded struct.
    func fieldType(_ name: String, of owner: GoNamedType, depth: Int = 0) -> GoType? {
        guard depth < Self.depthLimit, let (declaration, scope) = declaration(owner) else { return nil }
        if let field = declaration.fields.first(where: { $0.name == name }) {
            return field.type.map { .written($0, scope) }
        }
        for field in declaration.fields where field.embedded {
            if let inner = field.type.flatMap({ named(.written($0, scope)) }),
                let type = fieldType(name, of: inner, depth: depth + 1)
            {
                return type
            }
        }
        return nil
    }

    /// The method that a name means on a type, also through embedded structs.
    func method(_ name: String, of owner: GoNamedType, depth: Int = 0) -> SourceFile.FunctionSite? {
        guard depth < Self.depthLimit, let folder = owner.folder else { return nil }
        if let site = program.package(folder).method(name, ofType: owner.name) { return site }
        guard let (declaration, scope) = declaration(owner) else { return nil }
        for field in declaration.fields where field.embedded {
            if let inner = field.type.flatMap({ named(.written($0, scope)) }),
                let site = method(name, of: inner, depth: depth + 1)
            {
                return site
            }
        }
        return nil
    }

    /// The types outside the tree that a struct embeds: their methods are its own.
    func embedded(_ owner: GoNamedType, depth: Int = 0) -> [(field: String, type: GoNamedType)] {
        guard depth < Self.depthLimit, let (declaration, scope) = declaration(owner) else { return [] }
        return declaration.fields.filter(\.embedded).flatMap { field -> [(field: String, type: GoNamedType)] in
            guard let inner = field.type.flatMap({ named(.written($0, scope)) }) else { return [] }
            return [(field.name, inner)] + embedded(inner, depth: depth + 1)
        }
    }

    /// What a function of a package outside the tree returns first, or a field of a type there holds.
    private func constructed(
        _ path: String, _ name: String, _ call: CallExpression? = nil, in scope: LexicalScope? = nil, depth: Int = 0
    ) -> GoType? {
        switch GoListenCalls.constructors["\(GoListenCalls.unversioned(path).path).\(name)"] {
        case .type(let type): return .named(GoNamedType(package: path, name: type))
        case .argument(let index):
            guard let call, let scope, index < call.arguments.count else { return nil }
            return type(of: call.arguments[index], in: scope, depth: depth + 1)
        case nil: return nil
        }
    }

    private func result(of call: CallExpression, _ index: Int, in scope: LexicalScope, depth: Int) -> GoType? {
        guard depth < Self.depthLimit else { return nil }
        switch call.callee.kind {
        case .name("new"), .name("make"): return call.arguments.first.map { .written($0, scope) }
        case .name(let name):
            guard let definition = scope.lookup(name)?.definitions.first else { return nil }
            switch definition.source {
            case .function(let function):
                return function.results.indices.contains(index)
                    ? .written(function.results[index], definition.scope) : nil
            case .type: return .written(call.callee, scope)
            default: return nil
            }
        case .index(let callee, _):
            var inner = call
            inner.callee = callee
            return result(of: inner, index, in: scope, depth: depth + 1)
        case .type: return .written(call.callee, scope)
        case .member(let object, let name, _):
            if let path = importPath(object, in: scope) {
                guard let folder = program.tree.folder(ofImport: path) else {
                    return constructed(path, name, call, in: scope, depth: depth)
                }
                guard let definition = program.package(folder).binding(name)?.definitions.first else {
                    return nil
                }
                switch definition.source {
                case .function(let function):
                    return function.results.indices.contains(index)
                        ? .written(function.results[index], definition.scope) : nil
                case .type(let declaration):
                    return .named(
                        GoNamedType(
                            package: program.package(folder).importPath, name: declaration.name, folder: folder))
                default: return nil
                }
            }
            guard let owner = named(type(of: object, in: scope, depth: depth + 1)),
                let site = method(name, of: owner), site.function.results.indices.contains(index)
            else { return nil }
            return .written(site.function.results[index], site.scope)
        default: return nil
        }
    }
}
