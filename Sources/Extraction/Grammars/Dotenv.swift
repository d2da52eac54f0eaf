/// An env file as docker compose reads `.env` and `env_file` (compose-go `dotenv/parser.go`): `KEY=value`,
/// `KEY: value`, `export KEY=value`, quotes that may span lines, ` #` comments, a bare `KEY` that is inherited.
public struct Dotenv: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            /// A bare name: from the environment of whoever reads the file.
            case inherited
            /// In single quotes: taken as it is.
            case literal(String)
            /// Variables are replaced (`Interpolation`).
            case template(String)
        }

        public var key: String
        public var keyRange: Range<Int>
        public var value: Value
        /// With its quotes; empty at the end of the key where nothing is written.
        public var valueRange: Range<Int>
    }

    public enum Format: Hashable, Sendable {
        case interpolated
        /// Every line is taken as it stands: no quotes, escapes or variables (`format: raw`, `docker run --env-file`).
        case raw
    }

    /// Why compose refuses the whole file.
    public struct Problem: Hashable, Sendable {
        public var message: String
        public var range: Range<Int>
    }

    /// In file order; of several with one key the last counts.
    public private(set) var entries: [Entry] = []
    public private(set) var problems: [Problem] = []
    /// Comments on lines of their own, from `#` to the end of the line.
    public private(set) var comments: [Range<Int>] = []

    public init(_ bytes: [UInt8], format: Format = .interpolated) {
        switch format {
        case .interpolated: readInterpolated(bytes)
        case .raw: readRaw(bytes)
        }
    }

    private mutating func readRaw(_ bytes: [UInt8]) {
        var start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        for line in bytes[start...].split(separator: 0x0a, omittingEmptySubsequences: false) {
            defer { start = line.endIndex + 1 }
            let content = line.last == 0x0d ? line.dropLast() : line
            guard let first = content.first(where: { $0 != 0x20 && $0 != 0x09 }) else { continue }
            if first == UInt8(ascii: "#") {
                comments.append(content.startIndex..<content.endIndex)
                continue
            }
            let sign = content.firstIndex(of: UInt8(ascii: "="))
            let key = content[..<(sign ?? content.endIndex)].drop { $0 == 0x20 || $0 == 0x09 }
            let keyRange = key.startIndex..<key.endIndex
            if key.isEmpty || key.contains(where: { $0 == 0x20 || $0 == 0x09 }) {
                problems.append(Problem(message: "a name cannot be empty or contain white space", range: keyRange))
                continue
            }
            let valueRange = sign.map { $0 + 1..<content.endIndex } ?? keyRange.upperBound..<keyRange.upperBound
            entries.append(
                Entry(
                    key: String(decoding: key, as: UTF8.self), keyRange: keyRange,
                    value: sign == nil ? .inherited : .literal(String(decoding: bytes[valueRange], as: UTF8.self)),
                    valueRange: valueRange))
        }
    }

    private mutating func readInterpolated(_ bytes: [UInt8]) {
        var scanner = Scanner(bytes: bytes)
        while let start = scanner.nextStatement(&comments) {
            do throws(Problem) {
                if let entry = try scanner.entry(from: start) { entries.append(entry) }
            } catch {
                problems.append(error)
                scanner.skipLine(from: start)
            }
        }
    }
}

extension Dotenv.Problem: Error {}

private struct Scanner {
    let bytes: [UInt8]
    var position: Int

    init(bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    }

    /// The length of the white space character at `index`, 0 if there is none; a line break is not one.
    private func spaceLength(at index: Int) -> Int {
        switch bytes[index] {
        case 0x20, 0x09, 0x0b, 0x0c, 0x0d: 1
        // U+0085 and U+00A0
        case 0xc2 where index + 1 < bytes.count && (bytes[index + 1] == 0x85 || bytes[index + 1] == 0xa0): 2
        default: 0
        }
    }

    private mutating func skipSpaces(lineBreaks: Bool) {
        while position < bytes.count {
            if lineBreaks && bytes[position] == 0x0a {
                position += 1
                continue
            }
            let length = spaceLength(at: position)
            if length == 0 { return }
            position += length
        }
    }

