import YAMLTree

extension FuzzTarget {
    static let yaml = FuzzTarget("yaml", openings: ["a: &a ", "a: {"], words: Words.yaml) { corpus in
        corpus.files { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || $0.hasSuffix(".json") }
    } run: { bytes throws(Violation) in
        let stream = YAMLStream(bytes)
        for document in stream.documents {
            try check(document, bytes.count)
            guard let expanded = try? document.expandingAliases(limits: YAMLLimits(depth: 100, nodes: 10_000)) else {
                continue
            }
            try check(expanded, bytes.count)
        }
        if let error = stream.error, error.range.upperBound > bytes.count + 1 {
            throw Violation("the error \(error) lies outside the file")
        }
        var last = 0
        for comment in stream.comments {
            if comment.lowerBound < last || comment.upperBound > bytes.count || bytes[comment.lowerBound] != 0x23 {
                throw Violation("\(comment) is no comment")
            }
            last = comment.upperBound
        }
    }

    private static func check(_ root: YAMLNode, _ size: Int) throws(Violation) {
        var pending = [root]
        while let node = pending.popLast() {
            if node.range.upperBound > size { throw Violation("\(node.range) lies outside the file") }
            pending += node.sequence ?? []
            pending += (node.mapping ?? []).flatMap { [$0.key, $0.value] }
        }
    }
}
