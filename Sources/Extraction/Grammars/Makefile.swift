import ListenerModel

/// The recipe lines of a makefile with its variables replaced, and nothing else of it: conditionals and `define`
/// are read as if all of their lines counted.
struct Makefile {
    private(set) var recipes: [PlacedText] = []
    private(set) var comments: [Range<Int>] = []

    private enum Value {
        case text(String)
        /// `?=`: the environment wins.
        case `default`(String)
        case expression
    }

    private let text: SourceText
    private var variables: [String: Value] = [:]
    private static let depthLimit = 8
    private var budget = ExpansionBudget()

    init(_ text: SourceText) {
        self.text = text
        var recipeLines: [Range<Int>] = []
        for line in Self.logicalLines(text.bytes) {
            guard let first = text.bytes[line].first else { continue }
            if first == 0x09 {
                recipeLines.append(line)
            } else if TextLines.trimmed(line, in: text.bytes).isEmpty {
                continue
            } else if text.bytes[TextLines.trimmed(line, in: text.bytes).lowerBound] == UInt8(ascii: "#") {
                comments.append(TextLines.trimmed(line, in: text.bytes))
            } else {
                readAssignment(line)
            }
        }
        // Variables are replaced when a recipe runs: later assignments count.
        for line in recipeLines { recipes += recipe(line) }
    }

    /// Lines joined where a backslash ends them.
    private static func logicalLines(_ bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var open: Int?
        for line in TextLines(bytes) {
            let start = open ?? line.lowerBound
            let end = TextLines.trimmed(line, in: bytes).upperBound
            if end > line.lowerBound, bytes[end - 1] == UInt8(ascii: "\\") {
                open = start
            } else {
                lines.append(start..<line.upperBound)
                open = nil
            }
        }
        if let open { lines.append(open..<bytes.count) }
        return lines
    }

    private mutating func readAssignment(_ line: Range<Int>) {
        let bytes = text.bytes[line]
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return }
        var end = equals
        var isDefault = false
        while end > line.lowerBound, [UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "+")].contains(bytes[end - 1])
        {
            isDefault = isDefault || bytes[end - 1] == UInt8(ascii: "?")
            end -= 1
        }
        var name = text.text(TextLines.trimmed(line.lowerBound..<end, in: text.bytes))
        for prefix in ["export ", "override "] where name.hasPrefix(prefix) {
            name = String(name.dropFirst(prefix.count))
        }
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isNameByte || $0 == UInt8(ascii: "-") }) else { return }
        var range = TextLines.trimmed(equals + 1..<line.upperBound, in: text.bytes)
        if let comment = text.bytes[range].firstIndex(of: UInt8(ascii: "#")) {
            range = TextLines.trimmed(range.lowerBound..<comment, in: text.bytes)
        }
        let value = text.text(range)
        if value.contains("$(shell") || value.utf8.contains(0x0a) {
            variables[name] = .expression
        } else {
            variables[name] = isDefault ? .default(value) : .text(value)
        }
    }

    /// The command of a recipe line without make's `@`, `-` and `+`, `$$` read and variables replaced.
    private mutating func recipe(_ line: Range<Int>) -> [PlacedText] {
        var result = PlacedText(text, at: line.lowerBound)
        var position = line.lowerBound
        while position < line.upperBound,
            [0x09, 0x20, UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(text.bytes[position])
        {
            position += 1
        }
        guard position < line.upperBound, text.bytes[position] != UInt8(ascii: "#") else { return [] }
        while position < line.upperBound {
            guard text.bytes[position] == UInt8(ascii: "$"), position + 1 < line.upperBound else {
                result.append(text.bytes[position], at: position)
                position += 1
                continue
            }
            let next = text.bytes[position + 1]
            if next == UInt8(ascii: "$") {
                result.append(next, at: position + 1)
                position += 2
            } else if next == UInt8(ascii: "(") || next == UInt8(ascii: "{") {
                let closing = next == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "}")
                // One that is not closed has the rest of the line.
                let end = text.bytes[(position + 2)..<line.upperBound].firstIndex(of: closing) ?? line.upperBound
                let next = min(end + 1, line.upperBound)
                append(text.text(position + 2..<end), at: position..<next, to: &result)
                position = next
            } else {
                append(text.text(position + 1..<position + 2), at: position..<position + 2, to: &result)
                position += 2
            }
        }
        return [result]
    }

    private mutating func append(_ name: String, at range: Range<Int>, to result: inout PlacedText) {
        let location = text.location(range)
        switch budget.isSpent ? .expression : variables[name] {
        case .text(let value):
            let symbolic = expanded(value, depth: 0, at: location)
            guard budget.allows(symbolic) else {
                return result.append(Unknown(.expression("$(\(name))"), at: location), at: range)
            }
            for part in symbolic.parts {
                switch part {
                case .literal(let literal): result.append(literal, for: range)
                case .unknown(let unknown): result.append(unknown, at: range)
                }
            }
        case .default(let value):
            let symbolic = expanded(value, depth: 0, at: location)
            let fallback = budget.allows(symbolic) ? Unknown.Fallback(symbolic, whenEmpty: false) : nil
            result.append(Unknown(.environment(name), fallback: fallback, at: location), at: range)
        case .expression:
            result.append(Unknown(.expression("$(\(name))"), at: location), at: range)
        case nil:
            let isName = !name.isEmpty && name.utf8.allSatisfy(\.isNameByte)
            result.append(
                Unknown(isName ? .environment(name) : .expression("$(\(name))"), at: location), at: range)
        }
    }

    /// A variable's value with the variables in it.
    private func expanded(_ value: String, depth: Int, at location: Location) -> SymbolicText {
        guard depth < Self.depthLimit, let dollar = value.firstIndex(of: "$") else { return SymbolicText(value) }
        let after = value[value.index(after: dollar)...]
        guard let open = after.first, open == "(" || open == "{",
            let close = after.firstIndex(of: open == "(" ? ")" : "}")
        else { return SymbolicText(Unknown(.expression(value), at: location)) }
        let name = String(after[after.index(after: after.startIndex)..<close])
        let middle: SymbolicText =
            switch variables[name] {
            case .text(let inner): expanded(inner, depth: depth + 1, at: location)
            case .default(let inner):
                SymbolicText(
                    Unknown(
                        .environment(name),
                        fallback: .init(expanded(inner, depth: depth + 1, at: location), whenEmpty: false), at: location
                    ))
            case .expression, nil: SymbolicText(Unknown(.expression("$(\(name))"), at: location))
            }
        let rest = String(after[after.index(after: close)...])
        return SymbolicText(String(value[..<dollar])) + middle + expanded(rest, depth: depth + 1, at: location)
    }
}
