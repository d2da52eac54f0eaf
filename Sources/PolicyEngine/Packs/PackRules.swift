/// Which pack has a rule: asked only where an id is not in the policy in use.
enum PackRules {
    static func pack(of id: String) -> String? { byRule[id] }

    private static let byRule: [String: String] = {
        var byRule: [String: String] = [:]
        // The pack that most policies build on is the one to name first.
        for name in Packs.names.sorted(by: { left, right in left == "recommended" && right != left }) {
            guard let bytes = Packs.text(of: name) else { continue }
            var problems = Problems()
            let document = DocumentReader.read(PolicyFile(.pack(name), path: name, bytes: bytes), &problems)
            for rule in document?.rules ?? [] where byRule[rule.id.value] == nil { byRule[rule.id.value] = name }
        }
        return byRule
    }()
}