    private func lineEnd(from index: Int) -> Int { bytes[index...].firstIndex(of: 0x0a) ?? bytes.count }

    /// The end of `range` without white space behind it.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound {
            if bytes[end - 1] != 0x0a && spaceLength(at: end - 1) == 1 {
                end -= 1
            } else if end - 2 >= range.lowerBound && spaceLength(at: end - 2) == 2 {
                end -= 2
            } else {
                break
            }
        }
        return range.lowerBound..<end
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    mutating func skipLine(from start: Int) { position = lineEnd(from: start) }

    mutating func nextStatement(_ comments: inout [Range<Int>]) -> Int? {
        while true {
            skipSpaces(lineBreaks: true)
            guard position < bytes.count else { return nil }
            guard bytes[position] == UInt8(ascii: "#") else { return position }
            let end = lineEnd(from: position)
            comments.append(trimmed(position..<end))
            position = end
        }
    }

    /// nil for a bare name on a last line without a line break: compose drops it.
    mutating func entry(from start: Int) throws(Dotenv.Problem) -> Dotenv.Entry? {
        skipExport()
        let keyStart = position
        var end: Int?
        while position < bytes.count, end == nil {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "="), UInt8(ascii: ":"), 0x0a:
                end = position
            case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "]"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
                position += 1
            default:
                let length = spaceLength(at: position)
                if length == 0 {
                    throw Dotenv.Problem(
                        message: "unexpected character \"\(Character(Unicode.Scalar(byte)))\" in a variable name",
                        range: position..<position + 1)
                }
                position += length
            }
        }
        guard let end else { return nil }
        let keyRange = trimmed(keyStart..<end)
        if bytes[keyRange].contains(0x20) {
            throw Dotenv.Problem(message: "key cannot contain a space", range: keyRange)
        }
        let key = text(keyRange)
        position = end + 1
        if bytes[end] == 0x0a {
            return .init(
                key: key, keyRange: keyRange, value: .inherited,
                valueRange: keyRange.upperBound..<keyRange.upperBound)
        }
        skipSpaces(lineBreaks: false)
        let (value, valueRange) = try value()
        return .init(key: key, keyRange: keyRange, value: value, valueRange: valueRange)
    }

    private mutating func skipExport() {
        let word = Array("export".utf8)
        guard bytes[position...].starts(with: word), position + word.count < bytes.count,
            spaceLength(at: position + word.count) > 0
        else { return }
        position += word.count
        skipSpaces(lineBreaks: false)
    }

    private mutating func value() throws(Dotenv.Problem) -> (Dotenv.Entry.Value, Range<Int>) {
        guard position < bytes.count else { return (.template(""), position..<position) }
        let quote = bytes[position]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") { return try quoted(by: quote) }
        let end = lineEnd(from: position)
        var valueEnd = position
        while valueEnd < end,
            !(bytes[valueEnd] == 0x20 && valueEnd + 1 < end && bytes[valueEnd + 1] == UInt8(ascii: "#"))
        { valueEnd += 1 }
        let range = trimmed(position..<valueEnd)
        position = end
        return (.template(text(range)), range)
    }

    private mutating func quoted(by quote: UInt8) throws(Dotenv.Problem) -> (Dotenv.Entry.Value, Range<Int>) {
        let start = position
        var content: [UInt8] = []
        var index = start + 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote {
                position = index + 1
                if quote == UInt8(ascii: "'") {
                    return (.literal(String(decoding: content, as: UTF8.self)), start..<position)
                }
                return (.template(DotenvEscapes.expanded(content)), start..<position)
            }
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                // A backslash hides the quote from the end; it goes only where a quote follows.
                if bytes[index + 1] != quote { content.append(byte) }
                content.append(bytes[index + 1])
                index += 2
            } else {
                content.append(byte)
                index += 1
            }
        }
        let end = lineEnd(from: start)
        throw Dotenv.Problem(message: "unterminated quoted value", range: start..<end)
    }
}
