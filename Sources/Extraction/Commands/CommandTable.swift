import Dialects
import ListenerModel
internal import Threading

/// One listener of one program, a row of `Tables/commands.tsv`, whose head describes the columns.
struct CommandRow: Sendable {
    enum Confidence: Sendable { case source, documentation, memory }

    enum RowDialect: Sendable {
        case server(ServerDialect)
        /// Node's debugger: `node-inspector` in the table.
        case nodeInspector
    }

    var programs: [Substring]
    var conditions: [CommandCondition]
    var flags: [CommandFlag]
    var host: String?
    /// A file or the image sets the host as a rule: without a flag it is unknown.
    var isHostUnknown: Bool
    var port: UInt16?
    var dialect: RowDialect
    var network: ListenRequest.Network
    var purposes: [Purpose]
    var confidence: Confidence
    /// Nothing is reported unless a flag or an assignment says where.
    var needsFlag: Bool
    /// For programs that the table does not know.
    var isGeneric: Bool
    var bundlesFlags: Bool
    var onlyBeforeArguments: Bool
    /// The section of a configuration file that says what flags do not.
    var section: Declaration.Section?
}

enum CommandCondition: Sendable {
    /// Alternatives, each one or more words; an empty one means that there is no argument.
    case subcommand([[Substring]])
    case argument(Substring?)
    case flags([Substring], present: Bool)
    /// The flag is there and its value is not `false`.
    case enabled(Substring)
    case otherProgram(Substring)
    /// Where it holds, a file may set what flags do not.
    indirect case defaultUnknownIf(CommandCondition)
}

/// A role of a row's listener and the flags and variables that fill it.
struct CommandFlag: Sendable {
    enum Role: String, Sendable { case host, port, address, all, off }

    enum Name: Sendable {
        case flag(Substring)
        /// `-c KEY=value`
        case keyed(flag: Substring, key: Substring)
        /// An argument that is no flag.
        case argument
        /// An argument that starts with `WORD:`.
        case prefixed(Substring)
    }

    var role: Role
    var names: [Name]
    var variables: [String]
    var options: Set<Character>

    func has(_ option: Character) -> Bool { options.contains(option) }
}

enum CommandTable {
    /// Rows for a program's base name, with those for any program that one of the flags could fill.
    static func rows(for program: String, flags: Set<String>) -> [CommandRow] {
        let shared = flags.isEmpty ? [] : any.filter { !$0.anyOf.isDisjoint(with: flags) }
        let rows = rows(of: program)
        if rows.isEmpty { return shared.map(\.row) }
        return rows + shared.filter { !$0.row.isGeneric }.map(\.row)
    }

    /// The flags among arguments, as the table's index has them: lower case, without dashes and value, of dotted
    /// names (`--entrypoints.web.address`) the last part.
    static func flagNames(in arguments: [CommandWord]) -> Set<String> {
        Set(arguments.map { $0.text.marked }.filter { $0.hasPrefix("-") }.map { indexName($0[...]) })
    }

    private static func indexName(_ flag: Substring) -> String {
        let name = flag.prefix { $0 != "=" }.drop { $0 == "-" }
        return (name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? name).lowercased()
    }

    static func knows(_ program: String) -> Bool { !rows(of: program).isEmpty }

    /// The program that an image starts with arguments that name none: that of its entry point, or of its own name.
    static func program(ofImage name: String) -> String { entrypoints[name[...]].map(String.init) ?? name }

    private static let entrypoints = Dictionary(
        uniqueKeysWithValues: TableRows.of(EmbeddedFiles.entrypoints_tsv).map { ($0[0], $0[1]) })

    /// Whether a word is a subcommand of a program: `server` of minio.
    static func isSubcommand(_ word: String, of program: String) -> Bool {
        rows(of: program).contains { row in
            row.conditions.contains {
                if case .subcommand(let alternatives) = $0 {
                    alternatives.contains { alternative in alternative.first.map { $0 == word } ?? false }
                } else {
                    false
                }
            }
        }
    }

