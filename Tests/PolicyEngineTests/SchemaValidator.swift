import YAMLTree

/// As much of JSON Schema draft-07 as the policy's schema uses, over YAML as an editor reads it (core schema).
struct SchemaValidator {
    let root: YAMLNode

    init(_ json: String) { root = YAMLStream(Array(json.utf8)).documents[0] }

    func accepts(_ instance: YAMLNode) -> Bool { accepts(instance, root) }

    private func accepts(_ node: YAMLNode, _ schema: YAMLNode) -> Bool {
        for entry in schema.mapping ?? [] where !holds(entry.key.scalar!.text, entry.value, node, schema) {
            return false
        }
        return true
    }

    private func holds(_ keyword: String, _ value: YAMLNode, _ node: YAMLNode, _ schema: YAMLNode) -> Bool {
        switch keyword {
        case "$schema", "title", "description", "definitions": return true
        case "$ref":
            let name = String(value.scalar!.text.split(separator: "/").last!)
            return accepts(node, root["definitions"]![name]!)
        case "type":
            let types = kinds(node)
            return (value.sequence ?? [value]).contains { types.contains($0.scalar!.text) }
        case "enum": return value.sequence!.contains { isEqual($0, node) }
        case "minLength": return node.scalar.map { $0.text.count >= Int(value.scalar!.text)! } ?? true
        case "minimum": return number(node).map { $0 >= Double(value.scalar!.text)! } ?? true
        case "maximum": return number(node).map { $0 <= Double(value.scalar!.text)! } ?? true
        case "pattern":
            guard kinds(node) == ["string"], let text = node.scalar?.text else { return true }
            return (try? Regex(value.scalar!.text).firstMatch(in: text)) != nil
        case "anyOf": return value.sequence!.contains { accepts(node, $0) }
        case "allOf": return value.sequence!.allSatisfy { accepts(node, $0) }
        case "not": return !accepts(node, value)
        case "required": return node.mapping == nil || value.sequence!.allSatisfy { node[$0.scalar!.text] != nil }
        case "dependencies":
            return value.mapping!.allSatisfy { entry in
                node[entry.key.scalar!.text] == nil || entry.value.sequence!.allSatisfy { node[$0.scalar!.text] != nil }
            }
        case "properties":
            return (node.mapping ?? []).allSatisfy { entry in
                value[entry.key.scalar?.text ?? ""].map { accepts(entry.value, $0) } ?? true
            }
        case "additionalProperties":
            let known = schema["properties"]
            return (node.mapping ?? []).allSatisfy { entry in
                if known?[entry.key.scalar?.text ?? ""] != nil { return true }
                return value.bool ?? accepts(entry.value, value)
            }
        case "propertyNames": return (node.mapping ?? []).allSatisfy { accepts($0.key, value) }
        case "minProperties": return node.mapping.map { $0.count >= Int(value.scalar!.text)! } ?? true
        case "items": return node.sequence?.allSatisfy { accepts($0, value) } ?? true
        case "minItems": return node.sequence.map { $0.count >= Int(value.scalar!.text)! } ?? true
        default: fatalError("the schema uses \(keyword)")
        }
    }

    private func kinds(_ node: YAMLNode) -> Set<String> {
        if node.mapping != nil { return ["object"] }
        if node.sequence != nil { return ["array"] }
        if node.isNull { return ["null"] }
        if node.bool != nil { return ["boolean"] }
        guard let scalar = node.scalar, scalar.style == .plain else { return ["string"] }
        if Int(scalar.text) != nil { return ["integer", "number"] }
        return Double(scalar.text) != nil && scalar.text.utf8.allSatisfy { $0 < 0x3a } ? ["number"] : ["string"]
    }

    private func number(_ node: YAMLNode) -> Double? {
        kinds(node).contains("number") ? Double(node.scalar!.text) : nil
    }

    private func isEqual(_ value: YAMLNode, _ node: YAMLNode) -> Bool {
        if let bool = value.bool { return node.bool == bool }
        return kinds(node) == ["string"] && node.scalar?.text == value.scalar?.text
    }
}
