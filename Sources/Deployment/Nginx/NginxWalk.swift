internal import Dialects
internal import Extraction
internal import ListenerModel

/// Follows a configuration from its start through blocks and includes, and collects its servers.
struct NginxWalk {
    /// Where the walk is, and what the blocks around it say.
    struct Frame {
        var source: NginxFiles.Source
        var context: NginxContext
        var server: Int?
        var isConditional = false
        var access = NginxStatusPages.Access()
        /// The files that are being included, outermost first.
        var including: [String]
        var depth = 0
    }

    /// nginx has no limit; each level costs it an open file.
    private static let includeDepth = 50
    /// Files that one configuration may include, each counted as often as it is.
    private static let includeLimit = 20_000

    let world: World
    let environment: (String) -> EnvironmentValue
    var files: NginxFiles
    var result = NginxServers()
    private var seenOnce: [String: Location] = [:]
    private var includes = 0
    private var toldOutside: Set<String> = []
    /// Something outside the tree stands at the level of these contexts.
    private(set) var unknownContent: Set<NginxContext> = []

    init(files: NginxFiles, world: World, environment: @escaping (String) -> EnvironmentValue) {
        self.files = files
        self.world = world
        self.environment = environment
    }

    var hasEvents: Bool { seenOnce["events"] != nil }

    mutating func walk(_ source: NginxFiles.Source, in context: NginxContext) {
        report(source)
        walk(source.file.body, Frame(source: source, context: context, including: [source.text.path]))
    }

    /// Options of `nginx -g`: simple directives of the main context.
    mutating func walk(commandLine text: SourceText) {
        let file = NginxGrammar.read(text)
        let source = NginxFiles.Source(text: text, file: file, isExpanded: false)
        walk(source.file.body, Frame(source: source, context: .main, including: []))
    }

    private mutating func report(_ source: NginxFiles.Source) {
        let diagnostics = NginxExtractor.diagnostics(of: source.file, in: source.text)
        result.diagnostics += diagnostics
        if let first = diagnostics.first, !source.file.isTemplate, source.file.errors.first?.isLimit != true {
            result.refusals.append(
                .init(reason: first.message, location: first.location ?? Location(file: source.text.path)))
        }
    }

    // MARK: Directives

    private mutating func walk(_ block: NginxBlock, _ frame: Frame) {
        var frame = frame
        frame.access = frame.access.inside(block.directives)
        if let placeholder = block.placeholders.first { missing(placeholder, frame) }
        for directive in block.directives { read(directive, frame) }
    }

    private mutating func read(_ directive: NginxDirective, _ frame: Frame) {
        guard let name = directive.name.text.known else { return }
        if name == "include" { return include(directive, frame) }
        switch frame.context {
        case .data:
            if directive.block != nil {
                refuse("unexpected \"{\" in a block of values", directive, frame)
            }
            return
        case .main, .events, .module, .server, .location, .upstream, .unknown: break
        }
        if frame.context == .main && NginxStructure.once.contains(name) { checkOnce(name, directive, frame) }
        guard let forms = NginxStructure.directives[name] else { return other(name, directive, frame) }
        guard let form = forms[frame.context] else { return misplaced(name, directive, forms, frame) }
        check(name, directive, form, frame)
        guard let inside = form.opens else {
            if name == "listen" { listen(directive, frame) }
            return
        }
        guard let block = directive.block else { return }
        var inner = frame
        inner.context = inside
        inner.isConditional = isConditional(directive, frame)
        if case .server(let module) = inside { return server(module, directive, block, inner) }
        if name == "location", let server = frame.server {
            let access = frame.access.inside(block.directives)
            result.servers[server].statusPages.add(location: directive, access: access)
        }
        walk(block, inner)
    }

    private mutating func server(
        _ module: NginxModule, _ directive: NginxDirective, _ block: NginxBlock, _ frame: Frame
    ) {
        let index = result.servers.count
        result.servers.append(
            NginxServers.Server(
                module: module, location: location(directive.name, frame), isConditional: frame.isConditional))
        result.servers[index].statusPages.add(server: block.directives, access: frame.access.inside(block.directives))
        var inner = frame
        inner.server = index
        walk(block, inner)
        finish(server: index)
    }

    private mutating func checkOnce(_ name: String, _ directive: NginxDirective, _ frame: Frame) {
        if seenOnce.updateValue(location(directive.name, frame), forKey: name) != nil {
            refuse("\"\(name)\" directive is duplicate", directive, frame)
        }
    }

    private mutating func check(
        _ name: String, _ directive: NginxDirective, _ form: NginxStructure.Form, _ frame: Frame
    ) {
        if form.opens != nil && directive.block == nil {
            refuse("directive \"\(name)\" has no opening \"{\"", directive, frame)
        } else if form.opens == nil && directive.block != nil {
            refuse("directive \"\(name)\" is not terminated by \";\"", directive, frame)
        } else if !form.arguments.contains(directive.arguments.count) {
            refuse("invalid number of arguments in \"\(name)\" directive", directive, frame)
        }
    }

