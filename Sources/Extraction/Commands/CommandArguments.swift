import ListenerModel

/// The arguments of one program, asked for flags and their values.
struct CommandArguments {
    let words: [CommandWord]
    private let texts: [String]
    /// The names of the row's flags that take the next word.
    private let valued: [Substring]

    init(_ words: [CommandWord], of row: CommandRow) {
        var words = words
        if row.bundlesFlags { words = words.flatMap(Self.unbundled) }
        if row.onlyBeforeArguments { words = Array(words.prefix { $0.text.marked.hasPrefix("-") }) }
        self.words = words
        texts = words.map { $0.text.marked }
        valued = row.flags.filter { $0.role != .all && $0.role != .off }.flatMap(\.names).compactMap {
            if case .flag(let name) = $0 { name } else { nil }
        }
    }

    /// `-lvnp` as `-l -v -n -p`.
    private static func unbundled(_ word: CommandWord) -> [CommandWord] {
        let text = word.text.marked
        guard text.hasPrefix("-"), !text.hasPrefix("--"), text.utf8.count > 2,
            text.dropFirst().allSatisfy(\.isLetter)
        else { return [word] }
        return text.dropFirst().map { CommandWord(SymbolicText("-\($0)"), at: word.location) }
    }

    // MARK: Conditions

    func satisfy(_ condition: CommandCondition, program: String) -> Bool {
        switch condition {
        case .subcommand(let alternatives):
            alternatives.contains { $0.isEmpty ? !hasSubcommand : starts(with: $0) }
        case .argument(nil): texts.contains { !$0.hasPrefix("-") }
        case .argument(let pattern?):
            texts.contains { !$0.hasPrefix("-") && StarPattern.matches($0[...], pattern) }
                || texts.contains(String(pattern))
        case .flags(let names, let present): names.contains { self.present($0) } == present
        case .enabled(let name): texts.contains { matches($0, name) && !$0.lowercased().hasSuffix("=false") }
        case .otherProgram(let name): program != name
        case .defaultUnknownIf: true
        }
    }

    /// Whether a file or another thing that is not read may set what flags do not.
    func defaultIsUnknown(_ conditions: [CommandCondition], program: String) -> Bool {
        conditions.contains {
            if case .defaultUnknownIf(let inner) = $0 { satisfy(inner, program: program) } else { false }
        }
    }

    /// Arguments that are no flags, up to the first that does not follow a flag: a subcommand is among them.
    private var subcommandCandidates: [Int] {
        var found: [Int] = []
        for index in texts.indices where !texts[index].hasPrefix("-") {
            found.append(index)
            let followsFlag = index > 0 && texts[index - 1].hasPrefix("-") && !texts[index - 1].contains("=")
            if !followsFlag { break }
        }
        return found
    }

    private var hasSubcommand: Bool {
        subcommandCandidates.contains { $0 == 0 || !texts[$0 - 1].hasPrefix("-") || texts[$0 - 1].contains("=") }
    }

    private func starts(with wanted: [Substring]) -> Bool {
        subcommandCandidates.contains { index in
            guard StarPattern.matches(texts[index][...], wanted[0]) else { return false }
            var rest = texts[(index + 1)...].filter { !$0.hasPrefix("-") }[...]
            return wanted.dropFirst().allSatisfy { word in rest.popFirst().map { $0[...] == word } ?? false }
        }
    }

    private func present(_ name: Substring) -> Bool { texts.contains { matches($0, name) } }

    /// Whether a word is this flag, with or without a value behind `=`.
    private func matches(_ text: String, _ name: Substring) -> Bool {
        let end = text.firstIndex(of: "=") ?? text.endIndex
        return Self.sameFlag(text[..<end], name)
    }

    /// `-name` and `--name` are one flag (Go's flag package); a single letter stays what it is. `*` in the name of
    /// the table stands for any text.
    private static func sameFlag(_ written: Substring, _ name: Substring) -> Bool {
        if written == name { return true }
        guard written.hasPrefix("-"), name.utf8.count > 2 else { return false }
        let (left, right) = (written.drop { $0 == "-" }, name.drop { $0 == "-" })
        guard !left.isEmpty, name.hasPrefix("-") else { return false }
        if right.contains("*") { return StarPattern.matches(left.lowercased()[...], right) }
        return left.utf8.count > 1 && left == right
    }

