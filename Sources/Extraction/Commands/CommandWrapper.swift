/// The table of programs that start another one (`Tables/wrappers.tsv`).
struct CommandWrapper: Sendable {
    enum Kind: String, Sendable { case command, dashes, shell, strings, module, script, assigning }

    var programs: [Substring]
    var subcommands: [Substring]
    var operands: Int
    var valued: Set<Substring>
    var kind: Kind

    static let all: [String: [CommandWrapper]] = {
        var index: [String: [CommandWrapper]] = [:]
        for fields in TableRows.of(EmbeddedFiles.wrappers_tsv) {
            let wrapper = CommandWrapper(
                programs: fields[0].words(),
                subcommands: fields[1] == "-" ? [] : fields[1].words(at: "|"),
                operands: Int(fields[2])!,
                valued: Set(fields[3].words()),
                kind: Kind(rawValue: String(fields[4]))!)
            for program in wrapper.programs { index[String(program), default: []].append(wrapper) }
        }
        return index
    }()
}