    /// A directive of nginx's structure where it may not stand. What it says about listening is told all the same.
    private mutating func misplaced(
        _ name: String, _ directive: NginxDirective, _ forms: [NginxContext: NginxStructure.Form], _ frame: Frame
    ) {
        // Inside a block of a module that bindlint does not know, or a fragment, the word may be that module's.
        if frame.context == .unknown || frame.context == .events { return }
        let reason = "\"\(name)\" directive is not allowed here"
        refuse(reason, directive, frame)
        if name == "listen" {
            var outside = frame
            outside.server = nil
            listen(directive, outside, refusal: reason)
        } else if name == "server", let block = directive.block {
            var inner = frame
            inner.context = .server(.http)
            inner.isConditional = isConditional(directive, frame)
            server(.http, directive, block, inner)
        }
    }

    /// A directive that is not part of the structure.
    private mutating func other(_ name: String, _ directive: NginxDirective, _ frame: Frame) {
        switch frame.context {
        case .server(let module):
            if let server = frame.server, let given = NginxRequirement(directive: name, in: module) {
                result.servers[server].given.insert(given)
            }
        case .module(let module):
            if let given = NginxRequirement(directive: name, in: module), given != .handler {
                result.given[module, default: []].insert(given)
            }
        case .main, .events, .location, .upstream, .data, .unknown: break
        }
        if let known = NginxName.misspelt(name) {
            result.refuse(
                "unknown directive \"\(NginxName.visible(name))\"", code: "nginx-structure", hint: known.hint,
                at: location(directive.name, frame), isConditional: isConditional(directive, frame))
        }
    }

    // MARK: Includes

    private mutating func include(_ directive: NginxDirective, _ frame: Frame) {
        guard directive.arguments.count == 1, directive.block == nil else {
            return refuse(
                directive.block == nil
                    ? "invalid number of arguments in \"include\" directive"
                    : "directive \"include\" is not terminated by \";\"", directive, frame)
        }
        let argument = directive.arguments[0]
        let text = NginxVariables.expanded(argument, in: frame.source, environment).text
        guard let path = text.known else {
            let unknown = text.unknowns.first ?? Unknown(.template(""))
            return missing(unknown, frame)
        }
        if NginxGlob.isPattern(path) {
            guard let places = files.places(matching: files.absolute(path)) else {
                return outside(path, argument, frame)
            }
            for place in places { enter(place, argument, frame, isNamed: false) }
        } else {
            enter(files.absolute(path), argument, frame, isNamed: true, written: path)
        }
    }

    private mutating func enter(
        _ place: String, _ argument: NginxWord, _ frame: Frame, isNamed: Bool, written: String? = nil
    ) {
        includes += 1
        switch files.lookup(place) {
        case .outside:
            outside(written ?? place, argument, frame)
        case .missing:
            if NginxShippedFiles.contains(place) { return }
            if frame.source.file.isTemplate { return outside(written ?? place, argument, frame) }
            result.refuse(
                "the included file \"\(written ?? place)\" does not exist", code: "nginx-include",
                hint: "nginx looks in the folder of its main file, also for nested includes",
                at: frame.source.text.location(argument.range), isConditional: frame.isConditional)
            missing(Unknown(.template(written ?? place), at: frame.source.text.location(argument.range)), frame)
        case .folder:
            result.refuse(
                "include of a folder", code: "nginx-include", hint: "write folder/*.conf",
                at: frame.source.text.location(argument.range), isConditional: frame.isConditional)
        case .file(let path, let expansion):
            enter(file: path, expansion, argument, frame)
        }
    }

    private mutating func enter(
        file path: String, _ expansion: NginxMount.Expansion, _ argument: NginxWord, _ frame: Frame
    ) {
        let place = frame.source.text.location(argument.range)
        if frame.including.contains(path) {
            return result.refuse("the file includes itself", code: "nginx-include", at: place)
        }
        if frame.including.count >= Self.includeDepth || includes > Self.includeLimit {
            if toldOutside.insert("").inserted {
                result.diagnostics.append(
                    Diagnostic(.warning, code: "nginx-include", "more includes than bindlint follows", at: place))
            }
            return
        }
        let isNew = !files.read.contains(path)
        guard let source = files.source(of: path, expansion) else { return }
        if isNew && frame.context != .data { report(source) }
        var inner = frame
        inner.source = source
        inner.including.append(path)
        walk(source.file.body, inner)
    }

    private mutating func outside(_ path: String, _ argument: NginxWord, _ frame: Frame) {
        if NginxShippedFiles.contains(path) { return }
        let place = frame.source.text.location(argument.range)
        missing(Unknown(.template(path), at: place), frame)
        guard frame.context != .data, toldOutside.insert(path).inserted else { return }
        result.diagnostics.append(
            Diagnostic(
                .note, code: "nginx-include-outside", "\"\(path)\" is not in this tree: what it holds is not known",
                at: place))
    }

    /// Directives that the tree does not hold stand here.
    private mutating func missing(_ unknown: Unknown, _ frame: Frame) {
        unknownContent.insert(frame.context)
        guard let server = frame.server, case .server = frame.context else { return }
        if result.servers[server].missing == nil { result.servers[server].missing = unknown }
    }

    // MARK: Places

    func location(_ word: NginxWord, _ frame: Frame) -> Location { frame.source.text.location(word.range) }

    func isConditional(_ directive: NginxDirective, _ frame: Frame) -> Bool {
        frame.isConditional || directive.isConditional
    }

    mutating func refuse(_ reason: String, _ directive: NginxDirective, _ frame: Frame) {
        result.refuse(
            reason, code: "nginx-structure", at: location(directive.name, frame),
            isConditional: isConditional(directive, frame) || directive.hasConditionalArguments
                || (frame.source.file.isTemplate && !frame.source.file.errors.isEmpty))
    }
}