    // MARK: Values

    enum Value {
        case word(CommandWord)
        /// The flag stands without a value.
        case bare(CommandWord)
    }

    func values(of flag: CommandFlag) -> [Value] {
        var found: [Value] = []
        for index in words.indices {
            for name in flag.names {
                guard let value = value(of: name, at: index, flag) else { continue }
                found += value
                break
            }
        }
        return found
    }

    private func value(of name: CommandFlag.Name, at index: Int, _ flag: CommandFlag) -> [Value]? {
        let text = texts[index]
        switch name {
        case .argument:
            let isShaped =
                flag.role == .port && !flag.has("m") ? AddressShape.isPort(text) : AddressShape.isAddressOrPort(text)
            return isShaped && !isFlagValue(index) ? [.word(words[index])] : nil
        case .prefixed(let word):
            guard text.utf8.count > word.utf8.count, text.lowercased().hasPrefix(word.lowercased() + ":") else {
                return nil
            }
            return [.word(words[index].dropping(word.utf8.count + 1))]
        case .keyed(let name, let key): return keyed(name, key, index).map { [.word($0)] }
        case .flag(let name):
            if Self.sameFlag(text[...], name) { return following(index, flag) }
            if let equals = text.firstIndex(of: "="), Self.sameFlag(text[..<equals], name) {
                return [.word(words[index].dropping(text[...equals].utf8.count))]
            }
            // `-p8080`
            if name.utf8.count == 2, text.hasPrefix(name), !flag.has("=") {
                let rest = text.dropFirst(2)
                if AddressShape.isAddressOrPort(String(rest)) { return [.word(words[index].dropping(2))] }
            }
            return nil
        }
    }

    private func following(_ index: Int, _ flag: CommandFlag) -> [Value]? {
        let isBoolean = flag.role == .all || flag.role == .off
        if isBoolean { return [.bare(words[index])] }
        if flag.has("w") {
            let taken = words[(index + 1)...].prefix { !$0.text.marked.hasPrefix("--") }
            return taken.map { .word($0.text.marked.hasPrefix("-") ? $0.dropping(1) : $0) }
        }
        if flag.has("=") { return flag.has("?") ? [.bare(words[index])] : nil }
        let next = index + 1
        guard next < words.count, !texts[next].hasPrefix("-") || texts[next] == "-" else {
            return flag.has("?") ? [.bare(words[index])] : nil
        }
        return [.word(words[next])]
    }

    /// `-c KEY=value`, `-cKEY=value`, and `-agentlib:jdwp=…,KEY=value`.
    private func keyed(_ name: Substring, _ key: Substring, _ index: Int) -> CommandWord? {
        let text = texts[index]
        if text[...] == name, index + 1 < words.count, texts[index + 1].hasPrefix(key + "=") {
            return words[index + 1].dropping(key.utf8.count + 1)
        }
        if text.hasPrefix(name + key + "=") { return words[index].dropping(name.utf8.count + key.utf8.count + 1) }
        let opening = name.hasSuffix(":") ? String(name) : name + "="
        guard text.hasPrefix(opening) else { return nil }
        var offset = opening.utf8.count
        let options = text.dropFirst(opening.count).split(separator: ",", omittingEmptySubsequences: false)
        // A debugger that connects out (`server=n`, the default) opens nothing.
        guard options.contains("server=y") else { return nil }
        for option in options {
            if option.hasPrefix(key + "=") {
                let value = words[index].dropping(offset + key.utf8.count + 1)
                return value.prefix(option.utf8.count - key.utf8.count - 1)
            }
            offset += option.utf8.count + 1
        }
        return nil
    }

    /// The word before is one of the row's flags, or another one and this a number, so likely its value.
    private func isFlagValue(_ index: Int) -> Bool {
        guard index > 0, texts[index - 1].hasPrefix("-"), !texts[index - 1].contains("=") else { return false }
        if valued.contains(where: { Self.sameFlag(texts[index - 1][...], $0) }) { return true }
        return texts[index - 1].utf8.count > 2 && AddressShape.isNumber(texts[index])
    }
}
