internal import Extraction
internal import ListenerModel
internal import YAMLTree

/// The modules of a tree's Node programs: read and indexed when something asks for them. One that has read much is
/// dropped for a new one, so that memory does not grow with the tree.
final class NodeProgram {
    let tree: NodeTree
    let resolution: NodeModuleResolution
    /// How many bytes of source are held as syntax.
    private(set) var bytesParsed = 0
    private var modules: [String: NodeModule?] = [:]
    private var documents: [String: Value?] = [:]
    private var knownImporters: [String: [String]] = [:]
    private var knownImportersOfPackages: [String: [String]] = [:]

    init(_ tree: NodeTree) {
        self.tree = tree
        resolution = NodeModuleResolution(tree: tree.tree)
    }

    deinit { for case let module? in modules.values { module.file.dismantle() } }

    /// A module of the tree; nil where there is none or it was written by a tool.
    func module(_ path: String) -> NodeModule? {
        if let known = modules[path] { return known }
        modules[path] = .some(nil)
        let module = load(path)
        modules[path] = .some(module)
        return module
    }

    private func load(_ path: String) -> NodeModule? {
        guard case .bytes(let bytes) = tree.tree.readOnce(path) else { return nil }
        let text = SourceText(path: path, bytes: bytes)
        if NodeExtractor.isGenerated(text) { return nil }
        bytesParsed += bytes.count
        return NodeModule(path, NodeExtractor.parse(text).statements, text)
    }

    /// What a JSON or YAML file holds.
    func document(_ path: String) -> Value? {
        if let known = documents[path] { return known }
        var value: Value?
        if case .bytes(let bytes) = tree.tree.read(path), let root = YAMLStream(bytes).documents.first {
            value = Self.value(of: root, SourceText(path: path, bytes: bytes))
        }
        documents[path] = .some(value)
        return value
    }

    private static func value(of node: YAMLNode, _ text: SourceText) -> Value {
        switch node.content {
        case .alias(let name): return .unknown(name)
        case .sequence(let items): return .list(items.map { Alternatives(value(of: $0, text)) })
        case .mapping(let entries):
            var fields: [String: Alternatives] = [:]
            for entry in entries {
                guard let key = entry.key.scalar?.text else { continue }
                let step = TraceStep(text.location(entry.value.range), "\(key) is set here")
                fields[key] = Alternatives(value(of: entry.value, text), trace: [step])
            }
            return .object(ObjectValue(.fields(fields), at: text.location(node.range)))
        case .scalar(let scalar):
            if node.isNull { return .null }
            if let bool = node.bool { return .bool(bool) }
            if scalar.style == .plain, Double(scalar.text) != nil { return .number(SymbolicText(scalar.text)) }
            return .text(SymbolicText(scalar.text))
        }
    }

    /// The files of the tree that import `path`, and those that import it through a module that passes it on. Test
    /// code says what other test code does, not what the program does.
    func importers(of path: String) -> [String] {
        if let known = knownImporters[path] { return known }
        let isTest = NodeTests.isTest(path)
        var found: [String] = []
        var pending = [path]
        while let next = pending.popLast(), found.count < Self.importerLimit {
            for importer in tree.importers(of: next, resolution)
            where importer != path && !found.contains(importer) && (isTest || !NodeTests.isTest(importer)) {
                found.append(importer)
                if module(importer)?.passesOn == true { pending.append(importer) }
            }
        }
        knownImporters[path] = found
        return found
    }

    func importers(ofPackage name: String) -> [String] {
        if let known = knownImportersOfPackages[name] { return known }
        let found = tree.importers(ofPackage: name)
        knownImportersOfPackages[name] = found
        return found
    }

    /// The modules of the tree that a given file imports.
    func imports(of path: String) -> [String] {
        tree.imports(of: path).compactMap { resolution.path(of: $0, from: path) }
    }

    private static let importerLimit = 40

    private(set) lazy var nest = NodeNestConfiguration(self)
}

/// One module, indexed.
final class NodeModule {
    let path: String
    let file: SourceFile
    private(set) var exports: [String: Export] = [:]
    /// The sources of `export * from`.
    private(set) var passedOn: [String] = []
    /// Its declarations of command-line options are being evaluated.
    var readsOptions = false
    /// The class that each method's scope belongs to.
    private(set) var classes: [ObjectIdentifier: TypeDeclaration] = [:]

    enum Export {
        /// A name of this module.
        case local(String)
        case value(Expression)
        /// A name of another module; nil for all of it.
        case other(String?, source: String)
    }

    init(_ path: String, _ statements: [Statement], _ text: SourceText) {
        self.path = path
        file = ScopeBuilder.index(statements, of: text)
        for statement in statements {
            if case .exports(let declaration) = statement.kind { add(declaration) }
        }
        for site in file.functions {
            if let type = site.type { classes[ObjectIdentifier(site.scope)] = type }
        }
    }

