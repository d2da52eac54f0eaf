import YAMLTree

/// A JSON document as a tree that tests look into and change.
indirect enum JSONValue: Equatable {
    case object([String: JSONValue])
    case array([JSONValue])
    case string(String)
    case number(Int)
    case bool(Bool)
    case null

    struct NotJSON: Error { var why: String }

    /// Every JSON document is a YAML one; what YAML allows beyond JSON is refused, and so are duplicate keys.
    init(_ bytes: [UInt8]) throws {
        let stream = YAMLStream(bytes)
        if let error = stream.error { throw NotJSON(why: error.problem) }
        guard stream.documents.count == 1 else { throw NotJSON(why: "\(stream.documents.count) documents") }
        self = try Self.value(stream.documents[0])
    }

    private static func value(_ node: YAMLNode) throws -> JSONValue {
        switch node.content {
        case .mapping(let entries):
            let pairs = try entries.map { entry in
                guard let key = entry.key.scalar, key.style == .doubleQuoted else { throw NotJSON(why: "bare key") }
                return (key.text, try value(entry.value))
            }
            return .object(
                try Dictionary(pairs) { _, _ in throw NotJSON(why: "duplicate key in \(pairs.map(\.0))") })
        case .sequence(let items): return .array(try items.map(value))
        case .alias: throw NotJSON(why: "an alias")
        case .scalar(let scalar):
            if scalar.style == .doubleQuoted { return .string(scalar.text) }
            guard scalar.style == .plain else { throw NotJSON(why: "style of \(scalar.text)") }
            switch scalar.text {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .null
            default:
                guard let number = Int(scalar.text) else { throw NotJSON(why: "bare word \(scalar.text)") }
                return .number(number)
            }
        }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    var object: [String: JSONValue]? { if case .object(let members) = self { members } else { nil } }

    /// Setting nil removes the member.
    subscript(key: String) -> JSONValue? {
        get { object?[key] }
        set {
            guard var members = object else { return }
            members[key] = newValue
            self = .object(members)
        }
    }

    /// An item that must be there.
    subscript(index: Int) -> JSONValue {
        get { array![index] }
        set {
            var items = array!
            items[index] = newValue
            self = .array(items)
        }
    }

    /// Every object in the document, the outer before the inner.
    var allObjects: [JSONValue] {
        switch self {
        case .object(let members): [self] + members.sorted { $0.key < $1.key }.flatMap(\.value.allObjects)
        case .array(let items): items.flatMap(\.allObjects)
        case .string, .number, .bool, .null: []
        }
    }
}
