import Extraction
import ListenerModel

/// Puts a later value over an earlier one, with compose's exceptions (compose-go `override/merge.go`). `null` in the
/// later one keeps the earlier.
enum ComposeMerge {
    static func merge(_ earlier: ComposeValue, _ later: ComposeValue, at path: [String] = []) -> ComposeValue {
        if path.count == 3 && path[0] == "services" {
            switch path[2] {
            case "command", "entrypoint": return later
            case "environment": return mappings(keyValues(earlier), keyValues(later), at: path)
            case "networks": return mappings(names(earlier), names(later), at: path)
            case "build": return mappings(buildMapping(earlier), buildMapping(later), at: path)
            case "env_file": return later.isNull ? earlier : appended(list(earlier), list(later))
            default: break
            }
        }
        if path.count == 4 && path[2] == "build" && path[3] == "args" {
            return mappings(keyValues(earlier), keyValues(later), at: path)
        }
        switch (earlier.content, later.content) {
        case (_, .null): return earlier
        case (.mapping, .mapping): return mappings(earlier, later, at: path)
        case (.sequence, .sequence): return appended(earlier, later)
        // Compose refuses to put one kind over another; what is written last is the better guess.
        case (.null, _), (.scalar, _), (.mapping, _), (.sequence, _): return later
        }
    }

    private static func mappings(_ earlier: ComposeValue, _ later: ComposeValue, at path: [String]) -> ComposeValue {
        guard var mapping = earlier.mapping, let other = later.mapping else { return later.isNull ? earlier : later }
        for entry in other.entries {
            if let value = mapping[entry.key] {
                mapping.setValue(merge(value, entry.value, at: path + [entry.key]), of: entry.key)
            } else {
                mapping.set(entry)
            }
        }
        var result = earlier
        result.content = .mapping(mapping)
        return result
    }

    private static func appended(_ earlier: ComposeValue, _ later: ComposeValue) -> ComposeValue {
        guard let items = earlier.sequence, let others = later.sequence else { return later.isNull ? earlier : later }
        var result = later
        result.content = .sequence(items + others)
        return result
    }

    /// A single text as a list of one.
    static func list(_ value: ComposeValue) -> ComposeValue {
        guard value.scalar != nil || value.mapping != nil else { return value }
        var result = value
        result.content = .sequence([value])
        return result
    }

    /// `KEY=value` items as a mapping; the value's range is what follows the sign where the text is written so.
    static func keyValues(_ value: ComposeValue) -> ComposeValue {
        guard let items = value.sequence else { return value }
        var mapping = ComposeMapping()
        for item in items {
            guard let text = item.text else { continue }
            let marked = text.marked
            let sign = marked.firstIndex(of: "=")
            let key = text.slice(marked[..<(sign ?? marked.endIndex)])
            guard let name = key.known, !name.isEmpty else { continue }
            var entry = item
            if let sign {
                entry.content = .scalar(
                    ComposeScalar(value: .init(text: text.slice(marked[marked.index(after: sign)...]))))
                if let written = item.origin.text.bytes[item.range].firstIndex(of: UInt8(ascii: "=")) {
                    entry.range = written + 1..<item.textRange.upperBound
                }
            } else {
                entry.content = .null
            }
            mapping.set(.init(key: name, keyLocation: item.location, value: entry))
        }
        var result = value
        result.content = .mapping(mapping)
        return result
    }

    /// A list of names as a mapping to nothing.
    static func names(_ value: ComposeValue) -> ComposeValue {
        guard let items = value.sequence else { return value }
        var mapping = ComposeMapping()
        for item in items {
            guard let name = item.known else { continue }
            var entry = item
            entry.content = .null
            mapping.set(.init(key: name, keyLocation: item.location, value: entry))
        }
        var result = value
        result.content = .mapping(mapping)
        return result
    }

    static func buildMapping(_ value: ComposeValue) -> ComposeValue {
        guard value.scalar != nil else { return value }
        var mapping = ComposeMapping()
        mapping.set(.init(key: "context", keyLocation: value.location, value: value))
        var result = value
        result.content = .mapping(mapping)
        return result
    }
}
