import Dialects
internal import Extraction
public import ListenerModel

/// The shipped table of public images (`Tables/images.tsv`, where every row names its proof).
public enum ImageTable {
    /// The facts for an image reference such as `docker.io/library/redis:7-alpine@sha256:…`; nil for an image that
    /// the table does not know, so for every image that a project builds itself.
    public static func lookup(_ reference: String) -> ImageFacts? {
        let reference = ImageReference(reference)
        // An image by digest alone may be of any tag.
        let tag = reference.tag ?? (reference.digest == nil ? "latest" : "")
        return index.row(named: reference.name, tag: tag).map(facts)
    }

    /// The same where parts of the reference are unknown: the name must be known, the tag need not be.
    public static func lookup(_ reference: SymbolicText) -> ImageFacts? {
        let text = reference.marked
        guard let mark = text.firstIndex(of: SymbolicText.mark) else { return lookup(text) }
        guard let colon = text.lastIndex(of: ":"), colon < mark, !text[colon...].contains("/") else { return nil }
        return lookup(String(text[..<colon]) + ":" + String(SymbolicText.mark))
    }

    /// Every row, for checks of the table itself.
    static var all: [ImageFacts] { TableRows.lines(EmbeddedFiles.images_tsv).map { facts($0.parts(at: "\t")) } }

    static let index = ImageIndex(EmbeddedFiles.images_tsv)

    // MARK: Reading a row

    private static func facts(_ fields: [Substring]) -> ImageFacts {
        let (confidence, authentication) = word(fields[6])
        return ImageFacts(
            name: String(fields[0]),
            purposes: fields[3].words().map { Purpose(rawValue: String($0)) },
            ports: fields[4].words(at: "|").map(port),
            variables: fields[5].words(at: "|").map(variable),
            authentication: String(authentication),
            authenticationConfidence: self.confidence(confidence),
            clientOnly: fields[7] == "client",
            proof: String(fields[8]),
            notes: String(fields[9]))
    }

    /// `5432/tcp database two source source PostgreSQL protocol`
    private static func port(_ text: Substring) -> ImageFacts.Port {
        let (number, afterNumber) = word(text)
        let (purposes, afterPurposes) = word(afterNumber)
        let (binds, afterBinds) = word(afterPurposes)
        let (numberConfidence, afterConfidence) = word(afterBinds)
        let (bindConfidence, title) = word(afterConfidence)
        let parts = number.words(at: "/")
        let ends = parts[0].words(at: "-").map { UInt16($0)! }
        return ImageFacts.Port(
            ports: PortRange(ends[0], ends[ends.count - 1]),
            transport: Transport(rawValue: String(parts[1]))!,
            title: String(title),
            purposes: purposes == "-" ? [] : purposes.words(at: "+").map { Purpose(rawValue: String($0)) },
            binds: self.binds(binds),
            confidence: confidence(numberConfidence),
            bindConfidence: confidence(bindConfidence))
    }

    /// `PGPORT port memory 5432`
    private static func variable(_ text: Substring) -> ImageFacts.Variable {
        let (name, afterName) = word(text)
        let (sets, afterSets) = word(afterName)
        let (confidence, value) = word(afterSets)
        return ImageFacts.Variable(
            name: String(name), sets: ImageFacts.Variable.Sets(rawValue: String(sets))!,
            default: value.isEmpty ? nil : String(value), confidence: self.confidence(confidence))
    }

    private static func word(_ text: Substring) -> (Substring, rest: Substring) {
        guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")) else { return (text, "") }
        return (text[..<space], text[text.utf8.index(after: space)...])
    }

    private static func confidence(_ word: Substring) -> ImageFacts.Confidence {
        switch word {
        case "source": .source
        case "doc": .documented
        default: .memory
        }
    }

    private static func binds(_ word: Substring) -> ImageFacts.Binds {
        switch word {
        case "ipv4": .wildcard(.ipv4Only)
        case "dual": .wildcard(.dualStack)
        case "two": .wildcard(.twoSockets)
        case "loopback": .loopback
        case "container": .containerAddress
        case "configurable": .configurable
        case "none": .notListening
        default: .wildcard(nil)
        }
    }
}
