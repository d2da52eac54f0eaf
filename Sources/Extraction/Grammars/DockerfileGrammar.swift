import ListenerModel

/// The instructions of a Dockerfile. Total: what is wrong is a diagnostic, the rest is still read.
struct DockerfileGrammar {
    private(set) var dockerfile = Dockerfile(globalArguments: [], stages: [])
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var comments: [Range<Int>]
    private let escape: UInt8
    /// There are more stages than any file has; the rest is not read.
    private var isFull = false

    init(_ source: SourceText) {
        let lines = DockerfileLines(source)
        escape = lines.escape
        comments = lines.comments
        for line in lines.lines where !isFull { read(line) }
        if let offset = lines.unclosedHeredoc {
            diagnostics.append(
                Diagnostic(
                    .warning, code: "dockerfile-heredoc", "this here-document never ends",
                    hint: "end it with its name on a line of its own",
                    at: source.location(offset..<min(offset + 1, source.bytes.count))))
        }
    }

    private mutating func read(_ line: DockerfileLines.Line) {
        let text = line.text
        let (name, nameRange, rest) = instructionName(text, 0)
        switch name {
        case "FROM": readStage(text, rest)
        case "ARG" where dockerfile.stages.isEmpty:
            dockerfile.globalArguments += arguments(text, rest)
        case "ONBUILD":
            let (inner, _, innerRest) = instructionName(text, rest.lowerBound)
            add(kind(inner, text, innerRest, line.heredocs), text, onBuild: true, unknown: inner, nameRange)
        default:
            add(kind(name, text, rest, line.heredocs), text, onBuild: false, unknown: name, nameRange)
        }
    }

    private mutating func add(
        _ kind: Dockerfile.Kind?, _ text: PlacedText, onBuild: Bool, unknown name: String, _ nameRange: Range<Int>
    ) {
        guard let kind else {
            report(
                "dockerfile-instruction", "\(name.isEmpty ? "this" : name) is no Dockerfile instruction",
                "instructions are words such as FROM, RUN, COPY, CMD", text.location(nameRange))
            return
        }
        guard !dockerfile.stages.isEmpty else {
            report(
                "dockerfile-no-stage", "\(name) stands before the first FROM", "begin with FROM IMAGE",
                text.location(nameRange))
            return
        }
        dockerfile.stages[dockerfile.stages.count - 1].instructions.append(
            Dockerfile.Instruction(kind: kind, location: text.location, onBuild: onBuild))
    }

    private mutating func report(_ code: String, _ message: String, _ hint: String, _ location: Location) {
        if diagnostics.count >= Self.reportedProblems { return }
        diagnostics.append(Diagnostic(.warning, code: code, message, hint: hint, at: location))
    }

    /// In a file that is no Dockerfile each line is wrong.
    private static let reportedProblems = 100

