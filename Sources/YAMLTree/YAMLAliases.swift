extension YAMLNode {
    /// The same tree with the anchored node in the place of each alias. An alias of nothing gives an error at its
    /// place; so does growing beyond `limits` ("billion laughs"), in number or in depth: whoever walks the result
    /// recurses.
    public func expandingAliases(limits: YAMLLimits = YAMLLimits()) throws(YAMLError) -> YAMLNode {
        var anchors: [String: Anchored] = [:]
        var count = 0
        return try expand(&anchors, &count, 0, limits).node
    }

    /// A node without aliases, with the number of levels and of nodes in it.
    private struct Anchored {
        var node: YAMLNode
        var height: Int
        var size: Int
    }

    private func expand(
        _ anchors: inout [String: Anchored], _ count: inout Int, _ depth: Int, _ limits: YAMLLimits
    ) throws(YAMLError) -> Anchored {
        var result = Anchored(node: self, height: 1, size: 1)
        count += 1
        if count > limits.nodes {
            throw YAMLError(kind: .limit, problem: "aliases expand to more than \(limits.nodes) values", range: range)
        }
        func take(_ child: Anchored) {
            result.height = max(result.height, child.height + 1)
            result.size += child.size
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
            if depth + target.height > limits.depth {
                throw YAMLError(
                    kind: .limit, problem: "aliases expand to more than \(limits.depth) levels of nesting", range: range
                )
            }
            return target
        case .sequence(let items):
            var expanded: [YAMLNode] = []
            expanded.reserveCapacity(items.count)
            for item in items {
                let child = try item.expand(&anchors, &count, depth + 1, limits)
                take(child)
                expanded.append(child.node)
            }
            result.node.content = .sequence(expanded)
        case .mapping(let entries):
            var expanded: [Entry] = []
            expanded.reserveCapacity(entries.count)
            for entry in entries {
                let key = try entry.key.expand(&anchors, &count, depth + 1, limits)
                let value = try entry.value.expand(&anchors, &count, depth + 1, limits)
                take(key)
                take(value)
                expanded.append(Entry(key: key.node, value: value.node))
            }
            result.node.content = .mapping(expanded)
        }
        if let anchor { anchors[anchor] = result }
        return result
    }
}
