public import ListenerModel

/// Text with variables as docker compose writes them: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:?e}`, `${V?e}`,
/// `${V:+x}`, `${V+x}`, nested in the argument, `$$` for a dollar sign (compose-go `template/template.go`).
public struct Interpolation: Hashable, Sendable {
    public enum Operator: String, Hashable, Sendable, CaseIterable {
        case defaultIfEmpty = ":-"
        case defaultIfUnset = "-"
        case requiredNonEmpty = ":?"
        case requiredSet = "?"
        case alternativeIfNonEmpty = ":+"
        case alternativeIfSet = "+"
    }

    public indirect enum Segment: Hashable, Sendable {
        case literal(SymbolicText)
        case variable(String)
        case applied(String, Operator, argument: [Segment])
    }

    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// `${}`, `${1}`, `${V:=x}`, an unclosed brace; the text from the dollar sign on.
        case invalidFormat(String)
        case required(variable: String, message: String)

        public var description: String {
            switch self {
            case .invalidFormat(let text): "invalid interpolation format: \(text)"
            case .required(let variable, let message): "required variable \(variable) is missing a value: \(message)"
            }
        }
    }

    public var segments: [Segment]

    /// Parts of `text` that are unknown already stay so.
    public init(_ text: SymbolicText) throws(Failure) {
        if let known = text.known, !known.utf8.contains(UInt8(ascii: "$")) {
            segments = known.isEmpty ? [] : [.literal(text)]
            return
        }
        var parser = Parser(bytes: Array(text.marked.utf8), unknowns: text.unknowns[...])
        segments = try parser.parse(upTo: parser.bytes.count, depth: 0)
    }

    public var hasVariables: Bool {
        segments.contains { if case .literal = $0 { false } else { true } }
    }

    private struct Parser {
        let bytes: [UInt8]
        var unknowns: ArraySlice<Unknown>
        var position = 0
        /// Deeper nesting is refused; nobody writes ten levels.
        static let maximumDepth = 50

        init(bytes: [UInt8], unknowns: ArraySlice<Unknown>) {
            self.bytes = bytes
            self.unknowns = unknowns
        }

        mutating func parse(upTo end: Int, depth: Int) throws(Failure) -> [Segment] {
            var segments: [Segment] = []
            var literal: [UInt8] = []
            func flush(_ segments: inout [Segment], _ unknowns: inout ArraySlice<Unknown>) {
                if !literal.isEmpty { segments.append(.literal(Self.symbolic(literal, &unknowns))) }
                literal = []
            }
            while position < end {
                let byte = bytes[position]
                guard byte == UInt8(ascii: "$"), position + 1 < end else {
                    literal.append(byte)
                    position += 1
                    continue
                }
                let next = bytes[position + 1]
                if next == UInt8(ascii: "$") {
                    literal.append(byte)
                    position += 2
                } else if Self.startsName(next) {
                    flush(&segments, &unknowns)
                    position += 1
                    segments.append(.variable(name(upTo: end)))
                } else if next == UInt8(ascii: "{") {
                    flush(&segments, &unknowns)
                    segments.append(try braced(upTo: end, depth: depth))
                } else {
                    literal.append(byte)
                    position += 1
                }
            }
            flush(&segments, &unknowns)
            return segments
        }

        private static func symbolic(_ bytes: [UInt8], _ unknowns: inout ArraySlice<Unknown>) -> SymbolicText {
            var result = SymbolicText()
            for (index, piece) in String(decoding: bytes, as: UTF8.self)
                .split(separator: SymbolicText.mark, omittingEmptySubsequences: false).enumerated()
            {
                if index > 0, let unknown = unknowns.popFirst() { result.append(.unknown(unknown)) }
                result.append(.literal(String(piece)))
            }
            return result
        }

        private mutating func braced(upTo end: Int, depth: Int) throws(Failure) -> Segment {
            let start = position
            func failure() -> Failure { .invalidFormat(String(decoding: bytes[start..<end], as: UTF8.self)) }
            guard depth < Self.maximumDepth, let close = closingBrace(from: start, upTo: end) else { throw failure() }
            position = start + 2
            guard position < close, Self.startsName(bytes[position]) else { throw failure() }
            let name = name(upTo: close)
            if position == close {
                position = close + 1
                return .variable(name)
            }
            guard let applied = takeOperator(upTo: close), !bytes[position..<close].contains(0x0a) else {
                throw failure()
            }
            let argument = try parse(upTo: close, depth: depth + 1)
            position = close + 1
            return .applied(name, applied, argument: argument)
        }

        /// The brace that closes the first one: every `{` opens, whatever stands before it, and the byte after it
        /// is not looked at. Where none does, the last one of the line.
        private func closingBrace(from start: Int, upTo end: Int) -> Int? {
            var open = 0
            var last: Int?
            var index = start
            while index < end {
                switch bytes[index] {
                case UInt8(ascii: "}"):
                    last = index
                    open -= 1
                    if open == 0 { return index }
                case UInt8(ascii: "{"):
                    open += 1
                    index += 1
                case 0x0a: return last
                default: break
                }
                index += 1
            }
            return last
        }

        private mutating func takeOperator(upTo end: Int) -> Operator? {
            for length in [2, 1] where position + length <= end {
                let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
                if let found = Operator(rawValue: text) {
                    position += length
                    return found
                }
            }
            return nil
        }

        private mutating func name(upTo end: Int) -> String {
            let start = position
            while position < end, Self.continuesName(bytes[position]) { position += 1 }
            return String(decoding: bytes[start..<position], as: UTF8.self)
        }

        private static func startsName(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: false
            }
        }

        private static func continuesName(_ byte: UInt8) -> Bool {
            startsName(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
