/// A YAML 1.1 document as libyaml read it, with the place of every node. Scalars stay text: what `22:22` or `010`
/// means is for the reader of the document to say.
public struct YAMLNode: Sendable, Hashable {
    public indirect enum Content: Sendable, Hashable {
        case scalar(Scalar)
        case sequence([YAMLNode])
        /// In the order written; duplicate keys are kept.
        case mapping([Entry])
        /// `*name`, left as it is; `YAMLNode.expandingAliases` puts the anchored node in its place.
        case alias(String)
    }

    public struct Scalar: Sendable, Hashable {
        public enum Style: Sendable, Hashable { case plain, singleQuoted, doubleQuoted, literal, folded }
        public var text: String
        public var style: Style
    }

    public struct Entry: Sendable, Hashable {
        public var key: YAMLNode
        public var value: YAMLNode
    }

    public var content: Content
    /// The tag as written, resolved by `%TAG`: `!reset`, `tag:yaml.org,2002:str`; nil if none.
    public var tag: String?
    public var anchor: String?
    /// Byte range of the node in the file, from its first to after its last character, without tag and anchor.
    /// For a quoted scalar the quotes are inside.
    public var range: Range<Int>

    public init(_ content: Content, tag: String? = nil, anchor: String? = nil, range: Range<Int>) {
        self.content = content
        self.tag = tag
        self.anchor = anchor
        self.range = range
    }
}

extension YAMLNode {
    public var scalar: Scalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    public var sequence: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
    public var mapping: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

    /// A scalar's text; nil for anything else and for a plain empty scalar or `null`, `~` (YAML 1.2 core schema).
    public var string: String? { isNull ? nil : scalar?.text }

    public var isNull: Bool {
        guard let scalar, scalar.style == .plain, tag == nil else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
    }

    /// The boolean that a plain scalar is (YAML 1.2 core schema: `yes` and `on` are text).
    public var bool: Bool? {
        guard let scalar, scalar.style == .plain else { return nil }
        switch scalar.text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: return nil
        }
    }

    /// The value of the first entry with this key in a mapping.
    public subscript(key: String) -> YAMLNode? { entry(key)?.value }

    public func entry(_ key: String) -> Entry? {
        mapping?.first { $0.key.scalar?.text == key }
    }
}

public struct YAMLError: Error, Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case syntax
        /// Deeper or larger than `YAMLLimits`.
        case limit
        case undefinedAlias
        /// Bytes that are not the encoding they claim to be.
        case encoding
    }
    public var kind: Kind
    /// libyaml's words for what is wrong, or ours.
    public var problem: String
    public var range: Range<Int>
}

/// The documents of a stream up to the first error, and that error.
public struct YAMLStream: Sendable {
    public var documents: [YAMLNode]
    public var error: YAMLError?
    /// `#` comments in order, from the mark to the end of the line.
    public var comments: [Range<Int>]
}