    /// The word at an offset in upper case, its range, and what follows.
    private func instructionName(_ text: PlacedText, _ start: Int) -> (String, Range<Int>, rest: Range<Int>) {
        var position = start
        while position < text.count, !isBlank(text.bytes[position]) { position += 1 }
        let name = start..<position
        while position < text.count, isBlank(text.bytes[position]) { position += 1 }
        return (text.text(name).uppercased(), name, position..<text.count)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    // MARK: FROM, ARG, ENV

    private mutating func readStage(_ text: PlacedText, _ rest: Range<Int>) {
        let words = DockerfileWords(text: text, escape: escape)
        let (flags, arguments) = flags(words, rest)
        guard let image = arguments.first else {
            report("dockerfile-from", "FROM names no image", "write FROM IMAGE", text.location)
            return
        }
        guard dockerfile.stages.count < Dockerfile.Image.limit else {
            isFull = true
            diagnostics.append(
                Diagnostic(
                    .warning, code: "dockerfile-limit", "more than \(Dockerfile.Image.limit) stages",
                    hint: "what follows was not read", at: text.location(image), fileUnread: true))
            return
        }
        var name: String?
        if arguments.count >= 3, text.text(arguments[1]).uppercased() == "AS" {
            name = text.text(arguments[2]).lowercased()
        }
        dockerfile.stages.append(
            Dockerfile.Stage(
                name: name, base: words.value(image), platform: flags["platform"].map(words.value),
                location: text.location(image), instructions: []))
    }

    private func arguments(_ text: PlacedText, _ rest: Range<Int>) -> [Dockerfile.Argument] {
        let words = DockerfileWords(text: text, escape: escape)
        return words.split(rest).map { word in
            guard let equals = text.bytes[word].firstIndex(of: UInt8(ascii: "=")) else {
                return Dockerfile.Argument(name: text.text(word), value: nil, location: text.location(word))
            }
            let value = equals + 1..<word.upperBound
            return Dockerfile.Argument(
                name: text.text(word.lowerBound..<equals), value: words.value(value), location: text.location(value))
        }
    }

    private func environment(_ text: PlacedText, _ rest: Range<Int>) -> [Dockerfile.Assignment] {
        let words = DockerfileWords(text: text, escape: escape)
        let parts = words.split(rest)
        guard let first = parts.first else { return [] }
        // `ENV NAME the rest of the line`
        guard text.bytes[first].contains(UInt8(ascii: "=")) else {
            let value = (parts.count > 1 ? parts[1].lowerBound : first.upperBound)..<rest.upperBound
            return [
                Dockerfile.Assignment(
                    name: text.text(first), value: words.value(value),
                    location: text.location(value.isEmpty ? first : value))
            ]
        }
        return parts.compactMap { word in
            guard let equals = text.bytes[word].firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let value = equals + 1..<word.upperBound
            return Dockerfile.Assignment(
                name: words.value(word.lowerBound..<equals).literal ?? "", value: words.value(value),
                location: text.location(value.isEmpty ? word : value))
        }
    }

    // MARK: Other instructions

    private func kind(
        _ name: String, _ text: PlacedText, _ rest: Range<Int>, _ heredocs: [PlacedText]
    ) -> Dockerfile.Kind? {
        let words = DockerfileWords(text: text, escape: escape)
        switch name {
        case "ENV": return .environment(environment(text, rest))
        case "ARG": return .argument(arguments(text, rest))
        case "EXPOSE":
            return .expose(
                words.split(rest).map { .init(text: words.value($0), location: text.location($0)) })
        case "WORKDIR": return .workingDirectory(words.value(rest))
        case "USER": return .user(words.value(rest))
        case "COPY", "ADD": return copy(words, rest, hasHeredocs: !heredocs.isEmpty)
        case "RUN":
            let (_, arguments) = flags(words, rest)
            let body = (arguments.first?.lowerBound ?? rest.upperBound)..<rest.upperBound
            // The here-document is the script where nothing but its mark stands in the line.
            if let heredoc = heredocs.first, arguments.count == 1 { return .run(.shell(heredoc)) }
            return .run(command(text, body))
        case "CMD": return .command(command(text, rest))
        case "ENTRYPOINT": return .entrypoint(command(text, rest))
        case "HEALTHCHECK":
            let (_, arguments) = flags(words, rest)
            guard let word = arguments.first, text.text(word).uppercased() == "CMD" else { return .healthcheck(nil) }
            let (_, _, body) = instructionName(text, word.lowerBound)
            return .healthcheck(command(text, body))
        case "SHELL":
            return JSONStrings.parse(text, rest).map { .shell(self.words($0, text)) } ?? .other
        case "VOLUME":
            if let paths = JSONStrings.parse(text, rest) {
                return .volume(paths.map { BuildText([.literal($0.value)]) })
            }
            return .volume(words.split(rest).map(words.value))
        case "LABEL", "MAINTAINER", "STOPSIGNAL": return .other
        default: return nil
        }
    }

    private func command(_ text: PlacedText, _ range: Range<Int>) -> Dockerfile.Command {
        if let elements = JSONStrings.parse(text, range) { return .exec(words(elements, text)) }
        return .shell(text[range])
    }

    private func words(_ elements: [JSONStrings.Element], _ text: PlacedText) -> [CommandWord] {
        elements.map { CommandWord(SymbolicText($0.value), at: text.location($0.inner)) }
    }

    private func copy(_ words: DockerfileWords, _ rest: Range<Int>, hasHeredocs: Bool) -> Dockerfile.Kind {
        let (flags, arguments) = flags(words, rest)
        let body = (arguments.first?.lowerBound ?? rest.upperBound)..<rest.upperBound
        var paths: [BuildText]
        if let elements = JSONStrings.parse(words.text, body) {
            paths = elements.map { BuildText([.literal($0.value)]) }
        } else {
            paths = arguments.map(words.value)
        }
        let destination = paths.popLast() ?? BuildText()
        // A here-document is a file of its own, not one of the context.
        if hasHeredocs { paths.removeAll { $0.literal?.hasPrefix("<<") == true } }
        return .copy(
            Dockerfile.Copy(
                sources: paths, destination: destination, from: flags["from"].map(words.value),
                location: words.text.location(body)))
    }

    /// Leading `--name=value` words, and the others.
    private func flags(
        _ words: DockerfileWords, _ range: Range<Int>
    ) -> (flags: [String: Range<Int>], arguments: [Range<Int>]) {
        var flags: [String: Range<Int>] = [:]
        let all = words.split(range)
        let count = all.prefix { words.text.bytes[$0].starts(with: [0x2d, 0x2d]) }.count
        for word in all.prefix(count) {
            guard let equals = words.text.bytes[word].firstIndex(of: UInt8(ascii: "=")) else { continue }
            flags[words.text.text(word.lowerBound + 2..<equals)] = equals + 1..<word.upperBound
        }
        return (flags, Array(all.dropFirst(count)))
    }
}