    /// Rows for any program, each with the index names of its flags.
    private static let any: [(row: CommandRow, anyOf: Set<String>)] = index.patterns.filter { $0.pattern == "*" }
        .map { row(index.row(at: $0.row).parts(at: "\t")) }
        .map { row in
            let names = row.flags.flatMap(\.names).compactMap { name -> String? in
                if case .flag(let flag) = name { indexName(flag) } else { nil }
            }
            return (row, Set(names))
        }

    /// Every row, for checks of the table itself.
    static var all: [CommandRow] { TableRows.of(EmbeddedFiles.commands_tsv).map(row) }

    private static let index = TableIndex(EmbeddedFiles.commands_tsv, column: 0)

    /// The rows of the programs that were asked for and are in the table.
    private static let known = Lock<[String: [CommandRow]]>([:])

    private static func rows(of program: String) -> [CommandRow] {
        if let known = known.withLock({ $0[program] }) { return known }
        let rows = index.rows(of: program).map { row($0.parts(at: "\t")) }.filter { $0.programs.contains(program[...]) }
        if !rows.isEmpty { known.withLock { $0[program] = rows } }
        return rows
    }

    private static func row(_ fields: [Substring]) -> CommandRow {
        let when = words(fields[1])
        return CommandRow(
            programs: words(fields[0]),
            conditions: when.compactMap(condition),
            flags: words(fields[2]).map(flag),
            host: fields[3] == "-" || fields[3] == "?" ? nil : String(fields[3]),
            isHostUnknown: fields[3] == "?",
            port: UInt16(fields[4]),
            dialect: ServerDialects.named(String(fields[5])).map(CommandRow.RowDialect.server) ?? .nodeInspector,
            network: ListenRequest.Network(rawValue: String(fields[6]))!,
            purposes: fields[7] == "-" ? [] : fields[7].words(at: "+").map { Purpose(rawValue: String($0)) },
            confidence: fields[8] == "source" ? .source : fields[8] == "doc" ? .documentation : .memory,
            needsFlag: when.contains("explicit"),
            isGeneric: when.contains("generic"),
            bundlesFlags: when.contains("bundle"),
            onlyBeforeArguments: when.contains("before"),
            section: when.lazy.compactMap(section).first)
    }

    /// `config:vite.config/server`
    private static func section(_ word: Substring) -> Declaration.Section? {
        guard word.hasPrefix("config:"), let slash = word.lastIndex(of: "/") else { return nil }
        return Declaration.Section(
            file: String(word[..<slash].dropFirst("config:".count)), key: String(word[word.index(after: slash)...]))
    }

    private static func words(_ field: Substring) -> [Substring] { field == "-" ? [] : field.words() }

    private static func condition(_ word: Substring) -> CommandCondition? {
        if word.hasPrefix("?") { return condition(word.dropFirst()).map(CommandCondition.defaultUnknownIf) }
        let parts = word.parts(at: ":", limit: 2)
        let value = parts.count == 2 ? parts[1] : nil
        switch parts[0] {
        case "sub":
            let alternatives = (value ?? "").parts(at: "|")
            return .subcommand(alternatives.map { $0.words(at: "+") })
        case "arg": return .argument(value)
        case "flag": return .flags((value ?? "").words(at: ","), present: true)
        case "!flag": return .flags((value ?? "").words(at: ","), present: false)
        case "on": return value.map(CommandCondition.enabled)
        case "!prog": return value.map(CommandCondition.otherProgram)
        default: return nil
        }
    }

    private static func flag(_ item: Substring) -> CommandFlag {
        let parts = item.parts(at: ":", limit: 2)
        let slash = parts[1].utf8.lastIndex(of: UInt8(ascii: "/"))
        let names = parts[1][..<(slash ?? parts[1].endIndex)].words(at: ",")
        return CommandFlag(
            role: CommandFlag.Role(rawValue: String(parts[0]))!,
            names: names.filter { !$0.hasPrefix("$") }.map(name),
            variables: names.filter { $0.hasPrefix("$") }.map { String($0.dropFirst()) },
            options: Set(slash.map { parts[1][$0...].dropFirst() } ?? ""))
    }

    private static func name(_ text: Substring) -> CommandFlag.Name {
        if text == "@" { return .argument }
        if text.hasPrefix("@") { return .prefixed(text.dropFirst()) }
        guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return .flag(text) }
        return .keyed(flag: text[..<at], key: text[text.index(after: at)...])
    }
}
