import ListenerModel

/// Removes wrappers until programs are left.
struct CommandUnwrapper {
    private let source: SourceText
    private(set) var invocations: [Invocation] = []
    /// Commands inside commands: `sh -c "sh -c …"`.
    private static let depthLimit = 12
    /// Of a script's own variables: each command has a copy of them.
    private static let variableLimit = 500
    private var budget = ExpansionBudget()

    init(_ source: SourceText) { self.source = source }

    mutating func add(_ words: [CommandWord], _ assignments: [String: CommandWord], depth: Int = 0) {
        var words = words[...]
        var assignments = assignments
        guard depth < Self.depthLimit, let first = words.first, let name = first.text.known else { return }
        let program = ContainerPath.name(name)
        guard
            let wrapper = (CommandWrapper.all[program] ?? []).first(where: { wrapper in
                wrapper.subcommands.isEmpty
                    || words.dropFirst().first.flatMap(\.text.known).map { second in
                        wrapper.subcommands.contains { $0 == second }
                    } ?? false
            })
        else {
            addProgram(program, first, Array(words.dropFirst()), assignments, depth: depth)
            return
        }
        let subcommand = wrapper.subcommands.isEmpty ? nil : words.dropFirst().first
        words = words.dropFirst(subcommand == nil ? 1 : 2)
        switch wrapper.kind {
        case .script:
            guard let subcommand else { return }
            let name = ContainerPath.name(subcommand.text.known ?? "")
            addProgram(name, subcommand, Array(words), assignments, depth: depth)
        case .command:
            skipFlags(&words, wrapper)
            words = words.dropFirst(wrapper.operands)
            add(Array(words), assignments, depth: depth + 1)
        case .assigning:
            skipFlags(&words, wrapper)
            while let word = words.first, let (name, value) = Self.assignment(word) {
                assignments[name] = value
                words = words.dropFirst()
                skipFlags(&words, wrapper)
            }
            add(Array(words), assignments, depth: depth + 1)
        case .dashes:
            guard let dashes = words.firstIndex(where: { $0.text.known == "--" }) else { return }
            add(Array(words[(dashes + 1)...]), assignments, depth: depth + 1)
        case .shell:
            addShell(words, assignments, first, depth: depth)
        case .strings:
            skipFlags(&words, wrapper)
            for word in words where word.text.known?.hasPrefix("-") != true {
                addShellText(word, assignments, depth: depth + 1)
            }
        case .module:
            addModule(words, assignments, program, first, wrapper, depth: depth)
        }
    }

    /// `NAME=value`, the value with its place.
    static func assignment(_ word: CommandWord) -> (String, CommandWord)? {
        let text = word.text.marked
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
        let name = text[..<equals]
        guard name.utf8.allSatisfy(\.isNameByte), !name.utf8.first!.isDigit else { return nil }
        return (String(name), word.dropping(name.utf8.count + 1))
    }

    private func skipFlags(_ words: inout ArraySlice<CommandWord>, _ wrapper: CommandWrapper) {
        while let text = words.first?.text.marked, text.hasPrefix("-"), text.count > 1 {
            words = words.dropFirst(wrapper.valued.contains(text[...]) ? 2 : 1)
            if text == "--" { return }
        }
    }

    // MARK: Kinds

    private mutating func addShell(
        _ words: ArraySlice<CommandWord>, _ assignments: [String: CommandWord], _ shell: CommandWord, depth: Int
    ) {
        var rest = words
        while let word = rest.popFirst() {
            guard let text = word.text.known, text.hasPrefix("-") || text.hasPrefix("+") else {
                // `su user -c …`, `sh entrypoint.sh command`
                if shell.text.known.map(ContainerPath.name) == "su" { continue }
                addProgram(ContainerPath.name(word.text.known ?? ""), word, Array(rest), assignments, depth: depth)
                return
            }
            if text == "--" { continue }
            if !text.hasPrefix("--"), text.contains("c"), let script = rest.first {
                addShellText(script, assignments, depth: depth + 1)
                return
            }
            if text == "-o" || text == "-s" { rest = rest.dropFirst() }
        }
    }

    private mutating func addShellText(_ word: CommandWord, _ assignments: [String: CommandWord], depth: Int) {
        add(shell: PlacedText(word.text, in: source, at: word.location.range), assignments, depth: depth)
    }

    /// The commands of shell text, with what earlier ones of it set.
    mutating func add(shell text: PlacedText, _ assignments: [String: CommandWord] = [:], depth: Int = 0) {
        guard depth < Self.depthLimit else { return }
        var scope = assignments
        for command in ShellWords.commands(in: text) {
            let local = Dictionary(command.assignments.map { ($0.name, $0.value) }) { _, last in last }
            if command.words.isEmpty || command.words.first?.text.known == "export" {
                if scope.count < Self.variableLimit { scope.merge(local) { _, last in last } }
                for (name, value) in command.words.dropFirst().compactMap(Self.assignment)
                where scope.count < Self.variableLimit { scope[name] = value }
                continue
            }
            let words = command.words.map { word in
                var word = word
                word.text = replacing(word.text, by: scope)
                return word
            }
            add(words, scope.merging(local) { _, last in last }, depth: depth)
        }
    }

    /// Variables that the script itself set; the others stay what they are.
    private mutating func replacing(_ text: SymbolicText, by scope: [String: CommandWord]) -> SymbolicText {
        var replaced = false
        let result = text.parts.reduce(into: SymbolicText()) { result, part in
            if case .unknown(let unknown) = part, case .environment(let name) = unknown.cause, let set = scope[name],
                !budget.isSpent
            {
                result.append(set.text)
                replaced = true
            } else {
                result.append(part)
            }
        }
        return !replaced || budget.allows(result) ? result : text
    }

    private mutating func addModule(
        _ words: ArraySlice<CommandWord>, _ assignments: [String: CommandWord], _ program: String, _ first: CommandWord,
        _ wrapper: CommandWrapper, depth: Int
    ) {
        var rest = words
        while let word = rest.popFirst() {
            let text = word.text.known ?? ""
            if text == "-m", let module = rest.popFirst() {
                addProgram(module.text.known ?? "", module, Array(rest), assignments, depth: depth)
                return
            }
            if text == "-c" { return }
            if text.hasPrefix("-") {
                if wrapper.valued.contains(text[...]) { rest = rest.dropFirst() }
                continue
            }
            addProgram(ContainerPath.name(text), word, Array(rest), assignments, depth: depth)
            return
        }
    }

    private mutating func addProgram(
        _ program: String, _ word: CommandWord, _ arguments: [CommandWord], _ assignments: [String: CommandWord],
        depth: Int
    ) {
        guard !program.isEmpty else { return }
        // An entry point script ends in `exec "$@"` as a rule.
        if program.contains("entrypoint"), !CommandTable.knows(program), let next = arguments.first,
            next.text.known?.hasPrefix("-") == false
        {
            add(arguments, assignments, depth: depth + 1)
            return
        }
        // `yarn vite`, `pnpm next dev`: the program unless a script has its name.
        if ["yarn", "pnpm", "bun"].contains(program), let next = arguments.first?.text.known,
            CommandTable.knows(next)
        {
            add(arguments, assignments, depth: depth + 1)
            return
        }
        if program == "nodemon" || program == "watchexec",
            let flag = arguments.firstIndex(where: { ["--exec", "-x"].contains($0.text.known) }),
            flag + 1 < arguments.count
        {
            addShellText(arguments[flag + 1], assignments, depth: depth + 1)
        }
        invocations.append(
            Invocation(program: program, programWord: word, arguments: arguments, assignments: assignments))
    }
}