    /// The calls of something of this name, and as imported also those of names that stand for what another module
    /// exports, which may be called anything here; in the order of the text.
    func calls(mayBeNamed name: String, asImported: Bool) -> [SourceFile.CallSite] {
        var found = callsByName[name] ?? []
        if asImported {
            for other in importedNames where other != name && mayStand(other, for: name) {
                found += callsByName[other] ?? []
            }
            found.sort()
        }
        return found.map { file.calls[$0] }
    }

    /// Whether an imported name may be what another module calls `name`: not one that is imported by a third name.
    private func mayStand(_ local: String, for name: String) -> Bool {
        file.scope.bindings[local]?.definitions.contains { definition in
            guard case .imported(_, let imported) = definition.source, case .named(let exported) = imported.imported
            else { return true }
            return exported == name || exported == "default"
        } ?? false
    }

    /// Positions in `file.calls` by the last name of what is called.
    private lazy var callsByName: [String: [Int]] = {
        var result: [String: [Int]] = [:]
        for (index, site) in file.calls.enumerated() {
            if let name = site.call.callee.lastName { result[name, default: []].append(index) }
        }
        return result
    }()

    /// Names of the module's scope that an `import` or `require` gives a value.
    private lazy var importedNames: [String] = file.scope.bindings.compactMap { name, binding in
        let isImported = binding.definitions.contains { definition in
            switch definition.source {
            case .imported: true
            case .value(let value), .part(let value, _): value.namesModule
            default: false
            }
        }
        return isImported ? name : nil
    }

    /// Whether importing this module can give a name that another one defines.
    private(set) lazy var passesOn: Bool = {
        if !passedOn.isEmpty { return true }
        let imported = Set(importedNames)
        func isImported(_ value: Expression) -> Bool {
            switch value.kind {
            case .name(let name): imported.contains(name)
            case .object(let object): object.fields.contains { isImported($0.value) }
            default: value.namesModule
            }
        }
        let isExported = exports.values.contains { export in
            switch export {
            case .other: true
            case .local(let name): imported.contains(name)
            case .value(let value): isImported(value)
            }
        }
        // `module.exports = { Server: require('./server') }`
        return isExported
            || ["module", "exports"].contains { name in
                file.scope.bindings[name]?.definitions.contains { definition in
                    if case .value(let value) = definition.source { isImported(value) } else { false }
                } ?? false
            }
    }()

    /// A call that a function is given to, and as which argument; -1 where it is what is called.
    typealias Use = (site: SourceFile.CallSite, position: Int)

    /// Functions without a name of their own that are given to calls, by the key of `SourceFile.functionScopes`.
    private(set) lazy var givenFunctions: [Int: Use] = {
        var result: [Int: Use] = [:]
        for site in file.calls {
            if case .function(let function) = site.call.callee.kind {
                result[function.nameRange.lowerBound] = (site, -1)
            }
            for (position, argument) in site.call.arguments.enumerated() {
                if case .function(let function) = argument.kind {
                    result[function.nameRange.lowerBound] = (site, position)
                }
            }
        }
        return result
    }()

    /// Calls by the names and members among their arguments.
    private(set) lazy var givenNames: [String: [Use]] = {
        var result: [String: [Use]] = [:]
        for site in file.calls {
            for (position, argument) in site.call.arguments.enumerated() {
                if let name = argument.lastName { result[name, default: []].append((site, position)) }
            }
        }
        return result
    }()

    /// The place after everything in the module has run.
    var end: Range<Int> { file.text.bytes.count..<file.text.bytes.count }

    private func add(_ declaration: ExportDeclaration) {
        switch declaration {
        case .declaration(let statement):
            switch statement.kind {
            case .variables(let variables):
                for name in variables.patterns.flatMap(\.names) { exports[name] = .local(name) }
            case .function(let function): exports[function.name] = .local(function.name)
            case .type(let type): exports[type.name] = .local(type.name)
            default: break
            }
        case .default(let value): exports["default"] = .value(value)
        case .names(let names, let source):
            for name in names {
                exports[name.exported] = source.map { .other(name.local, source: $0) } ?? .local(name.local)
            }
        case .all(let source, let name):
            if let name { exports[name] = .other(nil, source: source) } else { passedOn.append(source) }
        }
    }
}

extension Pattern {
    /// Every name that it binds.
    var names: [String] {
        switch self {
        case .name(let name, _): [name]
        case .object(let parts, let rest): parts.flatMap(\.pattern.names) + (rest.map { [$0] } ?? [])
        case .array(let parts): parts.flatMap(\.pattern.names)
        case .ignored: []
        }
    }
}
