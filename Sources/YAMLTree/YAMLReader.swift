private import CLibYAML

/// What a document may hold at most; beyond it reading ends with an error instead of taking seconds or the stack.
public struct YAMLLimits: Sendable {
    public var depth: Int
    public var nodes: Int

    public init(depth: Int = 200, nodes: Int = 2_000_000) {
        self.depth = depth
        self.nodes = nodes
    }
}

extension YAMLStream {
    /// Reads every document of a YAML or JSON file. Built from libyaml's events with a stack of our own: its tree
    /// builder recurses, and what stands before an error would be lost.
    public init(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) {
        var builder = TreeBuilder(bytes: bytes, limits: limits)
        builder.run()
        documents = builder.documents
        error = builder.error
        comments = YAMLComments.find(in: bytes, scalars: builder.scalarRanges)
    }
}

private struct TreeBuilder {
    let bytes: [UInt8]
    let limits: YAMLLimits
    var documents: [YAMLNode] = []
    var error: YAMLError?
    /// Ranges of scalars in order: a `#` inside one starts no comment.
    var scalarRanges: [Range<Int>] = []

    private struct OpenNode {
        var isMapping: Bool
        var tag: String?
        var anchor: String?
        var start: Int
        var children: [YAMLNode] = []
    }
    private var open: [OpenNode] = []
    private var root: YAMLNode?
    private var count = 0
    private var offsets: ByteOffsets

    init(bytes: [UInt8], limits: YAMLLimits) {
        self.bytes = bytes
        self.limits = limits
        offsets = ByteOffsets(bytes)
    }

    mutating func run() {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            error = YAMLError(kind: .limit, problem: "out of memory", range: 0..<0)
            return
        }
        defer { yaml_parser_delete(&parser) }
        bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            while error == nil {
                var event = yaml_event_t()
                guard yaml_parser_parse(&parser, &event) == 1 else {
                    error = syntaxError(of: parser)
                    return
                }
                defer { yaml_event_delete(&event) }
                if event.type == YAML_STREAM_END_EVENT { return }
                take(event)
            }
        }
        if error != nil { closeEverything() }
    }

    private mutating func take(_ event: yaml_event_t) {
        let start = offsets.byte(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            root = nil
        case YAML_DOCUMENT_END_EVENT:
            if let root { documents.append(root) }
            root = nil
        case YAML_ALIAS_EVENT:
            add(
                YAMLNode(
                    .alias(Self.string(event.data.alias.anchor) ?? ""), range: start..<offsets.byte(event.end_mark)))
        case YAML_SCALAR_EVENT:
            addScalar(event.data.scalar, start: start, end: offsets.byte(event.end_mark))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            push(OpenNode(isMapping: false, tag: Self.string(data.tag), anchor: Self.string(data.anchor), start: start))
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            push(OpenNode(isMapping: true, tag: Self.string(data.tag), anchor: Self.string(data.anchor), start: start))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            let isFlow = offsets.byte(event.end_mark) > start
            close(end: isFlow ? offsets.byte(event.end_mark) : nil)
        default:
            break
        }
    }

    private mutating func addScalar(
        _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, start: Int, end: Int
    ) {
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let style: YAMLNode.Scalar.Style =
            switch data.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        let tag = Self.string(data.tag)
        let anchor = Self.string(data.anchor)
        let from = tag == nil && anchor == nil ? start : skipProperties(from: start, to: end)
        scalarRanges.append(from..<max(from, end))
        add(YAMLNode(.scalar(.init(text: text, style: style)), tag: tag, anchor: anchor, range: from..<max(from, end)))
    }

    /// libyaml starts a node at its tag or anchor; the text begins behind them.
    private func skipProperties(from start: Int, to end: Int) -> Int {
        var position = start
        while position < end, bytes[position] == UInt8(ascii: "!") || bytes[position] == UInt8(ascii: "&") {
            while position < end, bytes[position] > 0x20 { position += 1 }
            while position < end, bytes[position] <= 0x20 { position += 1 }
        }
        return position
    }

    private mutating func push(_ node: OpenNode) {
        if open.count >= limits.depth {
            error = YAMLError(
                kind: .limit, problem: "more than \(limits.depth) levels of nesting", range: node.start..<node.start + 1
            )
            return
        }
        open.append(node)
    }

    private mutating func close(end: Int?) {
        guard let node = open.popLast() else { return }
        let start =
            node.tag == nil && node.anchor == nil ? node.start : skipProperties(from: node.start, to: bytes.count)
        let last = end ?? node.children.last?.range.upperBound ?? start
        let content: YAMLNode.Content
        if node.isMapping {
            content = .mapping(
                stride(from: 0, to: node.children.count - 1, by: 2).map {
                    .init(key: node.children[$0], value: node.children[$0 + 1])
                })
        } else {
            content = .sequence(node.children)
        }
        add(YAMLNode(content, tag: node.tag, anchor: node.anchor, range: start..<max(start, last)))
    }

    private mutating func add(_ node: YAMLNode) {
        count += 1
        if count > limits.nodes {
            error = YAMLError(kind: .limit, problem: "more than \(limits.nodes) values", range: node.range)
            return
        }
        if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
    }

    /// After an error: what was read before it is still good.
    private mutating func closeEverything() {
        while !open.isEmpty { close(end: nil) }
        if let root { documents.append(root) }
        root = nil
    }

    private mutating func syntaxError(of parser: yaml_parser_t) -> YAMLError {
        let problem = parser.problem.map { String(cString: $0) } ?? "not YAML"
        if parser.error == YAML_READER_ERROR {
            // The reader has no mark, only a byte offset.
            let at = min(Int(parser.problem_offset), bytes.count)
            return YAMLError(kind: .encoding, problem: problem, range: at..<min(at + 1, bytes.count))
        }
        let at = offsets.byte(parser.problem_mark)
        return YAMLError(
            kind: problem.contains("undefined alias") ? .undefinedAlias : .syntax, problem: problem,
            range: at..<min(at + 1, bytes.count))
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }
}

/// libyaml's marks count code points; ours are bytes. Marks mostly ascend, so a cursor beats a table.
private struct ByteOffsets {
    private let bytes: [UInt8]
    private let isASCII: Bool
    private var cursor: (codePoint: Int, byte: Int)
    private let origin: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        // The reader takes a byte order mark away without counting it.
        origin = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        cursor = (0, origin)
    }

    mutating func byte(_ mark: yaml_mark_t) -> Int {
        let index = Int(mark.index)
        if isASCII { return min(index, bytes.count) }
        if index < cursor.codePoint { cursor = (0, origin) }
        while cursor.codePoint < index && cursor.byte < bytes.count {
            cursor.byte += 1
            while cursor.byte < bytes.count && bytes[cursor.byte] & 0xc0 == 0x80 { cursor.byte += 1 }
            cursor.codePoint += 1
        }
        return cursor.byte
    }
}
