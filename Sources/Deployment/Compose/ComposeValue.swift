import Extraction
import ListenerModel
import YAMLTree

/// A value of a compose file after interpolation, with the file and range in which it is written, so that merging
/// trees of several files loses no place.
struct ComposeValue: Sendable {
    enum Content: Sendable {
        case null
        case scalar(ComposeScalar)
        case sequence([ComposeValue])
        case mapping(ComposeMapping)
    }

    /// The file a value stands in, and the folder that relative paths in it start from.
    struct Origin: Sendable {
        var text: SourceText
        var folder: String
    }

    var content: Content
    var range: Range<Int>
    var origin: Origin
    var isReset = false

    var location: Location { origin.text.location(range) }
    var writtenText: String { origin.text.text(range) }

    /// The range of a scalar's text, without the quotes around it.
    var textRange: Range<Int> {
        guard range.count > 1, let last = origin.text.bytes[range].last,
            last == UInt8(ascii: "\"") || last == UInt8(ascii: "'"), origin.text.bytes[range.lowerBound] == last
        else { return range }
        return range.lowerBound + 1..<range.upperBound - 1
    }

    var scalar: ComposeScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    var sequence: [ComposeValue]? { if case .sequence(let items) = content { items } else { nil } }
    var mapping: ComposeMapping? { if case .mapping(let mapping) = content { mapping } else { nil } }
    var isNull: Bool { if case .null = content { true } else { false } }

    subscript(key: String) -> ComposeValue? { mapping?[key] }

    /// The text of a scalar; nil for anything else.
    var text: SymbolicText? { scalar?.value.text }
    var located: Located<SymbolicText>? { text.map { Located($0, at: location) } }
    /// A scalar's text where all of it is known.
    var known: String? { text?.known }

    /// `true` as a boolean or, from interpolation, as text.
    var isTrue: Bool { ["true", "yes", "on", "1", "y", "t"].contains(known?.lowercased() ?? "") }
}

/// A scalar with its variables replaced.
struct ComposeScalar: Sendable {
    /// What the tree says.
    var value: Interpolation.Result
    /// The same if no variable without a value in the tree is set; nil if there are no variables, or compose refuses
    /// the text then.
    var whenUnset: SymbolicText?
    /// The same with every variable set to something unknown, whatever it falls back to.
    var whenSet: SymbolicText?
    /// The number that a plain scalar is in YAML, before interpolation.
    var integer: Int?
    /// A plain scalar that is a boolean or a number with a fraction: neither text nor an integer to compose.
    var isOtherType = false
}

/// A mapping in the order written, with look-up by key.
struct ComposeMapping: Sendable {
    struct Entry: Sendable {
        var key: String
        var keyLocation: Location
        var value: ComposeValue
    }

    private(set) var entries: [Entry] = []
    private var indices: [String: Int] = [:]

    subscript(key: String) -> ComposeValue? { indices[key].map { entries[$0].value } }

    func entry(_ key: String) -> Entry? { indices[key].map { entries[$0] } }

    /// Replaces the entry of that key, or adds one at the end.
    mutating func set(_ entry: Entry) {
        if let index = indices[entry.key] {
            entries[index] = entry
        } else {
            indices[entry.key] = entries.count
            entries.append(entry)
        }
    }

    mutating func setValue(_ value: ComposeValue, of key: String) {
        if let index = indices[key] { entries[index].value = value }
    }

    mutating func remove(_ key: String) {
        if indices[key] != nil { removeAll { $0.key == key } }
    }

    mutating func removeAll(where isUnwanted: (Entry) -> Bool) {
        let before = entries.count
        entries.removeAll(where: isUnwanted)
        if entries.count == before { return }
        indices = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
    }
}
