import Extraction
import ListenerModel
import YAMLTree

/// Turns a document into values: interpolates scalars and collects what `!reset` and `!override` take away.
struct ComposeReader {
    let origin: ComposeValue.Origin
    let variables: (String) -> EnvironmentValue
    private var budget = ExpansionBudget()
    /// Paths of keys whose values in earlier files are dropped.
    private(set) var cleared: [[String]] = []
    private(set) var refusal: ComposeFile.Refusal?

    init(origin: ComposeValue.Origin, variables: @escaping (String) -> EnvironmentValue) {
        self.origin = origin
        self.variables = variables
    }

    mutating func read(_ document: YAMLNode) -> ComposeValue { read(document, at: []) }

    private mutating func read(_ node: YAMLNode, at path: [String]) -> ComposeValue {
        var value = ComposeValue(content: .null, range: node.range, origin: origin)
        if node.tag == "!reset" || node.tag == "!override" { cleared.append(path) }
        value.isReset = node.tag == "!reset"
        switch node.content {
        case .alias: break
        case .scalar(let scalar):
            if !node.isNull { value.content = .scalar(read(scalar, tag: node.tag, at: node.range)) }
        case .sequence(let items):
            var values: [ComposeValue] = []
            for item in items {
                let value = read(item, at: path + [""])
                if !value.isReset { values.append(value) }
            }
            value.content = .sequence(values)
        case .mapping(let entries):
            if let placeholder = node.templatePlaceholder {
                value.content = .scalar(ComposeScalar(value: .init(text: SymbolicText(placeholder))))
                break
            }
            var mapping = ComposeMapping()
            for entry in entries {
                guard let key = entry.key.scalar?.text else { continue }
                mapping.set(
                    .init(
                        key: key, keyLocation: origin.text.location(entry.key.range),
                        value: read(entry.value, at: path + [key])))
            }
            value.content = .mapping(mapping)
        }
        return value
    }

    private mutating func read(_ scalar: YAMLNode.Scalar, tag: String?, at range: Range<Int>) -> ComposeScalar {
        let text = TemplatePlaceholders.symbolic(scalar.text)
        var result = ComposeScalar(value: .init(text: text))
        if scalar.style == .plain && tag == nil {
            result.integer = YAMLNumber.integer(scalar.text)
            result.isOtherType = result.integer == nil && YAMLNumber.isBooleanOrFloat(scalar.text)
        }
        guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return result }
        let location = origin.text.location(range)
        if budget.isSpent {
            result.value.text = SymbolicText(Unknown(.expression("variables"), at: location))
            return result
        }
        do throws(Interpolation.Failure) {
            let interpolation = try Interpolation(text)
            result.value = try interpolation.evaluated(at: location, variables)
            guard budget.allows(result.value.text) else {
                if refusal == nil { refusal = .init(ExpansionBudget.problem, at: location) }
                result.value.text = SymbolicText(Unknown(.expression("variables"), at: location))
                return result
            }
            if interpolation.hasVariables {
                let variables = variables
                result.whenUnset = try? interpolation.evaluated(at: location) { name in
                    variables(name) == .unknown ? .unset : variables(name)
                }.text
                result.whenSet = try? interpolation.evaluated(at: location) { name in
                    .value(SymbolicText(Unknown(.environment(name))), at: nil)
                }.text
            }
        } catch {
            if refusal == nil { refusal = .init(error.description, at: location) }
            result.value.text = SymbolicText(Unknown(.expression(scalar.text), at: location))
        }
        return result
    }
}

extension YAMLNode {
    /// An unquoted `{{ name }}` is YAML too: a mapping whose only key is a mapping whose only key is `name`.
    fileprivate var templatePlaceholder: Unknown? {
        guard let outer = mapping, outer.count == 1, let inner = outer[0].key.mapping, inner.count == 1 else {
            return nil
        }
        return Unknown(.template(inner[0].key.scalar?.text ?? ""))
    }
}

/// Plain scalars as compose's YAML reader types them.
enum YAMLNumber {
    /// Decimal, `0x`, `0o`, `0b`, a leading zero for octal, underscores between digits. Never base 60.
    static func integer(_ text: String) -> Int? {
        guard text.utf8.first != UInt8(ascii: "_") else { return nil }
        var digits = text.filter { $0 != "_" }[...]
        let isNegative = digits.first == "-"
        if isNegative || digits.first == "+" { digits = digits.dropFirst() }
        var radix = 10
        for (prefix, value) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            radix = value
            digits = digits.dropFirst(2)
        }
        if radix == 10, digits.count > 1, digits.first == "0" { radix = 8 }
        guard digits.utf8.first.map({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }) == true,
            let magnitude = Int(digits, radix: radix)
        else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    static func isBooleanOrFloat(_ text: String) -> Bool {
        if ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text) { return true }
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || first == 0x2e,
            text.utf8.allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || [0x2e, UInt8(ascii: "e"), UInt8(ascii: "E"), 0x2b, 0x2d].contains(byte)
            })
        else { return false }
        return Double(text) != nil
    }
}
