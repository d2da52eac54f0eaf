internal import Extraction
internal import ListenerModel

/// `$NAME` and `${NAME}` in words: the environment's in a template that envsubst(1) expands, plain text to nginx
/// where bindlint looks.
enum NginxVariables {
    static func expanded(
        _ word: NginxWord, in source: NginxFiles.Source, _ environment: (String) -> EnvironmentValue
    ) -> SymbolicText.Resolution {
        guard source.isExpanded else { return word.text.resolved { _ in .unknown } }
        return symbolic(word.text, at: source.text.location(word.range)).resolved { name in
            let value = environment(name)
            // A variable that is unset stays as it is written: the image's script replaces none but those it has.
            return value == .unset ? .value(SymbolicText("${\(name)}"), at: nil) : value
        }
    }

    /// The text with its variables as unknown parts.
    static func symbolic(_ text: SymbolicText, at location: Location) -> SymbolicText {
        var result = SymbolicText()
        for part in text.parts {
            guard case .literal(let literal) = part, literal.utf8.contains(UInt8(ascii: "$")) else {
                result.append(part)
                continue
            }
            for piece in pieces(of: literal) {
                let unknown = piece.name.map { Unknown(.environment($0), at: location) }
                result.append(unknown.map { .unknown($0) } ?? .literal(piece.text))
            }
        }
        return result
    }

    static func names(in text: SymbolicText) -> Bool {
        text.parts.contains { part in
            if case .literal(let literal) = part { pieces(of: literal).contains { $0.name != nil } } else { false }
        }
    }

    private static func pieces(of literal: String) -> [(text: String, name: String?)] {
        let bytes = Array(literal.utf8)
        var pieces: [(text: String, name: String?)] = []
        var plain = 0
        var index = 0
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
                index += 1
                continue
            }
            let braced = bytes[index + 1] == UInt8(ascii: "{")
            let start = index + (braced ? 2 : 1)
            var end = start
            while end < bytes.count, isNameByte(bytes[end], first: end == start) { end += 1 }
            let closed = !braced || (end < bytes.count && bytes[end] == UInt8(ascii: "}"))
            guard end > start, closed else {
                index += 1
                continue
            }
            if plain < index { pieces.append((text(plain..<index), nil)) }
            let next = braced ? end + 1 : end
            pieces.append((text(index..<next), text(start..<end)))
            plain = next
            index = next
        }
        if plain < bytes.count { pieces.append((text(plain..<bytes.count), nil)) }
        return pieces
    }

    private static func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !first
        default: false
        }
    }
}
