/// The language as JSON Schema draft-07, for editors. Made from the tables that the parser checks documents with.
/// What it cannot say (that a set exists, that a range ascends) only the parser refuses.
public enum PolicySchema {
    public static var json: String {
        let definitions = ObjectName.allCases.filter { $0 != .policy }.map { ($0.rawValue, schema(of: $0)) }
        guard case .object(let policy) = schema(of: .policy) else { return "" }
        let head: [(String, JSONText)] = [
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("bindlint policy")),
        ]
        return JSONText.object(head + policy + [("definitions", .object(definitions))]).indented() + "\n"
    }

    private static func schema(of name: ObjectName) -> JSONText {
        let keys = name.keys
        var fields: [(String, JSONText)] = [
            ("type", .string("object")),
            ("additionalProperties", .bool(false)),
            (
                "properties",
                .object(keys.map { key in (key.name, described(schema(of: key.shape), key.explanation)) })
            ),
        ]
        let required = keys.filter(\.required).map(\.name)
        if !required.isEmpty { fields.append(("required", .strings(required))) }
        var conditions: [JSONText] = []
        for rule in name.keyRules {
            switch rule {
            case .notEmpty: fields.append(("minProperties", .number(1)))
            case .atLeastOne(let names):
                conditions.append(.object([("anyOf", .array(names.map { .object([("required", .strings([$0]))]) }))]))
            case .atMostOne(let names):
                for (index, first) in names.enumerated() {
                    for second in names[(index + 1)...] {
                        conditions.append(.object([("not", .object([("required", .strings([first, second]))]))]))
                    }
                }
            case .needs(let name, let other):
                fields.append(("dependencies", .object([(name, .strings([other]))])))
            }
        }
        if !conditions.isEmpty { fields.append(("allOf", .array(conditions))) }
        return .object(fields)
    }

    private static func described(_ schema: JSONText, _ text: String) -> JSONText {
        guard case .object(let fields) = schema, !fields.contains(where: { $0.0 == "$ref" }) else {
            // Beside `$ref` draft-07 ignores everything.
            return .object([("description", .string(text)), ("allOf", .array([schema]))])
        }
        return .object([("description", .string(text))] + fields)
    }

    private static func schema(of shape: Shape) -> JSONText {
        switch shape {
        case .scalar(let grammar): return schema(of: grammar)
        case .oneOrMore(let element):
            return .object([("anyOf", .array([schema(of: element), list(element, filled: true)]))])
        case .list(let element): return list(element, filled: false)
        case .filledList(let element): return list(element, filled: true)
        case .dictionary(let key, let value):
            return .object([
                ("type", .string("object")), ("propertyNames", schema(of: key)),
                ("additionalProperties", schema(of: value)),
            ])
        case .object(let name): return .object([("$ref", .string("#/definitions/\(name.rawValue)"))])
        }
    }

    private static func list(_ element: Shape, filled: Bool) -> JSONText {
        var fields: [(String, JSONText)] = [("type", .string("array")), ("items", schema(of: element))]
        if filled { fields.append(("minItems", .number(1))) }
        return .object(fields)
    }

    private static func schema(of grammar: ScalarGrammar) -> JSONText {
        func text(_ pattern: String) -> JSONText {
            .object([("type", .string("string")), ("pattern", .string("^(\(pattern))$"))])
        }
        switch grammar {
        case .words(let words):
            return .object([
                (
                    "enum",
                    .array(words.map { $0 == "true" ? .bool(true) : $0 == "false" ? .bool(false) : .string($0) })
                )
            ])
        case .text, .glob:
            return .object([("type", .strings(["string", "number", "boolean"])), ("minLength", .number(1))])
        case .name: return text(name)
        case .number(let range):
            return .object([
                ("type", .string("integer")), ("minimum", .number(range.lowerBound)),
                ("maximum", .number(range.upperBound)),
            ])
        case .severity:
            return .object([
                (
                    "anyOf",
                    .array([
                        .object([("type", .string("number")), ("minimum", .number(0)), ("maximum", .number(10))]),
                        text(#"[0-9](\.[0-9]+)?|10(\.0+)?"#),
                    ])
                )
            ])
        case .weakness: return text("CWE-[1-9][0-9]*")
        case .date: return text("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
        case .port:
            return .object([
                (
                    "anyOf",
                    .array([
                        .object([("type", .string("integer")), ("minimum", .number(1)), ("maximum", .number(65_535))]),
                        text("\(port)(-(\(port)))?|\(name)"),
                    ])
                )
            ])
        case .address:
            let ipv4 = #"(\#(octet)\.){3}\#(octet)"#
            // Where `::` may stand, and how often, is for the parser.
            let ipv6 = "([0-9A-Fa-f]{0,4}:){2,7}([0-9A-Fa-f]{1,4}|\(ipv4))?(/([1-9][0-9]?|1[01][0-9]|12[0-8]))?"
            return text("\(ipv4)(/([1-9]|[12][0-9]|3[0-2]))?|\(ipv6)|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}|\(name)")
        }
    }

    private static let name = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
    private static let octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    private static let port =
        "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
}
