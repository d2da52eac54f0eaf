import YAMLTree

extension YAMLNode {
    /// The tree with `<<` resolved (YAML merge key type): a key of the mapping itself wins wherever it stands, then
    /// the first of a list of mappings. Aliases must be expanded already.
    func mergingKeys() -> YAMLNode {
        var result = self
        switch content {
        case .scalar, .alias: break
        case .sequence(let items):
            result.content = .sequence(items.map { $0.mergingKeys() })
        case .mapping(let entries):
            var entries = entries
            for index in entries.indices { entries[index].value = entries[index].value.mergingKeys() }
            guard entries.contains(where: { $0.isMerge }) else {
                result.content = .mapping(entries)
                break
            }
            var merged = entries.filter { !$0.isMerge }
            var seen = Set(merged.compactMap { $0.key.scalar?.text })
            for source in entries.filter({ $0.isMerge }).flatMap({ $0.value.sequence ?? [$0.value] }) {
                for entry in source.mapping ?? [] {
                    guard let key = entry.key.scalar?.text, seen.insert(key).inserted else { continue }
                    merged.append(entry)
                }
            }
            result.content = .mapping(merged)
        }
        return result
    }

    /// The second of two equal keys of one mapping, anywhere in the tree.
    var firstDuplicateKey: Entry? {
        switch content {
        case .scalar, .alias: return nil
        case .sequence(let items):
            return items.lazy.compactMap(\.firstDuplicateKey).first
        case .mapping(let entries):
            var seen: Set<String> = []
            for entry in entries {
                if let key = entry.key.scalar?.text, !seen.insert(key).inserted { return entry }
                if let inner = entry.value.firstDuplicateKey { return inner }
            }
            return nil
        }
    }
}

extension YAMLNode.Entry {
    fileprivate var isMerge: Bool { key.scalar.map { $0.text == "<<" && $0.style == .plain } ?? false }
}
