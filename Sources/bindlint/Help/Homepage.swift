internal import PolicyEngine

/// Where the project and its manual are to be found.
enum Homepage {
    static let uri = "https://github.com/bindlint/bindlint"

    /// The page of a rule of the shipped packs; nil for a team's own.
    static func page(ofRule id: String) -> String? {
        Packs.names.isEmpty ? nil : "\(uri)/blob/main/docs/rules/\(id).md"
    }
}
