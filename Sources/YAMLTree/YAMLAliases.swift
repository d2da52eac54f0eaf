extension YAMLNode {
    /// The same tree with the anchored node in the place of each alias. An alias of nothing gives an error at its
    /// place; so does growing beyond `limits` ("billion laughs").
    public func expandingAliases(limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> YAMLNode {
        var anchors: [String: YAMLNode] = [:]
        var count = 0
        return try expand(&anchors, &count, limits)
    }

    private func expand(
        _ anchors: inout [String: YAMLNode], _ count: inout Int, _ limits: YAMLLimits
    ) throws(YAMLError) -> YAMLNode {
        var result = self
        count += 1
        if count > limits.nodes {
            throw YAMLError(kind: .limit, problem: "aliases expand to more than \(limits.nodes) values", range: range)
        }
        switch content {
        case .scalar: break
        case .alias(let name):
            guard let target = anchors[name] else {
                throw YAMLError(kind: .undefinedAlias, problem: "no anchor &\(name) before this", range: range)
            }
            count += target.size
            if count > limits.nodes {
                throw YAMLError(
                    kind: .limit, problem: "aliases expand to more than \(limits.nodes) values", range: range)
            }
            return target
        case .sequence(let items):
            var expanded: [YAMLNode] = []
            expanded.reserveCapacity(items.count)
            for item in items { expanded.append(try item.expand(&anchors, &count, limits)) }
            result.content = .sequence(expanded)
        case .mapping(let entries):
            var expanded: [Entry] = []
            expanded.reserveCapacity(entries.count)
            for entry in entries {
                expanded.append(
                    Entry(
                        key: try entry.key.expand(&anchors, &count, limits),
                        value: try entry.value.expand(&anchors, &count, limits)))
            }
            result.content = .mapping(expanded)
        }
        if let anchor { anchors[anchor] = result }
        return result
    }

    /// The number of nodes in this tree.
    private var size: Int {
        switch content {
        case .scalar, .alias: 1
        case .sequence(let items): items.reduce(1) { $0 + $1.size }
        case .mapping(let entries): entries.reduce(1) { $0 + $1.key.size + $1.value.size }
        }
    }
}
