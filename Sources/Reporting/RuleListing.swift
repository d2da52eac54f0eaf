public import ListenerModel

/// The rules in effect, for people and for scripts: what `rules` prints.
public struct RuleListing {
    private let rules: [RuleDescription]

    public init(_ rules: [RuleDescription]) {
        self.rules = rules.sorted { $0.id < $1.id }
    }

    /// A rule a line with its level and where it comes from; its title below.
    public var text: [UInt8] {
        let width = rules.map(\.id.utf8.count).max() ?? 0
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: max(2, width + 2 - text.utf8.count))
        }
        let lines = rules.map { rule in
            padded(rule.level.rawValue, to: 7) + padded(rule.id, to: width) + rule.origins.joined(separator: ", then ")
                + "\n" + padded("", to: 7) + rule.title.sanitised + "\n"
        }
        return Array(lines.joined().sanitisedLines.utf8)
    }

    public var json: [UInt8] {
        JSONDocument.array(indented: true) { array in
            for rule in rules {
                array.object { object in
                    object.string("id", rule.id)
                    object.string("level", rule.level.rawValue)
                    object.string("defaultLevel", rule.defaultLevel.rawValue)
                    object.string("title", rule.title)
                    object.strings("origins", rule.origins)
                }
            }
        }
    }
}
